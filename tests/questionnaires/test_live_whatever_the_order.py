"""Whatever is answered, in whatever order, and taken back: an interview stands as one begun with its answers."""

import random
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from xml.etree.ElementTree import fromstring, tostring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resource_centre.errors import Refused
from resource_centre.questionnaires.form import CHOICES, MEDIA, Form, Question
from resource_centre.questionnaires.live import Facts, LiveForm, State
from resource_centre.questionnaires.submission import from_submission, to_submission

FormOf = Callable[[str], Form]

WORKBOOKS = Path(__file__).parents[3] / "shared" / "data" / "xlsforms"
FACTS = Facts(
    today=date(2026, 11, 22), now=datetime.fromisoformat("2026-11-22T09:30"), username="siti", deviceid="desk-1"
)

XFORMS = "{http://www.w3.org/2002/xforms}"
HEAD = "{http://www.w3.org/1999/xhtml}head/" + XFORMS
TEMPLATE = "{http://openrosa.org/javarosa}template"

TANGLE = """
| survey |
||type|name|label|relevant|required|constraint|calculation|choice_filter|repeat_count|default|trigger|readonly|
| | text | name | Name | | yes | | | | | | | |
| | select_one province | province | Province | | | | | | | | | |
| | select_one regency | regency | Regency of ${name} | ${province} != '' | yes | | | province = ${province} | | | | |
| | select_multiple help | help | Help | | | count-selected(.) <= 2 | | | | loan | | |
| | begin group | work | Work | selected(${help}, 'job') | | | | | | | | |
| | integer | pay | Pay | | ${name} = 'b' | . > 5 | | | | 7 | | |
| | integer | twice | Twice | | | | ${pay} * 2 | | | | | |
| | text | note_pay | Note | ${twice} > 20 | yes | | | | | | | ${name} = 'a' |
| | end group | | | | | | | | | | | |
| | begin repeat | child | Child | ${name} != 'c' | | | | | | | | |
| | integer | age | Age | | | . < 20 | | | | 3 | | |
| | select_one help | wants | Child ${age} of ${ages} wants | ${age} > 4 | yes | | | | | | | |
| | calculate | elder | | | | | if(${age} > 10, concat(${name}, position(..)), '') | | | | | |
| | begin repeat | friend | Friend | ${wants} = 'job' | | | | | count-selected(${help}) | | | |
| | text | called | Friend of ${elder} | | | | | | | | | |
| | end repeat | | | | | | | | | | | |
| | end repeat | | | | | | | | | | | |
| | calculate | ages | | | | | sum(${age}) | | | | | |
||calculate|all||${ages} < 30|||concat(${ages}, '-', count(${child}), '-', join(',', ${called}))||||||
| | text | seen | Seen | ${all} != '' | | | concat(${name}, ${ages}) | | | | ${name} | |
| choices |
| | list_name | name | label | province |
| | province | 1 | NTB | |
| | province | 2 | Bali | |
| | regency | a | Mataram | 1 |
| | regency | b | Bima | 1 |
| | regency | c | Badung | 2 |
| | help | loan | Loan | |
| | help | job | Job | |
| | help | none | None | |
"""

TEXTS = ("", "a", "b", "c", "1", "2", "3", "8", "12", "25", "job", "loan job", "loan job none", "x y")

STEPS = st.lists(
    st.tuples(st.sampled_from(("answer",) * 8 + ("why", "add", "take")), st.integers(0, 60), st.sampled_from(TEXTS)),
    min_size=1,
    max_size=25,
)


@pytest.fixture(scope="module")
def tangle() -> Form:
    from resource_centre.questionnaires.reading import read_form

    return read_form(TANGLE, name="tangle")


def told(live: LiveForm) -> dict[str, tuple[State, str, tuple[str, ...]]]:
    """What a person sees: of places that are asked, their state, words and choices."""
    return {
        place: (live.state(place), live.label(place), tuple(choice.name for choice in live.choices(place)))
        for place in live.places()
        if live.state(place).relevant
    }


def step(live: LiveForm, what: str, number: int, text: str) -> frozenset[str]:
    if what in ("answer", "why"):
        places = [place for place in live.places() if isinstance(live.item(place), Question)]
        place = places[number % len(places)]
        return live.answer(place, text) if what == "answer" else live.answer(place, None, "unknown")
    turns = [
        place for place in live.places() if place.startswith("child[") and place.endswith("]") and "/" not in place
    ]
    if what == "add" and live.may_add("child") and len(turns) < 4:
        live.add_turn("child")
        return live.touched
    if what == "take" and turns:
        return live.remove_turn(turns[number % len(turns)])
    return frozenset()


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_an_interview_stands_as_one_opened_afresh(tangle: Form, steps: list[tuple[str, int, str]]) -> None:
    live = LiveForm(tangle, facts=FACTS)
    for one in steps:
        step(live, *one)
    again = LiveForm(tangle, *live.remembered(), facts=FACTS)
    assert again.places() == live.places()
    assert told(again) == told(live)
    assert again.answers() == live.answers()
    assert again.problems() == live.problems()
    assert again.progress() == live.progress()


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_every_place_that_looks_different_is_named(tangle: Form, steps: list[tuple[str, int, str]]) -> None:
    live = LiveForm(tangle, facts=FACTS)
    before = told(live)
    for one in steps:
        named = step(live, *one)
        after = told(live)
        assert {place for place in after if before.get(place) != after[place]} <= named
        assert {place for place in before if place not in after and place in live.places()} <= named
        before = after


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_what_is_stored_is_enough_to_go_on(tangle: Form, steps: list[tuple[str, int, str]]) -> None:
    live = LiveForm(tangle, facts=FACTS)
    for one in steps:
        step(live, *one)
    if not live.answers() and not live.unanswered():
        return  # nothing was answered, so this is a new interview
    again = LiveForm(tangle, live.answers(), live.unanswered(), facts=FACTS)
    assert again.answers() == live.answers()
    assert told(again) == told(live)


def plausible(live: LiveForm, place: str, dice: random.Random) -> str | None:
    """An answer of the kind that is asked for."""
    question = live.item(place)
    assert isinstance(question, Question)
    if question.kind in CHOICES:
        names = list(dict.fromkeys(choice.name for choice in live.choices(place)))
        dice.shuffle(names)
        return " ".join(names[: {"select_one": 1, "rank": None}.get(question.kind, 2)]) or None
    samples = {
        "integer": str(dice.randrange(60)),
        "decimal": "12.5",
        "date": "2026-11-22",
        "time": "08:30:00.000+07:00",
        "datetime": "2026-11-22T08:30:00.000+07:00",
        "range": question.parameters.get("start", "1"),
        "geopoint": "-8.58 116.12 12 4.5",
        "geotrace": "-8.58 116.12 0 0; -8.6 116.2 0 0",
        "geoshape": "-8.58 116.12; -8.6 116.2; -8.7 116.0; -8.58 116.12",
        "acknowledge": "OK",
    }
    return samples.get(question.kind, "photo.jpg" if question.kind in MEDIA else "Lombok")


def accepted() -> list[Path]:
    if not WORKBOOKS.is_dir():
        return []
    return sorted(file for file in WORKBOOKS.iterdir() if file.suffix in (".xls", ".xlsx"))


def filled(form: Form) -> tuple[str, list[str]]:
    """A submission made from the form's own empty instance, as pyxform wrote it, and the texts in it."""
    model = fromstring(form.xform).find(f"{HEAD}model")
    assert model is not None
    instance = model.find(f"{XFORMS}instance")
    assert instance is not None
    root = instance[0]
    for parent in [root, *root.iter()]:
        for child in list(parent):
            if child.get(TEMPLATE) is not None:
                parent.remove(child)
    texts = []
    for number, element in enumerate(one for one in root.iter() if not len(one) and one is not root):
        element.text = f"answer {number}"
        texts.append(element.text)
    return tostring(root, encoding="unicode"), texts


@pytest.mark.skipif(not WORKBOOKS.is_dir(), reason="pyxform's workbooks are not beside the project")
@pytest.mark.parametrize("workbook", accepted(), ids=lambda file: file.name)
def test_what_pyxforms_own_forms_send_is_read(workbook: Path) -> None:
    from resource_centre.questionnaires.reading import read_form

    try:
        form = read_form(workbook)
    except Refused:
        return
    xml, texts = filled(form)
    answers, meta = from_submission(xml, form)
    assert sorted(
        [*answers.values(), *(text for name, text in meta.items() if name not in ("id", "version"))]
    ) == sorted(texts)
    assert LiveForm(form, answers).strangers() == {}


@pytest.mark.skipif(not WORKBOOKS.is_dir(), reason="pyxform's workbooks are not beside the project")
@pytest.mark.parametrize("workbook", accepted(), ids=lambda file: file.name)
def test_every_workbook_that_is_read_can_be_answered(workbook: Path) -> None:
    from resource_centre.questionnaires.reading import read_form

    try:
        form = read_form(workbook)
    except Refused:
        return  # that it is rightly refused is looked at where forms are read
    live = LiveForm(form, facts=FACTS)
    dice = random.Random(workbook.name)
    for place in live.places():
        item = live.item(place)
        if isinstance(item, Question) and item.asked and item.kind != "note" and live.state(place).relevant:
            live.answer(place, plausible(live, place, dice))
            assert live.state(place).code in ("", "constraint", "required_unanswered"), place
    assert told(LiveForm(form, *live.remembered(), facts=FACTS)) == told(live)
    assert from_submission(to_submission(live, form, "1"), form)[0] == live.answers()
