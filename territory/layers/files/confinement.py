"""What a reading process may use. Applied before anything that reads the file is imported."""

import ctypes
import resource

from territory.layers.files.limits import CPU_MAX_S, MEMORY_MAX_BYTES, UNPACKED_MAX_BYTES

_NEW_USER = 0x10000000
_NEW_NETWORK = 0x40000000


def confine() -> None:
    """Bounds on memory, processor time and files written; no network where the system allows that to be said."""
    _limit(resource.RLIMIT_AS, MEMORY_MAX_BYTES)
    _limit(resource.RLIMIT_CPU, CPU_MAX_S)
    _limit(resource.RLIMIT_FSIZE, UNPACKED_MAX_BYTES)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NOFILE, 64)
    # Refused inside some containers. The drivers that could reach out are not loaded in either case.
    ctypes.CDLL(None, use_errno=True).unshare(_NEW_USER | _NEW_NETWORK)


def _limit(kind: int, most: int) -> None:
    _, hard = resource.getrlimit(kind)
    allowed = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(kind, (allowed, allowed))
