"""Which encoding a text file is in, and whether it is text at all."""

import codecs
from typing import BinaryIO

from charset_normalizer import from_bytes

from workspace.exceptions import Invalid

SAMPLE_BYTES = 64 * 1024
READ_BYTES = 1024 * 1024
# Above this share of non-ASCII letters the text is not written in a Western European language.
WESTERN_SHARE = 0.3
# Fewer control characters than that are named by row; more are not text.
FEW_CONTROLS = 10
_CONTROLS = frozenset(range(0x20)) - frozenset(b"\t\n\v\f\r")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xd0\xcf\x11\xe0", "an old Excel workbook (.xls)"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
)


def detect_encoding(file: BinaryIO) -> str:
    """The codec's name. Refuses empty and binary files in words."""
    file.seek(0)
    sample = file.read(SAMPLE_BYTES)
    if not sample.strip():
        raise Invalid.field("file", "is empty")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return encoding
    _refuse_binary(sample)
    wide = _wide_encoding(sample)
    if wide:
        return wide
    if sum(byte in _CONTROLS for byte in sample) > max(FEW_CONTROLS, len(sample) // 100):
        raise Invalid.field("file", "holds binary data, not a table; save it as CSV (UTF-8) or XLSX")
    foreign = _first_bytes_that_are_not_utf8(file, sample)
    return "utf-8" if foreign is None else _eight_bit_encoding(foreign)


def _refuse_binary(sample: bytes) -> None:
    for signature, what in _SIGNATURES:
        if sample.startswith(signature):
            raise Invalid.field("file", f"is {what}, not a table; save it as CSV (UTF-8) or XLSX")


def _wide_encoding(sample: bytes) -> str | None:
    """UTF-16 without a byte order mark: in mostly Latin text every other byte is NUL."""
    half = len(sample) // 2
    if half and sample[1::2].count(0) > half * 0.6 and sample[0::2].count(0) < half * 0.05:
        return "utf-16-le"
    if half and sample[0::2].count(0) > half * 0.6 and sample[1::2].count(0) < half * 0.05:
        return "utf-16-be"
    return None


def _first_bytes_that_are_not_utf8(file: BinaryIO, sample: bytes) -> bytes | None:
    """None when the whole file is UTF-8; else the sample around the first place that is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    while block := file.read(READ_BYTES):
        try:
            decoder.decode(block)
        except UnicodeDecodeError as error:
            return sample + block[max(0, error.start - SAMPLE_BYTES // 2) : error.start + SAMPLE_BYTES // 2]
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return sample
    return None


def _eight_bit_encoding(sample: bytes) -> str:
    """Windows-1252 for Western text; where most letters are not ASCII, the statistics of charset-normalizer."""
    n_foreign = sum(byte >= 0xC0 for byte in sample)
    n_ascii = sum(chr(byte).isalpha() for byte in sample if byte < 0x80)
    if n_foreign <= WESTERN_SHARE * (n_foreign + n_ascii):
        return "cp1252"
    best = from_bytes(sample).best()
    return best.encoding if best is not None else "cp1252"


def keep_undefined_bytes(error: UnicodeError) -> tuple[str, int]:
    """Windows-1252 leaves five bytes undefined: kept as control characters, which the checks then name by row."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("keep_undefined_bytes", keep_undefined_bytes)
