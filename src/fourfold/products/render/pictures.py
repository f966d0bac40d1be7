"""Charts drawn from their specifications, without a network: SVG for pages and PDF, PNG for Word."""

from __future__ import annotations

from functools import cache
from threading import Lock
from typing import Any

from fourfold.products.render.characters import FONTS


def to_svg(spec: str) -> str:
    """Draw a Vega-Lite specification (JSON text) as SVG text.

    Raises ValueError where the specification is none. Nothing is fetched: data by address are refused.
    """
    return str(_converter().vegalite_to_svg(spec, allowed_base_urls=[]))


def to_png(spec: str, scale: float = 2) -> bytes:
    """Draw a Vega-Lite specification as PNG, `scale` device pixels to a chart pixel."""
    return svg_to_png(to_svg(spec), scale)


def svg_to_png(svg: str, scale: float = 2) -> bytes:
    return bytes(_converter().svg_to_png(svg, scale=scale))


class Pictures:
    """The charts drawn for one run over one paper, each once, however many forms are made side by side."""

    def __init__(self) -> None:
        self._svgs: dict[str, str] = {}
        self._pngs: dict[str, bytes] = {}
        self._drawing, self._filling = Lock(), Lock()

    def svg(self, spec: str) -> str:
        with self._drawing:
            if spec not in self._svgs:
                self._svgs[spec] = to_svg(spec)
            return self._svgs[spec]

    def png(self, spec: str) -> bytes:
        with self._filling:
            if spec not in self._pngs:
                self._pngs[spec] = svg_to_png(self.svg(spec))
            return self._pngs[spec]


@cache
def _converter() -> Any:
    """Return vl_convert, told once of the vendored typeface, so that every machine measures text alike."""
    import vl_convert

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert
