"""What the administrator does with people: in effect at the next request, each change in the trail."""

from __future__ import annotations

from typing import Any

import pytest

from fourfold.home import WrongUseError

NEW = {"name": "Zoë Ødegård", "email": "Zoe@force.example", "password": "", "role": "analyst"}


def last() -> Any:
    from fourfold.web.trail.models import TrailEntry

    return TrailEntry.objects.first()


def test_a_person_is_added_with_a_role_and_trailed_without_name_or_address(browse: Any) -> None:
    from fourfold.web.accounts.models import Unit, User

    client = browse("administrator")
    unit = Unit.objects.get()
    answer = client.post("/people/add/", NEW | {"unit": unit.pk})
    person = User.objects.get(email="zoe@force.example")
    assert answer["Location"] == f"/people/{person.pk}/"
    assert not person.has_usable_password()
    entry = last()
    assert (entry.act, entry.subject_refs, entry.role) == ("person_added", [str(person.pk)], "administrator")
    assert entry.detail == {"role": "analyst", "unit": "first-unit"}
    again = client.post("/people/add/", NEW | {"unit": unit.pk, "email": "ZOE@force.example"})
    assert "Someone with this email address is on the list already" in again.content.decode()


def test_a_weak_password_is_refused_in_words(browse: Any) -> None:
    from fourfold.web.accounts.models import Unit

    client = browse("administrator")
    shown = client.post(
        "/people/add/", NEW | {"unit": Unit.objects.get().pk, "password": "short"}
    ).content.decode()
    assert "at least 12 characters" in shown
    assert 'value="Zoë Ødegård"' in shown
    assert 'value="short"' not in shown


def test_a_role_given_and_taken_holds_from_the_next_request(browse: Any) -> None:
    admin, officer = browse("administrator"), browse("analyst")
    assert officer.get("/trail/").status_code == 403
    unit = officer.person.memberships.get().unit
    admin.post(f"/people/{officer.person.pk}/role/", {"role": "data_protection", "unit": unit.pk})
    assert (last().act, last().detail) == ("role_given", {"role": "data_protection", "unit": "first-unit"})
    assert officer.get("/trail/").status_code == 200
    held = officer.person.memberships.get(role="data_protection")
    assert admin.get(f"/people/{officer.person.pk}/role/{held.pk}/").status_code == 200, "it is asked first"
    assert officer.get("/trail/").status_code == 200
    admin.post(f"/people/{officer.person.pk}/role/{held.pk}/")
    assert last().act == "role_taken"
    assert officer.get("/trail/").status_code == 403


def test_someone_stopped_is_out_at_their_next_request(browse: Any) -> None:
    admin, officer = browse("administrator"), browse("analyst")
    assert officer.get("/").status_code == 200
    admin.post(f"/people/{officer.person.pk}/change/deactivate/")
    assert last().act == "person_deactivated"
    assert officer.get("/").status_code == 302
    admin.post(f"/people/{officer.person.pk}/change/reactivate/")
    assert last().act == "person_reactivated"
    assert officer.get("/").status_code == 200


def test_a_new_password_ends_open_sessions(browse: Any) -> None:
    admin, officer = browse("administrator"), browse("analyst")
    admin.post(f"/people/{officer.person.pk}/password/", {"password": "another-long-password"})
    assert last().act == "password_set"
    assert officer.get("/").status_code == 302


def test_a_lost_second_factor_is_taken_away(browse: Any, make_person: Any) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    admin, person = browse("administrator"), make_person("analyst")
    TOTP.activate(person, generate_totp_secret())
    admin.post(f"/people/{person.pk}/change/second-factor/")
    assert (last().act, Authenticator.objects.filter(user=person).count()) == ("second_factor_taken", 0)


def test_nobody_changes_their_own_access(browse: Any) -> None:
    client = browse("administrator")
    own = f"/people/{client.person.pk}"
    unit = client.person.memberships.get().unit
    assert b"cannot change your own access" in client.post(f"{own}/change/deactivate/").content
    asked = client.post(f"{own}/role/", {"role": "data_protection", "unit": unit.pk})
    assert asked.status_code == 200
    assert client.person.memberships.count() == 1


@pytest.mark.parametrize(
    "address", ["change/fly/", "change/role/", "role/999/", "../people/999/", "../people/x/"]
)
def test_what_does_not_exist_is_not_found(address: str, browse: Any) -> None:
    client = browse("administrator")
    assert client.get(f"/people/{client.person.pk}/{address}").status_code in (404,)


def test_an_action_asks_for_permission_itself(make_person: Any) -> None:
    from fourfold.web.accounts import people
    from fourfold.web.accounts.permission import NotAllowedError

    reader, other = make_person("data_protection"), make_person("analyst")
    with pytest.raises(NotAllowedError):
        people.set_active(person=other, is_active=False, by=reader)
    with pytest.raises(NotAllowedError):
        people.add_unit(name="Fraud", by=other)


def test_a_unit_is_added_once(make_person: Any) -> None:
    from fourfold.web.accounts import people

    admin = make_person("administrator")
    assert people.add_unit(name="Economic Crime", by=admin).code == "economic-crime"
    with pytest.raises(WrongUseError, match="There is a unit Economic Crime already"):
        people.add_unit(name="economic crime", by=admin)


def test_the_list_is_filtered_sorted_and_costs_the_same_for_many(browse: Any, make_person: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = browse("administrator", name="Zed")
    make_person("auditor", ("analyst", "second-unit"), name="Ann")
    client.get("/people/")  # the first page of a session writes it
    with CaptureQueriesContext(connection) as few:
        client.get("/people/")
    for number in range(60):
        make_person("analyst", name=f"Bea {number:02d}")
    with CaptureQueriesContext(connection) as many:
        shown = client.get("/people/").content.decode()
    assert len(many) == len(few)
    assert shown.count("<tr") == 51
    assert "page=after%3A" in shown
    only = client.get("/people/?role=auditor&unit=first-unit").content.decode()
    assert only.count("<tr") == 2
    assert 'href="?unit=first-unit"' in only, "the tag of the role takes the role off alone"
    upside = client.get("/people/?sort=-name").content.decode()
    assert upside.index("Zed</a>") < upside.index("Bea 59</a>")
    assert 'aria-sort="descending"' in upside


def test_the_demo_has_a_person_for_each_role_and_only_where_data_are_made_up(
    register: Any, tmp_path: Any
) -> None:
    from fourfold.home import Home
    from fourfold.web.accounts.demo import demo_users

    users = demo_users(register)
    assert len({user.email for user in users}) == 8, "two auditors"
    assert demo_users(register) == users
    assert (register.path / "demo-password").stat().st_mode & 0o777 == 0o600
    with pytest.raises(WrongUseError, match="only in a home of made-up data"):
        demo_users(Home(tmp_path))


def test_an_officer_reference_is_set_by_another_once_and_trailed_without_it(browse: Any) -> None:
    admin, officer, other = browse("administrator"), browse("auditor"), browse("auditor")
    where = "/people/{}/officer-reference/"
    admin.post(where.format(officer.person.pk), {"officer_ref": " PC4711 "})
    officer.person.refresh_from_db()
    assert officer.person.officer_ref == "PC4711"
    assert (last().act, last().detail) == ("officer_ref_set", {})
    taken = admin.post(where.format(other.person.pk), {"officer_ref": "pc4711"}).content.decode()
    assert "Another person has this officer reference" in taken
    assert 'value="pc4711"' in taken
    own = admin.post(where.format(admin.person.pk), {"officer_ref": "PC1"}).content.decode()
    admin.person.refresh_from_db()
    assert admin.person.officer_ref == ""
    assert "This is you" in own
    assert browse("data_protection").post(where.format(other.person.pk)).status_code == 403


def test_a_sampled_crime_is_what_any_desk_says_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from fourfold.web.accounts import sampled

    monkeypatch.setattr(sampled, "_FINDERS", [])
    assert not sampled.is_sampled(None, "C1")
    sampled.register_sampled(lambda person, ref: ref == "C2")
    sampled.register_sampled(lambda person, ref: ref == "C1")
    assert sampled.is_sampled(None, "C1")
    assert not sampled.is_sampled(None, "C3")
