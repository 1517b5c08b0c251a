"""ZIP archives: every bound is checked on the directory, and again while unpacking."""

import stat
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo

from territory.layers.files.limits import UNPACKED_MAX_BYTES, ZIP_MAX_ENTRIES, ZIP_MAX_RATIO
from workspace.exceptions import Invalid

_CHUNK = 1024 * 1024


def open_archive(path: Path) -> ZipFile:
    try:
        archive = ZipFile(path)
    except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Invalid.field("file", f"is a ZIP archive that cannot be opened: {error}") from None
    _check(archive.infolist())
    return archive


def members(archive: ZipFile, suffixes: Iterable[str]) -> list[ZipInfo]:
    """Files of some kinds, whatever the case of their names."""
    wanted = tuple(suffixes)
    return [
        entry
        for entry in archive.infolist()
        if entry.filename.lower().endswith(wanted) and not entry.is_dir() and not _is_hidden(entry.filename)
    ]


def unpack(archive: ZipFile, entry: ZipInfo, target: Path) -> Path:
    """One member under a name of our own; its declared size is not believed."""
    written = 0
    try:
        with archive.open(entry) as source, target.open("wb") as out:
            while chunk := source.read(_CHUNK):
                written += len(chunk)
                if written > UNPACKED_MAX_BYTES:
                    raise _too_large(written)
                out.write(chunk)
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError, ValueError) as error:
        reason = f"is a ZIP archive whose member {_shown(entry.filename)} cannot be unpacked: {error}"
        raise Invalid.field("file", reason) from None
    except Exception as error:
        if type(error).__module__ != "zlib":
            raise
        raise Invalid.field("file", f"is a ZIP archive with a damaged member: {_shown(entry.filename)}") from None
    return target


def _check(entries: list[ZipInfo]) -> None:
    if len(entries) > ZIP_MAX_ENTRIES:
        problem = "is a ZIP archive with too many entries"
        raise Invalid.field("file", problem, value=len(entries), bound=ZIP_MAX_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_MAX_BYTES:
        raise _too_large(unpacked)
    for entry in entries:
        _check_name(entry)
        ratio = entry.file_size / max(entry.compress_size, 1)
        # A few kilobytes of the same letter are no bomb.
        if ratio > ZIP_MAX_RATIO and entry.file_size > _CHUNK:
            problem = f"is a ZIP archive whose member {_shown(entry.filename)} unpacks to too many times its size"
            raise Invalid.field("file", problem, value=round(ratio), bound=ZIP_MAX_RATIO)


def _check_name(entry: ZipInfo) -> None:
    name = entry.orig_filename.replace("\\", "/")
    if name.startswith("/") or ":" in name[:3] or ".." in PurePosixPath(name).parts or "\x00" in name:
        raise Invalid.field("file", "is a ZIP archive with a name that leads out of it", value=_shown(name))
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise Invalid.field("file", "is a ZIP archive that holds a link", value=_shown(name))
    if entry.flag_bits & 1:
        raise Invalid.field("file", "is a ZIP archive with a password", value=_shown(name))


def _too_large(n_bytes: int) -> Invalid:
    return Invalid.field(
        "file", "is a ZIP archive that unpacks to too many bytes", value=n_bytes, bound=UNPACKED_MAX_BYTES
    )


def _is_hidden(name: str) -> bool:
    return name.startswith("__MACOSX/") or PurePosixPath(name).name.startswith(".")


def _shown(name: str) -> str:
    return name.replace("\x00", "␀")[:100]
