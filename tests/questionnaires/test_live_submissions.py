"""Answers go out to Kobo and come in from it as the XML that telephones send."""

from collections.abc import Callable
from datetime import date, datetime
from xml.etree.ElementTree import fromstring

import pytest

from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.live import Facts, LiveForm
from resource_centre.questionnaires.submission import SubmissionRefused, from_submission, to_submission

FormOf = Callable[[str], Form]

FAMILY = """
| survey |
| | type | name | label | calculation | relevant |
| | today | day | | | |
| | text | name | Name | | |
| | begin group | house | House | | |
| | select_multiple need | needs | Needs | | |
| | text | which | Which? | | selected(${needs}, 'other') |
| | begin repeat | child | Child | | |
| | text | called | Called | | |
| | begin repeat | toy | Toy | | |
| | text | what | What | | |
| | end repeat | | | | |
| | end repeat | | | | |
| | end group | | | | |
| | calculate | children | | count(${child}) | |
| choices |
| | list_name | name | label |
| | need | loan | Loan |
| | need | job | Job |
| | need | other | Other |
| settings |
| | form_id | version | form_title | instance_name |
| | family | 7 | Family | concat('Family of ', ${name}) |
"""

SENT = """<?xml version='1.0' ?>
<data id="family" version="6" xmlns:orx="http://openrosa.org/xforms" xmlns:jr="http://openrosa.org/javarosa">
  <formhub><uuid>f00</uuid></formhub>
  <day>2026-11-20</day>
  <name>Siti &amp; Budi</name>
  <house>
    <needs>job loan</needs>
    <child><called>Ayu</called><toy><what>ball</what></toy><toy><what/></toy></child>
    <child><called/><toy><what/></toy></child>
    <child><called>Made</called></child>
  </house>
  <children>3</children>
  <__version__>vX</__version__>
  <orx:meta><orx:instanceID>uuid:1234</orx:instanceID><orx:instanceName>Family of Siti</orx:instanceName></orx:meta>
</data>"""


@pytest.fixture
def family(form_of: FormOf) -> Form:
    return form_of(FAMILY)


@pytest.fixture
def interview(family: Form) -> LiveForm:
    live = LiveForm(family, facts=Facts(today=date(2026, 11, 22), now=datetime.fromisoformat("2026-11-22T09:00")))
    live.answer("name", 'Siti <3> & "Budi"')
    live.answer("house/needs", "job loan")
    live.answer("house/child[1]/called", "Ayu")
    live.add_turn("house/child[1]/toy")
    live.answer("house/child[1]/toy[2]/what", " ball ")
    live.add_turn("house/child")
    return live


def test_an_interview_comes_back_as_it_went_out(interview: LiveForm, family: Form) -> None:
    answers, meta = from_submission(to_submission(interview, family, "1234"), family)
    assert answers == interview.answers()
    assert meta["instanceID"] == "uuid:1234"
    assert meta["version"] == "7"
    assert LiveForm(family, answers).places() == interview.places()


def test_the_name_of_an_interview_goes_out_with_it(interview: LiveForm, family: Form) -> None:
    interview.answer("name", "Siti")
    _answers, meta = from_submission(to_submission(interview, family, "uuid:1"), family)
    assert meta["instanceName"] == "Family of Siti"


def test_what_is_not_asked_is_left_out(interview: LiveForm, family: Form) -> None:
    root = fromstring(to_submission(interview, family, "1"))
    assert root.find("house/which") is None
    interview.answer("house/needs", "other")
    root = fromstring(to_submission(interview, family, "1"))
    assert root.find("house/which") is not None


def test_stored_answers_go_out_with_every_question(family: Form) -> None:
    root = fromstring(to_submission({"name": "Siti", "house/child[2]/called": "Ayu"}, family, "1"))
    assert root.attrib == {"id": "family", "version": "7"}
    assert [element.tag for element in root] == ["day", "name", "house", "children", "meta"]
    assert [element.text for element in root.iterfind("house/child/called")] == [None, "Ayu"]


def test_what_a_telephone_sent_is_read(family: Form) -> None:
    answers, meta = from_submission(SENT, family)
    assert answers == {
        "formhub/uuid": "f00",
        "day": "2026-11-20",
        "name": "Siti & Budi",
        "house/needs": "job loan",
        "house/child[1]/called": "Ayu",
        "house/child[1]/toy[1]/what": "ball",
        "house/child[1]/toy[2]": "",
        "house/child[2]": "",
        "house/child[2]/toy[1]": "",
        "house/child[3]/called": "Made",
        "children": "3",
        "__version__": "vX",
    }
    assert meta == {"id": "family", "version": "6", "instanceID": "uuid:1234", "instanceName": "Family of Siti"}


def test_kobo_may_call_the_form_as_it_likes(family: Form) -> None:
    answers, meta = from_submission(SENT.replace('id="family"', 'id="aXk2pQ"'), family)
    assert answers["name"] == "Siti & Budi"
    assert meta["id"] == "aXk2pQ"


def test_a_few_questions_of_the_same_name_do_not_make_it_the_form(family: Form) -> None:
    text = '<data id="a1"><name>Siti</name><debts>yes</debts><owed>5</owed><__version__>v</__version__></data>'
    with pytest.raises(SubmissionRefused) as refused:
        from_submission(text, family)
    assert refused.value.code == "other_form"


def test_what_the_form_does_not_know_survives_the_way_through(family: Form) -> None:
    answers, _meta = from_submission(SENT, family)
    live = LiveForm(family, answers)
    assert live.strangers() == {"formhub/uuid": "f00", "__version__": "vX"}
    again, _meta = from_submission(to_submission(live, family, "1234"), family)
    assert again == answers


def test_strangers_that_come_several_times_keep_their_places(family: Form) -> None:
    text = '<data id="family"><old><a>1</a></old><old><a>2</a><a>3</a></old></data>'
    answers, _meta = from_submission(text, family)
    assert answers == {"old[1]/a": "1", "old[2]/a[1]": "2", "old[2]/a[2]": "3"}
    again, _meta = from_submission(to_submission(answers, family, "1"), family)
    assert again == answers


@pytest.mark.parametrize("place", ["a b", "1/2", "x/<y>", "old[99999]/a", "a//b", ""])
def test_a_stranger_without_a_name_for_xml_does_no_harm(family: Form, place: str) -> None:
    answers, _meta = from_submission(to_submission({"name": "Siti", place: "x"}, family, "1"), family)
    assert answers == {"name": "Siti"}


def test_what_xml_cannot_hold_is_replaced(family: Form) -> None:
    answers, _meta = from_submission(to_submission({"name": "Si\x00ti\x1b"}, family, "1"), family)
    assert answers == {"name": "Si\ufffdti\ufffd"}


LOUD = '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><data id="family"><name>&e;</name></data>'
DEEP = '<data id="family">' + "<a>" * 500 + "</a>" * 500 + "</data>"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_a_submission"),
        ("name,age\nSiti,3", "not_a_submission"),
        ('<data id="family"><name></data>', "not_a_submission"),
        (LOUD, "not_a_submission"),
        ('<data id="debts"/>', "other_form"),
        ("<family/>", "other_form"),
        ('<data id="family" encrypted="yes"><base64EncryptedKey>x</base64EncryptedKey></data>', "encrypted"),
        (DEEP, "too_much"),
        ('<data id="family">' + "<a/>" * 100_001 + "</data>", "too_much"),
    ],
    ids=["empty", "a table", "cut short", "reaching out", "another form", "no id", "encrypted", "deep", "endless"],
)
def test_what_is_no_submission_of_this_form_is_refused(family: Form, text: str, code: str) -> None:
    with pytest.raises(SubmissionRefused) as refused:
        from_submission(text, family)
    assert refused.value.code == code
    assert "Siti" not in refused.value.words()
