# SPDX-License-Identifier: Apache-2.0
"""Answers leave in Kobo's layout, and tables that Kobo and ODK wrote are read, whatever their make."""

import io
import zipfile
from datetime import date, time

import pytest
from openpyxl import Workbook, load_workbook

from resource_centre.questionnaires.kobo_headings import SubmissionsRefused
from resource_centre.questionnaires.kobo_writing import (
    ExportRefused,
    Submitted,
    submissions_of_answers,
    text_table_of_answers,
    workbook_of_answers,
)
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.submission import SubmissionRefused
from resource_centre.questionnaires.submission_files import read_submissions
from resource_centre.registers.refusals import FileRefused

FAMILY = """
| survey |
| | type                | name   | label           |
| | today               | day    |                 |
| | text                | wish   | What would help most? |
| | begin_group         | house  | House           |
| | select_multiple use | uses   | What do you use the money for? |
| | geopoint            | gps    | Where is it?    |
| | integer             | rooms  | How many rooms? |
| | begin_repeat        | child  | A child         |
| | text                | called | What is it called? |
| | date                | born   | Born            |
| | begin_repeat        | toy    | A toy           |
| | text                | what   | What is it?     |
| | end_repeat          |        |                 |
| | end_repeat          |        |                 |
| | end_group           |        |                 |
| choices |
| | list_name | name  | label |
| | use       | food  | Food  |
| | use       | debt  | Debts |
| | use       | other | Other |
| settings |
| | form_title | form_id | version |
| | Family     | family  | 2       |
"""
PLAIN = """
| survey |
| | type    | name  | label |
| | text    | wish  | Wish  |
| | integer | rooms | Rooms |
| | time    | hour  | Hour  |
| settings |
| | form_title | form_id | version |
| | Plain      | plain   | 1       |
"""
ANSWERS = {
    "day": "2026-11-22",
    "wish": "=1+1",
    "house/uses": "food other",
    "house/gps": "-8.58 116.1 12 5.5",
    "house/rooms": "3",
    "house/child[1]/called": "Ayu",
    "house/child[1]/born": "2019-05-02",
    "house/child[2]/called": "Made",
    "house/child[1]/toy[1]/what": "ball",
    "house/child[2]/toy[1]/what": "kite",
    "house/child[2]/toy[2]/what": "top",
}
FORMULAS = ("=1+1", "+62 812", "-a", "@x", "'=kept", "\t=1", "12", "-5", "0812", "1.50", "_x0041_", 'a;b\n"c"')


@pytest.fixture(scope="module")
def family():
    return read_form(FAMILY, name="family.md")


@pytest.fixture(scope="module")
def plain():
    return read_form(PLAIN, name="plain.md")


@pytest.fixture
def written(tmp_path):
    """Puts a content into a file of this name."""

    def put(content, name="answers.xlsx"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return put


def book(**sheets):
    """A workbook of these sheets, as rows of cells."""
    made = Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    file = io.BytesIO()
    made.save(file)
    return file.getvalue()


def rows_of(content):
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)]
        for sheet in load_workbook(io.BytesIO(content))
    }


def refused(path, *forms):
    with pytest.raises(SubmissionsRefused) as caught:
        read_submissions(path, forms)
    return caught.value.code


def test_the_workbook_has_kobos_columns(family):
    sheets = rows_of(workbook_of_answers([family], [Submitted("u1", ANSWERS, system={"_id": "7"})]))
    assert list(sheets) == ["Family", "child", "toy"]
    assert sheets["Family"][0] == [
        "day", "wish", "house/uses", "house/uses/food", "house/uses/debt", "house/uses/other", "house/gps",
        "house/_gps_latitude", "house/_gps_longitude", "house/_gps_altitude", "house/_gps_precision", "house/rooms",
        "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by", "__version__",
        "_tags", "_asked_on", "_occasion", "_event_number", "_no_answer", "_index",
    ]  # fmt: skip
    assert sheets["Family"][1][2:12] == ["food other", 1, 0, 1, "-8.58 116.1 12 5.5", -8.58, 116.1, 12, 5.5, 3]
    assert sheets["child"][0] == [
        "house/child/called", "house/child/born", "_index", "_parent_table_name", "_parent_index",
        *(f"_submission_{name}" for name in (
            "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
            "__version__", "_tags",
        )),
    ]  # fmt: skip
    assert [row[:5] for row in sheets["toy"][1:]] == [
        ["ball", 1, "child", 1, 7],
        ["kite", 2, "child", 2, 7],
        ["top", 3, "child", 2, 7],
    ]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_answer_becomes_a_formula_and_each_comes_back(plain, written, text):
    for write, name in ((workbook_of_answers, "a.xlsx"), (text_table_of_answers, "a.csv")):
        content = write([plain], [Submitted("u1", {"wish": text})])
        if name == "a.xlsx":
            kinds = [cell.data_type for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
            assert "f" not in kinds
        else:
            assert not any(cell.strip('"').startswith(("=", "+", "@", "\t")) for cell in content.decode().split(";"))
        assert read_submissions(written(content, name), [plain])[0].answers == {"wish": text}


def test_what_was_written_is_read_again_with_repeats_in_repeats(family, written):
    why = {"house/rooms": "refused"}
    answers = {place: text for place, text in ANSWERS.items() if place != "house/rooms"}
    sent = [Submitted("u1", answers, why, {"_submission_time": "2026-11-22"}), Submitted("u2", {"wish": "roof"})]
    came = read_submissions(written(workbook_of_answers([family], sent)), [family])
    assert [(one.uuid, one.answers, one.unanswered) for one in came] == [
        ("u1", answers, why),
        ("u2", {"wish": "roof"}, {}),
    ]
    assert came[0].asked_on == date(2026, 11, 22)


def test_a_text_table_cannot_hold_repeats(family):
    with pytest.raises(ExportRefused):
        text_table_of_answers([family], [Submitted("u1", ANSWERS)])


def test_submissions_leave_and_come_as_odk_sends_them(family, written):
    packed = submissions_of_answers([family], [Submitted("u1", ANSWERS), Submitted("u2", {"wish": "roof"})])
    came = read_submissions(written(packed, "all.zip"), [family])
    assert [(one.uuid, one.answers) for one in came] == [("u1", ANSWERS), ("u2", {"wish": "roof"})]


def test_a_workbook_without_groups_and_without_summaries_is_read(family, written):
    content = book(
        Anything=[
            ["wish", "uses/food", "uses/debt", "uses/gone", "_gps_latitude", "_gps_longitude", "rooms", "_index"],
            ["roof", 1, 0, 1, -8.58, 116.1, 3.0, 1],
        ],
        child=[
            ["called", "born", "_index", "_parent_table_name", "_parent_index"],
            ["Ayu", date(2019, 5, 2), 1, "Anything", 1],
        ],
    )
    assert read_submissions(written(content), [family])[0].answers == {
        "wish": "roof",
        "house/uses": "food gone",
        "house/gps": "-8.58 116.1 0 0",
        "house/rooms": "3",
        "house/child[1]/called": "Ayu",
        "house/child[1]/born": "2019-05-02",
    }


@pytest.mark.parametrize(("mark", "separator"), [(",", "-"), (";", "/"), (";", ":"), (",", ".")])
def test_text_tables_of_kobo_and_odk_are_read(family, written, mark, separator):
    headings = mark.join(("wish", f"house{separator}rooms", "KEY", "SubmissionDate"))
    line = mark.join(("roof", "3", "uuid:k1", "2026-11-21T20:00:00Z"))
    (one,) = read_submissions(written(f"{headings}\n{line}\n", "odk.csv"), [family])
    assert (one.uuid, one.answers) == ("k1", {"wish": "roof", "house/rooms": "3"})
    assert one.asked_on in (date(2026, 11, 21), date(2026, 11, 22))


def test_numbers_and_hours_of_a_spreadsheet_are_answers(plain, written):
    (one,) = read_submissions(written(book(A=[["wish", "rooms", "hour"], [0.00001, 2.0, time(14, 30)]])), [plain])
    assert one.answers == {"wish": "0.00001", "rooms": "2", "hour": "14:30:00"}


def test_columns_the_form_does_not_know_are_kept(plain, written):
    (one,) = read_submissions(
        written(book(A=[["wish", "rooms", "What else??", "_id"], ["roof", 2, "tea", 5]])), [plain]
    )
    assert (one.strangers, one.system) == ({"What else": "tea"}, {"_id": "5"})


def test_questions_of_an_earlier_version_are_known(plain, written):
    earlier = read_form(PLAIN.replace("| wish  | Wish ", "| dream | Dream"), name="plain.md")
    (one,) = read_submissions(written(book(A=[["dream", "rooms"], ["roof", 2]])), [plain, earlier])
    assert one.answers == {"dream": "roof", "rooms": "2"}


def test_rows_alike_without_an_id_are_two_and_stay_the_same_two(plain, written):
    content = book(A=[["wish", "rooms"], ["roof", 2], ["roof", 2]])
    ids = [one.uuid for one in read_submissions(written(content), [plain])]
    assert len(set(ids)) == 2
    assert ids == [one.uuid for one in read_submissions(written(content, "again.xlsx"), [plain])]


def test_two_exports_pasted_together_keep_every_row(plain, written):
    content = book(A=[["wish", "_uuid", "_index"], ["roof", "a", 1], ["well", "b", 1]])
    assert [one.uuid for one in read_submissions(written(content), [plain])] == ["a", "b"]


def test_a_missing_sheet_of_a_repeat_is_no_obstacle(family, written):
    content = book(Family=[["wish", "_index"], ["roof", 1]])
    assert read_submissions(written(content), [family])[0].answers == {"wish": "roof"}


@pytest.mark.parametrize(
    ("sheets", "code"),
    [
        ({"A": [["What would help most?", "How many rooms?"], ["roof", 2]]}, "labels"),
        ({"A": [["day", "What would help most?"], ["2026-11-22", "roof"]]}, "labels"),
        ({"A": [["name", "age", "village", "day"], ["x", 2, "y", "2026-11-22"]]}, "other_questions"),
        ({"A": [["wish", "house/rooms", "rooms"], ["roof", 2, 3]]}, "heading_twice"),
        ({"A": [["_id", "_uuid"], [1, "u1"]]}, "other_questions"),
        ({"A": [["wish"]]}, "no_rows"),
        ({"A": [["wish", "_index"], ["x", 1]], "child": [["called", "_parent_index"], ["Ayu", 9]]}, "unknown_parent"),
        (
            {"A": [["wish", "_index"], ["roof", 1], ["well", 1]], "child": [["called", "_parent_index"], ["Ayu", 1]]},
            "index_twice",
        ),
        (
            {"A": [["wish", "_index"], ["roof", 1]], "toy": [["what", "_parent_index"], ["ball", 1]]},
            "unknown_parent",
        ),
    ],
)  # fmt: skip
def test_a_table_that_does_not_fit_is_refused_by_name(family, written, sheets, code):
    assert refused(written(book(**sheets)), family) == code


def test_a_name_that_several_questions_bear_is_asked_for_with_its_groups(written):
    twice = read_form(
        "| survey |\n| | type | name | label |\n| | begin_group | a | A |\n| | text | name | N |\n| | end_group | | |\n"
        "| | begin_group | b | B |\n| | text | name | N |\n| | end_group | | |\n| settings |\n| | form_id |\n| | t |\n",
        name="t.md",
    )
    assert refused(written(book(A=[["name", "name"], ["x", "y"]])), twice) == "ambiguous"
    (one,) = read_submissions(written(book(A=[["a/name", "b/name"], ["x", "y"]]), "b.xlsx"), [twice])
    assert one.answers == {"a/name": "x", "b/name": "y"}


def packed(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return file.getvalue()


def test_of_many_submissions_those_that_cannot_be_read_are_told(plain, written):
    content = packed(**{
        "a/submission.xml": '<data id="plain"><wish>roof</wish><meta><instanceID>uuid:1</instanceID></meta></data>',
        "b/submission.xml": '<data id="other"><wish>roof</wish></data>',
        "c/submission.xml": "<data",
        "a/photo.jpg": "no form",
    })  # fmt: skip
    came = read_submissions(written(content, "all.zip"), [plain])
    assert [(one.row, one.uuid.partition("-")[0], one.refused and one.refused.code) for one in came] == [
        (1, "1", None),
        (2, "content", "other_form"),
        (3, "content", "not_a_submission"),
    ]


def test_one_submission_of_another_form_is_refused(plain, written):
    with pytest.raises(SubmissionRefused) as caught:
        read_submissions(written('<data id="other"/>', "one.xml"), [plain])
    assert "other" in caught.value.words()


@pytest.mark.parametrize("name", ["cut.zip", "cut.xlsx"])
def test_damaged_files_are_refused(plain, written, name):
    content = packed(**{"a.xml": '<data id="plain"/>' * 50})
    with pytest.raises((SubmissionsRefused, FileRefused)):
        read_submissions(written(content[:60], name), [plain])


def test_a_damaged_member_is_refused(plain, written):
    content = bytearray(packed(**{"a.xml": "<data id='plain'>" + "abc" * 500 + "</data>"}))
    content[45:60] = b"\xff" * 15
    assert refused(written(bytes(content), "all.zip"), plain) == "damaged_zip"


def test_an_archive_without_submissions_is_refused(plain, written):
    assert refused(written(packed(**{"photo.jpg": "x"}), "all.zip"), plain) == "no_submissions"


def test_a_bomb_is_not_unpacked(plain, written, monkeypatch):
    monkeypatch.setattr("resource_centre.questionnaires.submission_files.MOST_XML", 1000)
    assert refused(written(packed(**{"a.xml": "<a>" + " " * 100_000}), "all.zip"), plain) == "too_much"


def test_ten_thousand_columns_are_read_quickly_or_refused(plain, written):
    headings = ";".join(["wish", *(f"c{number}" for number in range(10_000))])
    assert refused(written(f"{headings}\nroof\n", "wide.csv"), plain) == "other_questions"
