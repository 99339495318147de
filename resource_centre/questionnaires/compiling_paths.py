# SPDX-License-Identifier: Apache-2.0
"""Paths to answers, compiled: most are looked up name by name, without filters and without walking the tree.

As in all of ODK an absolute path inside a repeat means the same turn of it, not all turns; only the last name of a path
stands for all of its namesakes, so that ``count(/data/child)`` counts children also where it is asked of a child.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.compiling import Compiler, Part, Work, as_nodes, as_truth, chain
from resource_centre.questionnaires.compiling_filters import lookup, weight
from resource_centre.questionnaires.compiling_steps import Step, along, plain
from resource_centre.questionnaires.conversions import truth_of
from resource_centre.questionnaires.grammar import Token
from resource_centre.questionnaires.nodes import Node
from resource_centre.questionnaires.refusals import FormRefused

Where = tuple[str, ...] | None
_STEPS: Final = frozenset({"/", "//", "[", "(name)", ".", "..", "*", "node"})


def is_path(token: Token) -> bool:
    """Whether a token stands for a path, or for a set of nodes with a filter."""
    if token.symbol == "*":
        return len(token) == 0
    return token.symbol in _STEPS or bool(token.label == "axis")


def path(compiler: Compiler, token: Token, here: Where) -> Part:
    """Compile a path, and note what it reads."""
    steps, start = _flat(token)
    if start is None and steps[0].axis == "root":
        return _absolute(compiler, steps[1:])
    if start is not None:
        begin = compiler.part(start, here)
        filters = steps.pop(0).filters if steps and steps[0].axis == "filter" else ()
        nodes = as_nodes(begin, "/")
        if filters:
            nodes = _filtered(compiler, nodes, filters, begin.where)
        return _walk(compiler, nodes, steps, begin.where)
    return _walk(compiler, lambda asking: [asking.node], steps, here)


def union(compiler: Compiler, token: Token, here: Where) -> Part:
    """``a | b``: all nodes of both, in the order of the form."""
    works = tuple(as_nodes(compiler.part(one, here), "|") for one in chain(token, {"|"}))

    def work(asking: Asking) -> list[Node]:
        found = {id(node): node for nodes in works for node in nodes(asking)}
        tops = {id(top): top for top in (node.top() for node in found.values())}
        whole = [node for top in tops.values() for node in top.walk()] if len(found) > 1 else list(found.values())
        asking.spend(len(whole))
        return [node for node in whole if id(node) in found]

    return Part(work, "nodes")


def _flat(token: Token) -> tuple[list[Step], Token | None]:
    """The steps of a path in order, and what it starts from when that is not the context."""
    backwards: list[Step] = []
    while token.symbol in {"/", "//"}:
        if not token:
            return [Step("root", ""), *reversed(backwards)], None
        backwards.append(_step(token[-1]))
        if token.symbol == "//":
            backwards.append(Step("descendant-or-self", ""))
        if len(token) == 1:
            return [Step("root", ""), *reversed(backwards)], None
        token = token[0]
    filters: list[Token] = []
    inner = token
    while inner.symbol == "[":
        filters.insert(0, inner[1])
        inner = inner[0]
    if is_path(inner) and inner.symbol not in {"/", "//"}:
        return [_step(token), *reversed(backwards)], None
    return [*([Step("filter", "", tuple(filters))] if filters else []), *reversed(backwards)], inner


def _step(token: Token) -> Step:
    filters: list[Token] = []
    while token.symbol == "[":
        filters.insert(0, token[1])
        token = token[0]
    symbol = token.symbol
    if symbol == "(name)":
        return Step("child", token.value, tuple(filters))
    if symbol in {".", "..", "*", "node"}:
        axis = {".": "self", "..": "parent", "*": "child", "node": "child"}[symbol]
        return Step(axis, "*" if symbol == "*" else ("" if symbol != "node" else "*"), tuple(filters))
    if token.label == "axis":
        test = token[0]
        if test.symbol not in {"(name)", "*", "node"}:
            raise FormRefused("syntax")
        name = {"(name)": test.value, "*": "*", "node": ""}[test.symbol]
        return Step(symbol, name, tuple(filters))
    raise FormRefused("syntax")


def _absolute(compiler: Compiler, steps: list[Step]) -> Part:
    names: list[str] = []
    for step in steps:
        if step.axis != "child" or step.filters or step.name in {"*", ""}:
            break
        names.append(step.name)
    rest = steps[len(names) :]
    if not names:
        # From above the root: it is the only child there.
        above: Work = lambda asking: [_above(asking)]  # noqa: E731 - a work like any other
        return _walk(compiler, above, steps, ("..",))
    where: Where = tuple(names[1:]) if names[0] == compiler.root else None
    if not rest:
        compiler.note(where)
        return Part(plain(tuple(names)), "nodes", where)
    return _walk(compiler, plain(tuple(names)), rest, where)


def _above(asking: Asking) -> Node:
    above = Node("")
    root = asking.scene.root
    above.kids = {root.name: [root]}
    return above


def _walk(compiler: Compiler, begin: Work, steps: list[Step], where: Where) -> Part:
    """A path step by step from the nodes it begins with."""
    moves: list[Callable[[Asking, list[Node]], list[Node]]] = []
    for step in steps:
        before, where = where, _where(compiler, step, where)
        moves.append(_move(compiler, step, before, where))
    compiler.note(where)
    if not moves:
        return Part(begin, "nodes", where)
    if len(moves) == 1:
        only = moves[0]
        return Part(lambda asking: only(asking, begin(asking)), "nodes", where)

    def work(asking: Asking) -> list[Node]:
        nodes: list[Node] = begin(asking)
        for move in moves:
            nodes = move(asking, nodes)
        return nodes

    return Part(work, "nodes", where)


def _where(compiler: Compiler, step: Step, where: Where) -> Where:
    """The path of the form that a step leads to; of what cannot be told, the group around it is noted as read."""
    if where is None:
        return None
    if step.axis == "child" and step.name not in {"*", ""}:
        if where == ("..",):
            return () if step.name == compiler.root else None
        return (*where, step.name)
    if step.axis == "parent":
        return where[:-1] if where else None
    if step.axis == "self":
        return where
    compiler.note(() if where == ("..",) or step.axis not in {"child", "descendant", "descendant-or-self"} else where)
    return None


def _move(compiler: Compiler, step: Step, before: Where, where: Where) -> Callable[[Asking, list[Node]], list[Node]]:
    take = along(step)
    if not step.filters:
        return take
    filters = tuple(_filter(compiler, one, where) for one in step.filters)
    quick = lookup(compiler, step.name, step.filters, before) if step.axis == "child" else None
    still = filters if quick is None or not quick.whole else filters[1:]
    backwards = step.axis in {"ancestor", "ancestor-or-self", "preceding-sibling"}
    apart = step.axis in {"child", "self"}

    def move(asking: Asking, nodes: list[Node]) -> list[Node]:
        found: list[Node] = []
        for node in nodes:
            known = quick.candidates(asking, node) if quick is not None and node.frozen else None
            kept = take(asking, [node]) if known is None else known
            if backwards:
                kept = kept[::-1]
            for keep in filters if known is None else still:
                kept = keep(asking, kept)
            found += kept
        # A node that is met from two others is still one node.
        return found if apart else list({id(node): node for node in found}.values())

    return move


def _filtered(compiler: Compiler, begin: Work, tokens: tuple[Token, ...], where: Where) -> Work:
    filters = tuple(_filter(compiler, one, where) for one in tokens)

    def work(asking: Asking) -> list[Node]:
        nodes: list[Node] = begin(asking)
        for keep in filters:
            nodes = keep(asking, nodes)
        return nodes

    return work


def _filter(compiler: Compiler, token: Token, where: Where) -> Callable[[Asking, list[Node]], list[Node]]:
    """Keeps the nodes of which a condition is true, or the one at a position."""
    part = compiler.part(token, where)
    work = part.work if part.kind in {"number", "any"} else as_truth(part)
    cost = weight(token)

    def keep(asking: Asking, nodes: list[Node]) -> list[Node]:
        asking.spend(cost * len(nodes))
        asking.watch()
        before = asking.node, asking.position, asking.size
        asking.size = len(nodes)
        kept: list[Node] = []
        for number, node in enumerate(nodes, start=1):
            asking.node, asking.position = node, number
            if number % 16 == 0:
                asking.watch()
            value = work(asking)
            if value is True or (value is not False and _holds(value, number)):
                kept.append(node)
        asking.node, asking.position, asking.size = before
        return kept

    return keep


def _holds(value: object, position: int) -> bool:
    return value == position if isinstance(value, float) else truth_of(value)  # type: ignore[arg-type]
