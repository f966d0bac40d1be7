"""The standing figures of the current manifest as they may be told, worked out once a manifest and not once a request."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.cache import cache

from fourfold import __version__, policy, vocabulary
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.measures.figure import Figure, FigureName
from fourfold.pipeline.tracing import trace_figure

TABLE = "figure"
"""The derived table that names the standing figures."""

Told = tuple[Figure, tuple[str, ...]]
"""A figure as it may be told, and hints where its name may be a slip."""


def version(home: Home) -> str:
    """Return what a figure told now rests on: manifest, policy, code lists and code."""
    lists = f"{policy.version(home.policy)}:{vocabulary.version(home.vocabulary)}"
    return f"{Lake(home.lake).current().name}:{lists}:{__version__}"


@lru_cache(maxsize=1)
def _names(home: Home, manifest: str) -> tuple[str, ...]:
    lake = Lake(home.lake)
    frame = lake.scan(TABLE, lake.manifests.read(manifest)) if manifest != "000000" else None
    return tuple(sorted(frame.select("name").collect()["name"].to_list())) if frame is not None else ()


def standing_names(home: Home) -> tuple[str, ...]:
    """Return the names of the standing figures, in alphabetical order; none where nothing was refreshed yet."""
    return _names(home, Lake(home.lake).current().name)


@lru_cache(maxsize=512)
def _told(home: Home, name: str, stands: str) -> Told:
    found = trace_figure(home, name, most=0)
    return found.figure, found.hints


def figure_told(home: Home, name: str) -> Told:
    """Return one figure of the current manifest, small counts hidden as a trace hides them.

    Raises WrongUseError for a name that asks for nothing there is, DataProblemError where nothing is loaded.
    """
    return _told(home, str(FigureName.parse(name)), version(home))


@lru_cache(maxsize=1)
def _all(home: Home, stands: str) -> tuple[Figure, ...]:
    key = f"api-figures:{stands}"
    kept = cache.get(key)
    if kept is None:
        kept = [trace_figure(home, name, most=0).figure.to_json() for name in standing_names(home)]
        cache.set(key, kept, timeout=None)
    return tuple(Figure.from_json(one) for one in kept)


def standing_figures(home: Home) -> tuple[Figure, ...]:
    """Return every standing figure as it may be told, in the order of their names."""
    return _all(home, version(home))


def take_up_figures(home: Home) -> None:
    """Work the standing figures out after a refresh, beside the server, so that nobody waits for them."""
    standing_figures(home)


def this_home() -> Home:
    home: Home = settings.HOME
    return home
