# SPDX-License-Identifier: Apache-2.0
"""Functions on numbers and on truth. What cannot be worked out is NaN, as in XPath."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_DOWN, ROUND_HALF_UP, Decimal

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import NAN, Value, number_of, string_of
from resource_centre.questionnaires.function_table import function
from resource_centre.questionnaires.nodes import Node

MOST_PLACES = 30
"""Beyond so many decimal places JavaRosa answers NaN."""

DIGITS = 17
"""A number has no more; beyond them there is nothing to round."""


def safely(work: Callable[..., float], *numbers: float) -> float:
    """A function of mathematics, NaN where it has no answer and infinite where it is too large."""
    try:
        return float(work(*numbers))
    except (ValueError, ZeroDivisionError, TypeError):
        return NAN
    except OverflowError:
        return math.inf


@function("round", "number", "number", "number", least=1)
def round_half_up(_asking: Asking, number: float, places: float = 0.0) -> float:
    """To so many decimal places, halves upwards; negative places round to tens, hundreds ..."""
    if math.isnan(number) or math.isinf(number):
        return number
    if math.isnan(places) or abs(places) > MOST_PLACES:
        return NAN
    exact = Decimal(repr(number))
    if exact.adjusted() + int(places) > DIGITS:
        return number
    step = Decimal(1).scaleb(-int(places))
    ways = ROUND_HALF_DOWN if number < 0 else ROUND_HALF_UP
    return float((exact / step).quantize(Decimal(1), ways) * step)


@function("int", "number", "number")
def whole(_asking: Asking, number: float) -> float:
    """Without what stands behind the point."""
    return number if math.isnan(number) or math.isinf(number) else float(math.trunc(number))


@function("floor", "number", "number")
def floor(_asking: Asking, number: float) -> float:
    """The next whole number below."""
    return number if math.isnan(number) or math.isinf(number) else float(math.floor(number))


@function("ceiling", "number", "number")
def ceiling(_asking: Asking, number: float) -> float:
    """The next whole number above."""
    return number if math.isnan(number) or math.isinf(number) else float(math.ceil(number))


@function("abs", "number", "number")
def absolute(_asking: Asking, number: float) -> float:
    """Without its sign."""
    return abs(number)


@function("pow", "number", "number", "number")
def power(_asking: Asking, number: float, exponent: float) -> float:
    """A number to a power."""
    odd = exponent % 2 == 1
    if number == 0 and exponent < 0:
        return math.copysign(math.inf, number) if odd else math.inf
    result = safely(math.pow, number, exponent)
    return -result if math.isinf(result) and math.isfinite(number) and number < 0 and odd and result > 0 else result


@function("log", "number", "number")
def natural_logarithm(_asking: Asking, number: float) -> float:
    """The natural logarithm."""
    return -math.inf if number == 0 else safely(math.log, number)


@function("log10", "number", "number")
def logarithm(_asking: Asking, number: float) -> float:
    """The logarithm to base 10."""
    return -math.inf if number == 0 else safely(math.log10, number)


@function("exp10", "number", "number")
def power_of_ten(_asking: Asking, number: float) -> float:
    """10 to a power."""
    return safely(math.pow, 10.0, number)


@function("pi", "number")
def pi(_asking: Asking) -> float:
    """3.14159..."""
    return math.pi


@function("atan2", "number", "number", "number")
def atan2(_asking: Asking, y: float, x: float) -> float:
    """The angle of a point."""
    return math.atan2(y, x)


def _enter_plain(name: str, work: Callable[[float], float]) -> None:
    @function(name, "number", "number")
    def plain(_asking: Asking, number: float) -> float:
        return safely(work, number)


for _name, _work in (
    ("sin", math.sin),
    ("cos", math.cos),
    ("tan", math.tan),
    ("asin", math.asin),
    ("acos", math.acos),
    ("atan", math.atan),
    ("sqrt", math.sqrt),
    ("exp", math.exp),
):
    _enter_plain(_name, _work)


@function("random", "number", volatile=True)
def random_number(asking: Asking) -> float:
    """A number from 0 to below 1."""
    return asking.scene.random.random()


@function("true", "truth")
def true(_asking: Asking) -> bool:
    """True."""
    return True


@function("false", "truth")
def false(_asking: Asking) -> bool:
    """False."""
    return False


@function("not", "truth", "truth")
def negation(_asking: Asking, truth: bool) -> bool:
    """The opposite."""
    return not truth


@function("boolean", "truth", "truth")
def boolean(_asking: Asking, truth: bool) -> bool:
    """Whether there is anything."""
    return truth


@function("boolean-from-string", "truth", "text")
def boolean_from_string(_asking: Asking, text: str) -> bool:
    """Whether a text is "true" or "1"."""
    return text.lower() == "true" or text == "1"


def _ticked(value: Value) -> bool:
    """Whether an answer counts in a checklist: true, yes, or a number above 0."""
    if isinstance(value, bool):
        return value
    number = number_of(value)
    return number > 0 or (math.isnan(number) and string_of(value) in {"yes", "true"})


def _spread(values: tuple[Value, ...]) -> list[Value]:
    """The values, or the nodes of the one set."""
    if len(values) == 1 and isinstance(values[0], list):
        return [[node] for node in values[0]]
    return list(values)


def _within(least: float, total: float, most: float) -> bool:
    return (least == -1 or total >= least) and (most == -1 or total <= most)


@function("checklist", "truth", "number", "number", "any", least=2, more=True)
def checklist(_asking: Asking, least: float, most: float, *answers: Value) -> bool:
    """Whether so many answers are yes; -1 stands for no bound."""
    return _within(least, float(sum(_ticked(one) for one in _spread(answers))), most)


@function("weighted-checklist", "truth", "number", "number", "any", least=2, more=True)
def weighted_checklist(_asking: Asking, least: float, most: float, *pairs: Value) -> bool:
    """Whether the weights of the answers that are yes lie between two bounds; -1 stands for no bound."""
    if len(pairs) == 2 and isinstance(pairs[0], list) and isinstance(pairs[1], list):
        answers, weights = _of(pairs[0]), _of(pairs[1])
    else:
        answers, weights = list(pairs[0::2]), list(pairs[1::2])
    total = sum(number_of(weight) for answer, weight in zip(answers, weights, strict=False) if _ticked(answer))
    return _within(least, float(total), most)


def _of(nodes: list[Node]) -> list[Value]:
    return [[node] for node in nodes]


@function("depend", "any", "any", least=1, more=True)
def depend(_asking: Asking, value: Value, *_more: Value) -> Value:
    """Its first value; the others only say what it waits for."""
    return value
