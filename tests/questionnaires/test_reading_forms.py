"""A form as its designer wrote it, read: what each column and each type becomes, and what is said beside it."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from resource_centre.questionnaires.form import Form, Group, Question, output, parts, say
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.xform import form_from_xform

HOUSEHOLD = """
| survey |
| | type | name | label::Bahasa Indonesia (id) | label::English (en) | relevant | required | calculation | default |
| | start | begun | | | | | | |
| | select_one yes_no | loan | Ada utang? | Any debt? | | yes | | no |
| | begin group | debt | Utang | Debt | ${loan} = 'yes' | | | |
| | integer | sum | Berapa? | How much? | | | | |
| | end group | | | | | | | |
| | begin repeat | child | Anak | Child | | | | |
| | text | name | Nama | Name | | | | |
| | integer | age | Umur ${name} | Age of ${name} | | | | |
| | end repeat | | | | | | | |
| | calculate | children | | | | | count(${child}) | |
| | note | thanks | Terima kasih | Thank you | | | | |
| choices |
| | list_name | name | label::Bahasa Indonesia (id) | label::English (en) |
| | yes_no | yes | Ya | Yes |
| | yes_no | no | Tidak | No |
| settings |
| | form_id | form_title | version | default_language | instance_name |
| | household | Rumah tangga | 3 | Bahasa Indonesia (id) | concat('Household ', ${children}) |
"""


def _question(form: Form, path: str) -> Question:
    return next(question for question in form.questions() if question.path == path)


def _survey(*rows: str, headings: str = "type | name | label | parameters | choice_filter | default | trigger") -> str:
    return "\n".join(("| survey |", f"| | {headings} |", *(f"| | {row} |" for row in rows)))


# A spreadsheet knows no time zones.
A_DAY = datetime(2026, 11, 22)  # noqa: DTZ001
AN_OLD_DAY = datetime(1900, 1, 1)  # noqa: DTZ001

CHOICES = """
| choices |
| | list_name | name | label | island |
| | village | ende | Ende | flores |
| | village | mataram | Mataram | lombok |
"""


@pytest.fixture(scope="module")
def household() -> Form:
    return read_form(HOUSEHOLD)


def test_settings_give_the_form_its_name_title_version_and_languages(household: Form) -> None:
    assert (household.name, household.title, household.version) == ("household", "Rumah tangga", "3")
    assert household.languages == ("Bahasa Indonesia (id)", "English (en)")
    assert household.default_language == "Bahasa Indonesia (id)"
    assert household.instance_name == "concat('Household ',  /data/children )"


def test_a_question_carries_what_its_row_says(household: Form) -> None:
    loan = _question(household, "loan")
    assert (loan.kind, loan.required, loan.default, loan.choices) == ("select_one", "true()", "no", "yes_no")
    assert loan.label == {"Bahasa Indonesia (id)": "Ada utang?", "English (en)": "Any debt?"}
    assert [choice.label["English (en)"] for choice in household.lists["yes_no"]] == ["Yes", "No"]


def test_a_group_holds_its_questions_and_its_condition(household: Form) -> None:
    debt = next(item for item in household.children if item.path == "debt")
    assert isinstance(debt, Group)
    assert (debt.relevant, debt.repeat) == ("/data/loan  = 'yes'", False)
    assert [item.path for item in debt.children] == ["debt/sum"]


def test_hints_constraints_messages_and_appearances_belong_to_the_question() -> None:
    headings = (
        "type | name | label | hint | guidance_hint | constraint | constraint_message | required_message | appearance"
    )
    row = "integer | q | Q | Ask gently | Never insist | . > 0 | More than ${q} | Please | minimal numbers"
    question = _question(read_form(_survey(row, headings=headings)), "q")
    assert (question.hint, question.guidance) == ({"": "Ask gently"}, {"": "Never insist"})
    assert (question.constraint, question.required_message) == (". > 0", {"": "Please"})
    assert parts(say(question.constraint_message, "")) == (("More than ", False), ("/data/q", True))
    assert question.appearance == {"minimal", "numbers"}


def test_a_repeat_is_a_group_that_may_come_again(household: Form) -> None:
    child = next(item for item in household.children if item.path == "child")
    assert isinstance(child, Group)
    assert (child.repeat, child.repeat_count) == (True, "")
    assert [item.path for item in child.children] == ["child/name", "child/age"]


def test_an_answer_inside_a_label_is_told_apart_from_its_words(household: Form) -> None:
    label = say(_question(household, "child/age").label, "English (en)")
    assert parts(label) == (("Age of ", False), ("../name", True))


def test_an_expression_survives_inside_a_text_whatever_it_holds() -> None:
    expression = "if(../a < 3, \"it's\", 'b & c')"
    assert parts(f"x {output(expression)} y") == (("x ", False), (expression, True), (" y", False))


def test_what_nobody_is_asked_is_known_by_its_kind(household: Form) -> None:
    kinds = {question.path: (question.kind, question.asked) for question in household.questions()}
    assert kinds["begun"] == ("start", False)
    assert kinds["children"] == ("calculate", False)
    assert kinds["thanks"] == ("note", True)


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("text", "text"),
        ("integer", "integer"),
        ("decimal", "decimal"),
        ("date", "date"),
        ("time", "time"),
        ("dateTime", "datetime"),
        ("geopoint", "geopoint"),
        ("geotrace", "geotrace"),
        ("geoshape", "geoshape"),
        ("barcode", "barcode"),
        ("note", "note"),
        ("acknowledge", "acknowledge"),
        ("range", "range"),
        ("image", "image"),
        ("audio", "audio"),
        ("video", "video"),
        ("file", "file"),
        ("hidden", "hidden"),
        ("start", "start"),
        ("end", "end"),
        ("today", "today"),
        ("deviceid", "deviceid"),
        ("username", "username"),
        ("phonenumber", "phonenumber"),
        ("select_one village", "select_one"),
        ("select_multiple village", "select_multiple"),
        ("rank village", "rank"),
    ],
)
def test_every_type_of_question_is_read(written: str, kind: str) -> None:
    assert _question(read_form(_survey(f"{written} | q | Q") + CHOICES), "q").kind == kind


def test_a_text_that_shows_a_calculation_is_no_note() -> None:
    headings = "type | name | label | read_only | calculation | default"
    rows = ("text | q | Q | yes | 1 + 1 |", "text | r | R | yes | |", "text | s | S | yes | | shown")
    form = read_form(_survey(*rows, headings=headings))
    kinds = [(one.kind, one.read_only) for one in form.questions()]
    assert kinds == [("text", "true()"), ("note", ""), ("text", "true()")]


def test_a_range_knows_its_ends_and_steps() -> None:
    question = _question(read_form(_survey("range | q | Q | start=0 end=10 step=2")), "q")
    assert dict(question.parameters) == {"start": "0", "end": "10", "step": "2"}


def test_choices_are_filtered_by_a_column_of_their_list() -> None:
    form = read_form(_survey("text | isle | Island", "select_one village | q | Q | | island = ${isle}") + CHOICES)
    assert _question(form, "q").choice_filter == "island =  /data/isle"
    assert [choice.extra["island"] for choice in form.lists["village"]] == ["flores", "lombok"]


def test_choices_are_shuffled_by_a_seed() -> None:
    form = read_form(_survey("integer | s | S", "select_one village | q | Q | randomize=true seed=${s}") + CHOICES)
    question = _question(form, "q")
    assert (question.randomize, question.parameters["seed"], question.choices) == (True, "/data/s", "village")


def test_another_answer_is_a_choice_and_a_question_of_its_own() -> None:
    form = read_form(
        _survey("select_one village or_other | q | Q") + CHOICES.replace(" island ", " label "[:0] + " i ")
    )
    assert form.lists["village"][-1].name == "other"
    assert _question(form, "q_other").relevant == "selected(../q, 'other')"


def test_a_default_may_be_worked_out_once() -> None:
    form = read_form(_survey("date | q | Q | | | today()", "date | r | R | | | 2026-11-22"))
    first, second = form.questions()
    assert (first.default, first.dynamic_default) == ("", "today()")
    assert (second.default, second.dynamic_default) == ("2026-11-22", "")


def test_a_default_inside_a_repeat_is_asked_for_each_turn() -> None:
    form = read_form(_survey("begin repeat | r | R", "text | q | Q | | | uuid()", "end repeat"))
    assert _question(form, "r/q").dynamic_default == "uuid()"


def test_a_calculation_may_wait_for_one_question_only() -> None:
    headings = "type | name | label | calculation | trigger"
    rows = ("text | q | Q | |", "text | r | R | |", "calculate | at | | now() | ${q}, ${r}")
    form = read_form(_survey(*rows, headings=headings))
    assert (_question(form, "at").calculation, _question(form, "at").triggers) == ("now()", ("q", "r"))


def test_how_often_a_repeat_comes_may_be_an_answer() -> None:
    headings = "type | name | label | repeat_count"
    form = read_form(
        _survey("integer | n | N |", "begin repeat | r | R | ${n}", "text | q | Q |", "end repeat", headings=headings)
    )
    repeat = next(item for item in form.items() if item.path == "r")
    assert isinstance(repeat, Group)
    assert repeat.repeat_count == "/data/n"


def test_a_loop_becomes_one_group_for_each_choice() -> None:
    form = read_form(
        _survey("begin loop over village | l | L", "integer | n | How many in %(label)s?", "end loop") + CHOICES
    )
    assert _question(form, "l/ende/n").label == {"": "How many in Ende?"}


def test_pictures_are_known_by_their_file_in_each_language() -> None:
    headings = (
        "type | name | label::English (en) | label::Bahasa Indonesia (id) | media::image | media::audio::English (en)"
    )
    row = "note | q | Look | Lihat | card.png | look.mp3"
    media = _question(read_form(_survey(row, headings=headings)), "q").media
    assert media["audio::English (en)"] == "look.mp3"
    assert "card.png" in media.values()


def test_the_headings_of_a_table_are_a_note_with_choices() -> None:
    headings = "type | name | label | appearance"
    rows = (
        "begin group | t | T | table-list",
        "select_one village | a | A |",
        "select_one village | b | B |",
        "end group",
    )
    form = read_form(_survey(*rows, headings=headings) + CHOICES)
    table = [(one.kind, one.choices) for one in form.questions() if "label" in one.appearance]
    assert table == [("note", "village")]


def test_a_list_from_a_file_holds_what_came_with_the_form() -> None:
    rows = ("select_one_from_file villages.csv | q | Q | value=code label=place | island = 'lombok'",)
    file = b"code,place,island\r\nV1,Mataram,lombok\r\nV2,Ende,flores\r\n"
    form = read_form(_survey(*rows), companions={"villages.csv": file})
    question = _question(form, "q")
    first = form.lists[question.choices][0]
    assert (first.name, first.label, first.extra) == ("V1", {"": "Mataram"}, {"island": "lombok"})
    assert form.instances["villages"][1]["place"] == "Ende"
    assert form.warnings == ()


def test_a_form_kept_as_its_xform_keeps_the_lists_from_files() -> None:
    headings = "type | name | label | calculation"
    rows = ("text | v | V |", "calculate | q | | pulldata('places', 'island', 'name', ${v})")
    form = read_form(_survey(*rows, headings=headings), companions={"places.csv": b"name;island\nende;flores\n"})
    again = form_from_xform(form.xform)
    assert again.instances == form.instances == {"places": ({"name": "ende", "island": "flores"},)}


def test_points_of_a_map_are_a_list() -> None:
    file = (
        b'{"type": "FeatureCollection", "features": [{"type": "Feature", "id": "w1", "properties": {"title": "Well", '
        b'"depth": 12}, "geometry": {"type": "Point", "coordinates": [116.1, -8.6]}}]}'
    )
    form = read_form(_survey("select_one_from_file wells.geojson | q | Q"), companions={"wells.geojson": file})
    choice = form.lists[_question(form, "q").choices][0]
    assert (choice.name, choice.label) == ("w1", {"": "Well"})
    assert choice.extra == {"depth": "12", "geometry": "-8.6 116.1 0 0"}


def test_a_list_whose_file_is_missing_is_empty_and_said_so() -> None:
    form = read_form(_survey("select_one_from_file villages.csv | q | Q"))
    assert form.lists[_question(form, "q").choices] == ()
    assert form.warnings == ("The file villages.csv did not come with the form: its list is empty.",)


def test_a_choice_outside_the_form_is_found_in_its_own_sheet() -> None:
    form = read_form(
        _survey("select_one village | v | V", "select_one_external village | q | Q | | island = ${v}")
        + CHOICES
        + CHOICES.replace("choices", "external_choices").replace("Ende", "Ende Town")
    )
    assert form.lists[_question(form, "v").choices][0].label == {"": "Ende"}
    assert form.lists[_question(form, "q").choices][0].label == {"": "Ende Town"}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("audit | |", "its own"),
        ("osm village | q | Q", "map data"),
        ("simserial | q |", "simserial"),
    ],
)
def test_what_only_telephones_do_is_said(row: str, words: str) -> None:
    form = read_form(_survey(row, "text | other | O") + CHOICES)
    assert any(words in warning for warning in form.warnings)


def test_a_calculation_that_is_none_stays_empty_when_nothing_uses_it() -> None:
    headings = "type | name | label | calculation"
    form = read_form(_survey("text | a | A |", "calculate | b | | because I say so", headings=headings))
    assert _question(form, "b").calculation == ""
    (warning,) = form.warnings
    assert warning.startswith("sheet survey, row 3, column calculation: This is not an expression that can be read.")
    assert form_from_xform(form.xform, sheets=form.sheets).children == form.children


def test_a_form_kept_as_its_xform_is_the_same_form(household: Form) -> None:
    again = form_from_xform(household.xform, sheets=household.sheets)
    assert replace(again, warnings=household.warnings) == household


def test_a_form_is_called_like_its_file_when_it_has_no_name(tmp_path: Path) -> None:
    file = tmp_path / "kunjungan.md"
    file.write_text(_survey("text | q | Q"), encoding="utf-8")
    assert read_form(file).name == "kunjungan"
    assert read_form(file, name="visit").name == "visit"


def test_a_workbook_is_read_as_the_same_tables(household: Form) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in household.sheets.items():
        sheet = book.create_sheet(name)
        sheet.append(list(rows[0]))
        for row in rows:
            sheet.append([text or None for text in row.values()])
    assert read_form(_saved(book)) == household


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _book(rows: list[list[object]]) -> tuple[Workbook, Callable[[], bytes]]:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in rows:
        sheet.append(row)
    return book, lambda: _saved(book)


def test_numbers_and_dates_of_a_spreadsheet_become_the_text_they_show() -> None:
    _, saved = _book([["type", "name", "label", "default"], ["integer", "a", 1, 3.0], ["date", "b", True, A_DAY]])
    first, second = read_form(saved()).questions()
    assert (first.label, first.default) == ({"": "1"}, "3")
    assert (second.label, second.default) == ({"": "TRUE"}, "2026-11-22")


def test_a_day_on_which_calendars_disagree_is_said() -> None:
    _, saved = _book([["type", "name", "label", "default"], ["date", "b", "B", AN_OLD_DAY]])
    warnings = read_form(saved()).warnings
    assert any(
        one.startswith("sheet survey, row 2: Programs disagree about days before March 1900") for one in warnings
    )


def test_thousands_of_empty_columns_do_no_harm() -> None:
    book, saved = _book([["type", "name", "label"], ["text", "a", "A"]])
    book.worksheets[0].cell(row=2, column=6587).font = Font(bold=True)
    form = read_form(saved())
    assert [question.path for question in form.questions()] == ["a"]
    assert form.warnings == ()


def test_what_stands_beyond_a_gap_is_named_and_not_read() -> None:
    book, saved = _book([["type", "name", "label"], ["text", "a", "A"]])
    book.worksheets[0].cell(row=100, column=1, value="text")
    book.worksheets[0].cell(row=1, column=40, value="remarks")
    below, beside = read_form(saved()).warnings
    assert below.startswith("sheet survey, row 100: This row and those below stand after 97 empty rows")
    assert beside.startswith("sheet survey, row 1, column remarks: This column and those to its right stand after 36")


def test_a_misspelt_heading_is_named_with_the_one_that_is_meant() -> None:
    headings = "type | name | label::English (en) | relevent | remarks"
    form = read_form(_survey("text | a | A | 1 = 2 | Ask twice", headings=headings))
    misspelt, others = form.warnings
    assert misspelt.startswith("sheet survey, row 1, column relevent: This heading is not known")
    assert misspelt.endswith("Is relevant meant?")
    assert others == "sheet survey: These columns are not known and are not read: remarks."


@pytest.mark.parametrize("parted_by", [",", ";", "\t"])
def test_a_form_in_csv_is_read_however_its_cells_are_parted(parted_by: str) -> None:
    table = "\ufeffsurvey,,\n,type,name,label\n,text,a,A\n,select_one l,b,B\nchoices,,\n,list_name,name,label\n,l,x,X\n"
    form = read_form(table.replace(",", parted_by).encode())
    assert [(question.path, question.kind) for question in form.questions()] == [("a", "text"), ("b", "select_one")]
