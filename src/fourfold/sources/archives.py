"""What is in a zip, tar or compressed file, with bombs, links and paths that lead outside refused."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath
from typing import IO, Any, cast

from fourfold.sources.disguises import refuse_disguise
from fourfold.sources.limits import MEGABYTE, Limits
from fourfold.sources.received import Received, ReceivedFile, RefusalError, RefusedFile
from fourfold.sources.workbook_checks import refuse_workbook

OPENERS: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"\xfd7zXZ": lzma.open, b"BZh": bz2.open}
"""What opens a compressed file, by its first bytes."""
PASSED_OVER = {".ds_store", "thumbs.db", "desktop.ini", "__macosx"}
BESIDE = {".geojson", ".md", ".txt", ".html", ".yaml", ".json", ".xml", ".log"}
"""In a folder or archive these usually stand beside the data; one that is a table we know is read."""
BLANK = b"\x00\r\n\t \xef\xbb\xbf"
"""Bytes that make no content: a file of these alone is empty."""
CHUNK = 1 << 20
IN_MEMORY = 64 * MEGABYTE
"""What unpacks to more than this waits on the disk, in a file without a name."""

DAMAGED = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)


@dataclass
class Budget:
    """What one handed-in file has unpacked to so far, all its layers together, against the limits."""

    limits: Limits
    packed: int
    spent: int = 0
    members: int = 0

    def spend(self, size: int) -> None:
        """Raises RefusalError where the file unpacks to too much, or out of all proportion."""
        self.spent += size
        most = min(
            self.limits.unpacked_bytes, max(self.limits.ratio_from_bytes, self.packed * self.limits.ratio)
        )
        if self.spent > most:
            raise RefusalError(
                f"it unpacks to more than {most // MEGABYTE:,} megabytes, the most that a file of its size may.",
                "Ask the sender for the files unpacked, in smaller parts.",
            )

    def count(self, members: int) -> None:
        self.members += members
        if self.members > self.limits.members:
            raise RefusalError(
                f"it holds {self.members:,} files; the limit is {self.limits.members:,}.",
                "Ask the sender for smaller archives.",
            )


def is_passed_over(name: str) -> bool:
    """Say whether a file in a folder or archive is only the litter of a system or an open program."""
    parts = name.casefold().replace("\\", "/").split("/")
    return any(part in PASSED_OVER or part.startswith(("._", ".", "~$")) for part in parts if part != ".")


def is_beside(name: str) -> bool:
    return PurePosixPath(name.casefold()).suffix in BESIDE


def unpacked(
    name: str, source: IO[bytes], size: int, budget: Budget, depth: int = 0, beside: bool = False
) -> Iterator[Received]:
    """Yield the file itself, or what is in it if it is an archive; what cannot be opened is a RefusedFile.

    size: of `source`, in bytes. depth: layers opened so far.
    """
    try:
        source.seek(0)
        head = source.read(512)
        source.seek(0)
        reader = opener(head)
        if beside and not head.strip(BLANK):
            return
        if reader is None:
            yield plain(name, source, size, budget.limits, beside)
        elif depth >= budget.limits.depth:
            raise RefusalError(
                "archives are packed inside archives too deeply.", "Unpack it and hand in the files."
            )
        else:
            yield from reader(name, source, size, budget, depth)
    except RefusalError as refusal:
        yield RefusedFile(name, refusal.what.rstrip("."), refusal.next_step, digest_of(source), size)
    except DAMAGED as error:
        yield damaged(name, error, digest_of(source), size)


def damaged(name: str, error: Exception, digest: str | None = None, size: int = 0) -> RefusedFile:
    why = f"it is damaged or cut short ({error})"
    return RefusedFile(name, why, "Ask the sender to send it again.", digest, size)


def digest_of(source: IO[bytes]) -> str | None:
    """Return the SHA-256 of a whole file by which it is known again; None where it cannot be read through."""
    digest = hashlib.sha256()
    try:
        source.seek(0)
        while chunk := source.read(CHUNK):
            digest.update(chunk)
    except DAMAGED:
        return None
    return digest.hexdigest()


def too_large(size: int, limits: Limits) -> RefusalError:
    return RefusalError(
        f"it holds {size // MEGABYTE:,} megabytes; the limit is {limits.file_bytes // MEGABYTE:,}.",
        "Ask the sender for it in parts, one a month for example.",
    )


Reader = Callable[[str, IO[bytes], int, Budget, int], Iterator[Received]]


def opener(head: bytes) -> Reader | None:
    """Return what opens an archive that begins so, None for a plain file."""
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return from_zip
    if head[257:262] == b"ustar":
        return from_tar
    if head.startswith(tuple(OPENERS)):
        return from_compressed
    return None


def plain(name: str, source: IO[bytes], size: int, limits: Limits, beside: bool = False) -> ReceivedFile:
    """Read a file that is no archive; raises RefusalError for one too large, empty or in disguise."""
    if size > limits.file_bytes:
        raise too_large(size, limits)
    data = source.read(size + 1)
    if not data[:65536].strip(BLANK) and not data.strip(BLANK):
        raise RefusalError("it is empty.", "Ask the sender to send it again.")
    refuse_disguise(data)
    return ReceivedFile(name, data, beside)


def from_compressed(
    name: str, source: IO[bytes], size: int, budget: Budget, depth: int
) -> Iterator[Received]:
    head = source.read(8)
    source.seek(0)
    open_stream = next(opens for magic, opens in OPENERS.items() if head.startswith(magic))
    with (
        tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as whole,
        cast(IO[bytes], open_stream(source)) as stream,
    ):
        length = 0
        while chunk := stream.read(CHUNK):
            budget.spend(len(chunk))
            length += whole.write(chunk)
        yield from unpacked(name, cast(IO[bytes], whole), length, budget, depth + 1)


def from_zip(name: str, source: IO[bytes], size: int, budget: Budget, depth: int) -> Iterator[Received]:
    with zipfile.ZipFile(source) as archive:
        members = [member for member in archive.infolist() if not member.is_dir()]
        budget.count(len(members))
        budget.spend(sum(member.file_size for member in members))
        refuse_unsafe_zip(members, size)
        names = {member.filename for member in members}
        if "[Content_Types].xml" in names or {"mimetype", "content.xml"} <= names:
            refuse_workbook(archive, budget.limits)
            yield plain(name, rewound(source), size, budget.limits)
            return
        kept = [member for member in members if not is_passed_over(member.filename)]
        refuse_nothing(kept)
        for member in sorted(kept, key=lambda item: item.filename):
            opens = partial(archive.open, member)
            yield from inner(name, member.filename, opens, member.file_size, budget, depth)


def from_tar(name: str, source: IO[bytes], size: int, budget: Budget, depth: int) -> Iterator[Received]:
    with tarfile.open(fileobj=source, mode="r:") as archive:
        members = [member for member in archive.getmembers() if not member.isdir()]
        budget.count(len(members))
        # A tar is as long as its parts, except a sparse one, whose parts are mostly holes.
        budget.spend(max(0, sum(member.size for member in members) - size))
        for member in members:
            refuse_path(member.name)
            if not member.isfile():
                raise RefusalError(
                    f"it holds a link or device ({member.name}), which may lead outside it.",
                    "Ask the sender for an archive of plain files.",
                )
        kept = [member for member in members if not is_passed_over(member.name.removeprefix("./"))]
        refuse_nothing(kept)
        for member in sorted(kept, key=lambda item: item.name):
            opens = partial(archive.extractfile, member)
            yield from inner(name, member.name.removeprefix("./"), opens, member.size, budget, depth)


def inner(
    archive: str,
    member: str,
    opens: Callable[[], IO[bytes] | None],
    size: int,
    budget: Budget,
    depth: int,
) -> Iterator[Received]:
    """Yield one member of an archive; one that is damaged or too large is refused and the others still come."""
    name = f"{archive}!{member}"
    if size > budget.limits.file_bytes:
        refusal = too_large(size, budget.limits)
        yield RefusedFile(name, refusal.what.rstrip("."), refusal.next_step)
        return
    try:
        with opens() or io.BytesIO() as stream:
            # Read whole: seeking back within a compressed member would unpack it again from its beginning.
            data = stream.read(size + 1)
    except DAMAGED as error:
        yield damaged(name, error)
        return
    yield from unpacked(name, io.BytesIO(data), len(data), budget, depth + 1, is_beside(member))


def refuse_unsafe_zip(members: Sequence[zipfile.ZipInfo], size: int) -> None:
    """Raise RefusalError for parts that overlap (one of them counted many times), passwords and paths outside."""
    if sum(member.compress_size for member in members) > size:
        raise RefusalError("its parts overlap, as only a bomb's do.", DO_NOT_UNPACK)
    for member in members:
        refuse_path(member.filename)
        if member.flag_bits & 1:
            raise RefusalError(
                "it is protected by a password.", "Unpack it with the password, or ask for it without."
            )


DO_NOT_UNPACK = "Do not unpack it; tell your information-security team."


def refuse_path(name: str) -> None:
    parts = name.replace("\\", "/").split("/")
    if parts[0] == "" or ":" in parts[0] or ".." in parts:
        raise RefusalError(f"it holds a path that leads outside it ({name}).", DO_NOT_UNPACK)


def refuse_nothing(members: Sequence[object]) -> None:
    if not members:
        raise RefusalError("it holds no files.", "Ask the sender to send it again.")


def rewound(source: IO[bytes]) -> IO[bytes]:
    source.seek(0)
    return source
