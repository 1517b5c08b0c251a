"""The suite's cast and database: made by the owner, used as the web role that row-level security binds."""

import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import setup_databases, teardown_databases
from pytest_django import DjangoDbBlocker
from rest_framework.test import APIClient

from tests.cast import Cast, make_cast
from workspace.models import Member
from workspace.tenancy import workspace

WEB_ROLE = "app_web"
SHARED_DATA = Path(settings.BASE_DIR).parent / "shared" / "data"


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_modify_db_settings: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """From here on every query runs as the role the web server runs as.

    In place of the plugin's own, which makes no database where only fixtures ask for one: they met the real one.
    """
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        become(connection, WEB_ROLE)
        yield
        become(connection, None)
        teardown_databases(made, verbosity=0)


def become(database: BaseDatabaseWrapper, role: str | None) -> None:
    with database.cursor() as cursor:
        cursor.execute(f"GRANT TRUNCATE ON ALL TABLES IN SCHEMA public TO {WEB_ROLE}")
    database.close()
    database.settings_dict.setdefault("OPTIONS", {})["assume_role"] = role


@pytest.fixture
def cast(db: None) -> Cast:
    """Two workspaces; in each one member per role."""
    return make_cast()


@pytest.fixture
def here(cast: Cast) -> Iterator[Cast]:
    """The cast, with row-level security open for its own workspace as inside a request."""
    with workspace(cast.workspace.id):
        yield cast


@pytest.fixture
def client_of() -> Callable[[Member], APIClient]:
    """A signed-in API client for a member."""

    def make(member: Member) -> APIClient:
        client = APIClient()
        client.force_login(member.user)
        return client

    return make


@pytest.fixture
def shared_data() -> Path:
    """Real data beside the checkout; skips, saying so, where it is absent."""
    if not SHARED_DATA.is_dir():
        pytest.skip("the real data beside the checkout are absent")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def own_media_root(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / f"media-{uuid.uuid4().hex[:6]}"
