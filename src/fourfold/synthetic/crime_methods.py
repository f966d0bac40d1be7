"""How made-up crimes are done: point of entry, method and target, offence by offence."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

HOME_DOORS = (
    "rear door",
    "front door",
    "rear window",
    "side window",
    "patio door",
    "garage door",
    "upstairs window",
)
HOME_METHODS = (
    "UPVC lock snapped",
    "door kicked in",
    "window smashed",
    "window forced with tool",
    "door insecure",
    "keys hooked through letterbox",
    "lock drilled",
)
HOME_TARGETS = ("car keys", "jewellery", "electrical goods", "cash", "power tools", "mixed property")
FIRMS_DOORS = ("roller shutter", "rear door", "roof", "fire exit", "front window", "side gate")
FIRMS_METHODS = (
    "cut with disc cutter",
    "forced with tool",
    "smashed with brick",
    "rammed with vehicle",
    "left insecure",
)
FIRMS_TARGETS = ("cigarettes", "power tools", "cash", "cable and metal", "alcohol", "computers")
CALLERS = (
    "said to be from water board",
    "said to be police officer",
    "said to look for pet",
    "asked to use toilet",
)
CAR_METHODS = (
    "keyless relay",
    "key programmed at diagnostic port",
    "keys taken in burglary",
    "left running on drive",
    "towed away",
    "ignition barrel forced",
    "keys found in vehicle",
)
FROM_CAR_METHODS = (
    "window smashed",
    "quarter light smashed",
    "vehicle insecure",
    "door lock punched",
    "cut from under vehicle",
    "plates unscrewed",
    "boot forced",
)
FROM_CAR_TARGETS = ("power tools", "bag", "satellite navigation", "number plates", "wheels", "loose change")
STREET_METHODS = (
    "knife shown",
    "punched",
    "threatened",
    "grabbed from behind",
    "ride-by on moped",
    "surrounded by group",
)
STREET_TARGETS = ("mobile phone", "bag", "cash", "pedal cycle", "e-scooter", "watch")
SHOP_METHODS = (
    "concealed in bag",
    "pushed out in trolley",
    "ran out with basket",
    "false self-scan",
    "concealed in coat",
)
SHOP_TARGETS = ("alcohol", "meat", "baby milk", "cosmetics", "cheese", "washing powder", "sweets")
BLOWS = (
    "punched",
    "kicked",
    "pushed",
    "slapped",
    "bottle thrown",
    "headbutted",
    "grabbed by neck",
    "spat at",
)


@dataclass(frozen=True)
class Methods:
    """The ways of one kind of crime; an empty tuple is a field that does not apply to it."""

    kind: str
    codes: tuple[str, ...]
    entries: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


METHODS: tuple[Methods, ...] = (
    Methods("home", ("28E", "29A"), HOME_DOORS, HOME_METHODS, HOME_TARGETS),
    Methods(
        "home tried",
        ("28F",),
        HOME_DOORS,
        ("lock damaged", "window cracked", "door marked by tool", "handle tried"),
        (),
    ),
    Methods(
        "doorstep",
        ("28G",),
        ("let in by resident",),
        CALLERS,
        ("cash", "jewellery", "bank card"),
    ),
    Methods("doorstep tried", ("28H",), ("front door",), CALLERS, ()),
    Methods("firm", ("30C", "31A"), FIRMS_DOORS, FIRMS_METHODS, FIRMS_TARGETS),
    Methods("firm tried", ("30D",), FIRMS_DOORS, ("shutter bent", "glass cracked", "padlock cut"), ()),
    Methods(
        "shop robbery",
        ("34A",),
        (),
        ("knife shown", "axe shown", "staff pushed", "note handed over"),
        ("till cash", "cigarettes"),
    ),
    Methods("street robbery", ("34B",), (), STREET_METHODS, STREET_TARGETS),
    Methods(
        "pickpocket",
        ("39",),
        (),
        ("pocket picked", "bag dipped", "snatched", "distracted by stranger"),
        ("mobile phone", "purse", "cash", "bank card"),
    ),
    Methods("car", ("48", "37.2"), (), CAR_METHODS, ("car", "van", "motorcycle")),
    Methods("from car", ("45",), (), FROM_CAR_METHODS, FROM_CAR_TARGETS),
    Methods(
        "car tried",
        ("126",),
        (),
        ("door handles tried", "window smashed", "lock damaged", "seen looking into cars"),
        (),
    ),
    Methods("shop theft", ("46",), (), SHOP_METHODS, SHOP_TARGETS),
    Methods(
        "cycle",
        ("44",),
        (),
        ("cable lock cut", "D-lock ground off", "left insecure", "taken from shed"),
        ("pedal cycle",),
    ),
    Methods("assault", ("5D", "8N", "8P", "105A", "105B"), (), BLOWS, ()),
    Methods("officer assault", ("8S", "104"), (), ("kicked", "spat at", "punched", "bitten"), ()),
    Methods(
        "threat",
        ("3B", "8L", "35"),
        (),
        ("messages", "telephone calls", "face to face", "social media", "letters"),
        (),
    ),
    Methods(
        "public order",
        ("9A",),
        (),
        ("shouting and swearing", "threatening gestures", "abuse from vehicle", "fighting in group"),
        (),
    ),
    Methods(
        "other theft",
        ("49", "40", "41"),
        (),
        ("taken while unattended", "taken by visitor", "taken by employee", "taken from delivery"),
        ("cash", "parcel", "garden tools", "mobile phone", "cable and metal"),
    ),
    Methods(
        "fuel",
        ("49A",),
        (),
        ("drove off without paying", "ran from taxi", "left restaurant"),
        ("fuel", "fare", "meal"),
    ),
    Methods(
        "found on",
        ("54", "33"),
        (),
        ("stopped in vehicle", "seen by patrol", "premises searched"),
        ("power tools", "mobile phone", "vehicle part"),
    ),
)

CONVERTER = ("cut from under vehicle", "catalytic converter")
"""Method and target that go together: nothing else is cut from under a vehicle."""


def kind_of() -> dict[str, str]:
    """Return the kind of method of every HO class that the made-up force records."""
    return {code: row.kind for row in METHODS for code in row.codes}


def add_methods(crimes: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    """Add kind, mo_entry, mo_method and mo_target: what was done, before anyone forgot to key it."""
    code = crimes["ho_code"].to_numpy().astype(str)
    kind, entry, method, target = (np.full(len(code), None, dtype=object) for _ in range(4))
    for row in METHODS:
        mine = np.flatnonzero(np.isin(code, row.codes))
        kind[mine] = row.kind
        for column, choices in ((entry, row.entries), (method, row.methods), (target, row.targets)):
            if choices:
                # Squared, so that the first ways named are the common ones.
                drawn = (rng.random(len(mine)) ** 1.5 * len(choices)).astype(np.int64)
                column[mine] = np.array(choices, dtype=object)[drawn]
    target[method == CONVERTER[0]] = CONVERTER[1]
    target[method == "plates unscrewed"] = "number plates"
    return crimes.with_columns(
        kind=pl.Series(kind.tolist(), dtype=pl.String),
        mo_entry=pl.Series(entry.tolist(), dtype=pl.String),
        mo_method=pl.Series(method.tolist(), dtype=pl.String),
        mo_target=pl.Series(target.tolist(), dtype=pl.String),
    )
