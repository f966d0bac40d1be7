"""A text file's bytes as UTF-8, whatever it was written in; bytes that no encoding has stay marked."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import cast

import numpy as np

from fourfold.sources.received import ReceivedFile, RefusalError

CHUNK = 16 << 20
FEED, RETURN = 10, 13
UTF_8_MARK, UTF_16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
NULS_OF_A_TEXT = 0.01
"""A text with more NUL bytes than this share is no text; a few are a fault of single rows."""
UNREAD = re.compile("[\udc80-\udcff]+")
"""How a byte that is not UTF-8 stands in decoded text (Python's surrogate escapes)."""


@dataclass(frozen=True)
class Utf8:
    """Text as UTF-8 bytes without mark or blank tail, lines ended by a line feed (a carriage return may precede).

    `is_sound`: every byte is UTF-8, there is no NUL, and no line is ended by a carriage return alone; only
    then may a fast reader have it.
    """

    data: bytes
    is_sound: bool


def as_utf8(file: ReceivedFile) -> Utf8:
    """Return a file's text: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252.

    A file that is UTF-8 in some lines and not in others keeps the bytes that are not, for its rows to be
    set aside one by one. Raises RefusalError for what is no text.
    """
    if "text" not in file.kept:
        file.kept["text"] = converted(file.data)
    return cast(Utf8, file.kept["text"])


def converted(data: bytes) -> Utf8:
    if data[:2] in UTF_16_MARKS:
        data, sound = from_utf16(data), True
        has_nuls = b"\x00" in data
    else:
        has_nuls = b"\x00" in data
        if has_nuls:
            refuse_binary(data)
        data, sound = from_bytes(data.removeprefix(UTF_8_MARK))
    sound = sound and not has_nuls
    if b"\r" in data and b"\n" not in data:
        data = data.replace(b"\r", b"\n")
    elif has_lone_returns(data):
        sound = False
    return Utf8(without_blank_tail(data), sound)


def has_lone_returns(data: bytes) -> bool:
    """Say whether some carriage return is not followed by a line feed."""
    signs = np.frombuffer(data, dtype=np.uint8)
    for at in range(0, len(signs), CHUNK):
        returns = np.flatnonzero(signs[at : at + CHUNK] == RETURN) + at + 1
        if len(returns) and (returns[-1] == len(signs) or (signs[returns] != FEED).any()):
            return True
    return False


def from_utf16(data: bytes) -> bytes:
    try:
        return data.decode("utf-16").encode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError) as error:
        raise RefusalError(
            "its text (UTF-16) is damaged or cut short.", "Ask the sender to send it again."
        ) from error


def from_bytes(data: bytes) -> tuple[bytes, bool]:
    if is_utf8(data):
        return data, True
    if mixes_encodings(data):
        return data, False
    text = data.decode("cp1252", errors="surrogateescape")
    sound = UNREAD.search(text) is None
    return text.encode("utf-8", errors="surrogateescape"), sound


def is_utf8(data: bytes) -> bool:
    """Say whether all of the bytes are UTF-8, decoding piece by piece so that memory stays small."""
    if data.isascii():
        return True
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for at in range(0, len(data), CHUNK):
            decoder.decode(data[at : at + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def mixes_encodings(data: bytes) -> bool:
    """Say whether a file that is not UTF-8 has lines that are, with characters beyond ASCII."""
    for line in data.split(b"\n"):
        if not line.isascii():
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                continue
            return True
    return False


def refuse_binary(data: bytes) -> None:
    nuls = data.count(b"\x00")
    if nuls > len(data) * NULS_OF_A_TEXT:
        if max(data[0::2].count(b"\x00"), data[1::2].count(b"\x00")) > 0.9 * nuls and nuls > len(data) / 4:
            raise RefusalError(
                "it is UTF-16 text without the mark that says so.", "Save it as 'CSV UTF-8' and hand it in."
            )
        raise RefusalError("it is not a text file.", "Ask the sender for the table as CSV or XLSX.")


def without_blank_tail(data: bytes) -> bytes:
    """Take blank lines off the end; a single line end stays, so that most files are not copied."""
    if data.endswith((b"\n\n", b"\n\r\n")):
        return data.rstrip(b"\r\n") + b"\n"
    return data


def shown(cell: str) -> str:
    """Return a cell with its unreadable bytes as Windows-1252 would read them, the likeliest guess."""
    return UNREAD.sub(
        lambda bad: bytes(ord(sign) - 0xDC00 for sign in bad.group()).decode("cp1252", errors="replace"), cell
    )
