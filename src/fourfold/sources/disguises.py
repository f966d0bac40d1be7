"""What a file is by its first bytes, whatever its name says."""

from __future__ import annotations

from fourfold.sources.received import RefusalError

ASK_FOR_THE_TABLE = "Ask the sender for the table as CSV or XLSX."
UNPACK = "Unpack it and hand in the files, or ask for a zip."
DO_NOT_OPEN = "Do not open it; tell your information-security team."

DISGUISES: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG", "a picture (PNG)", ASK_FOR_THE_TABLE),
    (b"\xff\xd8\xff", "a picture (JPEG)", ASK_FOR_THE_TABLE),
    (b"GIF8", "a picture (GIF)", ASK_FOR_THE_TABLE),
    (b"BM", "a picture (BMP)", ASK_FOR_THE_TABLE),
    (b"%PDF", "a PDF document", ASK_FOR_THE_TABLE),
    (b"MZ", "a Windows program", DO_NOT_OPEN),
    (b"\x7fELF", "a program", DO_NOT_OPEN),
    (b"#!", "a script", DO_NOT_OPEN),
    (b"Rar!", "a RAR archive", UNPACK),
    (b"7z\xbc\xaf", "a 7-Zip archive", UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", UNPACK),
    (b"{\\rtf", "a word-processor document", ASK_FOR_THE_TABLE),
    (b"SQLite format 3", "a database", ASK_FOR_THE_TABLE),
)
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
MIGHT_BE_WORDS = (b"BM", b"MZ", b"#!")
"""Two letters that a heading might begin with: only with bytes that no text has are they a disguise."""
NOT_TEXT = bytes(range(9)) + bytes(range(14, 27))


def refuse_disguise(data: bytes) -> None:
    """Raise RefusalError for a file that its first bytes show to be no table."""
    if data.startswith(OLD_OFFICE):
        if ENCRYPTED in data:
            raise RefusalError(
                "it is a workbook or document protected by a password.",
                "Open it, take the password off, and save it as .xlsx.",
            )
        raise RefusalError("it is a workbook in the old Excel format.", "Open it and save it as .xlsx.")
    for magic, what, next_step in DISGUISES:
        if data.startswith(magic) and not (magic in MIGHT_BE_WORDS and is_words(data[:512])):
            raise RefusalError(f"it is {what}.", next_step)


def is_words(head: bytes) -> bool:
    return not head.startswith(b"#!/") and head.translate(None, NOT_TEXT) == head


def refuse_markup(text: str) -> None:
    """Raise RefusalError for text that is a web page or JSON; `text` is how the file begins."""
    start = text.lstrip("\ufeff \t\r\n")[:400].casefold()
    if start.startswith(("<!doctype", "<html", "<?xml", "<head", "<body", "<table")):
        raise RefusalError(
            "it is a web page, not a table.",
            "Download the file itself; a sign-in page may have been saved in its place.",
        )
    if start.startswith("{") or (start.startswith("[") and start[1:].lstrip().startswith(("{", "[", '"'))):
        raise RefusalError("it is JSON, not a table.", "Ask the sender for CSV or XLSX.")
