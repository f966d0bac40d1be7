"""Characters that a paper cannot print as they are: controls, right-to-left runs, glyphs no font has."""

from __future__ import annotations

import struct
import unicodedata
from functools import cache
from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
FONT_FAMILY = "Liberation Sans"
NO_GLYPH = "□"

_SHOWN_BY_NO_FONT = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060")
"""Marks that steer layout and need no glyph, beside the isolates U+2066 to U+2069."""


def clean(text: str) -> str:
    """Return `text` without what XML, HTML and PDF forbid: controls, lone surrogates, non-characters.

    Tabs and line ends become spaces; all else stays as it was told.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(" " if char in "\t\n\r\u2028\u2029" else char for char in text if _allowed(char))


def _allowed(char: str) -> bool:
    if char in "\t\n\r":
        return True
    code = ord(char)
    return unicodedata.category(char) not in ("Cc", "Cs") and (code & 0xFFFE) != 0xFFFE and code != 0xFEFF


def split_by_direction(text: str) -> list[tuple[str, bool]]:
    """Split `text` into pieces, each with whether it runs from right to left (Unicode Annex 9, rules N1, N2).

    Spaces and points between two right-to-left words belong to their run.
    """
    if text.isascii():
        return [(text, False)] if text else []
    ways = [unicodedata.bidirectional(char) for char in text]
    right = [way in ("R", "AL") for way in ways]
    last = -1
    for at, is_right in enumerate(right.copy()):
        if not is_right:
            continue
        if last >= 0 and all(way not in ("L", "EN") for way in ways[last + 1 : at]):
            right[last + 1 : at] = [True] * (at - last - 1)
        last = at
    pieces: list[tuple[str, bool]] = []
    for char, is_right in zip(text, right, strict=True):
        if pieces and pieces[-1][1] == is_right:
            pieces[-1] = (pieces[-1][0] + char, is_right)
        else:
            pieces.append((char, is_right))
    return pieces


def replace_missing(text: str, replaced: dict[str, int]) -> str:
    """Return `text` with □ for each character that the vendored font lacks, counting them in `replaced`.

    A typesetter that finds no glyph stops the whole paper, hence this. Joiners and variation selectors
    of emoji go without a mark of their own.
    """
    if text.isascii():
        return text
    known = covered()
    out: list[str] = []
    for char in text:
        if ord(char) in known or char in _SHOWN_BY_NO_FONT or "\u2066" <= char <= "\u2069":
            out.append(char)
        elif unicodedata.category(char) != "Cf" and not "\ufe00" <= char <= "\ufe0f":
            replaced[char] = replaced.get(char, 0) + 1
            out.append(NO_GLYPH)
    return "".join(out)


@cache
def covered() -> frozenset[int]:
    """Return the code points that all four faces of the vendored font can show."""
    faces = [_read_coverage(path.read_bytes()) for path in sorted(FONTS.glob("*.ttf"))]
    return frozenset(set.intersection(*faces))


def _read_coverage(font: bytes) -> set[int]:
    """Read the code points of a font's `cmap` table, formats 4 and 12 (OpenType specification, cmap)."""
    (tables,) = struct.unpack_from(">H", font, 4)
    found: set[int] = set()
    for table in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * table)
        if tag != b"cmap":
            continue
        (encodings,) = struct.unpack_from(">H", font, start + 2)
        for encoding in range(encodings):
            platform, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * encoding)
            (kind,) = struct.unpack_from(">H", font, start + offset)
            if platform in (0, 3) and kind == 4:
                found |= _read_format_4(font, start + offset)
            elif platform in (0, 3) and kind == 12:
                found |= _read_format_12(font, start + offset)
    return found


def _read_format_4(font: bytes, at: int) -> set[int]:
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    deltas = struct.unpack_from(f">{count}H", font, at + 16 + 4 * count)
    offsets_at = at + 16 + 6 * count
    offsets = struct.unpack_from(f">{count}H", font, offsets_at)
    found: set[int] = set()
    for segment, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                glyph_at = offsets_at + 2 * segment + offset + 2 * (code - first)
                (glyph,) = struct.unpack_from(">H", font, glyph_at)
            if glyph and (glyph + delta) & 0xFFFF:
                found.add(code)
    return found


def _read_format_12(font: bytes, at: int) -> set[int]:
    (groups,) = struct.unpack_from(">I", font, at + 12)
    found: set[int] = set()
    for group in range(groups):
        first, last, glyph = struct.unpack_from(">III", font, at + 16 + 12 * group)
        found.update(range(first if glyph else first + 1, last + 1))
    return found
