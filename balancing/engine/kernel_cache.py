"""Where numba keeps the compiled kernels: a folder of its own for each shape of the engine's code.

Numba's index names the classes that a kernel was compiled for, and cannot be read, nor written anew, once one of them
has moved or got another name. A folder kept from an earlier version would then break every run.
"""

import hashlib
import os
import re
from pathlib import Path

_CLASS = re.compile(r"^class (\w+)", re.MULTILINE)


def cache_directory(engine: Path, base: str | None) -> Path:
    """In `base`, or beside the code in `engine`: the folder for the modules and classes that the code has now."""
    key = hashlib.sha256()
    for source in sorted(engine.glob("*.py")):
        key.update(f"{source.name} {_CLASS.findall(source.read_text(encoding='utf-8'))}\n".encode())
    name = f"kernels-{key.hexdigest()[:12]}"
    parent = Path(base) if base else engine / "__pycache__"
    # A process started by another one is handed the folder itself.
    return parent if parent.name == name else parent / name


def choose_cache_directory() -> None:
    """Set NUMBA_CACHE_DIR to it. Heard only where numba is not loaded yet."""
    os.environ["NUMBA_CACHE_DIR"] = str(cache_directory(Path(__file__).parent, os.environ.get("NUMBA_CACHE_DIR")))
