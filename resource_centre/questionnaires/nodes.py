# SPDX-License-Identifier: Apache-2.0
"""The answers of one filling-in as a tree, and the tables beside it, light enough to change at every keystroke."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from xml.etree.ElementTree import Element

from resource_centre.questionnaires.sources import local_name


class Node:
    """One element: a group with `kids` or a question with `text`.

    `kids` holds the children by name, in the order of the form; a repeat has several of one name. `text` may be set at
    any time. What is not `relevant` (itself or a group around it) is not found by any path. A `frozen` tree never
    changes, which lets filters over long lists look up instead of search.
    """

    __slots__ = ("frozen", "kids", "name", "parent", "relevant", "tables", "text")

    def __init__(self, name: str, text: str = "", parent: Node | None = None) -> None:
        self.name = name
        self.text = text
        self.parent = parent
        self.kids: dict[str, list[Node]] = {}
        self.relevant = True
        self.frozen = False
        self.tables: dict[tuple[str, str], dict[str, list[Node]]] | None = None

    def add(self, name: str, text: str = "") -> Node:
        """A new child after its namesakes."""
        child = Node(name, text, self)
        self.kids.setdefault(name, []).append(child)
        return child

    def remove(self) -> None:
        """Take this node out of the tree."""
        if self.parent is not None:
            namesakes = self.parent.kids[self.name]
            namesakes.remove(self)
            if not namesakes:
                del self.parent.kids[self.name]
            self.parent = None

    def children(self) -> Iterator[Node]:
        """All children in the order of the form."""
        for namesakes in self.kids.values():
            yield from namesakes

    def walk(self) -> Iterator[Node]:
        """This node and all below it, each before its children."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(list(node.children())))

    def string(self) -> str:
        """Its text; of a group, the texts of all in it."""
        return "".join(node.text for node in self.walk()) if self.kids else self.text

    def turn(self) -> int:
        """Which of its namesakes it is, counted from 1."""
        return self.parent.kids[self.name].index(self) + 1 if self.parent is not None else 1

    def chain(self) -> tuple[Node, ...]:
        """The nodes from the root down to this one."""
        nodes: list[Node] = []
        node: Node | None = self
        while node is not None:
            nodes.append(node)
            node = node.parent
        return tuple(reversed(nodes))

    def top(self) -> Node:
        """The root of its tree."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def table(self, name: str, column: str) -> dict[str, list[Node]]:
        """The children called `name` by the text of their `column`; of a frozen node worked out once."""
        tables = self.tables
        if tables is None:
            tables = {}
            self.tables = tables if self.frozen else None
        found = tables.get((name, column))
        if found is None:
            found = tables[name, column] = {}
            for child in self.kids.get(name, ()):
                for text in {kid.string() for kid in child.kids.get(column, ())} or {""}:
                    found.setdefault(text, []).append(child)
        return found


def node_of(element: Element, parent: Node | None = None) -> Node:
    """The tree of an XML element, names without their namespaces. Templates of repeats are left out."""
    node = Node(local_name(element), (element.text or "").strip() if len(element) else element.text or "")
    node.parent = parent
    for child in element:
        if not callable(child.tag) and not any(key.endswith("}template") for key in child.attrib):
            kid = node_of(child, node)
            node.kids.setdefault(kid.name, []).append(kid)
    return node


def instance_of(rows: Iterable[Mapping[str, str]]) -> Node:
    """A table as expressions reach it: ``instance('list')/root/item`` with one element per column."""
    document = Node("")
    root = document.add("root")
    document.frozen = root.frozen = True
    for row in rows:
        item = root.add("item")
        item.frozen = True
        for column, text in row.items():
            item.add(column, text)
    return document
