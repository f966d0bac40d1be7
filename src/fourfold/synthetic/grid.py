"""From metres on the national grid to degrees, for the polygons of the made-up areas."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AIRY = (6377563.396, 6356256.909)
"""Semi-axes in metres of the ellipsoid under the national grid (Airy 1830)."""
GRS80 = (6378137.0, 6356752.3141)
SCALE = 0.9996012717
ORIGIN_LATITUDE = np.radians(49.0)
ORIGIN_LONGITUDE = np.radians(-2.0)
FALSE_EAST, FALSE_NORTH = 400000.0, -100000.0
SHIFT = (446.448, -125.157, 542.060)
"""Metres from OSGB36 to WGS84 along the three axes; with the turn and scale below good to 5 m."""
TURN = np.radians(np.array([0.1502, 0.2470, 0.8421]) / 3600.0)
STRETCH = -20.4894e-6


def meridian_arc(latitude: Floats) -> Floats:
    """Return the length of the meridian in metres from the grid's true origin (Ordnance Survey, annexe C)."""
    major, minor = AIRY
    n = (major - minor) / (major + minor)
    less, more = latitude - ORIGIN_LATITUDE, latitude + ORIGIN_LATITUDE
    return np.asarray(
        minor
        * SCALE
        * (
            (1 + n + 1.25 * (n**2 + n**3)) * less
            - (3 * n + 3 * n**2 + 2.625 * n**3) * np.sin(less) * np.cos(more)
            + 1.875 * (n**2 + n**3) * np.sin(2 * less) * np.cos(2 * more)
            - 35 / 24 * n**3 * np.sin(3 * less) * np.cos(3 * more)
        )
    )


def airy_degrees(easting: Floats, northing: Floats) -> tuple[Floats, Floats]:
    """Return longitude and latitude in degrees on the grid's own ellipsoid.

    Source: Ordnance Survey, A guide to coordinate systems in Great Britain, annexe C.
    """
    major, minor = AIRY
    e2 = 1 - (minor / major) ** 2
    latitude = (northing - FALSE_NORTH) / (major * SCALE) + ORIGIN_LATITUDE
    for _ in range(6):
        latitude = latitude + (northing - FALSE_NORTH - meridian_arc(latitude)) / (major * SCALE)
    sine = np.sin(latitude)
    nu = major * SCALE / np.sqrt(1 - e2 * sine**2)
    rho = major * SCALE * (1 - e2) / (1 - e2 * sine**2) ** 1.5
    eta = nu / rho - 1
    t, sec = np.tan(latitude), 1 / np.cos(latitude)
    x = easting - FALSE_EAST
    north = (
        latitude
        - t / (2 * rho * nu) * x**2
        + t / (24 * rho * nu**3) * (5 + 3 * t**2 + eta - 9 * t**2 * eta) * x**4
        - t / (720 * rho * nu**5) * (61 + 90 * t**2 + 45 * t**4) * x**6
    )
    east = (
        ORIGIN_LONGITUDE
        + sec / nu * x
        - sec / (6 * nu**3) * (nu / rho + 2 * t**2) * x**3
        + sec / (120 * nu**5) * (5 + 28 * t**2 + 24 * t**4) * x**5
    )
    return np.degrees(east), np.degrees(north)


def degrees(easting: Floats, northing: Floats) -> tuple[Floats, Floats]:
    """Return WGS84 longitude and latitude in degrees, to about 5 m, of points in metres on the grid."""
    longitude, latitude = (np.radians(axis) for axis in airy_degrees(easting, northing))
    major, minor = AIRY
    nu = major / np.sqrt(1 - (1 - (minor / major) ** 2) * np.sin(latitude) ** 2)
    x = nu * np.cos(latitude) * np.cos(longitude)
    y = nu * np.cos(latitude) * np.sin(longitude)
    z = nu * (minor / major) ** 2 * np.sin(latitude)
    rx, ry, rz = TURN
    east = SHIFT[0] + (1 + STRETCH) * x - rz * y + ry * z
    north = SHIFT[1] + rz * x + (1 + STRETCH) * y - rx * z
    up = SHIFT[2] - ry * x + rx * y + (1 + STRETCH) * z
    major, minor = GRS80
    e2 = 1 - (minor / major) ** 2
    flat = np.hypot(east, north)
    latitude = np.arctan2(up, flat * (1 - e2))
    for _ in range(5):
        nu = major / np.sqrt(1 - e2 * np.sin(latitude) ** 2)
        latitude = np.arctan2(up + e2 * nu * np.sin(latitude), flat)
    return np.degrees(np.arctan2(north, east)), np.degrees(latitude)
