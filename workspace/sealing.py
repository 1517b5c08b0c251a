"""Secrets of other systems are kept sealed: who reads the database, a dump or a log learns none of them.

The keys stand in SECRETS_KEYS: the first seals, all of them open, so that a new one can be put in front at any time.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings


class CannotOpen(Exception):
    """Sealed with a key that SECRETS_KEYS no longer names."""


def derived_key(text: str) -> str:
    """A key for machines where losing it does no harm."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"secrets:{text}".encode()).digest()).decode()


def seal(secret: str) -> str:
    return _keys().encrypt(secret.encode()).decode()


def unseal(sealed: str) -> str:
    """CannotOpen."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen("A secret was sealed with a key that SECRETS_KEYS does not name.") from None


def seal_again(sealed: str) -> str:
    """The same secret under the first key. CannotOpen."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen("A secret was sealed with a key that SECRETS_KEYS does not name.") from None


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SECRETS_KEYS])
