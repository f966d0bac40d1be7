"""The board paper: made from the lake, written in its forms, and made again from what it recorded."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from fourfold import __version__, policy, vocabulary
from fourfold.home import CouldNotRunError, DataProblemError, Home
from fourfold.lake import Lake
from fourfold.measures.period import Period
from fourfold.pipeline.opening import Opened, Overrides, holds_records, open_figures
from fourfold.pipeline.stages import SOURCES
from fourfold.policy.breaks import all_breaks, lockdowns_between, related_subjects
from fourfold.policy.store import ACCESS_FILE, MARKERS
from fourfold.products.board_paper.checks import CheckContext, Lockdown, SeriesBreak
from fourfold.products.board_paper.context import Break, PaperContext, SourceSummary, Span
from fourfold.products.board_paper.paper import build
from fourfold.products.document import Document, MadeFrom, from_json, to_json
from fourfold.records import Batch

STAFF_TEXT = "board-paper"
"""The folder of staff text in a home's `papers`: one Markdown file a section."""

FILE = "board-paper"


@dataclass(frozen=True)
class Rebuilt:
    """A paper made again, and what differs from the one on file: nothing, if all is well."""

    document: Document
    same: bool
    differences: tuple[str, ...]


def make_paper(home: Home, force: str, to: date, text: Path | None = None) -> Document:
    """Make the board paper of a force for the year to a month.

    `text` is a folder of staff text; the home's own serves otherwise. Raises DataProblemError where
    nothing is loaded.
    """
    staff = staff_text(text or home.papers / STAFF_TEXT)
    opened = open_figures(home, Period.month(to).end)
    return compose(opened, made_from(home, opened, force, to, staff))


def made_from(home: Home, opened: Opened, force: str, to: date, staff: dict[str, str]) -> MadeFrom:
    """Gather all that a paper will be made from."""
    if not holds_records(opened.manifest):
        raise DataProblemError(
            "Nothing is loaded.", "Hand in files with `fourfold intake PATH`, or try `fourfold demo`."
        )
    return MadeFrom(
        force=force,
        force_name=force_name(home, force),
        to=f"{to:%Y-%m}",
        manifest=opened.manifest.name,
        policy=opened.origin.policy,
        vocabulary=opened.origin.vocabulary,
        code=opened.origin.code,
        overrides=override_files(home),
        staff_text=tuple(sorted(staff.items())),
        made_up=opened.figures.made_up,
    )


def compose(opened: Opened, source: MadeFrom) -> Document:
    """Make the document from the lake as it was opened and from what it is made from, and nothing else."""
    opened.figures.made_up = source.made_up
    return build(context_of(opened, source), source, checks_of(opened))


def context_of(opened: Opened, source: MadeFrom) -> PaperContext:
    """Set up what the sections work with: periods, baseline, threshold, breaks, loads."""
    rules = opened.rules
    to = Period.parse(source.to).first
    now = Period.year_to(to)
    baseline = policy.value_on("baselines.pre_covid", rules.on, rules.policy).value
    threshold = policy.value_on("disclosure.threshold_public", rules.on, rules.policy)
    lists = {name: vocabulary.load(name, rules.vocabulary) for name in ("nfib_codes",)}

    def name_of(listed: str, code: str) -> str:
        found = lists[listed].get(code)
        return found.name if found else code

    return PaperContext(
        force=source.force,
        force_name=source.force_name,
        to=to,
        now=now,
        before=now.before(),
        baseline=Period(baseline["starts_on"], baseline["ends_on"].replace(day=1)),
        baseline_words=baseline["label"],
        figures=opened.figures,
        threshold=int(threshold.value) if threshold.is_set else None,
        marking=marking_of(opened, hides_small=threshold.is_set),
        loads=tuple(summaries(opened)),
        breaks=tuple(breaks_for_charts(opened, source.force)),
        lockdowns=tuple(
            Span(one.starts_on, one.ends_on, one.title)
            for one in lockdowns_between(date(2000, 1, 1), rules.on, rules.policy)
        ),
        staff_text=dict(source.staff_text),
        code_names=name_of,
    )


def marking_of(opened: Opened, hides_small: bool) -> str:
    """Return the marking of a paper: one that hides no small counts is for the force alone."""
    name = "paper.marking_public" if hides_small else "paper.marking_internal"
    return str(policy.value_on(name, opened.rules.on, opened.rules.policy).value)


def breaks_for_charts(opened: Opened, force: str) -> Iterable[Break]:
    for one in all_breaks(opened.rules.policy):
        if one.touches_force(force):
            touched = {
                subject for own in one.subjects for subject in related_subjects(own, opened.rules.policy)
            }
            yield Break(one.latest, one.title, tuple(sorted(touched)))


def checks_of(opened: Opened) -> CheckContext:
    """Turn dated policy into what the paper's checks are told of breaks and lockdowns."""
    rules = opened.rules
    return CheckContext(
        breaks=tuple(
            SeriesBreak(
                on=one.latest,
                words=f"{one.title}: {one.changed}",
                subjects=tuple(subject.replace("_", " ") for subject in one.subjects),
                named_by=(one.title, "series break"),
            )
            for one in all_breaks(rules.policy)
        ),
        lockdowns=tuple(
            Lockdown(one.starts_on, one.ends_on, one.title.lower())
            for one in lockdowns_between(date(2000, 1, 1), rules.on, rules.policy)
        ),
    )


def summaries(opened: Opened) -> Iterable[SourceSummary]:
    """Add the batches up by source."""
    batches = opened.lake.scan(Batch.table, opened.manifest)
    if batches is None:
        return
    titles = {contract.source: contract.title.split(" in the columns")[0] for contract in reversed(SOURCES)}
    counts = ("received", "accepted", "quarantined", "unchanged")
    table = (
        batches.filter(pl.col("state") == "read")
        .group_by("source")
        .agg(
            pl.len().alias("files"),
            *(pl.col(name).sum() for name in counts),
            pl.col("first_on").min(),
            pl.col("last_on").max(),
        )
        .sort("source")
        .collect()
    )
    for row in table.iter_rows(named=True):
        yield SourceSummary(title=titles.get(row["source"], row["source"]), **row)


def staff_text(folder: Path) -> dict[str, str]:
    """Read the staff text of a folder: the file's name is the section's key.

    Raises DataProblemError for a file that is not for any section or not UTF-8.
    """
    from fourfold.products.board_paper.sections import SECTIONS

    found = {}
    for path in sorted(folder.glob("*.md")) if folder.is_dir() else []:
        if path.stem not in SECTIONS:
            raise DataProblemError(
                f"The paper has no section '{path.stem}' ({path.name}).", f"Sections: {', '.join(SECTIONS)}."
            )
        try:
            found[path.stem] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            raise DataProblemError(f"{path.name} is not UTF-8 text.", "Save it as UTF-8.") from error
    return found


def force_name(home: Home, force: str) -> str:
    if home.settings.get("force") == force and home.settings.get("force_name"):
        return home.settings["force_name"]
    known = vocabulary.load("forces", home.vocabulary).get(force)
    return known.name if known else force.replace("-", " ").title()


def override_files(home: Home) -> tuple[tuple[str, str], ...]:
    """Return the force's own policy and vocabulary files, whole, so that a rebuild needs no folder."""
    found = []
    yaml, csv = (".yaml", ".yml"), (".csv",)
    for folder, endings in ((home.policy, yaml), (home.policy / MARKERS, yaml), (home.vocabulary, csv)):
        paths = sorted(folder.iterdir()) if folder.is_dir() else []
        for path in (one for one in paths if one.suffix in endings and one.name != ACCESS_FILE):
            name = path.relative_to(home.path).as_posix()
            found.append((name, path.read_text(encoding="utf-8")))
    return tuple(found)


def write_paper(document: Document, out: Path) -> list[Path]:
    """Write a paper as JSON, HTML, PDF and Word into a folder; return the files."""
    from fourfold.products.render import render_all

    forms = {"json": to_json(document).encode("utf-8"), **render_all(document)}
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = []
        for ending, content in forms.items():
            path = out / f"{FILE}.{ending}"
            path.write_bytes(content)
            written.append(path)
    except OSError as error:
        raise CouldNotRunError(
            f"The paper cannot be written to {out}: {error.strerror}.", "Name another folder with --out."
        ) from error
    return written


def read_paper(path: Path) -> Document:
    """Read a paper that was written as JSON; raises DataProblemError for anything else."""
    try:
        return from_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DataProblemError(
            f"{path} cannot be read: {error.strerror}.", "Name the paper's board-paper.json."
        ) from error
    except ValueError as error:
        raise DataProblemError(
            f"{path.name} is not a paper that Fourfold wrote.", "Name the paper's board-paper.json."
        ) from error


def rebuild(home: Home, path: Path) -> Rebuilt:
    """Make a paper again from what it recorded and compare it with the one on file, byte for byte.

    Raises DataProblemError where the code or the shipped lists are of another version than the paper's.
    """
    standing = read_paper(path)
    source = standing.made_from
    with tempfile.TemporaryDirectory() as folder:
        overrides = unpack_overrides(source, Path(folder))
        refuse_other_versions(source, overrides)
        manifest = Lake(home.lake).manifests.read(source.manifest)
        document = compose(open_figures(home, Period.parse(source.to).end, manifest, overrides), source)
    was, now = path.read_text(encoding="utf-8"), to_json(document)
    differences = tuple(line_differences(was, now)) if was != now else ()
    return Rebuilt(document, was == now, differences)


def unpack_overrides(source: MadeFrom, folder: Path) -> Overrides:
    for name, text in source.overrides:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return Overrides(folder / "policy", folder / "vocabulary")


def refuse_other_versions(source: MadeFrom, overrides: Overrides) -> None:
    here = {
        "code": (source.code, __version__),
        "policy": (source.policy, policy.version(overrides.policy)),
        "vocabulary": (source.vocabulary, vocabulary.version(overrides.vocabulary)),
    }
    other = [f"{name} {was} (here {now})" for name, (was, now) in here.items() if was != now]
    if other:
        raise DataProblemError(
            f"The paper was made with another version: {', '.join(other)}.",
            "Rebuild it with the version it names.",
        )


def line_differences(was: str, now: str, most: int = 20) -> Iterable[str]:
    import difflib

    lines = difflib.unified_diff(
        was.splitlines(), now.splitlines(), "on file", "made again", lineterm="", n=1
    )
    for count, line in enumerate(lines):
        if count >= most:
            yield "..."
            return
        yield line
