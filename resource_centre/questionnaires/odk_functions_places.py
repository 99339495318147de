# SPDX-License-Identifier: Apache-2.0
"""Functions on points of the earth, ``-6.2 106.8 0 5`` each: latitude, longitude, height, accuracy."""

from __future__ import annotations

import math

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import Value, number_of_text, texts_of
from resource_centre.questionnaires.function_table import function

RADIUS = 6_378_100.0
"""Metres from the middle of the earth to the equator, as JavaRosa takes it."""

Point = tuple[float, float]


def _points(asking: Asking, value: Value) -> list[Point]:
    """The points of a trace, of a shape, or of several answers, as angles; none if one of them is no point."""
    texts = texts_of(value)
    if len(texts) == 1:
        texts = [part for part in texts[0].split(";") if part.strip()]
    asking.spend(len(texts))
    points: list[Point] = []
    for text in texts:
        numbers = [number_of_text(part) for part in text.split()[:2]]
        if len(numbers) < 2 or any(math.isnan(number) for number in numbers):
            return []
        points.append((math.radians(numbers[0]), math.radians(numbers[1])))
    return points


@function("distance", "number", "any")
def distance(asking: Asking, value: Value) -> float:
    """Metres along points, one after another."""
    points = _points(asking, value)
    return math.fsum(_between(points[number], points[number + 1]) for number in range(len(points) - 1))


def _between(one: Point, other: Point) -> float:
    north, east = other[0] - one[0], other[1] - one[1]
    part = math.sin(north / 2) ** 2 + math.cos(one[0]) * math.cos(other[0]) * math.sin(east / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(part)))


@function("area", "number", "any")
def area(asking: Asking, value: Value) -> float:
    """Square metres inside points."""
    points = _points(asking, value)
    if len(points) < 3:
        return 0.0
    total = 0.0
    for number, (latitude, longitude) in enumerate(points):
        next_latitude, next_longitude = points[(number + 1) % len(points)]
        total += (next_longitude - longitude) * (2 + math.sin(latitude) + math.sin(next_latitude))
    return abs(total * RADIUS * RADIUS / 2)


@function("enclosed-area", "number", "any")
def enclosed_area(asking: Asking, value: Value) -> float:
    """The same as area()."""
    return float(area(asking, value))
