# SPDX-License-Identifier: Apache-2.0
"""Expressions give what docs.getodk.org and the ODK XForms specification say they give, and the answers decide."""

import random
from datetime import UTC, date, datetime, timedelta, timezone
from xml.etree import ElementTree as ET

import pytest

from resource_centre.questionnaires.expressions import compile_expression
from resource_centre.questionnaires.nodes import Node, instance_of, node_of
from resource_centre.questionnaires.scene import Facts, Scene

ANSWERS = """
<data id="survey" version="7">
  <name>Adam Ant</name>
  <age>17</age>
  <income>1500.5</income>
  <enrolled>yes</enrolled>
  <empty/>
  <colours>red green purple</colours>
  <born>2001-02-03</born>
  <met>2026-11-20T08:30:00.000+07:00</met>
  <at_noon>12:00</at_noon>
  <agreed>false</agreed>
  <region>west</region>
  <trace>0 0 0 0; 0 1 0 0</trace>
  <child><name>Siti</name><age>4</age><yes>yes</yes><weight>2</weight></child>
  <child><name>Budi</name><age>11</age><yes>no</yes><weight>3</weight></child>
  <child><name/><age/><yes>yes</yes><weight>4</weight></child>
</data>
"""
TOWNS = [
    {"name": "a", "label": "Alpha", "region": "west", "people": "10"},
    {"name": "b", "label": "Beta", "region": "east", "people": "20"},
    {"name": "c", "label": "Gamma", "region": "west", "people": "30"},
]
LABELS = {("colours", "red"): "Merah", ("colours", "green"): "Hijau"}
WEST_INDONESIA = timezone(timedelta(hours=7))


@pytest.fixture
def scene() -> Scene:
    return Scene(
        node_of(ET.fromstring(ANSWERS)),
        {"towns": instance_of(TOWNS)},
        Facts(
            today=date(2026, 11, 22),
            now=datetime(2026, 11, 22, 14, 5, tzinfo=WEST_INDONESIA),
            username="sari",
            deviceid="laptop-1",
            version="7",
        ),
        choice_name=lambda path, choice: LABELS[path, choice],
        itext={"hello": "Halo"}.__getitem__,
        language="en",
        random=random.Random(1),
    )


def place(scene: Scene, path: str) -> Node:
    node = scene.root
    for step in filter(None, path.split("/")):
        name, _, turn = step.partition("[")
        node = node.kids[name][int(turn.rstrip("]") or 1) - 1]
    return node


def said(scene: Scene, text: str, at: str = "") -> str:
    plain = "/".join(step.partition("[")[0] for step in at.split("/"))
    return compile_expression(text, root="data", at=plain).text(scene, place(scene, at))


OPERATORS = [
    ("2 + 3", "5"),
    ("/data/income - 500", "1000.5"),
    ("/data/age * 1.18", "20.06"),
    ("7 div 2", "3.5"),
    ("50 div 100", "0.5"),
    ("7 mod 2", "1"),
    ("-7 mod 2", "-1"),
    ("5 mod -2", "1"),
    ("1.5 mod 0.5", "0"),
    ("( /data/age mod 2) = 0", "false"),
    ("2 + 3 * 4", "14"),
    ("(2 + 3) * 4", "20"),
    ("10 - 2 - 3", "5"),
    ("24 div 4 div 2", "3"),
    ("- 3 + 5", "2"),
    ("--3", "3"),
    ("2 - -3", "5"),
    ("5mod 2", "1"),
    ("3<4and 5>4", "true"),
    ("1.5div -.5or 0", "true"),
    (" /data/age\u00a0= 17", "true"),
    ("1 div 0", "Infinity"),
    ("-1 div 0", "-Infinity"),
    ("string(0 div 0)", "NaN"),
    ("0.1 + 0.2 = 0.3", "false"),
    ("1000000 * 1000000", "1000000000000"),
    ("1 div 1000000000", "0.000000001"),
    ("/data/enrolled = 'yes'", "true"),
    ("/data/enrolled != 'yes'", "false"),
    ("/data/age > 17", "false"),
    ("/data/age >= 17", "true"),
    ("/data/age < 65", "true"),
    ("17 <= /data/age", "true"),
    ("18 > /data/age", "true"),
    ("/data/age = 17", "true"),
    ("/data/age = '17'", "true"),
    ("/data/age = '17.0'", "false"),
    ("/data/age = 17.0", "true"),
    ("'a' = 'a'", "true"),
    ("'10' > '9'", "true"),
    ("'b' > 'a'", "false"),
    ("true() = 'anything'", "true"),
    ("true() = 0", "false"),
    ("/data/age > -1 and /data/age < 120", "true"),
    ("/data/age < 10 or /data/age > 64", "false"),
    ("1 = 1 and 2 = 2 and 3 = 4 or 5 = 5", "true"),
    ("1 = 1 or 1 = 1 and 1 = 2", "true"),
    ("not( /data/age > 3) or false()", "false"),
]

EMPTY = [
    ("/data/empty = ''", "true"),
    ("/data/empty != ''", "false"),
    ("/data/not_there = ''", "true"),
    ("/data/not_there != 'x'", "true"),
    ("/data/empty + 1", ""),
    ("string( /data/empty + 1)", "NaN"),
    ("/data/empty > 0", "false"),
    ("/data/empty <= 0", "false"),
    ("/data/empty = 0", "false"),
    ("coalesce( /data/empty , 0) + 1", "1"),
    ("if( /data/empty = '', 0, /data/empty ) + 5", "5"),
    ("number( /data/empty )", ""),
    ("string-length( /data/empty )", "0"),
    ("boolean( /data/empty )", "false"),
    ("not( /data/empty )", "true"),
    ("count-selected( /data/empty )", "0"),
]

DATES = [
    ("today()", "2026-11-22"),
    ("now()", "2026-11-22T14:05:00.000+07:00"),
    ("today() > /data/born", "true"),
    ("/data/born < '2001-02-04'", "true"),
    ("/data/born = date('2001-02-03')", "true"),
    ("/data/born != date('2001-02-03')", "false"),
    ("/data/born <= today() and /data/born >= date('2001-02-03')", "true"),
    ("/data/met < now()", "true"),
    ("/data/met = '2026-11-20T01:30:00Z'", "true"),
    ("/data/met > '2026-11-20T01:29:00Z'", "true"),
    ("int((today() - date( /data/born )) div 365.25)", "25"),
    ("today() - 1", "20778"),
    ("date(today() - 1)", "2026-11-21"),
    ("date(today() + 7)", "2026-11-29"),
    ("date(0)", "1970-01-01"),
    ("date('2026-11-20T23:59:00+07:00')", "2026-11-20"),
    ("date('')", ""),
    ("date('soon')", ""),
    ("number('1970-01-11')", "10"),
    ("number('1969-12-31')", "-1"),
    ("decimal-date-time('1970-01-02T00:00:00Z')", "1"),
    ("decimal-date-time('1970-01-02T07:00:00+07:00')", "1"),
    ("decimal-date-time('1970-01-02T12:00:00Z')", "1.5"),
    ("decimal-time( /data/at_noon )", "0.5"),
    ("decimal-time('18:00:00.000+07:00')", "0.75"),
    ("decimal-time('06:00')", "0.25"),
    ("format-date('2001-02-03', '%Y %y %m %n %b %d %e %a')", "2001 01 02 2 Feb 03 3 Sat"),
    ("format-date( /data/born , '%d/%m/%Y')", "03/02/2001"),
    ("format-date-time('2001-02-03T04:05:06.789', '%H %h %M %S %3')", "04 4 05 06 789"),
    ("format-date('', '%Y')", ""),
    ("format-date(0, '%Y-%m-%d')", "1970-01-01"),
    ("date-time('2001-02-03T04:05:06+07:00')", "2001-02-03T04:05:06.000+07:00"),
    ("'2012-02-30' < '2012-03-01'", "false"),
]

TEXTS = [
    ("concat('a', 1, true())", "a1true"),
    ("concat( /data/child/name )", "SitiBudi"),
    ("concat('one')", "one"),
    ("join(', ', /data/child/age )", "4, 11, "),
    ("join('-', 'a', 'b', 3)", "a-b-3"),
    ("substr('hello', 1)", "ello"),
    ("substr('hello', 1, 3)", "el"),
    ("substr('hello', -2)", "lo"),
    ("substr('hello', 3, 1)", ""),
    ("substring-before('2001-02', '-')", "2001"),
    ("substring-before('abc', 'x')", ""),
    ("substring-after('2001-02', '-')", "02"),
    ("substring-after('abc', 'x')", ""),
    ("translate('bar', 'abc', 'ABC')", "BAr"),
    ("translate('--aaa--', 'abc-', 'ABC')", "AAA"),
    ("string-length('héllo')", "5"),
    ("string-length()", "2"),
    ("normalize-space('  a   b ')", "a b"),
    ("contains( /data/name , 'Ant')", "true"),
    ("starts-with( /data/name , 'Adam')", "true"),
    ("ends-with( /data/name , 'Adam')", "false"),
    ("string(12.50)", "12.5"),
    ("string(3.0)", "3"),
    ("string(true())", "true"),
    ("regex('abc', '[a-z]{3}')", "true"),
    ("regex('abcd', '[a-z]{3}')", "false"),
    ("regex( /data/name , '[A-Z][a-z]+ [A-Z].*')", "true"),
    ("regex('a@b.id', '[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,4}')", "true"),
    ("regex('١٢', '\\d+')", "false"),
    ("digest('abc', 'MD5', 'hex')", "900150983cd24fb0d6963f7d28e17f72"),
    ("digest('abc', 'SHA-1')", "qZk+NkcGgWq6PiVxeFDCbJzQ2J0="),
    ("digest('abc', 'SHA-256', 'base64')", "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0="),
    ("base64-decode('SGFsbw==')", "Halo"),
    ("version()", "7"),
    ("property('username')", "sari"),
    ("property('deviceid')", "laptop-1"),
    ("jr:itext('hello')", "Halo"),
    ('"it\'s"', "it's"),
]

NUMBERS = [
    ("round(2.567, 2)", "2.57"),
    ("round(2.5)", "3"),
    ("round(-2.5)", "-2"),
    ("round(1.005, 2)", "1.01"),
    ("round(33.33, -1)", "30"),
    ("round(1234567, -3)", "1235000"),
    ("int(2.9)", "2"),
    ("int(-2.9)", "-2"),
    ("int('abc')", ""),
    ("floor(-2.5)", "-3"),
    ("ceiling(2.1)", "3"),
    ("number('12')", "12"),
    ("number(' 12.5 ')", "12.5"),
    ("number(true())", "1"),
    ("number('abc')", ""),
    ("number('1e3')", ""),
    ("number('1_000')", ""),
    ("abs(-3.5)", "3.5"),
    ("pow(2, 10)", "1024"),
    ("pow(4, 0.5)", "2"),
    ("log(1)", "0"),
    ("log10(1000)", "3"),
    ("exp(0)", "1"),
    ("exp10(2)", "100"),
    ("sqrt(16)", "4"),
    ("sqrt(-1)", ""),
    ("sin(0)", "0"),
    ("cos(0)", "1"),
    ("tan(0)", "0"),
    ("asin(0)", "0"),
    ("acos(1)", "0"),
    ("round(atan(1) * 4, 5)", "3.14159"),
    ("round(atan2(1, 1) * 4, 5)", "3.14159"),
    ("round(pi(), 4)", "3.1416"),
]

CHOICES = [
    ("selected( /data/colours , 'red')", "true"),
    ("selected( /data/colours , 're')", "false"),
    ("selected( /data/colours , 'blue')", "false"),
    ("is-selected( /data/colours , 'green')", "true"),
    ("count-selected( /data/colours ) = 3", "true"),
    ("selected-at( /data/colours , 0)", "red"),
    ("selected-at( /data/colours , 2)", "purple"),
    ("selected-at( /data/colours , 3)", ""),
    ("selected-at( /data/colours , -1)", ""),
    ("jr:choice-name(selected-at( /data/colours , 1), ' /data/colours ')", "Hijau"),
]

DECISIONS = [
    ("if( /data/age >= 18, 'adult', 'minor')", "minor"),
    ("if(true(), 1, 1 div 0)", "1"),
    ("coalesce('', 'b')", "b"),
    ("coalesce('a', 'b')", "a"),
    ("coalesce( /data/empty , /data/not_there )", ""),
    ("once('kept')", "kept"),
    ("true()", "true"),
    ("false()", "false"),
    ("boolean(0)", "false"),
    ("boolean('false')", "true"),
    ("boolean( /data/child )", "true"),
    ("boolean( /data/not_there )", "false"),
    ("boolean-from-string( /data/agreed )", "false"),
    ("boolean-from-string('1')", "true"),
    ("boolean-from-string('TRUE')", "true"),
    ("checklist(1, 2, true(), false(), true())", "true"),
    ("checklist(-1, 1, true(), true())", "false"),
    ("checklist(2, -1, /data/child/yes )", "true"),
    ("checklist(1, 1, 'no', 'yes')", "true"),
    ("weighted-checklist(5, 6, true(), 2, false(), 9, true(), 4)", "true"),
    ("weighted-checklist(-1, 5, true(), 6)", "false"),
    ("weighted-checklist(6, 6, /data/child/yes , /data/child/weight )", "true"),
    ("depend('a', 'b')", "a"),
]

SETS = [
    ("count( /data/child )", "3"),
    ("count( /data/not_there )", "0"),
    ("count-non-empty( /data/child/name )", "2"),
    ("sum( /data/child/age )", "15"),
    ("max( /data/child/age )", "11"),
    ("min( /data/child/age )", "4"),
    ("min(3, 2, 9)", "2"),
    ("max( /data/not_there )", ""),
    ("/data/child[2]/name", "Budi"),
    ("/data/child[position() = 2]/name", "Budi"),
    ("/data/child[last()]/yes", "yes"),
    ("/data/child[age > 5]/name", "Budi"),
    ("/data/child[age > 5 and name = 'Siti']/name", ""),
    ("( /data/child/name )[2]", "Budi"),
    ("count( /data/child/age | /data/age )", "4"),
    ("count(//age)", "4"),
    ("count( /data/* ) > 10", "true"),
    ("sum( /data/child[yes = 'yes']/weight )", "6"),
    ("indexed-repeat( /data/child/name , /data/child , 2)", "Budi"),
    ("indexed-repeat( /data/child/name , /data/child , 0)", "Siti"),
    ("indexed-repeat( /data/child/name , /data/child , 9)", ""),
    ("instance('towns')/root/item[region = /data/region ]/label", "Alpha"),
    ("join(' ', instance('towns')/root/item[region = /data/region ]/name)", "a c"),
    ("count(instance('towns')/root/item[true()])", "3"),
    ("count(instance('towns')/root/item[region= /data/region and people > 10])", "1"),
    ("sum(instance('towns')/root/item[region != 'east']/people)", "40"),
    ("instance('towns')/root/item[name = 'b']/label", "Beta"),
    ("instance('towns')/root/item[2]/label", "Beta"),
    ("instance('towns')/root/item[region = 'west'][2]/label", "Gamma"),
    ("count(instance('nowhere')/root/item)", "0"),
    ("pulldata('towns', 'label', 'name', 'c')", "Gamma"),
    ("pulldata('towns', 'label', 'name', 'z')", ""),
    ("pulldata('nowhere', 'label', 'name', 'c')", ""),
    ("count(randomize( /data/child ))", "3"),
]

PLACES = [
    ("round(distance( /data/trace ), 0)", "111319"),
    ("distance('1 1 0 0')", "0"),
    ("round(area('0 0 0 0; 0 0.01 0 0; 0.01 0.01 0 0; 0.01 0 0 0; 0 0 0 0') div 1000, 0)", "1239"),
    ("area('0 0; 1 1')", "0"),
    ("area('not a shape')", "0"),
    ("geofence('0.5 0.5 0 0', '0 0 0 0; 0 1 0 0; 1 1 0 0; 1 0 0 0; 0 0 0 0')", "true"),
    ("geofence('5 5 0 0', '0 0 0 0; 0 1 0 0; 1 1 0 0; 1 0 0 0; 0 0 0 0')", "false"),
]


@pytest.mark.parametrize(
    ("text", "expected"),
    [*OPERATORS, *EMPTY, *DATES, *NUMBERS, *CHOICES, *SETS, *PLACES],
)
def test_an_expression_gives_what_is_documented(scene: Scene, text: str, expected: str) -> None:
    assert said(scene, text) == expected


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_functions_on_texts_give_what_is_documented(scene: Scene, text: str, expected: str) -> None:
    assert said(scene, text, at="age") == expected


@pytest.mark.parametrize(("text", "expected"), DECISIONS)
def test_decisions_give_what_is_documented(scene: Scene, text: str, expected: str) -> None:
    assert said(scene, text, at="empty") == expected


IN_THE_SECOND_CHILD = [
    (". + 1", "12"),
    ("../name", "Budi"),
    ("./../name", "Budi"),
    ("/data/child/name", "Budi"),
    ("/data/age", "17"),
    ("../../age", "17"),
    ("position(..)", "2"),
    ("position( /data/child )", "2"),
    ("count( /data/child )", "3"),
    ("count(../../child)", "3"),
    ("sum(../../child/age)", "15"),
    ("sum( /data/child/age )", "11"),
    ("indexed-repeat( /data/child/name , /data/child , position(..) - 1)", "Siti"),
    ("indexed-repeat(../name, ../../child, 1)", "Siti"),
    ("../../child[position() = position(current()/..) - 1]/name", "Siti"),
    ("count(../../child[age < current()/../age])", "1"),
    ("instance('towns')/root/item[people = current()/. + 9]/label", "Beta"),
    ("once(99)", "11"),
    ("string-length(.) = 2 and . < 18", "true"),
    ("self::node() = 11", "true"),
    ("ancestor::data/name", "Adam Ant"),
    ("preceding-sibling::name", "Budi"),
    ("following-sibling::yes", "no"),
]


@pytest.mark.parametrize(("text", "expected"), IN_THE_SECOND_CHILD)
def test_inside_a_repeat_a_path_means_the_same_turn(scene: Scene, text: str, expected: str) -> None:
    assert said(scene, text, at="child[2]/age") == expected


def test_what_is_not_relevant_is_not_found(scene: Scene) -> None:
    third = place(scene, "child[2]")
    for node in third.walk():
        node.relevant = False
    assert said(scene, "sum( /data/child/age )") == "4"
    assert said(scene, "count( /data/child )") == "2"
    assert said(scene, "/data/child[2]/yes") == "yes"


def test_a_changed_answer_changes_what_depends_on_it(scene: Scene) -> None:
    adult = compile_expression(" /data/age  >= 18", root="data")
    assert not adult.truth(scene, scene.root)
    place(scene, "age").text = "18"
    assert adult.truth(scene, scene.root)


def test_a_turn_more_and_a_turn_less_are_counted(scene: Scene) -> None:
    count = compile_expression("count( /data/child )", root="data")
    added = scene.root.add("child")
    assert count.number(scene, scene.root) == 4
    added.remove()
    place(scene, "child[1]").remove()
    assert count.number(scene, scene.root) == 2


def test_the_items_of_a_list_come_in_its_order(scene: Scene) -> None:
    items = compile_expression("instance('towns')/root/item[region != /data/name ]", root="data")
    assert [item.kids["name"][0].text for item in items.nodes(scene, scene.root)] == ["a", "b", "c"]


@pytest.mark.parametrize(("seed", "order"), [("42", "AFCBDE"), ("'42'", "AFCBDE"), ("-42", "EDAFBC"), ("1", "BFEACD")])
def test_a_seed_shuffles_as_the_other_programs_do(scene: Scene, seed: str, order: str) -> None:
    for letter in "ABCDEF":
        scene.root.add("letter", letter)
    assert said(scene, f"concat(randomize( /data/letter , {seed}))") == order


def test_names_of_months_are_in_the_language_of_the_screen(scene: Scene) -> None:
    scene.language = "id"
    assert said(scene, "format-date('2026-05-02', '%e %b')") == "2 Mei"


def test_chance_is_the_scenes_own(scene: Scene) -> None:
    first = said(scene, "concat(random(), uuid(), uuid(5))")
    scene.random = random.Random(1)
    assert said(scene, "concat(random(), uuid(), uuid(5))") == first
    assert len(said(scene, "uuid()")) == 36
    assert len(said(scene, "uuid(5)")) == 5


def test_now_without_a_zone_takes_the_laptops(scene: Scene) -> None:
    scene.facts = Facts(now=datetime(2026, 11, 22, 14, 5))  # noqa: DTZ001 - a wall clock
    assert said(scene, "now()").startswith("2026-11-22T14:05:00.000")
    scene.facts = Facts(now=datetime(2026, 11, 22, 14, 5, tzinfo=UTC))
    assert said(scene, "now()") == "2026-11-22T14:05:00.000+00:00"


NAMED_LIKE_FUNCTIONS = [
    "date",
    "position",
    "sum",
    "text",
    "node",
    "if",
    "and",
    "or",
    "div",
    "mod",
    "true",
    "self",
    "a-b",
]


@pytest.mark.parametrize("name", NAMED_LIKE_FUNCTIONS)
def test_a_question_may_be_called_like_a_function(scene: Scene, name: str) -> None:
    scene.root.add(name, "found")
    assert said(scene, f" /data/{name}  = 'found'") == "true"
    assert said(scene, f"../{name} = 'found'", at="age") == "true"


READS = [
    ("/data/a", "x", {"a"}),
    ("../a", "g/x", {"g/a"}),
    ("../../a", "g/x", {"a"}),
    (".", "g/x", {"g/x"}),
    (". > ../min and /data/on = 'yes'", "g/x", {"g/x", "g/min", "on"}),
    ("count( /data/child )", "x", {"child"}),
    ("position(..)", "child/x", {"child"}),
    ("indexed-repeat( /data/r/q , /data/r , ../n)", "g/x", {"r/q", "r", "g/n"}),
    ("instance('l')/root/item[region = /data/region and size > current()/../size]", "g/x", {"region", "g/size"}),
    ("/data/r[q = 'a']/n", "x", {"r/q", "r/n"}),
    ("//age", "x", {""}),
    ("sum( /data/* )", "x", {""}),
    ("jr:choice-name('a', ' /data/g/q ')", "x", {"g/q"}),
    ("if( /data/a , /data/b , /data/c )", "x", {"a", "b", "c"}),
    ("once( /data/a )", "x", {"a"}),
    ("pulldata('f', 'c', 'k', ../a)", "g/x", {"g/a"}),
    ("'/data/a'", "x", set()),
]


@pytest.mark.parametrize(("text", "at", "expected"), READS)
def test_an_expression_says_what_it_reads(text: str, at: str, expected: set[str]) -> None:
    assert compile_expression(text, root="data", at=at).reads == expected


def test_an_expression_says_which_tables_it_looks_into() -> None:
    both = compile_expression("count(instance('l')/root/item) + pulldata('f', 'c', 'k', 'v')", root="data")
    assert both.instances == {"l", "f"}


@pytest.mark.parametrize("text", ["now()", "today()", "random()", "uuid()", "1 + random()", "randomize( /data/a )"])
def test_what_changes_by_itself_is_known(text: str) -> None:
    assert compile_expression(text, root="data").volatile


@pytest.mark.parametrize("text", ["1 + 1", "/data/a", "randomize( /data/a , 42)"])
def test_what_the_answers_alone_decide_is_known(text: str) -> None:
    assert not compile_expression(text, root="data").volatile
