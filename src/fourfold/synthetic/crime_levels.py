"""How much of each crime the made-up force records: levels, seasons and the lockdown, offence by offence.

The changes of burglary, robbery and theft of motor vehicle between the year to March 2020 and
calendar 2021 are those of the 2022 board paper (para 29); every other number is invented.
"""

from __future__ import annotations

from dataclasses import dataclass

AUTUMN = (1.10, 1.04, 1.02, 0.95, 0.92, 0.90, 0.92, 0.94, 0.97, 1.05, 1.12, 1.07)
"""Relative level by month from January: long nights bring burglary and theft from vehicles."""
SUMMER = (0.92, 0.92, 0.97, 0.98, 1.05, 1.07, 1.10, 1.06, 1.01, 1.00, 0.97, 0.95)
LEVEL = (1.0,) * 12
CHRISTMAS = (0.95, 0.94, 0.96, 0.95, 0.97, 0.97, 0.99, 1.00, 1.00, 1.04, 1.10, 1.13)

AT_HOME = (0.62, 0.72, 0.90, 1.00, 1.05, 1.08, 1.06, 0.98, 0.96)
"""Relative level April to December 2020 of crime that needs empty homes."""
IN_STREETS = (0.45, 0.55, 0.75, 1.00, 1.10, 1.20, 1.15, 0.90, 0.90)
BETWEEN_PEOPLE = (0.85, 0.95, 1.02, 1.08, 1.08, 1.05, 1.02, 0.95, 0.95)
IN_SHOPS = (0.55, 0.65, 0.85, 1.05, 1.10, 1.15, 1.15, 1.00, 1.00)
BACK_TO_USUAL = (0.78, 0.80, 0.90, 0.97, 1.00, 1.03, 1.06, 1.06, 1.07, 1.10, 1.10, 1.08)
"""Relative level by month of 2021: the third lockdown lasted until spring."""


@dataclass(frozen=True)
class Level:
    """One group of offences that rises and falls together.

    codes: share of each HO class in the group. baseline: crimes in the year to March 2020 at scale 1.
    lockdown: April to December 2020 as a share of the same months of the baseline. latest_change:
    percent from the baseline to calendar 2021. before: level before April 2019 as a share of the baseline.
    """

    group: str
    codes: dict[str, float]
    baseline: int
    lockdown: float
    latest_change: float
    season: tuple[float, ...] = LEVEL
    profile: tuple[float, ...] = IN_STREETS
    before: float = 1.0


BURGLARY = {
    "28E": 0.60,
    "28F": 0.13,
    "28G": 0.020,
    "28H": 0.007,
    "29A": 0.013,
    "30C": 0.18,
    "30D": 0.047,
    "31A": 0.003,
}
VIOLENCE_WITH_INJURY = {"5D": 0.06, "8N": 0.895, "8S": 0.03, "8P": 0.015}
VIOLENCE_WITHOUT = {"105A": 0.87, "105B": 0.02, "104": 0.03, "3B": 0.08}

LEVELS: tuple[Level, ...] = (
    Level("burglary", BURGLARY, 8000, 0.72, -19.0, AUTUMN, AT_HOME, 1.08),
    Level("robbery", {"34A": 0.09, "34B": 0.91}, 2600, 0.72, -5.0, LEVEL, IN_STREETS, 0.97),
    Level("theft of motor vehicle", {"48": 0.96, "37.2": 0.04}, 4000, 0.84, 24.0, LEVEL, IN_STREETS, 0.94),
    Level("theft from vehicle", {"45": 1.0}, 6500, 0.82, 20.0, AUTUMN, IN_STREETS, 0.98),
    Level("vehicle interference", {"126": 1.0}, 900, 0.80, 6.0, AUTUMN, IN_STREETS, 0.98),
    Level("theft from the person", {"39": 1.0}, 1800, 0.52, -14.0, CHRISTMAS, IN_STREETS, 1.03),
    Level("shoplifting", {"46": 1.0}, 8000, 0.70, -12.0, CHRISTMAS, IN_SHOPS, 1.02),
    Level("bicycle theft", {"44": 1.0}, 1400, 0.85, -8.0, SUMMER, IN_STREETS, 1.05),
    Level(
        "other theft",
        {"49": 0.72, "49A": 0.15, "40": 0.10, "41": 0.03},
        8000,
        0.72,
        -11.0,
        LEVEL,
        IN_STREETS,
        1.04,
    ),
    Level("blackmail", {"35": 1.0}, 160, 1.05, 30.0, LEVEL, BETWEEN_PEOPLE, 0.85),
    Level("violence with injury", VIOLENCE_WITH_INJURY, 9800, 0.90, 3.0, SUMMER, BETWEEN_PEOPLE, 0.93),
    Level("violence without injury", VIOLENCE_WITHOUT, 11500, 0.98, 9.0, SUMMER, BETWEEN_PEOPLE, 0.90),
    Level("harassment", {"8L": 1.0}, 6500, 1.12, 18.0, LEVEL, BETWEEN_PEOPLE, 0.85),
    Level("public order", {"9A": 1.0}, 4900, 1.02, 15.0, SUMMER, BETWEEN_PEOPLE, 0.92),
    Level("handling", {"54": 0.62, "33": 0.38}, 560, 0.80, -4.0, LEVEL, IN_STREETS, 1.0),
)

RESIDENTIAL = ("28E", "28F", "28G", "28H", "29A")
BUSINESS_BURGLARY = ("30C", "30D", "31A")
ROBBERY = ("34A", "34B")
THEFT_OF_VEHICLE = ("48", "37.2")
BURGLARY_OR_CAR_THEFT = (*RESIDENTIAL, *BUSINESS_BURGLARY, *THEFT_OF_VEHICLE)
VIOLENCE = ("5D", "8N", "8S", "8P", "105A", "105B", "104", "3B", "8L", "9A")
HIGH_HARM = (*RESIDENTIAL, *ROBBERY)
"""Offences that a High Harm Team works, whose victims are owed the five steps (2022 board paper, para 42)."""

THEMES: dict[str, tuple[str, ...]] = {
    "home": (*RESIDENTIAL, "40"),
    "business": (*BUSINESS_BURGLARY, "41"),
    "street": (*ROBBERY, "39", "44"),
    "vehicle": (*THEFT_OF_VEHICLE, "45", "126"),
    "shop": ("46", "49A"),
    "violence": VIOLENCE,
    "other": ("49", "35", "54", "33"),
}
"""Offences that share their places and hours."""


def theme_of() -> dict[str, str]:
    """Return the theme of every HO class that the made-up force records."""
    return {code: theme for theme, codes in THEMES.items() for code in codes}
