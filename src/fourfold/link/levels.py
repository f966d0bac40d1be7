"""The comparisons of two records: what each level is, in SQL for Splink and in words for people.

Levels are tried from the first to the last; the last is everything else. The order and the codes are part of a
model: a change here needs a model trained anew, which `model.SHAPE` sees to.
"""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Level:
    """One outcome of a comparison: its code (a digit, falling), the SQL that tells it, and what it says."""

    code: str
    sql: str
    words: str
    rare_by: str = ""
    """The column whose frequency makes an agreement on a rare value weigh more."""
    neutral: bool = False
    """Said already by another comparison: weighs nothing here."""


@dataclass(frozen=True)
class Comparison:
    """One thing that two records may agree on. `sharing` is how people of one home share it (see household)."""

    name: str
    columns: tuple[str, ...]
    missing: str
    levels: tuple[Level, ...]
    sharing: str


def differs(words: str) -> Level:
    return Level("0", "ELSE", words)


SWAPPED = (
    "(first_sound_l <> first_sound_r and names_l <> names_r and ("
    "(first_sound_l = last_sound_r and jaro_winkler_similarity(last_l, first_r) >= 0.8) or "
    "(last_sound_l = first_sound_r and jaro_winkler_similarity(first_l, last_r) >= 0.8)))"
)
EITHER = "{0}_l is null or {0}_r is null"
DAY_MONTH = "(day(born_on_l) = month(born_on_r) and month(born_on_l) = day(born_on_r) and year(born_on_l) = year(born_on_r))"
SAME_DAY = (
    "(day(born_on_l) = day(born_on_r) and month(born_on_l) = month(born_on_r) "
    "and abs(year(born_on_l) - year(born_on_r)) in (1, 10))"
)
NEAR_DAY = "abs(born_on_l - born_on_r) = 1"
ONE_DIGIT = (
    "((year(born_on_l) = year(born_on_r)) :: int + (month(born_on_l) = month(born_on_r)) :: int "
    "+ (day(born_on_l) = day(born_on_r)) :: int = 2 "
    "and damerau_levenshtein(cast(born_on_l as varchar), cast(born_on_r as varchar)) <= 1)"
)


def near(column: str, likeness: float, longer_than: int) -> str:
    """Say in SQL that two texts are written nearly alike.

    A slip leaves either the beginning or the end as it was: that is cheap to see, and few pairs get as far as
    having their letters compared.
    """
    one, other = f"{column}_l", f"{column}_r"
    return (
        f"((left({one}, 2) = left({other}, 2) or right({one}, 2) = right({other}, 2)) "
        f"and (jaro_winkler_similarity({one}, {other}) >= {likeness} "
        f"or (length({one}) > {longer_than} and damerau_levenshtein({one}, {other}) <= 1)))"
    )


FIRST = Comparison(
    "first",
    ("names", "first", "forms", "first_sound", "last", "last_sound"),
    EITHER.format("names"),
    (
        Level("5", "names_l = names_r", "the same first names", rare_by="names"),
        Level("4", "list_has_any(forms_l, forms_r)", "first names that are forms of one name"),
        Level("3", SWAPPED, "first and last name the other way round"),
        Level(
            "2",
            f"first_sound_l = first_sound_r or {near('first', 0.9, 3)}",
            "first names written nearly alike",
        ),
        Level(
            "1",
            "(length(first_l) = 1 or length(first_r) = 1) and left(first_l, 1) = left(first_r, 1)",
            "the same initial, where one record gives no more",
        ),
        differs("different first names"),
    ),
    "own",
)
LAST = Comparison(
    "last",
    ("last", "last_parts", "last_sound", "first", "first_sound", "names"),
    EITHER.format("last"),
    (
        Level("4", "last_l = last_r", "the same last name", rare_by="last"),
        Level("3", SWAPPED, "", neutral=True),
        Level(
            "2",
            f"last_sound_l = last_sound_r or {near('last', 0.9, 3)}",
            "last names written nearly alike",
        ),
        Level("1", "list_has_any(last_parts_l, last_parts_r)", "a part of the last name in common"),
        differs("different last names"),
    ),
    "shared",
)
BORN = Comparison(
    "born",
    ("born_on", "born_from", "born_to"),
    EITHER.format("born_from"),
    (
        Level("4", "born_on_l = born_on_r", "the same date of birth"),
        Level(
            "3",
            f"{DAY_MONTH} or {SAME_DAY} or {NEAR_DAY} or {ONE_DIGIT}",
            "dates of birth one slip apart (day and month swapped, a digit, a day, one or ten years)",
        ),
        Level(
            "2",
            "(born_on_l is null or born_on_r is null) and born_from_l <= born_to_r and born_from_r <= born_to_l",
            "an age that fits, where a date of birth is missing",
        ),
        Level(
            "1",
            "(born_on_l is null or born_on_r is null) and born_from_l - 366 <= born_to_r and born_from_r - 366 <= born_to_l",
            "an age a year out, where a date of birth is missing",
        ),
        differs("different dates of birth or ages"),
    ),
    "own",
)
EMAIL = Comparison(
    "email",
    ("email",),
    EITHER.format("email"),
    (
        Level("2", "email_l = email_r", "the same e-mail address"),
        Level(
            "1",
            "left(email_l, 3) = left(email_r, 3) and (split_part(email_l, '@', 1) = split_part(email_r, '@', 1) "
            "or damerau_levenshtein(email_l, email_r) <= 1)",
            "e-mail addresses one slip apart, or at another provider",
        ),
        differs("different e-mail addresses"),
    ),
    "partly",
)
PHONE = Comparison(
    "phone",
    ("phone",),
    EITHER.format("phone"),
    (
        Level("2", "phone_l = phone_r", "the same phone number"),
        Level(
            "1",
            "(left(phone_l, 5) = left(phone_r, 5) or right(phone_l, 5) = right(phone_r, 5)) "
            "and damerau_levenshtein(phone_l, phone_r) <= 1",
            "phone numbers a digit apart",
        ),
        differs("different phone numbers"),
    ),
    "shared",
)
HOME = Comparison(
    "home",
    ("street", "postcode"),
    "(street_l is null or street_r is null) and (postcode_l is null or postcode_r is null)",
    (
        Level("4", "street_l = street_r and postcode_l = postcode_r", "the same house and postcode"),
        Level(
            "3",
            "street_l = street_r and (postcode_l is null or postcode_r is null "
            "or damerau_levenshtein(postcode_l, postcode_r) <= 1)",
            "the same house, the postcode missing or one character apart",
        ),
        Level("2", "postcode_l = postcode_r", "the same postcode"),
        Level(
            "1",
            "left(postcode_l, length(postcode_l) - 2) = left(postcode_r, length(postcode_r) - 2)",
            "postcodes of one sector",
        ),
        differs("different addresses"),
    ),
    "shared",
)
PERSON = (FIRST, LAST, BORN, EMAIL, PHONE, HOME)

NAME_OF_FIRM = Comparison(
    "name",
    ("names", "forms"),
    EITHER.format("names"),
    (
        Level("3", "names_l = names_r", "the same name", rare_by="names"),
        Level(
            "2",
            near("names", 0.94, 6),
            "names written nearly alike",
        ),
        Level(
            "1",
            "len(list_intersect(forms_l, forms_r)) >= least(2, len(forms_l), len(forms_r))",
            "names with words in common",
        ),
        differs("different names"),
    ),
    "shared",
)
ORGANISATION = (
    NAME_OF_FIRM,
    replace(EMAIL, sharing="shared"),
    replace(PHONE, sharing="own"),
    replace(HOME, sharing="own"),
)
"""What people of one home share is for organisations what branches of one name share: the name, and the e-mail address
that is made of it. Only place and telephone tell two of them apart."""

COMPARISONS: dict[str, tuple[Comparison, ...]] = {"person": PERSON, "organisation": ORGANISATION}
"""The comparisons of each kind of record, in the order of their digits in `link_edge.levels`."""
NOT_SAID = "x"


def level_of(comparison: Comparison, code: str) -> Level | None:
    """Return the level of a code; None where one side does not say."""
    return next((level for level in comparison.levels if level.code == code), None)
