# SPDX-License-Identifier: Apache-2.0
"""The steps of paths: from nodes to their children, parents, siblings, and straight down from the root."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.grammar import Token
from resource_centre.questionnaires.nodes import Node

Move = Callable[[Asking, list[Node]], list[Node]]
NONE: Final[list[Node]] = []


@dataclass(frozen=True)
class Step:
    """One step of a path: along an axis to nodes of a name (``*`` for all), kept where all filters are true."""

    axis: str
    name: str
    filters: tuple[Token, ...] = ()


def plain(names: tuple[str, ...]) -> Callable[[Asking], list[Node]]:
    """An absolute path of names only."""
    top, inner, last = names[0], names[1:-1], names[-1]

    def work(asking: Asking) -> list[Node]:
        node = asking.scene.root
        if node.name != top:
            return NONE
        if len(names) == 1:
            return [node]
        level = 0
        for name in inner:
            level += 1
            found = node.kids.get(name)
            if found is None:
                return NONE
            if len(found) == 1:
                node = found[0]
                continue
            chain_down = asking.chain()
            if len(chain_down) > level and chain_down[level].name == name and chain_down[level].parent is node:
                node = chain_down[level]
                continue
            return _relevant(_below(asking, found, names[level + 1 :]))
        found = node.kids.get(last)
        if found is None:
            return NONE
        if len(found) == 1:
            return found if found[0].relevant else NONE
        asking.spend(len(found))
        return _relevant(found)

    return work


def _below(asking: Asking, nodes: Iterable[Node], names: tuple[str, ...]) -> list[Node]:
    for name in names:
        nodes = [kid for node in nodes for kid in node.kids.get(name, ())]
        asking.spend(len(nodes))
    return list(nodes)


def _relevant(nodes: list[Node]) -> list[Node]:
    return [node for node in nodes if node.relevant]


def along(step: Step) -> Move:
    """How one step is gone, before its filters."""
    axis, name = step.axis, step.name
    if axis == "child" and name not in {"*", ""}:
        return _children(name)
    if axis == "self" and name == "":
        return lambda _asking, nodes: nodes
    if axis == "parent" and name == "":
        return _parents
    reach = _REACH[axis]

    def take(asking: Asking, nodes: list[Node]) -> list[Node]:
        found: dict[int, Node] = {}
        for node in nodes:
            reached = reach(node)
            asking.spend(len(reached) + 1)
            found.update({id(one): one for one in reached if one.relevant and name in {"", "*", one.name}})
        return list(found.values())

    return take


def _children(name: str) -> Move:
    def take(asking: Asking, nodes: list[Node]) -> list[Node]:
        if len(nodes) == 1:
            found = nodes[0].kids.get(name)
            if found is None:
                return NONE
            if len(found) == 1:
                return found if found[0].relevant else NONE
            asking.spend(len(found))
            return _relevant(found)
        return _relevant(_below(asking, nodes, (name,)))

    return take


def _parents(_asking: Asking, nodes: list[Node]) -> list[Node]:
    if len(nodes) == 1:
        parent = nodes[0].parent
        return NONE if parent is None else [parent]
    return list({id(node.parent): node.parent for node in nodes if node.parent is not None}.values())


def _siblings(node: Node) -> list[Node]:
    return [node] if node.parent is None else list(node.parent.children())


_REACH: Final[dict[str, Callable[[Node], list[Node]]]] = {
    "self": lambda node: [node],
    "child": lambda node: list(node.children()),
    "parent": lambda node: [] if node.parent is None else [node.parent],
    "descendant": lambda node: list(node.walk())[1:],
    "descendant-or-self": lambda node: list(node.walk()),
    "ancestor": lambda node: list(node.chain()[:-1]),
    "ancestor-or-self": lambda node: list(node.chain()),
    "following-sibling": lambda node: _siblings(node)[_siblings(node).index(node) + 1 :],
    "preceding-sibling": lambda node: _siblings(node)[: _siblings(node).index(node)],
}
