"""How the private server is configured: for one machine of two cores, on a Unix socket only."""

from __future__ import annotations

import os
from pathlib import Path

PORT = 5432
SMALL_SHARED_MEMORY_BYTES = 512 * 2**20


def settings(sockets: Path) -> list[str]:
    """Command-line arguments; the cluster's own configuration files stay as initdb made them."""
    values = {
        "listen_addresses": "",
        "unix_socket_directories": str(sockets),
        "unix_socket_permissions": "0700",
        "port": str(PORT),
        "dynamic_shared_memory_type": "posix" if _has_roomy_shared_memory() else "mmap",
        "shared_buffers": "256MB",
        "work_mem": "32MB",
        "maintenance_work_mem": "256MB",
        "max_wal_size": "2GB",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    return [word for name, value in values.items() for word in ("-c", f"{name}={value}")]


def _has_roomy_shared_memory() -> bool:
    """Containers often allow 64 MB, in which a parallel join over a million rows fails."""
    try:
        memory = os.statvfs("/dev/shm")
    except OSError:
        return False
    return memory.f_bavail * memory.f_frsize >= SMALL_SHARED_MEMORY_BYTES
