"""Opening what people hand in: files, folders, zip, tar and compressed files, with bombs and disguises refused."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, cast

from fourfold.home import DataProblemError, WrongUseError

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """How much one hand-over may unpack to; beyond it the file is refused, not read in part."""

    unpacked_bytes: int = 4096 * MEBIBYTE
    members: int = 20_000
    ratio: int = 250
    ratio_from_bytes: int = 64 * MEBIBYTE
    depth: int = 2


@dataclass(frozen=True)
class ReceivedFile:
    """One file as received: the name it goes by (inside an archive too) and its bytes."""

    name: str
    data: bytes

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.data).hexdigest()

    @property
    def base_name(self) -> str:
        return self.name.replace("!", "/").rsplit("/", 1)[-1]


@dataclass(frozen=True)
class RefusedFile:
    """A file that is not what it claims, with why and what to do."""

    name: str
    why: str
    next_step: str
    sha256: str = ""
    size_bytes: int = 0


Received = ReceivedFile | RefusedFile

DISGUISES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a picture (PNG)", "Ask the sender for the data themselves, as CSV or XLSX."),
    (b"\xff\xd8\xff", "a picture (JPEG)", "Ask the sender for the data themselves, as CSV or XLSX."),
    (b"GIF8", "a picture (GIF)", "Ask the sender for the data themselves, as CSV or XLSX."),
    (b"%PDF", "a PDF document", "Ask the sender for the table as CSV or XLSX."),
    (b"MZ", "a Windows program", "Do not open it; tell your information-security team."),
    (b"\x7fELF", "a program", "Do not open it; tell your information-security team."),
    (b"Rar!", "a RAR archive", "Unpack it and hand in the files, or ask for a zip."),
    (b"7z\xbc\xaf", "a 7-Zip archive", "Unpack it and hand in the files, or ask for a zip."),
    (b"{\\rtf", "a word-processor document", "Ask the sender for the table as CSV or XLSX."),
    (
        b"\xd0\xcf\x11\xe0",
        "a workbook in the old Excel format or protected by a password",
        "Open it, take the password off, and save it as .xlsx.",
    ),
)

COMPRESSED: tuple[tuple[bytes, Callable[[IO[bytes]], IO[bytes]]], ...] = (
    (b"\x1f\x8b", lambda source: cast(IO[bytes], gzip.GzipFile(fileobj=source))),
    (b"\xfd7zXZ", lambda source: cast(IO[bytes], lzma.LZMAFile(source))),
    (b"BZh", lambda source: cast(IO[bytes], bz2.BZ2File(source))),
)

PASSED_OVER = {".ds_store", "thumbs.db", "desktop.ini", "__macosx"}
SUFFIXES_SET_ASIDE = {".geojson", ".md", ".txt", ".html", ".yaml", ".json"}
"""In a folder or archive these stand beside the data; named by hand they are read or refused."""


BLANK = b"\x00\r\n\t \xef\xbb\xbf"
"""Bytes that make no content: a file of these alone is empty."""


class BombError(Exception):
    """Unpacking went past a limit; the words are for the refusal."""


def received_files(paths: Iterable[Path], limits: Limits = Limits()) -> Iterator[Received]:
    """Yield every file under the paths, archives opened, in a fixed order.

    Raises WrongUseError for a path that is not there. A file that cannot be opened safely is yielded
    as a RefusedFile, and the others still come.
    """
    for path in paths:
        if not path.exists():
            raise WrongUseError(f"There is no {path}.", "Check the path.")
        if path.is_dir():
            for inner in sorted(item for item in path.rglob("*") if item.is_file()):
                if not is_passed_over(inner.relative_to(path).as_posix(), within=True):
                    yield from opened(inner.relative_to(path.parent).as_posix(), inner, limits)
        else:
            yield from opened(path.name, path, limits)


def is_passed_over(name: str, within: bool) -> bool:
    """Say whether a file in a folder or archive is only litter or a note beside the data."""
    parts = name.casefold().split("/")
    if any(part in PASSED_OVER or part.startswith(("._", ".", "~$")) for part in parts):
        return True
    return within and Path(parts[-1]).suffix in SUFFIXES_SET_ASIDE


def opened(name: str, path: Path, limits: Limits) -> Iterator[Received]:
    try:
        data = path.read_bytes()
    except OSError as error:
        yield RefusedFile(name, f"it cannot be read: {error.strerror}", "Check who may read it.")
        return
    yield from unpacked(name, data, limits, depth=0)


def unpacked(name: str, data: bytes, limits: Limits, depth: int) -> Iterator[Received]:
    """Yield the file itself, or what is in it if it is an archive."""
    if not data[:65536].strip(BLANK) and not data.strip(BLANK):
        yield refused(name, data, "it is empty", "Ask the sender to send it again.")
        return
    if depth > limits.depth:
        yield refused(
            name, data, "archives are packed inside archives too deeply", "Unpack it and hand in the files."
        )
        return
    try:
        if data[:4] == b"PK\x03\x04":
            yield from from_zip(name, data, limits, depth)
        elif data[257:262] == b"ustar":
            yield from from_tar(name, io.BytesIO(data), len(data), limits, depth)
        else:
            yield from from_compressed(name, data, limits, depth)
    except BombError as bomb:
        yield refused(name, data, str(bomb), "Ask the sender for the files unpacked, in smaller parts.")
    except (
        zipfile.BadZipFile,
        tarfile.TarError,
        EOFError,
        lzma.LZMAError,
        gzip.BadGzipFile,
        OSError,
        RuntimeError,
        NotImplementedError,
    ) as error:
        yield refused(
            name, data, f"the archive is damaged or cut short ({error})", "Ask the sender to send it again."
        )


def from_compressed(name: str, data: bytes, limits: Limits, depth: int) -> Iterator[Received]:
    for magic, open_stream in COMPRESSED:
        if data.startswith(magic):
            plain = read_within(open_stream(io.BytesIO(data)), len(data), limits)
            if plain[257:262] == b"ustar":
                yield from from_tar(name, io.BytesIO(plain), len(plain), limits, depth)
            else:
                yield from unpacked(name, plain, limits, depth + 1)
            return
    for magic, what, next_step in DISGUISES:
        if data.startswith(magic):
            yield refused(name, data, f"it is {what}", next_step)
            return
    yield ReceivedFile(name, data)


def read_within(stream: IO[bytes], packed: int, limits: Limits) -> bytes:
    """Read a compressed stream to its end, or raise BombError at the limit."""
    most = max(limits.ratio_from_bytes, min(limits.unpacked_bytes, packed * limits.ratio))
    plain = stream.read(most + 1)
    if len(plain) > most:
        raise BombError(
            f"it unpacks to more than {most // MEBIBYTE:,} MiB, out of all proportion to its size"
        )
    return plain


def from_zip(name: str, data: bytes, limits: Limits, depth: int) -> Iterator[Received]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        names = {member.filename for member in members}
        if len(members) > limits.members:
            raise BombError(f"it holds {len(members):,} files; the limit is {limits.members:,}")
        check_total(sum(member.file_size for member in members), len(data), limits)
        if "[Content_Types].xml" in names:
            yield workbook_or_not(name, data, names)
            return
        for member in sorted(members, key=lambda item: item.filename):
            if is_passed_over(member.filename, within=True):
                continue
            inner = f"{name}!{member.filename}"
            if member.flag_bits & 1:
                yield refused(
                    inner,
                    data,
                    "it is protected by a password",
                    "Unpack it with the password, or ask for it without.",
                )
                continue
            with archive.open(member) as stream:
                yield from unpacked(inner, read_exactly(stream, member.file_size), limits, depth + 1)


def check_total(total: int, packed: int, limits: Limits) -> None:
    if total > limits.unpacked_bytes or (total > limits.ratio_from_bytes and total > packed * limits.ratio):
        raise BombError(f"it unpacks to {total // MEBIBYTE:,} MiB, out of all proportion to its size")


def read_exactly(stream: IO[bytes], declared: int) -> bytes:
    """Read what the archive declares and no more: a member that lies about its size is a bomb."""
    data = stream.read(declared + 1)
    if len(data) > declared:
        raise BombError("a file in it is larger than the archive says")
    return data


def workbook_or_not(name: str, data: bytes, members: set[str]) -> Received:
    if "xl/vbaProject.bin" in members:
        return refused(name, data, "the workbook contains macros", "Save it as .xlsx without macros.")
    if not any(member.startswith("xl/") for member in members):
        return refused(
            name, data, "it is an office document without a table of data", "Save the table as .xlsx or CSV."
        )
    return ReceivedFile(name, data)


def from_tar(name: str, stream: IO[bytes], packed: int, limits: Limits, depth: int) -> Iterator[Received]:
    with tarfile.open(fileobj=stream) as archive:
        members = archive.getmembers()
        if len(members) > limits.members:
            raise BombError(f"it holds {len(members):,} files; the limit is {limits.members:,}")
        check_total(sum(member.size for member in members), max(packed, 1), limits)
        for member in sorted(members, key=lambda item: item.name):
            # Links and devices could point outside the archive; only plain files carry data.
            if not member.isfile() or is_passed_over(member.name.removeprefix("./"), within=True):
                continue
            content = archive.extractfile(member)
            if content is not None:
                yield from unpacked(
                    f"{name}!{member.name.removeprefix('./')}", content.read(), limits, depth + 1
                )


def refused(name: str, data: bytes, why: str, next_step: str) -> RefusedFile:
    return RefusedFile(name, why, next_step, hashlib.sha256(data).hexdigest(), len(data))


class RefusalError(DataProblemError):
    """A file is not what it claims and is refused whole."""
