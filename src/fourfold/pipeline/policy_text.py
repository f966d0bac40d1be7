"""Adding a dated value to a force's own policy file as text, so that its comments and earlier values stay as they are.

What stands is never rewritten: the value that held until now gets its last day, and the new one is put after it.
"""

from __future__ import annotations

import copy
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import yaml

from fourfold.home import WrongUseError
from fourfold.policy.strict_yaml import parse

DAY = timedelta(days=1)
BY_HAND = "Add the value to the file by hand, or write its entries one field a line and try again."
HEADER = "# Values of the force's own. Each goes before the shipped one from its first day on.\n"


@dataclass(frozen=True)
class NewValue:
    """One value to be added. `key` is the entry's name in its file; `title` is written where the entry is new.

    `unset` says what an empty value means; `note` says why in a sentence.
    """

    key: str
    title: str
    value: Any
    holds_from: date
    source: str
    note: str = ""
    unset: str = "not used"

    def fields(self, until: date | None) -> dict[str, Any]:
        """Return the fields of the file in their order."""
        told: dict[str, Any] = {"value": self.value}
        if self.value is None:
            told["unset"] = self.unset
        told["from"] = self.holds_from
        if until is not None:
            told["to"] = until
        told |= {"source": self.source, "status": "local"}
        return told | ({"note": self.note} if self.note else {})


def text_with(text: str, new: Sequence[NewValue]) -> str:
    """Return the text of a policy file with values added.

    Raises WrongUseError where a value from the same day stands already, or the text is written in a way that cannot be
    added to without changing what it says.
    """
    for value in new:
        text = _with_one(text, value)
    return text


def _with_one(text: str, new: NewValue) -> str:
    before = _content(text)
    told = before.get(new.key)
    if told is None:
        made = _with_entry(text, new)
        expected = {**before, new.key: {"title": new.title, "values": [new.fields(None)]}}
    else:
        closing, until = _places(told["values"], new)
        expected = copy.deepcopy(before)
        values = expected[new.key]["values"]
        if closing is not None:
            values[closing] = {**values[closing], "to": new.holds_from - DAY}
        values.append(new.fields(until))
        made = _with_value(text, new, closing, until)
    # The text is edited by place; that it says what was meant, and nothing else has changed, is looked at here.
    if _content(made, "after the change ") != expected:
        raise WrongUseError(f"The value of {new.key} cannot be added safely.", BY_HAND)
    return made


def _content(text: str, when: str = "") -> dict[str, Any]:
    try:
        told = parse(text)
    except ValueError as error:
        raise WrongUseError(f"The policy file cannot be read {when}({error}).", BY_HAND) from error
    if told is not None and not isinstance(told, dict):
        raise WrongUseError("The policy file holds no names with their values.", BY_HAND)
    return dict(told or {})


def _places(values: list[dict[str, Any]], new: NewValue) -> tuple[int | None, date | None]:
    """Return which value ends the day before, and the last day of the new one where a later value stands."""
    if any(value["from"] == new.holds_from for value in values):
        raise WrongUseError(
            f"A value of {new.key} from {new.holds_from.isoformat()} stands in the file already.",
            "Choose a later day.",
        )
    later = [value["from"] for value in values if value["from"] > new.holds_from]
    closing = None
    for place, value in enumerate(values):
        if value["from"] < new.holds_from and (value.get("to") or date.max) >= new.holds_from:
            closing = place
    return closing, min(later) - DAY if later else None


def _with_entry(text: str, new: NewValue) -> str:
    start = text.rstrip("\n") + "\n\n" if text.strip() else HEADER + "\n"
    return f"{start}{new.key}:\n  title: {_scalar(new.title)}\n  values:\n{_item(new, None, 4)}"


def _with_value(text: str, new: NewValue, closing: int | None, until: date | None) -> str:
    values = _part(_part(yaml.compose(text), new.key), "values")
    if not isinstance(values, yaml.SequenceNode) or not values.value:
        raise WrongUseError(f"The values of {new.key} are no list.", BY_HAND)
    edits = [_edit_adding(text, values, new, until)]
    if closing is not None:
        edits.append(_edit_closing(text, values.value[closing], new.holds_from - DAY))
    for start, end, words in sorted(edits, reverse=True):
        text = text[:start] + words + text[end:]
    return text


Edit = tuple[int, int, str]
"""Where a text is cut, where it goes on, and what is put between."""


def _edit_adding(text: str, values: yaml.SequenceNode, new: NewValue, until: date | None) -> Edit:
    if values.flow_style:
        at = values.end_mark.index - 1
        return at, at, f", {_flow(new.fields(until))}"
    # A block ends where the next token begins: blank lines and comments before it are not its own.
    kept = text[: values.end_mark.index].split("\n")
    while kept and (not kept[-1].strip() or kept[-1].lstrip().startswith("#")):
        kept.pop()
    at = len("\n".join(kept))
    item = _item(new, until, values.start_mark.column)
    return at, at, "\n" + item.removesuffix("\n")


def _edit_closing(text: str, item: Any, last: date) -> Edit:
    """Give a value its last day: in place of the one it has, or beside its first day."""
    keys = {key.value: (key, value) for key, value in item.value}
    if "to" in keys:
        node = keys["to"][1]
        return node.start_mark.index, node.end_mark.index, last.isoformat()
    if item.flow_style:
        at = item.end_mark.index - 1
        return at, at, f", to: {last.isoformat()}"
    key = keys["from"][0]
    end = text.find("\n", key.end_mark.index)
    at = len(text) if end < 0 else end
    return at, at, f"\n{' ' * key.start_mark.column}to: {last.isoformat()}"


def _part(node: Any, key: str) -> Any:
    return next((value for name, value in node.value if name.value == key), None)


def _item(new: NewValue, until: date | None, column: int) -> str:
    lines = [f"{name}: {_scalar(value)}" for name, value in new.fields(until).items()]
    return "".join(f"{' ' * column}{'- ' if not place else '  '}{line}\n" for place, line in enumerate(lines))


def _flow(fields: dict[str, Any]) -> str:
    return "{" + ", ".join(f"{name}: {_scalar(value)}" for name, value in fields.items()) + "}"


def _scalar(value: Any) -> str:
    """Return a value as YAML on one line; text in quotes, so that no word of it is taken for anything else."""
    style = '"' if isinstance(value, str) else None
    told = yaml.safe_dump(
        value, default_style=style, default_flow_style=True, allow_unicode=True, width=1_000_000
    )
    return str(told).removesuffix("\n").removesuffix("\n...")
