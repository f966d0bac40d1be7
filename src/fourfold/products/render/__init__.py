"""A paper in the forms it is handed over: HTML to read, PDF to keep and Word to work on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fourfold.products.document import Document
    from fourfold.products.render.pictures import Pictures


def _html(document: Document, pictures: Pictures | None = None) -> bytes:
    from fourfold.products.render.html import render_html

    return render_html(document, pictures).encode("utf-8")


def _pdf(document: Document, pictures: Pictures | None = None) -> bytes:
    from fourfold.products.render.pdf import render_pdf

    return render_pdf(document, pictures)


def _word(document: Document, pictures: Pictures | None = None) -> bytes:
    from fourfold.products.render.word import render_word

    return render_word(document, pictures)


RENDERERS: Mapping[str, Callable[..., bytes]] = MappingProxyType({"html": _html, "pdf": _pdf, "docx": _word})
"""Each form by its file ending: `(document, pictures=None)` to the bytes of the file."""


def render_all(document: Document, forms: Iterable[str] = RENDERERS) -> dict[str, bytes]:
    """Return `document` in each of `forms` (by file ending), all at once, each chart drawn once for all.

    The typesetter and the drawing of charts leave the interpreter free for the other forms meanwhile.
    """
    from fourfold.products.render.pictures import Pictures

    pictures = Pictures()
    with ThreadPoolExecutor() as threads:
        made = {form: threads.submit(RENDERERS[form], document, pictures) for form in forms}
        return {form: one.result() for form, one in made.items()}
