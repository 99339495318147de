# SPDX-License-Identifier: Apache-2.0
"""Forms come from strangers: no expression reaches outside of the form, hangs the program or brings it down."""

import pytest

from resource_centre.questionnaires.expression_limits import DEEPEST, LONGEST
from resource_centre.questionnaires.expressions import Expression, compile_expression
from resource_centre.questionnaires.nodes import Node, instance_of
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.scene import Scene


def compiled(text: str) -> Expression:
    return compile_expression(text, root="data", at="q")


def refused(text: str) -> FormRefused:
    with pytest.raises(FormRefused) as caught:
        compiled(text)
    return caught.value


REACHING_OUT = [
    "doc('file:///etc/passwd')",
    "doc-available('http://example.org')",
    "document('x')",
    "collection('.')",
    "unparsed-text('/etc/passwd')",
    "unparsed-text-lines('/etc/passwd')",
    "environment-variable('HOME')",
    "available-environment-variables()",
    "json-doc('x')",
    "fn:doc('x')",
    "1 + doc ('x')",
    "if(true(), 1, doc('x'))",
]


@pytest.mark.parametrize("text", REACHING_OUT)
def test_what_reaches_outside_is_refused_by_name(text: str) -> None:
    error = refused(text)
    assert error.code == "forbidden_function"
    assert str(error.facts["name"]).removeprefix("fn:") in text
    assert str(error.facts["name"]) in error.words()


@pytest.mark.parametrize("name", ["frobnicate", "jr:frobnicate", "exec", "__import__", "system", "lower-case", "name"])
def test_an_unknown_function_is_refused_by_name(name: str) -> None:
    error = refused(f" /data/a  = 1 or {name}( /data/b )")
    assert (error.code, error.facts["name"]) == ("unknown_function", name)


@pytest.mark.parametrize("name", ["selected", "if", "regex", "round", "indexed-repeat", "jr:choice-name", "instance"])
def test_wrong_arguments_are_refused_by_the_functions_name(name: str) -> None:
    error = refused(f"{name}(1, 2, 3, 4, 5, 6, 7, 8, 9)")
    assert (error.code, error.facts["name"]) == ("wrong_arguments", name)


@pytest.mark.parametrize("text", ["count(1)", "sum('a')", "count-non-empty(true())", "randomize(3)"])
def test_what_wants_nodes_takes_nothing_else(text: str) -> None:
    assert refused(text).code == "wrong_arguments"


@pytest.mark.parametrize("text", ["instance( /data/a )/root", "pulldata( /data/a , 'b', 'c', 'd')"])
def test_a_table_is_named_in_the_form_itself(text: str) -> None:
    assert refused(text).code == "wrong_arguments"


NOT_XPATH = ["", "  ", "1 +", "(1", "1)", "'a", "a b", "1 = = 1", "/data/", "[1]", "$x", "@id", "{x}", "a[", "#", "1 2"]
NOT_XPATH += ["because pyxform doesn't know what to do", "concat(,)", "/data/(a)", "true()/a", "1 = 2 = 3", "(: :) 1"]


@pytest.mark.parametrize("text", NOT_XPATH)
def test_what_is_no_expression_is_refused(text: str) -> None:
    assert refused(text).code == "syntax"


def test_an_axis_that_leaves_the_form_is_refused_by_name() -> None:
    assert refused("namespace::x").facts["name"] == "namespace"
    assert refused("item[label::English != '']").facts["name"] == "label"


def test_length_has_a_limit() -> None:
    assert refused("1" + " + 1" * (LONGEST // 4)).code == "too_long"
    assert compiled("1" + " + 1" * (LONGEST // 4 - 1))


@pytest.mark.parametrize("nested", ["({})", "not({})", "if(1,{},0)", "a[{}]", "-({})", "concat({})"])
def test_depth_has_a_limit(nested: str) -> None:
    text = "1"
    for _level in range(DEEPEST + 1):
        text = nested.format(text)
    assert refused(text).code == "too_deep"


def test_many_signs_and_steps_do_not_exhaust_the_stack() -> None:
    with pytest.raises(FormRefused):
        compiled("-" * 15_000 + "1")
    assert compiled("/".join([".."] * 5_000)).text(*standing()) == ""
    assert compiled(" or ".join(["1 = 2"] * 1_000)).text(*standing()) == "false"
    assert compiled("if(1," * 100 + "1" + ",0)" * 100).text(*standing()) == "1"


def test_a_desert_of_blanks_is_crossed() -> None:
    assert compiled("concat" + " " * 19_000 + "('a')").text(*standing()) == "a"


def standing() -> tuple[Scene, Node]:
    root = Node("data")
    root.add("long", "a" * 5_000 + "!")
    here = root.add("q", "x")
    for number in range(300):
        root.add("r").add("n", str(number))
    return Scene(root, {"list": instance_of([{"name": str(number)} for number in range(2_000)])}), here


def stopped(text: str) -> FormRefused:
    scene, here = standing()
    expression = compiled(text)
    with pytest.raises(FormRefused) as caught:
        expression.value(scene, here)
    assert caught.value.facts["place"] == "q"
    return caught.value


ENDLESS_PATTERNS = [
    "(a|aa)+$",
    "(a+)+b?c",
    "(x+x+)+y|(a|a?)+z",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(?:a?){500}a{500}b",
    "(?=(a+)+b)(a+)+c",
]


@pytest.mark.parametrize("pattern", ENDLESS_PATTERNS)
def test_a_pattern_that_would_run_for_ever_comes_to_an_end(pattern: str) -> None:
    scene, here = standing()
    expression = compiled(f"regex( /data/long , '{pattern}')")
    try:
        assert expression.value(scene, here) is False
    except FormRefused as refusal:
        assert refusal.code == "too_much_work"  # noqa: PT017 - either end is a good one


UNREADABLE_PATTERNS = [
    "(",
    "[a",
    "*",
    "(((a{1000}){1000}){1000})",
    "a{99999999}",
    "(?R)",
    "(?1)",
    "(" * 1500,
    "a" * 2001,
]


@pytest.mark.parametrize("pattern", UNREADABLE_PATTERNS)
def test_a_pattern_that_cannot_be_read_is_refused(pattern: str) -> None:
    assert stopped(f"regex('a', '{pattern}')").code == "pattern"


def test_counts_beside_one_another_are_no_burden() -> None:
    scene, here = standing()
    long_but_honest = r"regex('0812-3456', '[0-9]{4}-.{0,900}[0-9]{0,900}.{0,900}')"
    assert compiled(long_but_honest).truth(scene, here)


def test_patterns_asked_of_many_items_share_one_time() -> None:
    assert stopped("count(instance('list')/root/item[regex( /data/long , '(a|aa)+$')])").code == "too_much_work"


DEAR = [
    "count(//n[count(//n[count(//n[count(//n) > 1]) > 1]) > 1])",
    "count(//*[. = 'none' or //* = //*/none or //r/n[. = 'none'] = //n])",
    "instance('list')/root/item > instance('list')/root/item",
    "count(instance('list')/root/item[count(instance('list')/root/item[name > current()/.]) > 0])",
    "count(/data/r[/data/r[/data/r[/data/r/n = 'none']/n = 'none']/n = 'none'])",
    "join( /data/long , /data/r/n )",
    "uuid(999999999)",
    "concat(" + ",".join(["/data/long"] * 30) + ")",
]


@pytest.mark.parametrize("text", DEAR)
def test_what_asks_for_too_much_is_stopped(text: str) -> None:
    assert stopped(text).code == "too_much_work"


LARGE = [
    ("pow(9, 99999)", "Infinity"),
    ("pow(-9, 99999)", "-Infinity"),
    ("pow(-9, 99998)", "Infinity"),
    ("pow(0, -1)", "Infinity"),
    ("exp(99999)", "Infinity"),
    ("exp10(99999)", "Infinity"),
    ("round(1, 999999999)", ""),
    ("round(pow(10, 300), 2) > 1", "true"),
    ("date(99999999999)", ""),
    ("date(1 div 0)", ""),
    ("format-date(-99999999999, '%Y')", ""),
    ("substr('abc', 99999999999999)", ""),
    ("substr('abc', 0 div 0)", "abc"),
    ("selected-at('a b', 0 div 0)", ""),
    ("selected-at('a b', 1 div 0)", ""),
    ("int(1 div 0)", "Infinity"),
    ("number('" + "9" * 500 + "')", "Infinity"),
    ("string-length(string(pow(10, 308)))", "309"),
    ("indexed-repeat( /data/r/n , /data/r , 0 div 0)", ""),
    ("indexed-repeat( /data/r/n , /data/r , 1 div 0)", ""),
    ("count(randomize( /data/r , 1 div 0))", "300"),
    ("/data/r[0 div 0]/n", ""),
    ("/data/r[99999999999999999]/n", ""),
    ("log(0)", "-Infinity"),
    ("round(pow(10, 27), 2) > 1", "true"),
    ("decimal-date-time('9999-12-31T23:59:59-07:00') > 0", "true"),
    ("decimal-date-time('0001-01-01T00:00:00+07:00') < 0", "true"),
    ("substr(date-time('0001-01-01'), 0, 10)", "0001-01-01"),
    ("base64-decode('*')", ""),
]


@pytest.mark.parametrize(("text", "expected"), LARGE)
def test_what_is_too_large_has_an_answer(text: str, expected: str) -> None:
    scene, here = standing()
    assert compiled(text).text(scene, here) == expected


def test_texts_that_double_one_another_stop() -> None:
    scene, here = standing()
    double = compiled("concat(., .)")
    with pytest.raises(FormRefused):
        for _time in range(100):
            here.text = double.text(scene, here)
    assert len(here.text) <= 100_000


def test_a_refusal_holds_no_answer() -> None:
    scene, here = standing()
    here.text = "3216549870123456"
    with pytest.raises(FormRefused) as caught:
        compiled("uuid(.)").value(scene, here)
    assert here.text not in f"{caught.value!r}{caught.value.facts}{caught.value.words()}"
