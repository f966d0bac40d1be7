"""Each clock in words: what is owed, why it stands as it does, and what would settle it."""

from __future__ import annotations

import re

import polars as pl

from fourfold.rules.rulebook import Rulebook

DUE = "Due by {due_on}. "
ENDED = "No time limit is stated and the case has ended. "

WHY: dict[str, str] = {
    "cancelled": "The crime was cancelled, so nothing is owed.",
    "no_contact_named": "The victim is a business that names no contact, so the Code owes it nothing.",
    "not_set": "No limit set: the force has not set the limit, or named the offences, that this duty needs.",
    "no_calendar": (
        "The last day cannot be told: the limit needs the bank holidays of {reason_year}, "
        "which the list does not have."
    ),
    "no_interval": "No limit set: a contact plan is agreed, and no interval between contacts is recorded.",
    "lifted": "No longer owed since {reason_on}.",
    "done_no_limit": "Done on {done_on}. No time limit is stated.",
    "done_in_time": "Done on {done_on}; it was due by {due_on}.",
    "done_late": "Done on {done_on}; it was due by {due_on}.",
    "ended_before": "The case ended before the next contact was due.",
    "stopped": "The clock stands still: something has to happen before it runs on.",
    "running_to_end": "No time limit is stated: it is judged when the case ends.",
    "running": "Due by {due_on}.",
    "window_closed": "The time to ask ended on {due_on} and no request is recorded. Nobody has failed a duty.",
    "said_not_done": "{past}The log says on {reason_on} that it was not done.",
    "victim_not_named": "{past}The log says that it was done, but not for which of several victims.",
    "log_complete": "{past}The contact log is vouched complete to {reason_on} and does not have it.",
    "not_recorded": (
        "{past}Nothing recorded says that it was done, or that it was not, "
        "and nobody vouches for the contact log beyond that day."
    ),
    "not_started": "Nothing is recorded that starts this duty.",
    "not_watched": "No event of the case record starts this duty, so it cannot be watched.",
}
"""The reason in a sentence; {past} says what was due, {due_on} and the like are days."""

SETTLES: dict[str, str] = {
    "not_set": "Set it in the force's policy folder, with its source.",
    "no_calendar": (
        "Add all bank holidays of that year, with their source, in bank_holidays_ew.csv in the force's "
        "vocabulary folder, and refresh. Until then do it as soon as you can."
    ),
    "no_interval": "Record how often the victim is to be contacted.",
    "stopped": "Record the event that lets the clock run on.",
    "running_to_end": "Record it with its day once it is done.",
    "running": "Do it, and record it with its day.",
    "said_not_done": "If it was done after all, record it with its day. Otherwise nothing: it was not met.",
    "victim_not_named": "Record which victim it was done for.",
    "log_complete": "If it was done after all, record it with its day. Otherwise nothing: it was not met.",
    "not_recorded": (
        "Record it with its day, or record that it was not done, or have somebody vouch for the contact log."
    ),
    "no_contact_named": "If the business names a contact, record the contact.",
    "not_started": "If it did happen, record it with its day.",
}
"""What would settle a clock; nothing where it is settled."""

STILL = " The log says on {reason_on} that it had not been done; it still can be."
SHORTENED = " Enhanced rights apply: without them it would be due by {due_standard_on}."

DAY = re.compile(r"\{(\w+)_(on|year)\}")
"""A day in a template, or its year, by the column that holds it."""
FORMS = {"on": "%-d %B %Y", "year": "%Y"}


def with_words(clocks: pl.DataFrame, book: Rulebook) -> pl.DataFrame:
    """Return the clocks with `title` (the duty), `why` and `settles`; for a page or a list, not for a table.

    clocks: columns of the derived table `clock`, or those that `with_not_started` gives.
    """
    titles = pl.DataFrame(
        {"rule": [duty.rule for duty in book.duties], "title": [duty.title for duty in book.duties]}
    ).unique("rule", keep="last", maintain_order=True)
    still = pl.col("reason").is_in(["running", "running_to_end"]) & pl.col("reason_on").is_not_null()
    shortened = pl.col("is_enhanced").fill_null(False) & (
        pl.col("due_on") < pl.col("due_standard_on")
    ).fill_null(False)
    past = pl.when(pl.col("due_on").is_null()).then(pl.lit(ENDED)).otherwise(put(DUE))
    why = pl.lit("")
    for reason, template in WHY.items():
        why = pl.when(pl.col("reason") == reason).then(put(template, past)).otherwise(why)
    return clocks.join(titles, on="rule", how="left", maintain_order="left").with_columns(
        why=pl.concat_str(
            why,
            pl.when(still).then(put(STILL)).otherwise(pl.lit("")),
            pl.when(shortened).then(put(SHORTENED)).otherwise(pl.lit("")),
        ),
        settles=pl.col("reason").replace_strict(SETTLES, default="", return_dtype=pl.String),
    )


def put(template: str, past: pl.Expr | None = None) -> pl.Expr:
    """Return a template with its days filled in; a day that is missing is said to be."""
    filled = [
        pl.col(f"{name}_on")
        .dt.strftime(FORMS[form])
        .fill_null(f"an unknown {'day' if form == 'on' else form}")
        for name, form in DAY.findall(template)
    ]
    lead = "{past}" in template
    template = DAY.sub("{}", template)
    sentence = (
        pl.format(template.replace("{past}", ""), *filled)
        if filled
        else pl.lit(template.replace("{past}", ""))
    )
    return pl.concat_str(past, sentence) if lead and past is not None else sentence
