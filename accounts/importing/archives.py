"""Zip archives that claim to be workbooks: sizes are checked before anything is unpacked."""

import zipfile
from typing import BinaryIO

from workspace.exceptions import Invalid, TooLarge

ENTRIES_MAX = 500
UNPACKED_MAX_BYTES = 200 * 1024 * 1024
RATIO_MAX = 100
RATIO_FROM_BYTES = 1024 * 1024
CELLS_MAX = 5_000_000


def check_archive(file: BinaryIO) -> set[str]:
    """The names of the parts. Refuses what would unpack to more than is reasonable."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise broken(error) from error
    if len(entries) > ENTRIES_MAX:
        raise TooLarge(f"The workbook has {len(entries):,} parts; {ENTRIES_MAX} are the most.")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > UNPACKED_MAX_BYTES:
        raise TooLarge(f"The workbook unpacks to {unpacked:,} bytes; {UNPACKED_MAX_BYTES:,} are the most.")
    for entry in entries:
        if entry.file_size > RATIO_FROM_BYTES and entry.file_size > RATIO_MAX * max(entry.compress_size, 1):
            raise TooLarge(f"A part of the workbook is packed more than {RATIO_MAX}-fold; save it anew.")
    return {entry.filename for entry in entries}


def broken(error: Exception) -> Invalid:
    return Invalid.field("file", f"is not a workbook that can be read ({type(error).__name__}); save it anew as XLSX")
