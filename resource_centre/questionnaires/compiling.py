# SPDX-License-Identifier: Apache-2.0
"""elementpath's tree of an expression turned into nested functions of Python, with what it reads noted on the way.

Asking them is far quicker than elementpath's own evaluation, which builds a tree of nodes and a context first.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from resource_centre.questionnaires import comparing
from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import (
    NAN,
    Value,
    looks_like_date,
    number_of,
    number_of_text,
    string_of,
    text_of,
    truth_of,
)
from resource_centre.questionnaires.function_table import Kind
from resource_centre.questionnaires.grammar import Token
from resource_centre.questionnaires.nodes import Node
from resource_centre.questionnaires.refusals import FormRefused

Work = Callable[[Asking], Any]
Where = tuple[str, ...] | None
"""A path of the form below its root, where an expression stands; None when outside of the form's own tree."""

ADDING: Final = frozenset({"+", "-"})
TIMES: Final = frozenset({"*", "div", "mod"})
COMPARING: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
LITERALS: Final = frozenset({"(string)", "(integer)", "(decimal)", "(float)"})


@dataclass(frozen=True)
class Part:
    """A part of an expression, ready to be asked. `constant` is its value if it has always the same."""

    work: Work
    kind: Kind
    where: Where = None
    constant: Value | None = None


@dataclass
class Compiler:
    """What is known while one expression is compiled, and what is found out."""

    root: str
    at: tuple[str, ...]
    reads: set[str] = field(default_factory=set)
    instances: set[str] = field(default_factory=set)
    volatile: bool = False

    def part(self, token: Token, here: Where) -> Part:
        """Compile one token where `here` is the context."""
        from resource_centre.questionnaires import compiling_calls, compiling_paths

        symbol = token.symbol
        if symbol in LITERALS:
            return literal(token.value)
        if symbol in COMPARING:
            return compare(symbol, self.part(token[0], here), self.part(token[1], here))
        if symbol == "(":
            return self.part(token[0], here)
        if symbol in ADDING | TIMES and len(token) == 2:
            return self.arithmetic(token, here)
        if symbol in ADDING:
            return sign(symbol, self.part(token[0], here))
        if symbol in {"and", "or"} and len(token) == 2:
            return self.logic(token, here)
        if compiling_paths.is_path(token):
            return compiling_paths.path(self, token, here)
        if symbol == "|":
            return compiling_paths.union(self, token, here)
        return compiling_calls.call(self, token, here)

    def logic(self, token: Token, here: Where) -> Part:
        """A chain of ``and`` or of ``or``, asked only as far as needed."""
        parts = tuple(as_truth(self.part(one, here)) for one in chain(token, {token.symbol}))
        wanted = bool(token.symbol == "or")

        def work(asking: Asking) -> bool:
            for part in parts:
                if part(asking) is wanted:
                    return wanted
            return not wanted

        return Part(work, "truth")

    def arithmetic(self, token: Token, here: Where) -> Part:
        """A chain of sums or of products, from the left."""
        signs = ADDING if token.symbol in ADDING else TIMES
        later: list[tuple[Callable[[float, float], float], Callable[[Asking], float]]] = []
        while token.symbol in signs and len(token) == 2:
            later.append((ARITHMETIC[token.symbol], as_number(self.part(token[1], here))))
            token = token[0]
        first = as_number(self.part(token, here))
        later.reverse()

        def work(asking: Asking) -> float:
            result: float = first(asking)
            for reckon, part in later:
                result = reckon(result, part(asking))
            return result

        return Part(work, "number")

    def note(self, path: Where) -> None:
        """Remember that a place in the form is read."""
        if path is not None:
            self.reads.add("/".join(name for name in path if name != ".."))


def chain(token: Token, symbols: set[str]) -> list[Token]:
    """The operands of a chain of operators that stand on one level, left to right."""
    found: list[Token] = []
    while token.symbol in symbols and len(token) == 2:
        found.append(token[1])
        token = token[0]
    found.append(token)
    found.reverse()
    return found


def literal(value: Any) -> Part:
    """A text or number as written."""
    constant: Value = value if isinstance(value, str) else float(value)
    return Part(lambda _asking: constant, "text" if isinstance(constant, str) else "number", None, constant)


def sign(symbol: str, part: Part) -> Part:
    """``-`` or ``+`` before a value."""
    number = as_number(part)
    if symbol == "+":
        return Part(number, "number")
    constant = -part.constant if isinstance(part.constant, float) else None
    return Part(lambda asking: -number(asking), "number", None, constant)


def as_number(part: Part) -> Callable[[Asking], float]:
    """Asks for a number."""
    work = part.work
    if part.kind == "number":
        return work
    if part.kind == "text":
        return lambda asking: number_of_text(work(asking))
    return lambda asking: number_of(work(asking))


def as_text(part: Part) -> Callable[[Asking], str]:
    """Asks for a text."""
    work = part.work
    if part.kind == "text":
        return work
    if part.kind == "nodes":

        def first(asking: Asking) -> str:
            nodes = work(asking)
            return text_of(nodes[0]) if nodes else ""

        return first
    return lambda asking: string_of(work(asking))


def as_truth(part: Part) -> Callable[[Asking], bool]:
    """Asks for true or false."""
    work: Callable[[Asking], bool] = part.work
    return work if part.kind == "truth" else lambda asking: truth_of(work(asking))


def as_nodes(part: Part, name: str) -> Callable[[Asking], list[Node]]:
    """Asks for a set of nodes. Raises FormRefused where something else stands."""
    if part.kind not in {"nodes", "any"}:
        raise FormRefused("wrong_arguments", name=name)
    work = part.work

    def nodes(asking: Asking) -> list[Node]:
        value = work(asking)
        return value if isinstance(value, list) else [Node("", string_of(value))]

    return work if part.kind == "nodes" else nodes


def compare(symbol: str, one: Part, other: Part) -> Part:
    """Two values compared; what forms ask most, an answer against a text or number, goes a short way."""
    quick = _quick(symbol, one, other)
    if quick is not None:
        return Part(quick, "truth")
    first, second = one.work, other.work
    stands = {"=": comparing.equal, "!=": comparing.unequal}.get(symbol) or partial(comparing.in_order, symbol)

    def work(asking: Asking) -> bool:
        left, right = first(asking), second(asking)
        if isinstance(left, list) and isinstance(right, list):
            asking.spend(len(left) * len(right))
        return stands(left, right)

    return Part(work, "truth")


def _quick(symbol: str, one: Part, other: Part) -> Work | None:
    if one.kind != "nodes" or other.constant is None:
        return None
    nodes, constant = one.work, other.constant
    if isinstance(constant, str):
        if symbol not in {"=", "!="} or looks_like_date(constant):
            return None
        ask = comparing.any_text_is if symbol == "=" else comparing.any_text_is_not
        return lambda asking: ask(nodes(asking), constant)
    if symbol not in comparing.ORDERS or not isinstance(constant, float):
        return None
    stands, bound = comparing.ORDERS[symbol], constant

    def ordered(asking: Asking) -> bool:
        return any(stands(number_of_text(text_of(node)), bound) for node in nodes(asking))

    return ordered


def divide(one: float, other: float) -> float:
    """XPath's div: by zero is infinite, and 0 div 0 is NaN."""
    if other != 0:
        return one / other
    if one == 0 or math.isnan(one):
        return NAN
    return math.copysign(math.inf, one) * math.copysign(1.0, other)


def remainder(one: float, other: float) -> float:
    """XPath's mod, with the sign of the first."""
    if other == 0 or math.isinf(one):
        return NAN
    return math.fmod(one, other)


ARITHMETIC: Final[dict[str, Callable[[float, float], float]]] = {
    "+": lambda one, other: one + other,
    "-": lambda one, other: one - other,
    "*": lambda one, other: one * other,
    "div": divide,
    "mod": remainder,
}
