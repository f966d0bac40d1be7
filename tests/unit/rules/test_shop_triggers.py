"""What set violence against shop staff off: the offence, then the account, else not recorded."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from fourfold import policy
from fourfold.rules.shop_triggers import with_trigger


@pytest.mark.parametrize(
    ("code", "account", "expected"),
    [
        ("105A", "IP stops male leaving with razors NOT PAID FOR. Pushed.", ("theft", "narrative")),
        ("105A", "Known shoplifter threatens staff", ("theft", "narrative")),
        ("8N", "Refused sale of vape, no proof of age.", ("age_restriction", "narrative")),
        ("8N", "Asked to wear a mask, coughs at till worker", ("covid_rules", "narrative")),
        ("8N", "A masked man punches the IP", ("not_recorded", None)),
        ("8N", "Wants a refund without receipt", ("other", "narrative")),
        ("8N", "IP punched to the face.", ("not_recorded", None)),
        ("8N", None, ("not_recorded", None)),
        ("34A", None, ("theft", "offence")),
        (None, "Refuses alcohol without ID to thief stealing crisps", ("theft", "narrative")),
    ],
)
def test_a_trigger_is_what_the_offence_or_the_account_tells(
    code: str | None, account: str | None, expected: tuple[str, str | None]
) -> None:
    triggers = policy.value_on("business_crime.triggers", date(2021, 1, 1)).value
    crimes = pl.DataFrame(
        {"ho_code": [code], "mo_text": [account]}, schema={"ho_code": pl.String, "mo_text": pl.String}
    )
    found = with_trigger(crimes, triggers, ["34A", "46"])
    assert found.select("trigger", "trigger_from").row(0) == expected


def test_a_list_without_cues_finds_nothing() -> None:
    crimes = pl.DataFrame({"ho_code": ["8N"], "mo_text": ["anything"]})
    found = with_trigger(crimes, [{"key": "other", "cues": []}], [])
    assert found["trigger"].to_list() == ["not_recorded"]
