# SPDX-License-Identifier: Apache-2.0
"""Functions on sets of nodes: the answers of all turns of a repeat, the rows of a table."""

from __future__ import annotations

import math

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import NAN, Value, number_of, number_of_text, text_of
from resource_centre.questionnaires.function_table import function
from resource_centre.questionnaires.nodes import Node

MODULUS = 2**31 - 1
"""Of the generator of Park and Miller, by which the specification shuffles with a seed."""
MULTIPLIER = 16_807


def _numbers(asking: Asking, values: tuple[Value, ...]) -> list[float]:
    """The numbers among values and nodes; JavaRosa passes over answers that are none."""
    found: list[float] = []
    for value in values:
        if isinstance(value, list):
            asking.spend(len(value))
            found += [number_of_text(text_of(node)) for node in value]
        else:
            found.append(number_of(value))
    return [number for number in found if not math.isnan(number)]


@function("count", "number", "nodes")
def count(asking: Asking, nodes: list[Node]) -> float:
    """How many there are."""
    asking.spend(1)
    return float(len(nodes))


@function("count-non-empty", "number", "nodes")
def count_non_empty(asking: Asking, nodes: list[Node]) -> float:
    """How many have an answer."""
    asking.spend(len(nodes))
    return float(sum(1 for node in nodes if text_of(node) != ""))


@function("sum", "number", "nodes")
def total(asking: Asking, nodes: list[Node]) -> float:
    """All numbers together; what has no answer is passed over."""
    return math.fsum(_numbers(asking, (nodes,)))


@function("max", "number", "any", least=1, more=True)
def largest(asking: Asking, *values: Value) -> float:
    """The largest number, NaN if there is none."""
    return max(_numbers(asking, values), default=NAN)


@function("min", "number", "any", least=1, more=True)
def smallest(asking: Asking, *values: Value) -> float:
    """The smallest number, NaN if there is none."""
    return min(_numbers(asking, values), default=NAN)


@function("randomize", "nodes", "nodes", "number", least=1, volatile=True)
def randomize(asking: Asking, nodes: list[Node], seed: float | None = None) -> list[Node]:
    """In another order; with a seed always in the same one."""
    asking.spend(len(nodes))
    shuffled: list[Node] = []
    state = _first_state(seed) if seed is not None else 0
    for number, node in enumerate(nodes):
        if seed is None:
            place = asking.scene.random.randrange(number + 1)
        else:
            state = state * MULTIPLIER % MODULUS
            place = int((state - 1) / (MODULUS - 1) * (number + 1))
        shuffled.append(node)
        shuffled[number], shuffled[place] = shuffled[place], shuffled[number]
    return shuffled


def _first_state(seed: float) -> int:
    state = int(math.fmod(seed, MODULUS)) if math.isfinite(seed) else 0
    return state if state > 0 else state + MODULUS - 1
