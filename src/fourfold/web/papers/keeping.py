"""Where a paper's forms lie in the home, and how it is made sure that they are what was built."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from fourfold.home import CouldNotRunError
from fourfold.products.document import Document, from_json
from fourfold.web.papers.models import Paper

FOLDER = "built"
"""The folder below the home's `papers` that holds what was built; readable by its owner alone."""
FILE = "board-paper"
PAGE = "page"
"""The form that stands inside the desk's own page."""
FORMS: Mapping[str, tuple[str, str]] = {
    "pdf": ("PDF", "application/pdf"),
    "docx": ("Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "html": ("HTML", "text/html; charset=utf-8"),
    "json": ("JSON", "application/json"),
}
"""The forms to download: words and content type."""


class DamagedPaperError(CouldNotRunError):
    """A form on disk is not what was built; it is never shown."""


def folder_of(paper: Paper, build: int) -> Path:
    """Return the folder of one build of a paper."""
    top: Path = settings.HOME.papers / FOLDER
    return top / f"{paper.force}-{paper.to:%Y-%m}" / f"version-{paper.number}" / f"build-{build}"


def keep_forms(paper: Paper, build: int, forms: Mapping[str, bytes]) -> dict[str, str]:
    """Write the forms of a build and return the SHA-256 of each; what an interrupted build left is replaced."""
    folder = folder_of(paper, build)
    try:
        if folder.exists():
            shutil.rmtree(folder)
        folder.mkdir(parents=True)
        (settings.HOME.papers / FOLDER).chmod(0o700)
        for form, content in forms.items():
            (folder / f"{FILE}.{form}").write_bytes(content)
    except OSError as error:
        raise CouldNotRunError(
            f"The paper cannot be kept in the home: {error.strerror}.",
            "Ask the administrator to look at the disk, then build again.",
        ) from error
    return {form: hashlib.sha256(content).hexdigest() for form, content in forms.items()}


def read_form(paper: Paper, form: str) -> bytes:
    """Return one form of the build that stands; raises DamagedPaperError where it is not what was built."""
    path = folder_of(paper, paper.build) / f"{FILE}.{form}"
    try:
        content = path.read_bytes()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != paper.hashes.get(form):
        raise DamagedPaperError(
            "The paper on disk is not the one that was built, so it is not shown.",
            "Tell the administrator. A paper that is not approved can be built again.",
        )
    return content


def read_document(paper: Paper) -> Document:
    """Return the document that was built; raises DamagedPaperError where it is not what was built."""
    return from_json(read_form(paper, "json").decode("utf-8"))


def file_name(paper: Paper, form: str) -> str:
    """Return the name a downloaded form gets; it says what is made up and what nobody approved."""
    parts = ["made-up" if paper.made_up else "", FILE, paper.force, f"{paper.to:%Y-%m}", f"v{paper.number}"]
    parts += [] if paper.state in ("approved", "superseded") else ["not-approved"]
    return "-".join(filter(None, parts)) + f".{form}"
