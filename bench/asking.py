# SPDX-License-Identifier: Apache-2.0
"""How fast the expressions of a questionnaire are asked: after an answer, all that depend on it, at every keystroke."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from elementpath import XPath1Parser, XPathContext
from elementpath.xpath_nodes import XPathNode

from bench.ratio import Measured, paired
from resource_centre.questionnaires.expressions import compile_expression
from resource_centre.questionnaires.nodes import node_of
from resource_centre.questionnaires.scene import Scene

QUESTIONS = 300
DEPENDENT = 100


def expressions() -> Measured:
    """A hundred conditions over a form of 300 questions, against elementpath's evaluation of the same ones."""
    tree = ET.fromstring(_answers())
    texts = [f"/data/part/q{one} = 'yes' and /data/part/q{one + 1} != 'no'" for one in range(DEPENDENT)]
    root = node_of(tree)
    scene = Scene(root)
    ours = [compile_expression(text, root="data") for text in texts]
    theirs = [XPath1Parser().parse(text) for text in texts]
    nodes: XPathNode = XPathContext(tree).root

    def ask() -> None:
        for expression in ours:
            expression.truth(scene, root)

    def bare() -> None:
        for token in theirs:
            token.evaluate(XPathContext(nodes))

    what = f"{DEPENDENT} conditions of a form of {QUESTIONS} questions"
    return paired(what, "elementpath's own evaluation, its tree of nodes made once", ask, bare, aim="1")


def _answers() -> str:
    questions = "".join(f"<q{one}>yes</q{one}>" for one in range(QUESTIONS))
    return f"<data><part>{questions}</part></data>"
