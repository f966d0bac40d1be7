"""Putting what somebody typed back into the form of a page, whichever desk made it.

The page is read as HTML, the form that was sent is found in it, and only its controls are written anew; the
rest of the page stays as it was, byte for byte.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

Attributes = dict[str, str | None]

NEVER_FILLED = frozenset({"csrfmiddlewaretoken"})
NOT_TEXT = frozenset({"submit", "button", "image", "reset", "file", "password"})


@dataclass
class Control:
    """One control: an input, a button, a textarea with the place of its text, or a select's option."""

    kind: str
    name: str
    start: int
    end: int
    attributes: Attributes
    text_end: int = 0
    option_text: str = ""


@dataclass
class Form:
    """One form of the page and its controls."""

    attributes: Attributes
    controls: list[Control] = field(default_factory=list)

    @property
    def names(self) -> set[str]:
        return {control.name for control in self.controls}

    @property
    def has_files(self) -> bool:
        return any(control.attributes.get("type") == "file" for control in self.controls)


class _Reader(HTMLParser):
    """Finds the forms of a page and where their controls stand."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=False)
        self.forms: list[Form] = []
        self.main_end = 0
        self._is_in_form = False
        self._textarea: Control | None = None
        self._option: Control | None = None
        self._select = ""
        # The parser counts lines by "\n" alone.
        self._lines = [0, *(at + 1 for at, letter in enumerate(page) if letter == "\n")]
        self.feed(page)
        self.close()

    def _at(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes, start = dict(attrs), self._at()
        end = start + len(self.get_starttag_text() or "")
        if tag == "main":
            self.main_end = end
        elif tag == "form":
            self.forms.append(Form(attributes))
            self._is_in_form = True
        elif not self._is_in_form:
            return
        elif tag == "select":
            self._select = attributes.get("name") or ""
        elif tag == "option":
            self._option = Control(tag, self._select, start, end, attributes)
            self._keep(self._option)
        elif tag == "textarea":
            self._textarea = Control(tag, attributes.get("name") or "", start, end, attributes, text_end=end)
            self._keep(self._textarea)
        elif tag in ("input", "button"):
            self._keep(Control(tag, attributes.get("name") or "", start, end, attributes))

    def _keep(self, control: Control) -> None:
        if control.name:
            self.forms[-1].controls.append(control)

    def handle_data(self, data: str) -> None:
        if self._option is not None:
            self._option.option_text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_in_form = False
        elif tag in ("option", "select"):
            self._option = None
        elif tag == "textarea" and self._textarea is not None:
            self._textarea.text_end = self._at()
            self._textarea = None


@dataclass(frozen=True)
class Leftover:
    """What of the typed has no place on the page, by the name it was sent under, and whether files are asked for."""

    typed: Mapping[str, Sequence[str]]
    has_files: bool


def fill(
    page: str,
    address: str,
    action: str,
    typed: Mapping[str, Sequence[str]],
    banner: Callable[[Leftover], str],
) -> str | None:
    """Return the page with `typed` in the form that posts to `action`, and a banner at the top of its main part.

    `address` is the page's own, against which the actions of its forms are read; `banner` makes the banner,
    told what has no place on the page. Returns None where the page has no such form.
    """
    reader = _Reader(page)
    alike = [form for form in reader.forms if _posts_to(form, address, action)]
    if not alike or not reader.main_end:
        return None
    wanted = set(typed) - NEVER_FILLED
    form = max(alike, key=lambda one: len(one.names & wanted))
    left = {name: list(typed[name]) for name in sorted(wanted - form.names) if any(typed[name])}
    told = (reader.main_end, reader.main_end, banner(Leftover(left, form.has_files)))
    return _edited(page, [told, *_edits(form, typed)])


def _posts_to(form: Form, address: str, action: str) -> bool:
    if (form.attributes.get("method") or "").lower() != "post":
        return False
    told = form.attributes.get("action") or address
    return urlsplit(urljoin(address, told)).path == urlsplit(action).path


def _edits(form: Form, typed: Mapping[str, Sequence[str]]) -> Iterator[tuple[int, int, str]]:
    """Yield what is to be written where: a control of which nothing was sent was left empty."""
    seen: Counter[str] = Counter()
    for control in form.controls:
        kind = (control.attributes.get("type") or "text").lower() if control.kind == "input" else control.kind
        if control.name in NEVER_FILLED or kind in NOT_TEXT:
            continue
        told = list(typed.get(control.name, []))
        if kind in ("checkbox", "radio"):
            yield _tag(control, "checked", (control.attributes.get("value") or "on") in told)
        elif kind == "option":
            value = control.attributes.get("value")
            yield _tag(control, "selected", (control.option_text.strip() if value is None else value) in told)
        else:
            place = seen[control.name]
            seen[control.name] += 1
            if place >= len(told):
                continue
            if kind == "textarea":
                # A first line break after the tag is not part of the text, so one is always written.
                yield control.end, control.text_end, "\n" + escape(told[place])
            else:
                control.attributes["value"] = told[place]
                yield control.start, control.end, _written(control)


def _tag(control: Control, mark: str, is_marked: bool) -> tuple[int, int, str]:
    control.attributes.pop(mark, None)
    if is_marked:
        control.attributes[mark] = None
    return control.start, control.end, _written(control)


def _written(control: Control) -> str:
    told = "".join(
        f" {name}" if value is None else f' {name}="{escape(value)}"'
        for name, value in control.attributes.items()
    )
    return f"<{control.kind}{told}>"


def _edited(page: str, edits: Sequence[tuple[int, int, str]]) -> str:
    pieces, last = [], 0
    for start, end, text in sorted(edits):
        pieces += [page[last:start], text]
        last = end
    return "".join([*pieces, page[last:]])
