# SPDX-License-Identifier: Apache-2.0
"""Filters over long lists: ``item[district = /data/district]`` is looked up by its column instead of asked of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import looks_like_date, texts_of
from resource_centre.questionnaires.grammar import Token
from resource_centre.questionnaires.nodes import Node

if TYPE_CHECKING:
    from resource_centre.questionnaires.compiling import Compiler


@dataclass(frozen=True)
class Lookup:
    """`candidates` gives the items of a node that may pass, or None where all are to be asked.

    `whole` says that the first filter is nothing but what they were looked up by.
    """

    candidates: Callable[[Asking, Node], list[Node] | None]
    whole: bool


def tokens(token: Token) -> Iterator[Token]:
    """A token and all below it."""
    waiting = [token]
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(one)


def weight(token: Token) -> int:
    """How much one asking of a condition costs: the number of its tokens."""
    return sum(1 for _one in tokens(token))


def lookup(compiler: Compiler, name: str, filters: tuple[Token, ...], before: tuple[str, ...] | None) -> Lookup | None:
    """How candidates are looked up among the children `name` of a frozen node, before filters are asked of them.

    Only where the condition compares a column with what is the same for all items, and no filter asks for positions.
    """
    if before is not None or name in {"*", ""} or any(_counts(one) for one in filters):
        return None
    found = next((pair for one in _together(filters[0]) if (pair := _column(one)) is not None), None)
    if found is None:
        return None
    column, other = found
    wanted = compiler.part(other, None)

    def candidates(asking: Asking, node: Node) -> list[Node] | None:
        value = wanted.work(asking)
        if isinstance(value, float | bool):
            return None
        texts = set(texts_of(value)) or {""}
        if any(looks_like_date(text) for text in texts):
            return None
        table = node.table(name, column)
        if len(texts) == 1:
            return table.get(texts.pop(), [])
        return list({id(one): one for text in texts for one in table.get(text, ())}.values())

    return Lookup(candidates, whole=filters[0].symbol == "=")


def _together(token: Token) -> Iterator[Token]:
    """The conditions that must all be true."""
    while token.symbol == "and" and len(token) == 2:
        yield token[1]
        token = token[0]
    yield token


def _column(token: Token) -> tuple[str, Token] | None:
    """The column and the other side of ``column = what is the same for all items``."""
    if token.symbol != "=":
        return None
    for one, other in ((token[0], token[1]), (token[1], token[0])):
        if one.symbol == "(name)" and _same_for_all(other):
            return one.value, other
    return None


def _same_for_all(token: Token) -> bool:
    """Whether a value does not depend on the item: a text, an absolute path, or one from current()."""
    if token.symbol in {"(string)", "current"}:
        return True
    if token.symbol in {"/", "//"}:
        simple = all(one.symbol in {"/", "(name)", "..", "current"} for one in tokens(token))
        return simple and (len(token) == 1 or _same_for_all(token[0]))
    return False


def _counts(token: Token) -> bool:
    """Whether a filter asks for positions, which candidates alone would change."""
    return any(one.symbol in {"position", "last", "(integer)", "(decimal)", "(float)"} for one in tokens(token))
