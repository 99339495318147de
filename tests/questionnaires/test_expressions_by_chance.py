# SPDX-License-Identifier: Apache-2.0
"""Whatever numbers and texts are answered, expressions agree with Python's arithmetic and with elementpath's own."""

import math
import operator
from contextlib import suppress
from decimal import ROUND_FLOOR, Decimal
from typing import Any
from xml.etree import ElementTree as ET

from elementpath import XPath1Parser, select
from hypothesis import example, given
from hypothesis import strategies as st

from resource_centre.questionnaires.conversions import number_of_text, number_text
from resource_centre.questionnaires.expressions import compile_expression
from resource_centre.questionnaires.nodes import Node, node_of
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scene import Scene

numbers = st.decimals(min_value=-(10**6), max_value=10**6, places=3)
words = st.text(st.characters(codec="utf-8", exclude_categories=("C",)), max_size=20)


def value(text: str, **answers: str) -> Any:
    root = Node("data")
    for name, answer in answers.items():
        root.add(name, answer)
    return compile_expression(text, root="data").value(Scene(root), root)


@given(numbers, numbers)
def test_sums_and_products_are_pythons(one: Decimal, other: Decimal) -> None:
    a, b = float(one), float(other)
    for sign, work in (("+", operator.add), ("-", operator.sub), ("*", operator.mul)):
        assert value(f"/data/a {sign} /data/b", a=str(one), b=str(other)) == work(a, b)


@given(numbers, numbers.filter(bool))
def test_a_quotient_and_its_remainder_belong_together(one: Decimal, other: Decimal) -> None:
    a, b = float(one), float(other)
    assert value("/data/a div /data/b", a=str(one), b=str(other)) == a / b
    assert value("/data/a mod /data/b", a=str(one), b=str(other)) == math.fmod(a, b)


@given(numbers, st.integers(0, 3))
def test_halves_are_rounded_up(number: Decimal, places: int) -> None:
    step = Decimal(1).scaleb(-places)
    expected = (number / step + Decimal("0.5")).to_integral_value(ROUND_FLOOR) * step
    assert value(f"round( /data/a , {places})", a=str(number)) == float(expected)


@given(st.lists(numbers, max_size=30))
def test_totals_of_repeats_are_pythons(answers: list[Decimal]) -> None:
    root = Node("data")
    for answer in answers:
        root.add("r").add("n", str(answer))
    scene = Scene(root)
    total = compile_expression("sum( /data/r/n )", root="data").number(scene, root)
    assert math.isclose(total, float(sum(answers, Decimal())), abs_tol=1e-6)
    largest = compile_expression("max( /data/r/n )", root="data").number(scene, root)
    assert largest == float(max(answers)) if answers else math.isnan(largest)


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_written_is_the_number_read(number: float) -> None:
    assert number_of_text(number_text(number)) == number
    assert "e" not in number_text(number)


@given(words)
def test_a_text_is_itself_whatever_it_holds(text: str) -> None:
    assert value("string( /data/a )", a=text) == text
    assert value("concat( /data/a , /data/a )", a=text) == text * 2
    assert value("/data/a = /data/b", a=text, b=text) is True
    assert value("string-length( /data/a )", a=text) == len(text)


@given(st.text(max_size=60) | st.text("abx1 ./[]()'\"=<>!+-*|,$@:{}", max_size=60))
def test_any_text_is_an_expression_or_is_refused(text: str) -> None:
    with suppress(FormRefused):
        value(text, a="1")


TREE = (
    "<data><a>5</a><b>x</b><r><n>1</n><m>p</m></r><r><n>22</n><m>q</m><s><n>3</n></s></r><r><n>7</n><m>x</m></r></data>"
)

names = st.sampled_from(
    ["data", "r", "n", "m", "s", "*", "..", ".", "a", "self::r", "child::n", "descendant::n", "parent::*"]
)
filters = st.sampled_from(
    ["", "", "", "[1]", "[2]", "[last()]", "[n]", "[m = 'x']", "[n = '22']", "[n > 5]", "[position() < 3]"]
)
steps = st.tuples(st.sampled_from(["/", "/", "//"]), names, filters)


def step_text(step: tuple[str, str, str]) -> str:
    between, name, kept = step
    # Texts and the document are nodes to elementpath, and none to forms.
    return f"/{name}" if name in {".", "..", "parent::*"} else f"{between}{name}{kept}"


@example("//descendant::n[1]")
@given(st.lists(steps, min_size=1, max_size=5).map(lambda path: "".join(map(step_text, path))))
def test_a_path_leads_where_elementpath_says(path: str) -> None:
    tree = ET.fromstring(TREE)
    theirs = select(tree, f"/data{path}", parser=XPath1Parser)
    root = node_of(tree)
    ours = compile_expression(f"/data{path}", root="data").nodes(Scene(root), root)
    assert sorted(node.string() for node in ours) == sorted(
        "".join(one.itertext()) for one in theirs if isinstance(one, ET.Element)
    )
