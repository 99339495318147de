# SPDX-License-Identifier: Apache-2.0
"""The round trip: the form goes to Kobo, its submissions come in once each, and answers go on to another centre."""

import datetime as dt
import io
import zipfile
from xml.etree.ElementTree import SubElement, fromstring, tostring

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from sqlalchemy import select

from resource_centre.errors import Refused
from resource_centre.questionnaires.kobo_writing import Submitted, workbook_of_answers
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.submission_files import read_submissions
from resource_centre.questionnaires.writing import workbook_of
from resource_centre.records import Person, Response, TrainingEvent
from resource_centre.registers.importing import undo_import
from resource_centre.services.answer_exports import export_answers
from resource_centre.services.intake import register_intake
from resource_centre.services.questionnaires import publish
from resource_centre.services.response_lists import responses_to
from resource_centre.services.responses import response, save_response
from resource_centre.services.submissions import take_in_file
from resource_centre.services.training import record_training

VILLAGE = "52.03.01.2001"
OTHER_VILLAGE = "52.03.02.2001"
NIK = "9903014101900001"
HOME = """
| survey |
| | type                     | name   | label           | required | constraint | relevant      | calculation |
| | today                    | day    |                 |          |            |               | |
| | text                     | client | Client number   |          |            |               | |
| | begin_group              | house  | The house       |          |            |               | |
| | select_multiple use or_other | uses | What is the money for? |    |            |               | |
| | geopoint                 | gps    | Where is it?    |          |            |               | |
| | integer                  | rooms  | How many rooms? | yes      | . < 30     |               | |
| | end_group                |        |                 |          |            |               | |
| | begin_repeat             | child  | A child         |          |            | ${rooms} > 0  | |
| | text                     | called | Called          |          |            |               | |
| | decimal                  | weight | Weight          |          |            |               | |
| | end_repeat               |        |                 |          |            |               | |
| | calculate                | twice  |                 |          |            |               | ${rooms} * 2 |
| choices |
| | list_name | name | label |
| | use       | food | Food  |
| | use       | debt | Debts |
| settings |
| | form_title | form_id | version |
| | Home       | home    | 1       |
"""
ANSWERS = {
    "day": "2026-11-20",
    "house/uses": "food other",
    "house/uses_other": "seed & feed",
    "house/gps": "-8.58 116.1 12 5.5",
    "house/rooms": "3",
    "child[1]/called": "Ayu",
    "child[1]/weight": "12.5",
    "child[2]/called": "Made",
    "twice": "6",
}
EVERY = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40)


@pytest.fixture(scope="module")
def home():
    return read_form(HOME, name="home.md")


@pytest.fixture
def shelf(session, home):
    """Puts the form on the shelf."""

    def put(form=home, **facts):
        return publish(session, form, **{"kind": "survey", "about": "person", "sensitivity": "ordinary", **facts}).id

    return put


@pytest.fixture
def taken(session, tmp_path):
    """Takes a file of submissions in."""

    def take(content, ending=".xlsx", name="home", **how):
        path = tmp_path / f"in{ending}"
        path.write_bytes(content)
        return take_in_file(session, name, path, **how)

    return take


@pytest.fixture
def siti(session):
    return register_intake(
        session,
        person={"full_name": "Siti Aminah", "sex": "P"},
        identifiers=[{"kind": "nik", "value": NIK}],
        address={"village_code": VILLAGE},
    ).person_id


def phone(xform, answers, uuid):
    """A telephone that was given the form: the instance of its XForm, answered, as it is sent."""
    root = fromstring(xform)
    local = {"h": "http://www.w3.org/1999/xhtml", "x": "http://www.w3.org/2002/xforms"}
    primary = root.find("h:head/x:model/x:instance", local)[0]
    for element in [*primary.iter()]:
        for child in [*element]:
            if any("template" in name for name in child.attrib):
                element.remove(child)
        element.text = None
    begin = primary.tag.rpartition("}")[0] + "}"
    for place, text in answers.items():
        element = primary
        for step in place.split("/"):
            name, _bracket, turn = step.rstrip("]").partition("[")
            found = element.findall(begin + name)
            while len(found) < int(turn or 1):
                found.append(SubElement(element, begin + name))
            element = found[int(turn or 1) - 1]
        element.text = text
    primary.find(f"{begin}meta/{begin}instanceID").text = f"uuid:{uuid}"
    return tostring(primary)


def packed(*members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for number, content in enumerate(members):
            made.writestr(f"{number}/submission.xml", content)
    return file.getvalue()


def sent(home, *answers, **system):
    """A workbook of Kobo with these submissions."""
    rows = [Submitted(f"u{number}", one, system=system) for number, one in enumerate(answers, start=1)]
    return workbook_of_answers([home], rows)


def test_the_form_that_goes_out_is_the_same_form(home):
    again = read_form(workbook_of(home), name="home.xlsx")
    assert ([*again.questions()], again.lists, again.version) == ([*home.questions()], home.lists, home.version)


def test_what_a_telephone_sends_comes_in_as_it_was_answered(session, home, shelf, taken, tmp_path):
    from pyxform.xls2xform import convert

    shelf()
    out = tmp_path / "home.xlsx"
    out.write_bytes(workbook_of(home))
    xform = convert(xlsform=str(out)).xform
    done = taken(packed(phone(xform, ANSWERS, "p1"), phone(xform, {"house/rooms": "0", "twice": "0"}, "p2")), ".zip")
    assert (len(done.new), done.to_look_at, done.left) == (2, [], [])
    opened = response(session, done.new[0])
    assert (opened.answers, opened.state, opened.asked["mode"]) == (ANSWERS, "complete", "kobo")
    assert opened.asked["asked_on"] == dt.date(2026, 11, 20)


def test_a_file_brought_again_changes_nothing(session, home, shelf, taken):
    shelf()
    first = taken(sent(home, ANSWERS, {"house/rooms": "1"}))
    again = taken(sent(home, ANSWERS, {"house/rooms": "1"}))
    assert (len(first.new), again.new, again.known) == (2, [], 2)
    assert len(responses_to(session, "home")) == 2


def test_an_import_is_undone_as_one_act_and_may_be_brought_again(session, home, shelf, taken):
    shelf()
    first = taken(sent(home, ANSWERS, {"house/rooms": "1"}))
    assert undo_import(session, first.batch_id).voided == 2
    assert responses_to(session, "home") == []
    again = taken(sent(home, ANSWERS, {"house/rooms": "1"}))
    assert (len(again.new), again.known, len(responses_to(session, "home"))) == (2, 0, 2)
    assert taken(sent(home, ANSWERS, {"house/rooms": "1"})).known == 2


def test_what_does_not_satisfy_the_form_is_kept_to_look_at_and_named(session, home, shelf, taken):
    shelf()
    done = taken(sent(home, ANSWERS, {"house/rooms": "40"}, {"day": "2026-11-20"}))
    assert [(one.row, [(found.field, found.code) for found in one.problems]) for one in done.to_look_at] == [
        (3, [("house/rooms", "constraint")]),
        (4, [("house/rooms", "required_unanswered")]),
    ]
    assert done.to_look_at[0].said.startswith("How many rooms? – ")
    opened = response(session, done.to_look_at[0].id)
    assert (opened.state, opened.answers) == ("begun", {"house/rooms": "40"})


def test_a_day_in_doubt_is_looked_at_by_a_person(session, shelf, taken):
    dated = read_form(
        "| survey |\n| | type | name | label |\n| | date | born | Born |\n| settings |\n| | form_id |\n| | d |\n",
        name="d.md",
    )
    shelf(dated)
    done = taken(b"born;_uuid\n03/04/2019;u1\n2019-04-03;u2\n", ".csv", "d")
    assert [(one.row, one.problems[0].field) for one in done.to_look_at] == [(2, "born")]


@pytest.mark.parametrize("written", ["number", "nik", "nik with blanks"])
def test_somebody_is_known_by_a_number_in_a_question(session, home, shelf, taken, siti, written):
    shelf()
    number = {"number": session.get(Person, siti).number, "nik": NIK, "nik with blanks": f"{NIK[:6]} {NIK[6:]}"}
    done = taken(sent(home, {"client": number[written], "house/rooms": "1"}), person_question="client")
    assert (session.get(Response, done.new[0]).person_id, done.unlinked) == (siti, 0)


def test_a_number_of_nobody_links_to_nobody(session, home, shelf, taken, siti):
    shelf()
    done = taken(sent(home, {"client": "9903014101900002", "house/rooms": "1"}), person_question="client")
    assert (session.get(Response, done.new[0]).person_id, done.unlinked) == (None, 1)


def test_each_submission_stays_with_its_version(session, home, shelf, taken):
    first = shelf()
    second = shelf(read_form(HOME.replace("| home    | 1 ", "| home    | 2 ").replace("called", "named"), name="h.md"))
    rows = [
        Submitted("u1", {"house/rooms": "1", "child[1]/called": "Ayu"}, system={"__version__": "1"}),
        Submitted("u2", {"house/rooms": "1", "child[1]/named": "Ayu"}, system={"__version__": "2"}),
        Submitted("u3", {"house/rooms": "1", "child[1]/called": "Ayu"}, system={"__version__": "vKobo"}),
    ]
    forms = [read_form(HOME.replace("called", "named"), name="h.md"), home]
    done = taken(workbook_of_answers(forms, rows))
    kept = {one.submission_uuid: one.version_id for one in session.scalars(select(Response))}
    assert kept == {"u1": first, "u2": second, "u3": first}
    assert done.left == []


def test_unknown_columns_are_kept_and_the_log_takes_them(session, shelf, taken):
    shelf()
    done = taken(b"house/rooms;_id;Any remarks?;twice\n1;77;none;2\n", ".csv")
    assert session.get(Response, done.new[0]).came_with == {"_id": "77", "Any remarks": "none"}


def test_answers_about_an_event_know_it_by_its_number_and_come_back_to_it(session, home, shelf, taken):
    shelf(about="event", kind="evaluation")
    held = record_training(
        session, event={"training_type": "kelas", "starts_on": dt.date(2026, 11, 19), "topic": "Uang"}
    ).id
    number = session.get(TrainingEvent, held).number
    without = taken(sent(home, {"house/rooms": "1"}))
    assert [one.problems[0].field for one in without.left] == ["event_id"]
    done = taken(sent(home, {"house/rooms": "1"}, _event_number=number))
    assert session.get(Response, done.new[0]).event_id == held
    content = load_workbook(io.BytesIO(export_answers(session, "home"))).worksheets[0]
    assert number in {cell for row in content.iter_rows(values_only=True) for cell in row}


def test_protected_answers_about_nobody_are_left_and_named(session, home, shelf, taken):
    shelf(sensitivity="protected")
    done = taken(sent(home, ANSWERS))
    assert (done.new, [(one.row, one.problems[0].code) for one in done.left]) == ([], [(2, "register_first")])


def test_what_a_counsellor_may_not_read_is_gone_on_with_as_a_draft_and_not_overwritten(
    session, home, shelf, taken, siti
):
    version = shelf(sensitivity="protected")
    number = session.get(Person, siti).number
    content = sent(home, {"client": number})
    done = taken(content, person_question="client")
    (one,) = done.to_look_at
    assert (done.batch_id, response(session, one.id).kept_as_draft) == (None, True)
    save_response(session, one.id, version_id=version, answers={"house/rooms": "2"}, state="begun")
    assert taken(content, person_question="client").known == 1
    assert response(session, one.id).answers == {"house/rooms": "2"}


def test_a_collector_takes_no_file_in_and_gives_out_only_what_is_theirs(centre, home, tmp_path, collector_session):
    with centre.change() as session:
        version = publish(session, home, kind="survey", about="person", sensitivity="ordinary").id
        for village, rooms in ((VILLAGE, "1"), (OTHER_VILLAGE, "2")):
            somebody = register_intake(
                session, person={"full_name": "Siti", "sex": "P"}, identifiers=[], address={"village_code": village}
            ).person_id
            about = {"version_id": version, "state": "complete", "person_id": somebody}
            save_response(session, None, answers={"house/rooms": rooms, "twice": "2"}, **about)
    collector = collector_session(VILLAGE)
    sheet = load_workbook(io.BytesIO(export_answers(collector, "home"))).worksheets[0]
    headings, *rows = sheet.iter_rows(values_only=True)
    assert [row[headings.index("house/rooms")] for row in rows] == [1]
    (tmp_path / "in.xlsx").write_bytes(sent(home, ANSWERS))
    with pytest.raises(Refused) as caught:
        take_in_file(collector, "home", tmp_path / "in.xlsx")
    assert caught.value.code == "not_allowed"


def test_who_does_not_read_the_answers_does_not_get_them(session, home, shelf):
    shelf(sensitivity="protected")
    with pytest.raises(Refused) as caught:
        export_answers(session, "home")
    assert caught.value.code == "not_allowed"


def test_nobody_is_named_unless_asked_for(session, home, shelf, taken, siti):
    shelf()
    number = session.get(Person, siti).number
    taken(sent(home, {"client": "", "house/rooms": "1"}, _submitted_by="ratna", _client_number=number))
    for asked in (False, True):
        content = load_workbook(io.BytesIO(export_answers(session, "home", numbers=asked))).worksheets[0]
        said = {cell for row in content.iter_rows(values_only=True) for cell in row}
        assert ({"ratna", number} & said != set()) is asked


def test_a_period_and_only_what_is_complete_goes_out(session, home, shelf):
    version = shelf()
    for day, state in (("2026-10-31", "complete"), ("2026-11-05", "complete"), ("2026-11-06", "begun")):
        save_response(
            session, None, version_id=version, answers={"house/rooms": day[-1]}, state=state,
            asked_on=dt.date.fromisoformat(day),
        )  # fmt: skip
    seen = []
    content = export_answers(
        session, "home", since=dt.date(2026, 11, 1), until=dt.date(2026, 11, 30), progress=lambda *at: seen.append(at)
    )
    assert load_workbook(io.BytesIO(content)).worksheets[0].max_row == 2
    assert seen == [(1, 1)]


def test_on_every_database_answers_go_out_and_come_back_as_known(either_centre, home, tmp_path):
    with either_centre.change() as session:
        publish(session, home, kind="survey", about="person", sensitivity="ordinary")
        (tmp_path / "in.xlsx").write_bytes(sent(home, ANSWERS, {"house/rooms": "40"}))
        done = take_in_file(session, "home", tmp_path / "in.xlsx")
        assert (len(done.new), len(done.to_look_at)) == (2, 1)
    with either_centre.read() as session:
        (tmp_path / "out.xlsx").write_bytes(export_answers(session, "home"))
    with either_centre.change() as session:
        again = take_in_file(session, "home", tmp_path / "out.xlsx")
    assert (again.new, again.known) == ([], 1)


@pytest.mark.parametrize("ending", [".xlsx", ".zip"])
def test_answers_go_on_to_another_centre_as_they_are(centre, centre_folder, home, tmp_path, ending):
    why = {"child[2]/weight": "refused"} if ending == ".xlsx" else {}
    with centre.change() as session:
        version = publish(session, home, kind="survey", about="person", sensitivity="ordinary").id
        save_response(
            session, None, version_id=version, answers=ANSWERS, unanswered=why, state="complete", occasion="baseline",
            asked_on=dt.date(2026, 11, 20),
        )  # fmt: skip
    with centre.read() as session:
        content = export_answers(session, "home", ending=ending)
    path = tmp_path / f"out{ending}"
    path.write_bytes(content)
    from db.centre import create_centre
    from db.first_day import AccountAnswers, CentreAnswers
    from db.keys import Stretch

    profile = CentreAnswers(name="Pusat Lain", place_code="52.03", site_code="XYZ", language="id")
    account = AccountAnswers(login="lain", name="Orang Lain", role="coordinator")
    cheap = Stretch(operations=1, memory=8192)
    other, _ = create_centre(
        tmp_path / "other", profile=profile, account=account, passphrase="kopi hangat di sore hari", stretch=cheap
    )
    with other, other.change() as session:
        publish(session, home, kind="survey", about="person", sensitivity="ordinary")
        (came,) = take_in_file(session, "home", path).new
        opened = response(session, came)
        assert (opened.answers, opened.unanswered, opened.asked["asked_on"]) == (ANSWERS, why, dt.date(2026, 11, 20))
        assert opened.asked["occasion"] == ("baseline" if ending == ".xlsx" else None)


# By chance


@st.composite
def forms_and_answers(draw):
    """A form of some questions, groups and repeats within one another, and answers to it."""
    rows, answers, used = [], {}, iter(range(1000))

    def level(above, depth):
        for _ in range(draw(st.integers(1, 3))):
            name = f"n{next(used)}"
            kind = draw(
                st.sampled_from(
                    ["text", "integer", "select_multiple l", "geopoint", "date", *["group", "repeat"] * (depth < 3)]
                )
            )
            if kind in ("group", "repeat"):
                rows.append((f"begin_{kind}", name))
                turns = draw(st.integers(0, 3)) if kind == "repeat" else 0
                places = [f"{one}{name}[{turn}]/" for one in above for turn in range(1, turns + 1)]
                level(places if kind == "repeat" else [f"{one}{name}/" for one in above], depth + 1)
                rows.append((f"end_{kind}", ""))
                continue
            rows.append((kind, name))
            for one in above:
                answers[f"{one}{name}"] = draw(SAID[kind])

    level([""], 0)
    survey = "".join(f"| | {kind} | {name} | {name.upper()} |\n" for kind, name in [*rows, ("text", "last")])
    tables = (
        f"| survey |\n| | type | name | label |\n{survey}| choices |\n| | list_name | name | label |\n"
        "| | l | a | A |\n| | l | b | B |\n| settings |\n| | form_id | form_title |\n| | chance | n1 |\n"
    )
    return tables, answers


SAID = {
    "text": EVERY.filter(lambda text: text == "" or text.strip()),
    "integer": st.integers(-(10**9), 10**9).map(str),
    "select_multiple l": st.sampled_from(["", "a", "b a"]),
    "geopoint": st.tuples(st.floats(-90, 90), st.floats(-180, 180)).map(lambda at: f"{at[0]:.5f} {at[1]:.5f} 0 0"),
    "date": st.dates().map(str),
}


def with_turns(answers):
    """What is said, and the innermost turns in which nothing is."""
    said = {place: text for place, text in answers.items() if text}
    turns = {place[: place.rindex("]") + 1] for place in answers if "]" in place}
    empty = {turn for turn in turns if not any(place.startswith(f"{turn}/") for place in (*said, *turns))}
    return said | dict.fromkeys(empty, "")


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(forms_and_answers())
def test_whatever_is_answered_to_whatever_form_comes_back(tmp_path_factory, made):
    tables, answers = made
    form = read_form(tables, name="chance.md")
    answers = with_turns(answers)
    path = tmp_path_factory.mktemp("chance") / "chance.xlsx"
    path.write_bytes(workbook_of_answers([form], [Submitted("u0", {"last": "x"}), Submitted("u1", answers)]))
    came = read_submissions(path, [form])
    assert came[-1].answers == {**answers} if answers else len(came) >= 1
