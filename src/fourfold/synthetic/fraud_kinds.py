"""How many reports of each fraud code the made-up force has, and what such reports are like.

The five greatest rises and both totals are those of the 2022 board paper, para 8; all other figures are
our own, with no greater rise among codes of 50 reports or more. Courier fraud and topics hidden in the
catch-all code are in `TOPICS`.
"""

from __future__ import annotations

from dataclasses import dataclass

REPORTS_2020 = 13_331
REPORTS_2021 = 15_555
"""2022 board paper, para 8."""
ORGANISATION_SHARE = (0.08, 0.06)
"""Of 2020 and 2021: 2022 board paper, para 12."""


@dataclass(frozen=True)
class Kind:
    """One code: reports of 2020 and 2021, weight among organisations and among people over 70, loss, habits.

    loss_median: pounds, before the yearly totals are met. contact, payment: a letter for each way, the
    same letter twice where it is twice as common (see CONTACTS and PAYMENTS).
    """

    code: str
    in_2020: int
    in_2021: int
    organisations: float
    over_70: float
    loss_median: float
    contact: str
    payment: str
    season: str = "even"


CONTACTS = {
    "p": "Phone call", "t": "Text message", "m": "Messaging app", "e": "Email", "w": "Website",
    "k": "Online marketplace", "s": "Social media", "d": "Dating site or app", "u": "Pop-up or false warning",
    "l": "Letter or post", "i": "In person", "a": "Advertisement", "o": "Other",
}  # fmt: skip
PAYMENTS = {
    "b": "Bank transfer", "d": "Debit card", "c": "Credit card", "h": "Cash", "g": "Gift card",
    "y": "Cryptocurrency", "n": "Online payment service", "q": "Cheque", "r": "Direct debit", "o": "Other",
}  # fmt: skip

KINDS: tuple[Kind, ...] = (
    Kind("NFIB1A", 260, 369, 0.2, 1.2, 1500, "eemls", "bbgoh"),
    Kind("NFIB1B", 110, 105, 0.0, 1.8, 600, "eplt", "bgn", "even"),
    Kind("NFIB1C", 60, 55, 1.0, 0.8, 1200, "eks", "qb"),
    Kind("NFIB1D", 420, 605, 0.0, 1.0, 3500, "dddssm", "bbbgyn", "valentine"),
    Kind("NFIB1E", 90, 115, 0.2, 2.0, 1800, "ppel", "bbyg"),
    Kind("NFIB1F", 70, 72, 0.0, 1.2, 900, "eel", "bo"),
    Kind("NFIB1G", 210, 300, 0.0, 0.1, 850, "wwksk", "bbb", "september"),
    Kind("NFIB1H", 1130, 1340, 0.4, 0.9, 400, "eptws", "bbdcg"),
    Kind("NFIB1J", 230, 260, 0.1, 0.4, 250, "wpet", "bbg"),
    Kind("NFIB2A", 150, 219, 0.3, 1.4, 9000, "ppewa", "bbbb"),
    Kind("NFIB2B", 60, 70, 0.1, 0.6, 2200, "ssmi", "bby"),
    Kind("NFIB2D", 55, 45, 0.0, 2.0, 4200, "ppl", "bcd"),
    Kind("NFIB2E", 320, 398, 0.2, 0.8, 4800, "sswwae", "bbyyy"),
    Kind("NFIB3A", 2290, 2780, 0.9, 0.4, 170, "kkkws", "bbndc", "lockdown"),
    Kind("NFIB3B", 180, 188, 0.4, 1.4, 220, "ppt", "rdd"),
    Kind("NFIB3C", 262, 300, 0.3, 4.5, 1400, "iiip", "hhbq", "summer"),
    Kind("NFIB3D", 620, 690, 0.9, 0.8, 420, "wpeia", "bdcn"),
    Kind("NFIB3E", 560, 604, 0.4, 3.0, 700, "pppuu", "bdcg"),
    Kind("NFIB3F", 190, 247, 0.1, 0.2, 160, "wsk", "bnd", "tickets"),
    Kind("NFIB3G", 276, 205, 7.0, 0.0, 900, "wkpi", "cdo"),
    Kind("NFIB4A", 45, 44, 0.6, 1.4, 60, "ies", "hdb"),
    Kind("NFIB5A", 720, 790, 0.8, 1.0, 600, "opet", "dcb"),
    Kind("NFIB5B", 262, 284, 0.5, 0.3, 800, "olw", "o"),
    Kind("NFIB5C", 8, 8, 1.0, 0.1, 9000, "o", "o"),
    Kind("NFIB5D", 180, 192, 9.0, 0.4, 7500, "eeee", "bbb"),
    Kind("NFIB5E", 6, 5, 3.0, 0.1, 1500, "o", "b"),
    Kind("NFIB6A", 15, 14, 2.0, 0.2, 2500, "pio", "o"),
    Kind("NFIB7", 122, 131, 0.6, 0.8, 400, "op", "r"),
    Kind("NFIB8A", 50, 42, 40.0, 0.0, 4000, "io", "bho"),
    Kind("NFIB8B", 15, 12, 40.0, 0.0, 12000, "eio", "b"),
    Kind("NFIB9", 72, 60, 12.0, 0.0, 3000, "pe", "bo"),
    Kind("NFIB10", 3, 2, 20.0, 0.0, 5000, "o", "o"),
    Kind("NFIB11", 4, 4, 10.0, 0.0, 5000, "o", "o"),
    Kind("NFIB13", 12, 10, 0.1, 0.3, 700, "o", "o"),
    Kind("NFIB14", 18, 9, 6.0, 0.0, 9000, "e", "b"),
    Kind("NFIB15", 22, 24, 1.0, 0.5, 900, "pe", "bg"),
    Kind("NFIB16B", 12, 12, 0.0, 1.0, 14000, "pe", "b"),
    Kind("NFIB16C", 14, 12, 0.0, 0.4, 20000, "ppw", "b"),
    Kind("NFIB17", 4, 3, 2.0, 0.2, 600, "o", "o"),
    Kind("NFIB18", 21, 20, 1.0, 0.4, 900, "o", "bo"),
    Kind("NFIB19", 92, 96, 2.0, 3.0, 5200, "i", "bhq"),
    Kind("NFIB50A", 250, 228, 1.0, 0.8, 120, "euw", "yg"),
    Kind("NFIB51A", 12, 10, 12.0, 0.0, 500, "o", "o"),
    Kind("NFIB51B", 5, 5, 9.0, 0.0, 900, "e", "y"),
    Kind("NFIB52A", 41, 40, 12.0, 0.0, 1500, "oe", "yo"),
    Kind("NFIB52B", 222, 250, 0.3, 0.9, 300, "eop", "bd"),
    Kind("NFIB52C", 702, 878, 0.4, 0.4, 150, "sse", "bgn"),
    Kind("NFIB52D", 9, 8, 12.0, 0.0, 1800, "p", "o"),
    Kind("NFIB52E", 152, 160, 0.3, 0.4, 260, "ee", "yyg"),
    Kind("NFIB90", 2694, 3230, 0.6, 1.2, 380, "pptem", "bbdgh"),
    Kind("NFIB91", 4, 5, 0.5, 1.0, 300, "o", "o"),
)
"""NFIB91 is no code: it stands for codes that reach a force before its list knows them."""

COURIER_REPORTS = (120, 160)
"""Courier frauds of 2020 and 2021 at scale 1.0, hidden in NFIB90 and, three in ten, in NFIB3C."""
COURIER_IN_3C = 0.26


@dataclass(frozen=True)
class Topic:
    """One kind of story told under a code that does not name it: weight in 2020 and in 2021."""

    name: str
    code: str
    weight_2020: float
    weight_2021: float
    from_on: str | None = None


TOPICS: tuple[Topic, ...] = (
    Topic("safe_account", "NFIB90", 3.0, 3.2),
    Topic("parcel_fee", "NFIB90", 1.6, 3.6),
    Topic("tax_call", "NFIB90", 2.6, 1.8),
    Topic("family_message", "NFIB90", 0.0, 1.9, "2021-09-06"),
    Topic("subscription", "NFIB90", 1.6, 1.7),
    Topic("marketplace_overpayment", "NFIB90", 1.2, 1.2),
    Topic("account_in_my_name", "NFIB90", 2.0, 2.0),
    Topic("covid", "NFIB90", 1.8, 1.2),
    Topic("nothing_lost", "NFIB90", 2.2, 2.2),
    Topic("roofer", "NFIB3C", 3.0, 3.0),
    Topic("driveway", "NFIB3C", 2.0, 2.0),
    Topic("doorstep_goods", "NFIB3C", 1.5, 1.5),
)
"""What the catch-all and the doorstep code hold beside courier fraud; `family_message` is new in 2021."""
EMERGING_TOPIC = "family_message"
COURIER_METHODS = (
    "card_collected",
    "cash_inquiry",
    "valuable_purchase",
    "computer_refund",
    "currency_purchase",
)
"""Ways of courier fraud as the national bureau describes them; shares of our own, falling in this order."""
COURIER_METHOD_SHARES = (0.36, 0.26, 0.16, 0.13, 0.09)
