"""One table of text through one contract: every row becomes a record or is kept in quarantine with its reason."""

from __future__ import annotations

import json
from dataclasses import dataclass

import polars as pl

from fourfold.records import Record
from fourfold.records.base import content_columns, words_for_rule
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.sources.set_aside import (
    Told,
    first_broken,
    no_failures,
    odd_with_text,
    with_text,
)
from fourfold.sources.text_table import TextTable, told_apart

__all__ = ["Intake", "Told", "read"]

REPEATED_RULE = "key|repeated"
REPEATED_WORDS = "the file has another row with the same reference that says something else"


@dataclass(frozen=True)
class Intake:
    """What became of one table: `accepted` rows of the record, `quarantined` rows, and copies within the file.

    accepted + quarantined + repeated = received; a load may find that some accepted rows change nothing.
    `notes` say in words what a person should know beside the counts.
    """

    contract: Contract
    accepted: pl.DataFrame
    quarantined: pl.DataFrame
    repeated: int
    received: int
    notes: tuple[str, ...] = ()


def read(
    table: TextTable, columns: dict[str, int], contract: Contract, context: ReadingContext, told: Told
) -> Intake:
    """Read a table by a contract; `columns` says for each record column in which place of the row it stands.

    A row that breaks a rule is set aside with every heading's text as received, unless the context holds a
    correction for it that passes; corrected rows come last, so that they stand where a key is told twice.
    Raises RefusalError where the whole file contradicts itself or names no force.
    """
    notes = missing_words_note(table.cells, columns, contract, context)
    accepted, failed = judge(table.cells, columns, contract, context, told)
    repeated = 0
    if is_keyed(contract.record):
        accepted, repeated, surplus = told_once(accepted, contract.record)
        failed = pl.concat([failed, surplus])
    source = contract.source
    quarantined = pl.concat(
        [with_text(failed, table, source, told), odd_with_text(table, source, told)]
    ).sort("file_row")
    if context.corrections:
        again, copies, quarantined = corrected(quarantined, columns, table, contract, context, told)
        accepted, repeated = pl.concat([accepted, again]), repeated + copies
    if contract.remarks is not None:
        notes += contract.remarks(accepted, context)
    return Intake(contract, accepted, quarantined, repeated, table.received, notes)


def is_keyed(record: type[Record]) -> bool:
    """Say whether a record's rows have a key of their own; open data have none and equal rows are real."""
    return bool(record.key) and "file_row" not in record.key


def missing_words_note(
    cells: pl.DataFrame, columns: dict[str, int], contract: Contract, context: ReadingContext
) -> tuple[str, ...]:
    """Say how many cells hold a word that the force's mapping file declares to stand for an empty cell."""
    words = list(context.missing.get(contract.source, ()))
    if not words or not cells.height:
        return ()
    names = sorted({f"c{place}" for place in columns.values()})
    found = sum(cells.select(pl.col(names).str.strip_chars().is_in(words).sum()).row(0))
    told = " or ".join(f"'{word}'" for word in words)
    return (f"{found:,} cells {told} read as missing, as the mapping file says",) if found else ()


def judge(
    cells: pl.DataFrame, columns: dict[str, int], contract: Contract, context: ReadingContext, told: Told
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the good rows as records, and `file_row, rule, words` of the others, first broken rule first."""
    record = contract.record
    parsed = parse(cells, columns, contract, list(context.missing.get(contract.source, ())))
    unread = [item for item in contract.fields if item.column in columns and item.cannot]
    rules = {f"?{item.column}": unread_words(item) for item in unread}
    failed = first_broken(parsed.select("file_row", *rules), rules)
    values = without(parsed.drop(list(rules)), failed).with_columns(
        batch_id=pl.lit(told.batch_id), told_at=pl.lit(told.at, dtype=pl.Datetime("us", "UTC"))
    )
    if "file_hash" in record.columns():
        values = values.with_columns(file_hash=pl.lit(told.sha256))
    if contract.derive is not None:
        values = contract.derive(values, context)
    if contract.strays is not None:
        strays = contract.strays(values, context)
        values, failed = without(values, strays), pl.concat([failed, strays])
    good, broken = by_rules(contract, values)
    return good, pl.concat([failed, broken])


def without(frame: pl.DataFrame, failed: pl.DataFrame) -> pl.DataFrame:
    if not failed.height:
        return frame
    return frame.join(failed.select("file_row"), on="file_row", how="anti", maintain_order="left")


def parse(
    cells: pl.DataFrame, columns: dict[str, int], contract: Contract, missing: list[str]
) -> pl.DataFrame:
    """Turn text into values, one `?column` flag beside each that says the text could not be read.

    missing: the words that stand for an empty cell beside the empty cell itself.
    """
    names = sorted({f"c{place}" for place in columns.values()})
    stripped = cells.lazy().select("file_row", *[pl.col(name).str.strip_chars() for name in names])
    blank_is_missing = stripped.with_columns(
        pl.when(has_text(pl.col(name), missing)).then(pl.col(name)).alias(name) for name in names
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


def has_text(cell: pl.Expr, missing: list[str]) -> pl.Expr:
    told = cell.str.len_bytes() > 0
    return told & ~cell.is_in(missing) if missing else told


def unread_words(item: Field) -> tuple[str, str]:
    return f"{item.column}|cannot_be_read", f"{item.headings[0]} cannot be read: it should be {item.cannot}"


def by_rules(contract: Contract, values: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Split rows by the record's own rules; the second frame says which rule each failed row broke first.

    Rules of columns that the file brings go before those of columns made from them: where the day is
    missing, that the reporting service of the day is missing too helps nobody.
    """
    record = contract.record
    shaped = values.select([pl.col(name).cast(column.dtype) for name, column in record.columns().items()])
    good, failure = record.filter(shaped)
    if not failure.counts():
        return good, no_failures()
    details = failure.details()
    made = set(record.columns()) - {item.column for item in contract.fields}
    rules = [name for name in details.columns if name not in record.columns()]
    rules.sort(key=lambda name: name.partition("|")[0] in made)
    flags = details.select("file_row", *[(pl.col(name) == "invalid").alias(name) for name in rules])
    return good, first_broken(flags, {name: (name, words_for_rule(record, name)) for name in rules})


def corrected(
    quarantined: pl.DataFrame,
    columns: dict[str, int],
    table: TextTable,
    contract: Contract,
    context: ReadingContext,
    told: Told,
) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """Read again, with its corrected cells, each quarantined row that somebody has corrected.

    Returns the rows that pass now, how many more only repeat one of them, and what stays in quarantine.
    """
    known = quarantined.filter(pl.col("row_digest").is_in(list(context.corrections)))
    headings = told_apart(table.headings)
    rows = []
    for row in known.iter_rows(named=True):
        cells = {**json.loads(row["text_received"]), **context.corrections[row["row_digest"]]}
        rows.append((row["file_row"], *(cells.get(heading, "") for heading in headings)))
    schema = {"file_row": pl.Int64, **dict.fromkeys(table.names, pl.String)}
    frame = pl.DataFrame(rows, schema=schema, orient="row")
    again, _ = judge(frame, columns, contract, context, told)
    copies, surplus = 0, again.clear()
    passed = again.select("file_row")
    if is_keyed(contract.record) and again.height:
        again, copies, surplus = told_once(again, contract.record)
        passed = without(passed, surplus)
    return again, copies, without(quarantined, passed)


def told_once(accepted: pl.DataFrame, record: type[Record]) -> tuple[pl.DataFrame, int, pl.DataFrame]:
    """Keep the first row of each key; count its exact copies, and return those that contradict it.

    The first is kept because a victim told twice must not be lost to a fault of the file.
    """
    key = list(record.key)
    nothing = no_failures()
    if accepted.select(pl.struct(key).is_first_distinct().all()).item():
        return accepted, 0, nothing
    first = accepted.unique(key, keep="first", maintain_order=True)
    later = without(accepted, first)
    copies = later.join(first, on=content_columns(record), how="semi", nulls_equal=True)
    surplus = without(later, copies)
    said = surplus.select("file_row", rule=pl.lit(REPEATED_RULE), words=pl.lit(REPEATED_WORDS))
    return first, copies.height, said
