"""A form goes out as a workbook or as text, and comes back as the same form."""

from dataclasses import replace
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.refusals import FormRefused
from resource_centre.questionnaires.writing import as_markdown, workbook_of
from resource_centre.questionnaires.xform import form_from_xform

SHELF = Path(__file__).parents[2] / "resource_centre" / "data" / "questionnaires"
SHIPPED = sorted(path.stem for path in SHELF.glob("*.md") if path.stem != "README")

TRICKY = r"""
| survey |
| | type | name | label::English (en) | constraint | note to self |
| | text | a | A \| B | regex(., '^[=+\|]$') | |
| | text | b | =1+1 | . = '\|' | =SUM(A1) |
| | note | c | # not a remark & <b>not bold</b> “quoted” | | TRUE |
| choices |
| | list_name | name | label::English (en) |
| | l | 01 | 1.0 |
"""


@pytest.mark.parametrize("name", SHIPPED)
def test_a_shipped_form_comes_back_the_same_from_a_workbook_and_from_text(name: str) -> None:
    form = read_form(SHELF / f"{name}.md")
    assert read_form(workbook_of(form)) == form
    assert read_form(as_markdown(form)) == form


def test_signs_that_mean_something_to_spreadsheets_stay_text() -> None:
    form = read_form(TRICKY, name="tricky")
    assert read_form(workbook_of(form), name="tricky") == form
    assert read_form(as_markdown(form), name="tricky") == form
    labels = [question.label["English (en)"] for question in form.questions()]
    assert labels == ["A | B", "=1+1", '# not a remark & <b>not bold</b> "quoted"']


def test_lines_of_a_label_stay_lines_in_a_workbook() -> None:
    form = read_form('survey,\n,type,name,label\n,note,a,"first\nsecond"\n', name="lines")
    assert read_form(workbook_of(form), name="lines") == form
    (question,) = read_form(as_markdown(form), name="lines").questions()
    assert question.label == {"": "first second"}


def test_columns_and_sheets_without_content_stay_where_they_are() -> None:
    form = read_form("survey,\n,type,name,label,hint\n,text,a,A,\nchoices,\n,list_name,name,label\n")
    assert form.sheets["survey"] == ({"type": "text", "name": "a", "label": "A", "hint": ""},)
    assert form.sheets["choices"] == ({"list_name": "", "name": "", "label": ""},)
    assert read_form(workbook_of(form)).sheets == form.sheets


def test_pyxform_takes_what_was_written() -> None:
    form = read_form(TRICKY, name="tricky")
    for written, kind in ((workbook_of(form), ".xlsx"), (as_markdown(form).encode(), ".md")):
        xform = convert(written, file_type=kind).xform
        assert replace(form_from_xform(xform), name="tricky").children == form.children


def test_a_form_without_sheets_cannot_be_written() -> None:
    form = replace(read_form(TRICKY), sheets={})
    with pytest.raises(FormRefused):
        workbook_of(form)
