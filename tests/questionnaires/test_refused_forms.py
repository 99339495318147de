"""Forms that cannot be asked: each is refused with sheet, row and column, and nothing else comes of it."""

import io
import random
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from resource_centre.errors import EnvironmentFailed
from resource_centre.questionnaires.limits import limit
from resource_centre.questionnaires.reading import read_form
from resource_centre.questionnaires.refusals import FormProblem, FormRefused
from resource_centre.questionnaires.xform import form_from_xform

SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
LAUGHS = (
    '<!DOCTYPE a [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)
HEADINGS = (
    "type | name | label | relevant | calculation | choice_filter | parameters | default | constraint | appearance"
)
CHOICES = """
| choices |
| | list_name | name | label | island |
| | village | ende | Ende | flores |
| | village | mataram | Mataram | lombok |
"""


def _survey(*rows: str, choices: str = CHOICES) -> str:
    return "\n".join(("| survey |", f"| | {HEADINGS} |", *(f"| | {row} |" for row in rows))) + choices


def _problems(source: Path | bytes | str) -> tuple[FormProblem, ...]:
    with pytest.raises(FormRefused) as refused:
        read_form(source)
    found = refused.value.problems
    assert all(isinstance(one, FormProblem) for one in found)
    return tuple(one for one in found if isinstance(one, FormProblem))


def _code(source: Path | bytes | str) -> str:
    with pytest.raises(FormRefused) as refused:
        read_form(source)
    return refused.value.code


def _in_sheet(rows: str) -> str:
    return f'<?xml version="1.0"?><worksheet {NAMESPACE}><sheetData>{rows}</sheetData></worksheet>'


def _cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


HEAD = f'<row r="1">{_cell("A1", "type")}{_cell("B1", "name")}{_cell("C1", "label")}</row>'


def _workbook(rows: tuple[tuple[str, ...], ...] = (("type", "name", "label"), ("text", "a", "A"))) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "survey"
    for row in rows:
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _with_part(name: str, text: str | bytes) -> bytes:
    """A workbook one of whose parts is something else."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, text)
    return file.getvalue()


def _zip(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return file.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)

FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "empty_file"),
    "blanks": (lambda: b" \r\n\t", "empty_file"),
    "noise": (lambda: random.Random(7).randbytes(4000), "not_text"),
    "the beginning of a workbook": (lambda: _workbook()[:900], "damaged_workbook"),
    "a workbook without its end": (lambda: _workbook()[:-60], "damaged_workbook"),
    "some other zip": (lambda: _zip(a="x"), "not_a_workbook"),
    "a LibreOffice file": (lambda: _zip(mimetype="application/vnd.oasis.opendocument.spreadsheet"), "ods"),
    "an old workbook of zeros": (lambda: OLE, "damaged_workbook"),
    "a workbook with a password": (lambda: OLE + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "a web page called .xls": (lambda: b"<html><table><tr><td>type</td></tr></table>", "web_page"),
    "a PDF": (lambda: b"%PDF-1.7\n1 0 obj\n", "no_survey"),
    "text of another century": (lambda: "survey\n,type,name\n,text,caf\xe9".encode("latin-1"), "not_text"),
    "a sheet that is no XML": (lambda: _with_part(SHEET, "garbage"), "damaged_workbook"),
    "entities inside entities": (
        lambda: _with_part(SHEET, LAUGHS + _in_sheet(_cell("A1", "&a9;"))),
        "damaged_workbook",
    ),
    "the same in another encoding": (
        lambda: _with_part(SHEET, (LAUGHS + _in_sheet(_cell("A1", "&a9;"))).encode("utf-16")),
        "damaged_workbook",
    ),
    "a sheet of blanks without end": (lambda: _with_part(SHEET, _in_sheet(" " * (61 * 1024 * 1024))), "too_large"),
    "millions of styles": (lambda: _with_part("xl/styles.xml", "<a>" + "<xf/>" * 200_000), "too_large"),
    "millions of texts": (lambda: _with_part("xl/sharedStrings.xml", "<a>" + "<si/>" * 3_000_001), "too_large"),
    "a row past the end of the world": (
        lambda: _with_part(SHEET, _in_sheet(f'{HEAD}<row r="9999999999">{_cell("A9999999999", "x")}</row>')),
        "damaged_workbook",
    ),
    "a column past the end of the alphabet": (
        lambda: _with_part(SHEET, _in_sheet(f'<row r="1">{_cell("ZZZZZ1", "x")}</row>')),
        "damaged_workbook",
    ),
    "a table of something else": (lambda: b"| harvest |\n", "no_survey"),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_form_is_refused_in_words(kind: str) -> None:
    make, code = FILES[kind]
    assert _code(make()) == code


def test_a_folder_and_a_missing_file_are_said_to_be_so(tmp_path: Path) -> None:
    for path, code in ((tmp_path, "file_unreadable"), (tmp_path / "none.xlsx", "file_missing")):
        with pytest.raises(EnvironmentFailed) as failed:
            read_form(path)
        assert failed.value.code == code
        assert str(tmp_path) not in failed.value.words()


@pytest.mark.parametrize("seed", range(40))
def test_a_workbook_with_a_few_wrong_bytes_is_read_or_refused(seed: int) -> None:
    dice = random.Random(seed)
    data = bytearray(_workbook())
    for _ in range(dice.randint(1, 20)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    with suppress(FormRefused):
        assert read_form(bytes(data)).root


TABLES: dict[str, tuple[str, str, int, str, dict[str, str]]] = {
    # what is wrong: (the form, code, row, column, facts)
    "a missing list": (_survey("select_one harbour | q | Q"), "no_list", 2, "type", {"name": "harbour"}),
    "no choices at all": (_survey("select_one harbour | q | Q", choices=""), "no_choices_sheet", 2, "type", {}),
    "a name used twice": (_survey("text | q | Q", "text | q | Q"), "duplicate_name", 3, "name", {"name": "q"}),
    "an unknown type": (
        _survey("text | a | A", "fingerprint | q | Q"),
        "unknown_type",
        3,
        "type",
        {"kind": "fingerprint"},
    ),
    "a missing type": (_survey(" | q | Q"), "no_type", 2, "type", {}),
    "a missing name": (_survey("text | | Q"), "no_name", 2, "name", {}),
    "a name with a blank": (_survey("text | my name | Q"), "bad_name", 2, "name", {}),
    "a name with a colon": (_survey("text | a | A", "text | x:y | Q"), "bad_name", 3, "name", {}),
    "a name of a picture": (_survey("text | \N{GRINNING FACE} | Q"), "bad_name", 2, "name", {}),
    "a day that may be two": (_survey("date | q | Q | | | | | 03/04/2026"), "default_not_a_day", 2, "default", {}),
    "a missing calculation": (_survey("calculate | q |"), "no_calculation", 2, "calculation", {}),
    "a group that never ends": (
        _survey("begin group | g | G", "text | q | Q"),
        "unmatched_begin",
        2,
        "type",
        {"kind": "group", "name": "g"},
    ),
    "an end without a beginning": (
        _survey("text | q | Q", "end repeat | |"),
        "unmatched_end",
        3,
        "type",
        {"kind": "repeat"},
    ),
    "an unknown question": (_survey("text | q | Q | ${r} = 1"), "unknown_reference", 2, "relevant", {"name": "r"}),
    "a reference left open": (_survey("text | q | Q | ${q = 1"), "bad_reference", 2, "relevant", {}),
    "an expression cut short": (_survey("text | q | Q | (1 + "), "syntax", 2, "relevant", {}),
    "an unknown function": (
        _survey("text | a | A", "text | q | Q | | | | | | moon(.) > 1"),
        "unknown_function",
        3,
        "constraint",
        {"name": "moon"},
    ),
    "a file to be opened": (
        _survey("calculate | q | | | doc('/etc/passwd')"),
        "forbidden_function",
        2,
        "calculation",
        {"name": "doc"},
    ),
    "an unknown function in a default": (
        _survey("text | q | Q | | | | | moon()"),
        "unknown_function",
        2,
        "default",
        {"name": "moon"},
    ),
    "a column that the list does not have": (
        _survey("text | r | R", "select_one village | q | Q | | | region = ${r}"),
        "no_such_column",
        3,
        "choice_filter",
        {"name": "region", "list": "village"},
    ),
    "a choice named twice": (
        _survey("select_one village | q | Q", choices=CHOICES + "| | village | ende | Ende again | flores |"),
        "duplicate_choice",
        0,
        "",
        {},
    ),
    "parameters that are none": (_survey("range | q | Q | | | | start=a"), "bad_parameters", 2, "parameters", {}),
    "choices from a repeat": (
        _survey("begin repeat | r | R", "text | n | N", "end repeat |", "select_one ${n} | q | Q"),
        "choices_from_answers",
        5,
        "type",
        {},
    ),
    "sound recorded by itself": (_survey("background-audio | q |", "text | a | A"), "recordaudio", 2, "type", {}),
    "a place noted by itself": (_survey("start-geopoint | q |", "text | a | A"), "setgeopoint", 2, "type", {}),
    "a question of Kobo's own editor": (
        _survey("begin_score | s | S", "select_one village | q | Q", "end_score | |"),
        "kind",
        2,
        "type",
        {"kind": "begin_score"},
    ),
    "a table that is not there": (
        _survey("calculate | q | | | instance('harbours')/root/item[1]/name"),
        "no_list",
        2,
        "calculation",
        {"name": "harbours"},
    ),
    "a search in a file": (
        _survey("select_one village | q | Q | | | | | | | search('villages')"),
        "search",
        2,
        "appearance",
        {},
    ),
    "the answers of last time": (_survey("text | q | Q | | | | | ${last-saved#q}"), "last_saved", 0, "", {}),
}


@pytest.mark.parametrize("kind", TABLES)
def test_what_a_designer_got_wrong_is_named_with_its_place(kind: str) -> None:
    form, code, row, column, facts = TABLES[kind]
    first = _problems(form)[0]
    assert (first.code, first.row or 0, dict(first.facts)) == (code, row or first.row, facts)
    assert first.column == (column or first.column)
    assert first.words() != first.code


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        (("calculate | a | | | ${b} + 1", "calculate | b | | | ${a} + 1"), "a, b"),
        (("calculate | a | | | ${b}", "calculate | b | | | ${c}", "calculate | c | | | ${a}"), "a, b, c"),
        (("text | a | A | ${b} = 1", "text | b | B | ${a} = 1"), "a, b"),
        (("text | a | A | ${b} = 1", "calculate | b | | | concat(${a}, 'x')"), "a, b"),
        (("text | a | A | ${a} = 1",), "a"),
    ],
)
def test_questions_that_wait_for_each_other_are_named(rows: tuple[str, ...], names: str) -> None:
    (problem,) = _problems(_survey(*rows))
    assert (problem.code, problem.row) == ("circular", 2)
    assert sorted(dict(problem.facts)["names"].split(", ")) == names.split(", ")


def test_every_wrong_expression_is_named_at_once_and_in_order() -> None:
    found = _problems(_survey("text | a | A | 1 + ", "text | b | B", "text | c | C | moon(1)"))
    assert [(one.row, one.code) for one in found] == [(2, "syntax"), (4, "unknown_function")]
    assert found[0].field == "sheet survey, row 2, column relevant"


def test_a_wrong_calculation_that_others_use_is_refused() -> None:
    found = _problems(_survey("calculate | a | | | because I say so", "note | n | So: ${a}"))
    assert [(one.row, one.column, one.code) for one in found] == [(2, "calculation", "syntax")]


def test_two_columns_with_one_heading_are_refused() -> None:
    (problem,) = _problems(_workbook((("type", "name", "label", "label"), ("text", "a", "A", "B"))))
    assert (problem.code, problem.sheet, problem.row, problem.column) == ("duplicate_column", "survey", 1, "label")


def test_thousands_of_columns_with_something_in_them_are_refused() -> None:
    (problem,) = _problems(_workbook((tuple(f"h{number}" for number in range(6587)),)))
    assert (problem.code, problem.sheet) == ("too_many_columns", "survey")


def test_millions_of_empty_cells_are_refused() -> None:
    rows = "".join(f'<row r="{n}"><c r="{get_column_letter(16384)}{n}" s="0"/></row>' for n in range(2, 700))
    assert _code(_with_part(SHEET, _in_sheet(HEAD + rows))) == "too_large"


def test_five_thousand_questions_are_refused_and_two_thousand_are_not() -> None:
    (problem,) = _problems(_survey(*(f"text | q{number} | Q" for number in range(5000))))
    assert (problem.code, dict(problem.facts)["n"]) == ("too_many_questions", "5000")
    form = read_form(_survey(*(f"text | q{number} | Q" for number in range(2000))))
    assert sum(1 for _ in form.questions()) == 2000


def test_groups_inside_groups_have_an_end() -> None:
    deep = limit("nesting") + 5
    rows = [f"begin group | g{number} | G" for number in range(deep)]
    (problem,) = _problems(_survey(*rows, "text | q | Q", *["end group | |"] * deep))
    assert problem.code == "nesting"


def test_groups_deeper_than_any_program_goes_are_refused_too() -> None:
    rows = [f"begin group | g{number} | G" for number in range(1450)]
    (problem,) = _problems(_survey(*rows, *["end group | |"] * 1450))
    assert problem.code == "nesting"


def test_a_form_made_to_take_hours_is_refused_at_once() -> None:
    assert _problems(_survey(*(f"note | n{n} | {'${a}' * 400}" for n in range(200))))[0].code == "too_many_references"
    assert _problems(_survey(*(f"note | n{n} | {'x' * 9000}" for n in range(60))))[0].code == "too_many_long_cells"


def test_a_formula_that_was_never_worked_out_is_no_silent_gap() -> None:
    (problem,) = _problems(_workbook((("type", "name", "label"), ("text", "a", "=1+1"))))
    assert (problem.code, problem.row) == ("formula_without_value", 2)


def test_a_character_that_nothing_can_hold_is_named() -> None:
    (problem,) = _problems(_survey("text | q | Name\x01"))
    assert (problem.code, problem.row, problem.column) == ("unwritable", 2, "label")


@pytest.mark.parametrize(
    ("file", "data", "code"),
    [
        ("v.csv", b"\xff\xfe\x00", "companion_damaged"),
        ("v.csv", b"name,my label\na,b\n", "companion_heading"),
        ("v.geojson", b"[1, 2", "companion_damaged"),
        ("v.geojson", b'{"features": [{"geometry": {"type": "Point", "coordinates": [1]}}]}', "companion_damaged"),
        ("v.xml", LAUGHS.encode() + b"<root><item><name>&a9;</name></item></root>", "companion_damaged"),
    ],
)
def test_a_list_in_a_bad_file_is_refused_with_the_files_name(file: str, data: bytes, code: str) -> None:
    with pytest.raises(FormRefused) as refused:
        read_form(_survey(f"select_one_from_file {file} | q | Q"), companions={file: data})
    (problem,) = refused.value.problems
    assert problem.code == code
    assert file in problem.words()


KEPT = """<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"><h:head><model>
<instance>{answers}</instance></model></h:head><h:body>{body}</h:body></h:html>"""


@pytest.mark.parametrize(
    ("xform", "code"),
    [
        ("", "not_an_xform"),
        ("<a/>", "not_an_xform"),
        ("<a", "not_an_xform"),
        (KEPT.format(answers="", body=""), "not_an_xform"),
        (LAUGHS + "<a>&a9;</a>", "not_an_xform"),
        (KEPT.format(answers="<d>" + "<g>" * 3000 + "</g>" * 3000 + "</d>", body=""), "form"),
        (KEPT.format(answers="<d/>", body="<group>" * 3000 + "</group>" * 3000), "form"),
        (KEPT.format(answers="<d><q/></d>", body='<secret ref="/d/q"/>'), "form"),
    ],
)
def test_what_was_kept_as_an_xform_is_trusted_no_more_than_a_file(xform: str, code: str) -> None:
    with pytest.raises(FormRefused) as refused:
        form_from_xform(xform)
    assert refused.value.code == code


def test_what_is_not_known_of_pyxform_is_quoted() -> None:
    rows = _survey(
        "text | q |", choices="\n| settings |\n| | form_id | public_key | omit_instanceID |\n| | f | abc | yes |\n"
    )
    (problem,) = _problems(rows)
    assert problem.code == "pyxform"
    assert "instanceID" in problem.words()
