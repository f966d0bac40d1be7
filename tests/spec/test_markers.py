"""What each shipped marker is, and what it is not: a record as told, and whether a cue finds it."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from fourfold.classify.cues import with_cues
from fourfold.classify.scope import SCHEMAS, check_definition, in_scope
from fourfold.policy.marker_definitions import marker, markers

DAY = date(2022, 1, 5)

#   marker, whether a cue finds it, what the record says
EXAMPLES = [
    ("courier_fraud", True, {"narrative": "A man rang from the police. A courier came to collect my card and PIN."}),
    ("courier_fraud", True, {"narrative": "DETECTIVE TOLD ME TO BUY GOLD AND KEEP IT SECRET. A DRIVER COLLECTED IT."}),
    ("courier_fraud", True, {"narrative": "I put my card and my pin into an envelope as I was told."}),
    ("courier_fraud", False, {"narrative": "Text that the courier could not deliver my parcel and a fee was due."}),
    ("courier_fraud", False, {"narrative": "The bank's fraud team rang, and I sent the money to a safe account."}),
    ("courier_fraud", False, {"narrative": "I was selling a sofa and the buyer said a courier would collect it for the bank."}),
    ("courier_fraud", False, {"narrative": "Two men knocked and said tiles were loose on my roof."}),
    ("courier_fraud", False, {"narrative": None}),
    ("shop_worker_violence", True, {"mo_text": "Shop worker challenges thief at the store. Suspect punches staff member."}),
    ("shop_worker_violence", True, {"mo_text": None, "victim_at_work": True, "premises_type": "supermarket"}),
    ("shop_worker_violence", False, {"mo_text": "Two customers argue in queue at the shop. IP, a customer, punched."}),
    ("shop_worker_violence", False, {"mo_text": "IP, who works at the store, not on duty, is kicked on way home by staff."}),
    ("shop_worker_violence", False, {"mo_text": None, "victim_at_work": None, "premises_type": "supermarket"}),
    ("car_key_burglary", True, {"mo_text": "Rear door forced. Car keys stolen from hallway.", "mo_target": None}),
    ("car_key_burglary", True, {"mo_text": None, "mo_target": "car keys"}),
    ("car_key_burglary", True, {"mo_text": None, "mo_method": "keys taken in burglary", "mo_target": "car"}),
    ("car_key_burglary", False, {"mo_text": "Vehicle gone: keyless relay. IP still has both car keys.", "mo_target": "car"}),
    ("car_key_burglary", False, {"mo_text": "Window smashed, jewellery taken.", "mo_target": "jewellery"}),
    ("keyless_theft", True, {"mo_text": "Method believed keyless relay.", "mo_method": None}),
    ("keyless_theft", True, {"mo_text": None, "mo_method": "key programmed at diagnostic port"}),
    ("keyless_theft", False, {"mo_text": "Car left running on drive and driven off.", "mo_method": None}),
    ("keyless_theft", False, {"mo_text": "Towed away on a flatbed lorry.", "mo_method": "towed away"}),
    ("crash_for_cash", True, {"narrative": "The car in front braked for no reason and four people claimed for whiplash."}),
    ("crash_for_cash", False, {"narrative": "I bought a policy from a broker who was not one."}),
    ("recovery_fraud", True, {"narrative": "A recovery agency called about my old investment; I paid a fee to get it back."}),
    ("recovery_fraud", True, {"narrative": None, "nfib_code": "NFIB1E"}),
    ("recovery_fraud", False, {"narrative": "I paid a fee to release my lottery prize.", "nfib_code": "NFIB1H"}),
    ("remote_access_fraud", True, {"narrative": "He said he was from my bank. I let him on to my laptop and money went."}),
    ("remote_access_fraud", True, {"narrative": "They used AnyDesk and my screen went black."}),
    ("remote_access_fraud", False, {"narrative": "My social media account was taken over with an old password."}),
    ("remote_access_fraud", False, {"narrative": "A pop up said to ring. I did not let them on to the computer."}),
]  # fmt: skip


def record(name: str, told: dict[str, object]) -> pl.DataFrame:
    schema = SCHEMAS[marker(name, DAY).record]
    empty = schema.create_empty()
    given = pl.DataFrame(
        {key: [value] for key, value in told.items()}, schema_overrides={k: empty.schema[k] for k in told}
    )
    return pl.concat([empty, given], how="diagonal")


@pytest.mark.parametrize(("name", "is_found", "told"), EXAMPLES)
def test_a_cue_finds_what_it_is_and_not_what_it_is_not(name, is_found, told):
    found = with_cues(record(name, told), marker(name, DAY))
    assert (found["cues"][0] is not None) == is_found


def test_every_shipped_marker_has_examples_on_both_sides():
    for definition in markers(DAY):
        check_definition(definition)
        sides = {is_found for name, is_found, _ in EXAMPLES if name == definition.name}
        assert sides == {True, False}, definition.name
        assert definition.what_it_is_not, definition.name
        assert definition.owner, definition.name


@pytest.mark.parametrize(
    ("told", "is_inside"),
    [
        ({"nfib_code": "NFIB90", "victim_type": "individual"}, True),
        ({"nfib_code": "NFIB3C", "victim_type": "individual"}, True),
        ({"nfib_code": None, "victim_type": "individual"}, True),
        ({"nfib_code": "NFIB1D", "victim_type": "individual"}, False),
        ({"nfib_code": "NFIB90", "victim_type": "organisation"}, False),
    ],
)
def test_where_courier_fraud_is_looked_for(told, is_inside):
    frame = record("courier_fraud", told)
    assert in_scope(frame.lazy(), marker("courier_fraud", DAY)).collect().height == is_inside


@pytest.mark.parametrize(
    ("told", "is_inside"),
    [
        ({"ho_code": "105A", "status": "open"}, True),
        ({"ho_code": "9A", "status": "filed"}, True),
        ({"ho_code": "46", "status": "open"}, False),
        ({"ho_code": "105A", "status": "cancelled"}, False),
        ({"ho_code": "105A", "status": "filed", "cancelled_on": DAY}, False),
    ],
)
def test_where_violence_against_shop_workers_is_looked_for(told, is_inside):
    frame = record("shop_worker_violence", told)
    assert in_scope(frame.lazy(), marker("shop_worker_violence", DAY)).collect().height == is_inside


def test_the_older_definition_of_business_crime_counts_staff_off_duty():
    told = {"mo_text": "IP, who works at the store, not on duty, is punched by customer."}
    newer, older = (marker("shop_worker_violence", DAY, by=by) for by in ("npcc_2019", "acpo_2014"))
    assert with_cues(record("shop_worker_violence", told), newer)["cues"][0] is None
    assert with_cues(record("shop_worker_violence", told), older)["cues"][0] is not None
    assert newer.version != older.version
    assert marker("shop_worker_violence", DAY).by == "npcc_2019"


def test_no_marker_weighs_a_protected_characteristic_or_a_name():
    forbidden = {"age", "sex", "ethnicity", "title", "first_names", "last_name", "date_of_birth"}
    for definition in markers(DAY):
        assert not forbidden & set(definition.fields), definition.name
