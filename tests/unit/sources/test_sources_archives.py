"""Archives handed in: what is in them, and what is refused whole, with what to do."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from made_tables import HEADINGS, ROW, lines

from fourfold.home import WrongUseError
from fourfold.sources.files import ReceivedFile, RefusedFile, received_files
from fourfold.sources.limits import Limits, limits_today

LIST = lines(HEADINGS, ROW).encode()
SMALL = replace(
    limits_today(), ratio_from_bytes=100_000, unpacked_bytes=5_000_000, file_bytes=1_000_000, members=50
)
"""Limits small enough to be tried."""


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(*members: tuple[tarfile.TarInfo, bytes]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for info, data in members:
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def plain(name: str, data: bytes = LIST) -> tuple[tarfile.TarInfo, bytes]:
    return tarfile.TarInfo(name), data


def special(name: str, kind: bytes, target: str = "") -> tuple[tarfile.TarInfo, bytes]:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, target
    return info, b""


def handed_in(data: bytes, folder: Path, limits: Limits | None = None) -> list[ReceivedFile | RefusedFile]:
    path = folder / "handed-in"
    path.write_bytes(data)
    return list(received_files([path], limits))


def why(data: bytes, folder: Path, limits: Limits | None = None) -> str:
    """Return why a file is refused whole, after checking that nothing of it is read and a next step is said."""
    (file,) = handed_in(data, folder, limits)
    assert isinstance(file, RefusedFile), "it was not refused"
    assert file.next_step.endswith(".")
    return file.why


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_files_and_compressed_tars_are_opened(
    pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    for data in (LIST, tarred(plain("b.csv"), plain("./a.csv"))):
        assert {file.data for file in handed_in(pack(data), tmp_path)} == {LIST}  # type: ignore[union-attr]


def test_an_archive_is_read_in_the_order_of_its_names_without_its_litter(tmp_path: Path) -> None:
    names = ["2021-12/b.csv", "2021-11/a.csv", "__MACOSX/._a.csv", ".DS_Store", "~$b.xlsx", "notes.txt"]
    found = handed_in(zipped(dict.fromkeys(names, LIST)), tmp_path)
    assert [file.name for file in found] == [
        "handed-in!2021-11/a.csv",
        "handed-in!2021-12/b.csv",
        "handed-in!notes.txt",
    ]
    assert [file.is_beside for file in found if isinstance(file, ReceivedFile)] == [False, False, True]


def test_a_compressed_tar_in_a_zip_is_opened_and_deeper_packing_is_refused(tmp_path: Path) -> None:
    three = zipped({"a.tar.xz": lzma.compress(tarred(plain("a.csv")))})
    (file,) = handed_in(three, tmp_path)
    assert file.name == "handed-in!a.tar.xz!a.csv"
    assert "too deeply" in why(zipped({"x.zip": three}), tmp_path)


def test_one_damaged_member_does_not_stop_the_others(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": LIST * 50, "b.csv": LIST}))
    data[60:80] = b"\xff" * 20
    bad, good = handed_in(bytes(data), tmp_path)
    assert isinstance(bad, RefusedFile)
    assert "damaged" in bad.why
    assert isinstance(good, ReceivedFile)
    assert good.data == LIST


def lying(declared: int) -> bytes:
    """A zip whose one member says in both its headers that it is smaller than it is."""
    body = b"x" * 900_000
    data = bytearray(zipped({"a.csv": body}))
    for at in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[at : at + 4] = struct.pack("<I", declared)
    return bytes(data)


def overlapping() -> bytes:
    """A zip whose directory names the same bytes thirty times."""
    body = os.urandom(2000)
    data = zipped({"00.csv": body}, zipfile.ZIP_STORED)
    directory, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = data[directory:end]
    entries = b"".join(entry.replace(b"00.csv", b"%02d.csv" % n) for n in range(30))
    tail = bytearray(data[end:])
    tail[8:16] = struct.pack("<HHI", 30, 30, len(entries))
    return data[:directory] + entries + bytes(tail)


def encrypted() -> bytes:
    data = bytearray(zipped({"a.csv": LIST, "b.csv": LIST}))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.index(magic) + at
        data[place] |= 1
    return bytes(data)


BOMBS = {
    "a file that packs a thousandfold": zipped({"a.csv": b"0" * 900_000}),
    "many such files": zipped({f"{n}.csv": b"0" * 50_000 for n in range(20)}),
    "a zip of zips": zipped({f"{n}.zip": zipped({"a.csv": b"0" * 90_000}) for n in range(4)}),
    "a compressed file": gzip.compress(b"0" * 900_000),
    "a compressed tar": lzma.compress(tarred(plain("a.csv", b"0" * 900_000))),
}


@pytest.mark.parametrize("bomb", BOMBS.values(), ids=BOMBS.keys())
def test_a_bomb_is_refused(bomb: bytes, tmp_path: Path) -> None:
    """The layers of one file count together: a zip of zips is judged by what all of them unpack to."""
    found = handed_in(bomb, tmp_path, SMALL)
    assert isinstance(found[-1], RefusedFile)
    assert "unpacks to more than" in found[-1].why
    unpacked = sum(len(file.data) for file in found if isinstance(file, ReceivedFile))
    assert unpacked <= SMALL.ratio_from_bytes


def test_sizes_that_lie_and_parts_that_overlap_are_refused(tmp_path: Path) -> None:
    assert "damaged" in why(lying(500), tmp_path, SMALL)
    assert "overlap" in why(overlapping(), tmp_path, SMALL)


def test_a_sparse_tar_that_claims_endless_holes_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("a.csv")
    info.pax_headers = {"GNU.sparse.map": "0,0", "GNU.sparse.size": str(10**12), "GNU.sparse.numblocks": "1"}
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        archive.addfile(info, io.BytesIO())
    assert "unpacks to more than" in why(out.getvalue(), tmp_path)


def test_the_number_and_size_of_files_are_limited(tmp_path: Path) -> None:
    assert "51 files" in why(zipped({f"{n}.csv": LIST for n in range(51)}), tmp_path, SMALL)
    big = replace(SMALL, ratio_from_bytes=5_000_000)
    found = handed_in(zipped({"a.csv": LIST, "b.csv": b"0" * 1_000_001}), tmp_path, big)
    assert isinstance(found[0], ReceivedFile)
    assert isinstance(found[1], RefusedFile)
    assert "1 megabytes; the limit is 1" in found[1].why
    assert "megabytes" in why(b"0" * 1_000_001, tmp_path, SMALL)


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../etc/passwd", "a/../../b.csv", "C:/x.csv", "..\\x.csv"]
)
def test_a_path_that_leads_outside_refuses_the_archive(name: str, tmp_path: Path) -> None:
    assert "leads outside" in why(tarred(plain("good.csv"), plain(name)), tmp_path)
    assert "leads outside" in why(zipped({"good.csv": LIST, name: LIST}), tmp_path)


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE])
def test_a_link_or_device_refuses_the_tar(kind: bytes, tmp_path: Path) -> None:
    assert "link or device" in why(tarred(plain("a.csv"), special("b.csv", kind, "/etc/passwd")), tmp_path)


def test_a_protected_zip_is_refused(tmp_path: Path) -> None:
    assert "password" in why(encrypted(), tmp_path)


@pytest.mark.parametrize(
    "data",
    [
        zipped({"a.csv": LIST * 100})[:-30],
        gzip.compress(LIST * 100)[:-20],
        bz2.compress(LIST * 100)[:-20],
        lzma.compress(LIST * 100)[:-20],
        gzip.compress(LIST)[:10] + b"\xff" * 40,
        tarred(plain("a.csv", LIST * 100))[:1000],
    ],
    ids=["zip", "gzip", "bzip2", "xz", "gzip of noise", "tar"],
)
def test_an_archive_cut_short_is_refused(data: bytes, tmp_path: Path) -> None:
    assert "damaged or cut short" in why(data, tmp_path)


def test_a_zip_with_a_wrong_checksum_is_refused(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.csv": LIST}, zipfile.ZIP_STORED))
    data[data.index(LIST[:20]) + 5] ^= 1
    assert "damaged" in why(bytes(data), tmp_path)
    assert zlib.crc32(LIST)  # the checksum that the archive holds is of the whole text


def test_an_archive_of_nothing_is_refused(tmp_path: Path) -> None:
    assert "holds no files" in why(zipped({}), tmp_path)
    assert "holds no files" in why(zipped({".DS_Store": b"x"}), tmp_path)
    assert "holds no files" in why(tarred(special("folder", tarfile.DIRTYPE)), tmp_path)


def test_a_folder_is_read_in_order_and_what_cannot_be_opened_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "inbox"
    (folder / "deep").mkdir(parents=True)
    for name in ("b.csv", "deep/a.csv", ".hidden", "Thumbs.db", "~$b.xlsx", "guide.pdf"):
        (folder / name).write_bytes(b"%PDF-1.7" if name.endswith("pdf") else LIST)
    (folder / "empty.csv").write_bytes(b" \r\n")
    (folder / "README.txt").write_bytes(b"")
    (folder / "gone.csv").symlink_to(tmp_path / "nowhere")
    os.mkfifo(folder / "pipe.csv")
    found = list(received_files([folder]))
    assert [file.name for file in found if isinstance(file, ReceivedFile)] == [
        "inbox/b.csv",
        "inbox/deep/a.csv",
    ]
    refused = {file.name: file.why for file in found if isinstance(file, RefusedFile)}
    assert refused == {
        "inbox/empty.csv": "it is empty",
        "inbox/gone.csv": "it is not a file, or a link to nothing",
        "inbox/guide.pdf": "it is a PDF document",
        "inbox/pipe.csv": "it is not a file, or a link to nothing",
    }


def test_a_file_or_folder_that_may_not_be_read_is_refused_and_the_others_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made to fail as for a user without the right, since the tests may run as one who has every right."""
    folder = tmp_path / "inbox"
    (folder / "shut").mkdir(parents=True)
    (folder / "a.csv").write_bytes(LIST)
    (folder / "mine.csv").write_bytes(LIST)
    opens, scans = Path.open, os.scandir

    def open_or_not(path: Path, *rest: object) -> object:
        if path.name == "mine.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return opens(path, *rest)  # type: ignore[call-overload]

    def scan_or_not(path: str) -> object:
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied", str(path))
        return scans(path)

    monkeypatch.setattr(Path, "open", open_or_not)
    monkeypatch.setattr(os, "scandir", scan_or_not)
    found = list(received_files([folder]))
    assert [file.name for file in found if isinstance(file, ReceivedFile)] == ["inbox/a.csv"]
    refused = [file for file in found if isinstance(file, RefusedFile)]
    assert {Path(file.name).name for file in refused} == {"mine.csv", "shut"}
    assert all("Permission denied" in file.why and "who may read" in file.next_step for file in refused)


def test_a_path_that_is_not_there_stops_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="There is no") as error:
        received_files([tmp_path, tmp_path / "nowhere"])
    assert error.value.next_step == "Check the path."
