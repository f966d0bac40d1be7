"""YAML that refuses a key given twice, where YAML itself would keep the last in silence."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _RefusesRepeats(_Loader):  # type: ignore[misc]
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if isinstance(key, Hashable):
                if key in seen:
                    raise yaml.constructor.ConstructorError(
                        None, None, f"{key} is given twice", key_node.start_mark
                    )
                seen.add(key)
        made: dict[Hashable, Any] = super().construct_mapping(node, deep=deep)
        return made


def parse(text: str) -> Any:
    """Return what the YAML `text` holds: plain values only, no objects.

    Raises ValueError, saying where, for text that is not YAML or repeats a key.
    """
    try:
        return yaml.load(text, Loader=_RefusesRepeats)
    except yaml.YAMLError as error:
        raise ValueError(" ".join(str(error).split())) from error
