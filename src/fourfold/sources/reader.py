"""One table of text through one contract: every row becomes a record or is kept in quarantine with its reason."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime

import polars as pl

from fourfold.records import Quarantined, Record
from fourfold.records.base import TOLD_COLUMNS, content_columns, words_for_rule
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.sources.tables import TextTable

REPEATED_RULE = "key|repeated"
REPEATED_WORDS = "the file has another row with the same reference that says something else"


@dataclass(frozen=True)
class Told:
    """Which file told the rows, and when."""

    batch_id: str
    file: str
    sha256: str
    at: datetime


@dataclass(frozen=True)
class Intake:
    """What became of one table: `accepted` rows of the record, `quarantined` rows, and copies within the file.

    accepted + quarantined + repeated = received; a load may find that some accepted rows change nothing.
    """

    contract: Contract
    accepted: pl.DataFrame
    quarantined: pl.DataFrame
    repeated: int
    received: int


def read(
    table: TextTable, columns: dict[str, int], contract: Contract, context: ReadingContext, told: Told
) -> Intake:
    """Read a table by a contract; `columns` says for each record column in which place of the row it stands.

    A row that breaks a rule is corrected if the context holds a correction for it, and else set aside
    with every heading's text as received.
    """
    accepted, failed = judge(table.cells, columns, contract, context, told)
    quarantined = with_text(failed, table, contract, told, context)
    if context.corrections:
        accepted, quarantined = corrected(
            accepted, quarantined, columns, table.headings, contract, context, told
        )
    repeated = 0
    if contract.record.key and "file_row" not in contract.record.key:
        accepted, repeated, surplus = told_once(accepted, contract.record)
        quarantined = pl.concat([quarantined, with_text(surplus, table, contract, told, context, odd=False)])
    return Intake(contract, accepted, quarantined, repeated, table.received)


def judge(
    cells: pl.DataFrame, columns: dict[str, int], contract: Contract, context: ReadingContext, told: Told
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the good rows as records, and `file_row, rule, words` of the others, first broken rule first."""
    record = contract.record
    parsed = parse(cells, columns, contract)
    unread = [item for item in contract.fields if item.column in columns and item.cannot]
    bad = parsed.select("file_row", *[f"?{item.column}" for item in unread])
    unreadable = first_broken(bad, {f"?{item.column}": unread_words(item) for item in unread})
    values = parsed.drop([f"?{item.column}" for item in unread])
    if unreadable.height:
        values = values.join(unreadable.select("file_row"), on="file_row", how="anti", maintain_order="left")
    values = values.with_columns(
        batch_id=pl.lit(told.batch_id), told_at=pl.lit(told.at, dtype=pl.Datetime("us", "UTC"))
    )
    if "file_hash" in record.columns():
        values = values.with_columns(file_hash=pl.lit(told.sha256))
    if contract.derive is not None:
        values = contract.derive(values, context)
    good, broken = by_rules(record, values)
    return good, pl.concat([unreadable, broken])


def parse(cells: pl.DataFrame, columns: dict[str, int], contract: Contract) -> pl.DataFrame:
    """Turn text into values, one `?column` flag beside each that says the text could not be read."""
    names = sorted({f"c{place}" for place in columns.values()})
    stripped = cells.lazy().select("file_row", *[pl.col(name).str.strip_chars() for name in names])
    blank_is_missing = stripped.with_columns(
        pl.when(pl.col(name).str.len_bytes() > 0).then(pl.col(name)).alias(name) for name in names
    )
    values: list[pl.Expr] = []
    for item in contract.fields:
        if item.column not in columns:
            kind = pl.select(item.parse(pl.lit(None, dtype=pl.String))).dtypes[0]
            values.append(pl.lit(None, dtype=kind).alias(item.column))
        else:
            values.append(item.parse(pl.col(f"c{columns[item.column]}")).alias(item.column))
    flags = [
        (pl.col(f"c{columns[item.column]}").is_not_null() & pl.col(item.column).is_null()).alias(
            f"?{item.column}"
        )
        for item in contract.fields
        if item.column in columns and item.cannot
    ]
    return blank_is_missing.with_columns(values).with_columns(flags).drop(names).collect()


def unread_words(item: Field) -> tuple[str, str]:
    return f"{item.column}|cannot_be_read", f"{item.headings[0]} cannot be read: it should be {item.cannot}"


def first_broken(flags: pl.DataFrame, rules: dict[str, tuple[str, str]]) -> pl.DataFrame:
    """Return `file_row, rule, words` for each row with a flag up, in the rules' order; other flags are added to the words."""
    empty = pl.DataFrame(schema={"file_row": pl.Int64, "rule": pl.String, "words": pl.String})
    names = [name for name in flags.columns if name in rules]
    if not names:
        return empty
    up = flags.filter(pl.any_horizontal(names))
    if not up.height:
        return empty
    rule = pl.coalesce([pl.when(pl.col(name)).then(pl.lit(rules[name][0])) for name in names])
    words = pl.concat_str(
        [pl.when(pl.col(name)).then(pl.lit(rules[name][1])) for name in names],
        separator="; ",
        ignore_nulls=True,
    )
    return up.select("file_row", rule=rule, words=words)


def by_rules(record: type[Record], values: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split rows by the record's own rules; the second frame says which rule each failed row broke first."""
    shaped = values.select([pl.col(name).cast(column.dtype) for name, column in record.columns().items()])
    good, failure = record.filter(shaped)
    if not failure.counts():
        return good, first_broken(pl.DataFrame(schema={"file_row": pl.Int64}), {})
    details = failure.details()
    rules = [name for name in details.columns if name not in record.columns()]
    flags = details.select("file_row", *[(pl.col(name) == "invalid").alias(name) for name in rules])
    return good, first_broken(flags, {name: (name, words_for_rule(record, name)) for name in rules})


def with_text(
    failed: pl.DataFrame,
    table: TextTable,
    contract: Contract,
    told: Told,
    context: ReadingContext,
    odd: bool = True,
) -> pl.DataFrame:
    """Return quarantine rows with each row's text as received, the odd rows of the file among them."""
    rows = []
    if failed.height:
        texts = failed.join(table.cells, on="file_row", how="left", maintain_order="left")
        names = [f"c{place}" for place in range(len(table.headings))]
        for row in texts.iter_rows(named=True):
            received = text_of([row[name] for name in names], table.headings)
            rows.append((row["file_row"], row["rule"], row["words"], received))
    for number, cells, what in table.odd if odd else ():
        received = text_of(list(cells), table.headings)
        rows.append((number, "row|shape", what, received))
    return quarantine_frame(rows, contract, told)


def text_of(cells: list[str | None], headings: tuple[str, ...]) -> str:
    """Write a row's cells under their headings as JSON; cells beyond the headings go under `(more)`."""
    named = {
        heading or f"(column {place + 1})": cells[place] or ""
        for place, heading in enumerate(headings)
        if place < len(cells)
    }
    if len(cells) > len(headings):
        named["(more)"] = "|".join(cell or "" for cell in cells[len(headings) :])
    return json.dumps(named, ensure_ascii=False)


def digest_of(source: str, text: str) -> str:
    """Return what tells a received row from every other: the digest of its source and its text."""
    return hashlib.sha256(f"{source}\n{text}".encode()).hexdigest()


def quarantine_frame(rows: list[tuple[int, str, str, str]], contract: Contract, told: Told) -> pl.DataFrame:
    frame = (
        pl.DataFrame(rows, schema=["file_row", "rule", "words", "text_received"], orient="row")
        if rows
        else None
    )
    if frame is None:
        return Quarantined.create_empty()
    digests = [digest_of(contract.source, text) for text in frame["text_received"]]
    return frame.with_columns(
        batch_id=pl.lit(told.batch_id),
        told_at=pl.lit(told.at, dtype=pl.Datetime("us", "UTC")),
        source=pl.lit(contract.source),
        file=pl.lit(told.file),
        row_digest=pl.Series(digests, dtype=pl.String),
    ).select([pl.col(name).cast(column.dtype) for name, column in Quarantined.columns().items()])


def corrected(
    accepted: pl.DataFrame,
    quarantined: pl.DataFrame,
    columns: dict[str, int],
    headings: tuple[str, ...],
    contract: Contract,
    context: ReadingContext,
    told: Told,
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Read again, with its corrected cells, each quarantined row that somebody has corrected."""
    known = quarantined.filter(pl.col("row_digest").is_in(list(context.corrections)))
    if not known.height:
        return accepted, quarantined
    rows = []
    for row in known.iter_rows(named=True):
        cells = {**json.loads(row["text_received"]), **context.corrections[row["row_digest"]]}
        rows.append(
            {
                "file_row": row["file_row"],
                **{f"c{place}": cells.get(heading, "") for place, heading in enumerate(headings)},
            }
        )
    schema = {"file_row": pl.Int64, **{f"c{place}": pl.String for place in range(len(headings))}}
    again, _ = judge(pl.DataFrame(rows, schema=schema), columns, contract, context, told)
    still_bad = quarantined.join(again.select("file_row"), on="file_row", how="anti", maintain_order="left")
    return pl.concat([accepted, again]), still_bad


def told_once(accepted: pl.DataFrame, record: type[Record]) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """Keep the first row of each key; count its exact copies, and return those that contradict it.

    The first is kept because a victim told twice must not be lost to a fault of the file.
    """
    key = list(record.key)
    no_surplus = pl.DataFrame(schema={"file_row": pl.Int64, "rule": pl.String, "words": pl.String})
    if accepted.select(pl.struct(key).is_first_distinct().all()).item():
        return accepted, 0, no_surplus
    first = accepted.unique(key, keep="first", maintain_order=True)
    later = accepted.join(first.select("file_row"), on="file_row", how="anti", maintain_order="left")
    content = [name for name in content_columns(record) if name not in TOLD_COLUMNS]
    copies = later.join(first.select(content), on=content, how="semi", nulls_equal=True)
    surplus = later.join(copies.select("file_row"), on="file_row", how="anti", maintain_order="left")
    said = surplus.select("file_row", rule=pl.lit(REPEATED_RULE), words=pl.lit(REPEATED_WORDS))
    return first, copies.height, said
