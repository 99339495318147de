# SPDX-License-Identifier: Apache-2.0
"""What a form asks of its answers: an expression, compiled once, asked as often as an answer changes."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from resource_centre.questionnaires.asking import Asking
from resource_centre.questionnaires.conversions import Value, number_of, string_of, truth_of
from resource_centre.questionnaires.expression_limits import COMPILED
from resource_centre.questionnaires.nodes import Node
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scene import Scene


@dataclass(frozen=True, eq=False)
class Expression:
    """An XPath of a form, ready to be asked at any turn of the item it stands at.

    `reads` are the paths of the form that it mentions, without positions and below the root; a group or repeat stands
    for all that is in it, and ``""`` for the whole form. `instances` are the tables it looks into. `volatile` says that
    it may give something else each time, or another day, with the same answers.
    """

    source: str
    at: str
    reads: frozenset[str]
    instances: frozenset[str]
    volatile: bool
    work: Callable[[Asking], Any]

    def value(self, scene: Scene, place: Node) -> Value:
        """What it gives at a node of the scene. Raises FormRefused (too_much_work, pattern) naming where it stands."""
        try:
            value: Value = self.work(Asking(scene, place))
        except FormRefused as refused:
            refused.facts = {**refused.facts, "place": self.at}
            raise
        except RecursionError:
            raise FormRefused("too_deep", place=self.at) from None
        return value

    def text(self, scene: Scene, place: Node) -> str:
        """What it gives as the text of an answer: nothing where there is no number."""
        value = self.value(scene, place)
        if isinstance(value, float) and math.isnan(value):
            return ""
        return string_of(value)

    def truth(self, scene: Scene, place: Node) -> bool:
        """Whether it is true."""
        return truth_of(self.value(scene, place))

    def number(self, scene: Scene, place: Node) -> float:
        """What it gives as a number, NaN where it is none."""
        return number_of(self.value(scene, place))

    def nodes(self, scene: Scene, place: Node) -> list[Node]:
        """The nodes it finds, such as the items of a list; none where it gives something else."""
        value = self.value(scene, place)
        return list(value) if isinstance(value, list) else []


@lru_cache(maxsize=COMPILED)
def compile_expression(text: str, *, root: str, at: str = "") -> Expression:
    """Compile an expression as it stands in an XForm.

    `root` is the name of the form's root element and `at` the path of the item whose expression it is, from which
    relative paths go. Raises FormRefused: syntax, unknown_function, forbidden_function, wrong_arguments, unknown_axis,
    too_long, too_deep, pattern.
    """
    from resource_centre.questionnaires.compiling import Compiler
    from resource_centre.questionnaires.grammar import parse

    tree = parse(text)
    here = tuple(name for name in at.split("/") if name)
    compiler = Compiler(root, here)
    try:
        part = compiler.part(tree, here)
    except RecursionError:
        raise FormRefused("too_deep") from None
    return Expression(text, at, frozenset(compiler.reads), frozenset(compiler.instances), compiler.volatile, part.work)
