"""Which PostgreSQL of this machine to use."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

PROGRAMS = ("initdb", "postgres", "psql")
VERSION_FOLDERS = ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin")


def find_programs(wanted_version: str | None = None) -> Path | None:
    """The newest folder that holds all programs and PostGIS, or that of an existing cluster's version.

    A lone `initdb` on PATH proves nothing, therefore version folders come first.
    """
    folders = [folder for pattern in VERSION_FOLDERS for folder in Path("/").glob(pattern)]
    on_path = shutil.which("postgres")
    if on_path:
        folders.append(Path(on_path).resolve().parent)
    versions = {_major_version(folder): folder for folder in folders if _is_complete(folder)}
    if wanted_version is not None:
        return versions.get(wanted_version)
    return versions[max(versions, key=float)] if versions else None


def _is_complete(folder: Path) -> bool:
    return all((folder / name).exists() for name in PROGRAMS) and _has_postgis(folder)


def _has_postgis(folder: Path) -> bool:
    share = folder.parent / "share"
    places = (Path("/usr/share/postgresql") / folder.parent.name, share, share / "postgresql")
    return any((place / "extension" / "postgis.control").exists() for place in places)


def _major_version(folder: Path) -> str:
    command = [str(folder / "postgres"), "--version"]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return output.split()[2].split(".")[0]
