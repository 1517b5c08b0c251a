"""Compiled kernels of another version of the code are never read."""

from pathlib import Path

import pytest

from balancing.engine.kernel_cache import cache_directory


@pytest.fixture
def engine(tmp_path: Path) -> Path:
    (tmp_path / "search.py").write_text("class State:\n    size = 1\n")
    return tmp_path


def test_a_class_with_another_name_gets_another_folder(engine: Path) -> None:
    before = cache_directory(engine, "/kept")
    (engine / "search.py").write_text("class Plan:\n    size = 1\n")
    assert cache_directory(engine, "/kept") != before


def test_a_module_with_another_name_gets_another_folder(engine: Path) -> None:
    before = cache_directory(engine, "/kept")
    (engine / "search.py").rename(engine / "descent.py")
    assert cache_directory(engine, "/kept") != before


def test_a_change_that_moves_no_class_keeps_what_is_compiled(engine: Path) -> None:
    before = cache_directory(engine, "/kept")
    (engine / "search.py").write_text("class State:\n    size = 2\n")
    assert cache_directory(engine, "/kept") == before


def test_a_process_started_by_another_uses_the_same_folder(engine: Path) -> None:
    folder = cache_directory(engine, "/kept")
    assert cache_directory(engine, str(folder)) == folder


def test_without_a_folder_given_kernels_lie_beside_the_code(engine: Path) -> None:
    assert cache_directory(engine, None).parent == engine / "__pycache__"
