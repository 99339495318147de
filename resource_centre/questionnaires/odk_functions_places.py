# SPDX-License-Identifier: Apache-2.0
"""Functions on points of the earth, ``-6.2 106.8 0 5`` each: latitude, longitude, height, accuracy."""

from __future__ import annotations

import math
from itertools import pairwise

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
    return math.fsum(_between(one, other) for one, other in pairwise(points))


def _between(one: Point, other: Point) -> float:
    north, east = other[0] - one[0], other[1] - one[1]
    part = math.sin(north / 2) ** 2 + math.cos(one[0]) * math.cos(other[0]) * math.sin(east / 2) ** 2
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(part)))


@function("area", "number", "any")
def area(asking: Asking, value: Value) -> float:
    """Square metres inside points, laid out flat around the first."""
    points = _points(asking, value)
    if len(points) < 3:
        return 0.0
    flat = [
        (RADIUS * (longitude - points[0][1]) * math.cos(latitude), RADIUS * (latitude - points[0][0]))
        for latitude, longitude in points[1:]
    ]
    return abs(math.fsum(one[1] * other[0] - one[0] * other[1] for one, other in pairwise(flat))) / 2


@function("enclosed-area", "number", "any")
def enclosed_area(asking: Asking, value: Value) -> float:
    """The same as area()."""
    return float(area(asking, value))


@function("geofence", "truth", "any", "any")
def geofence(asking: Asking, value: Value, fence: Value) -> bool:
    """Whether a point lies inside a shape."""
    points, shape = _points(asking, value), _points(asking, fence)
    if len(points) != 1 or len(shape) < 4:
        return False
    (latitude, longitude) = points[0]
    crossed = 0
    for one, other in pairwise(shape):
        if (one[0] > latitude) != (other[0] > latitude):
            part = (latitude - other[0]) / (one[0] - other[0])
            crossed += longitude < (one[1] - other[1]) * part + other[1]
    return crossed % 2 == 1
