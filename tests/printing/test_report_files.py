"""A report as files for other programs: typed, complete, harmless, and whole or not at all."""

import csv
import errno
import json
import os
from dataclasses import replace
from io import BytesIO, StringIO
from pathlib import Path

import hxl
import pytest
from openpyxl import load_workbook

from reports.data import ENDINGS, NotWritten, write
from reports.disclosure.publication import published
from resource_centre.errors import Bug, EnvironmentFailed

TABLES = (".csv", ".hxl.csv", ".json", ".xlsx", ".html")
FORMULAS = ("=1+1", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("https://example.org")', "＝1+1")

ODD_WORDS = ("<b>&amp;</b>", "\u0633\u0644\u0627\u0645 \u05e2", "a\x00b\ud800c", "\U0001f9d5", "\u202etxt.exe", "a\nb")


@pytest.fixture
def written(report_by_hand, tmp_path):
    """Writes the report with this ending; gives the file."""

    def make(ending, report=None, **options):
        return write(report or report_by_hand(), tmp_path / f"report{ending}", **options).files[0]

    return make


def lines_of(file: Path, encoding="utf-8-sig"):
    return list(csv.DictReader(StringIO(file.read_text(encoding), newline="")))


@pytest.mark.parametrize("ending", TABLES)
def test_every_figure_is_written_and_counted(report_by_hand, tmp_path, ending):
    told = write(report_by_hand(), tmp_path / f"report{ending}")
    assert (told.rows, told.figures) == (7, 54)
    assert told.files == (tmp_path / f"report{ending}",)


@pytest.mark.parametrize("ending", TABLES)
def test_a_writer_that_lost_a_figure_is_caught_and_the_old_file_stays(report_by_hand, tmp_path, monkeypatch, ending):
    from reports.data import hxl_table, json_text, long_table, web_page, workbook

    form = {".csv": long_table, ".hxl.csv": hxl_table, ".json": json_text, ".xlsx": workbook, ".html": web_page}[ending]
    short = form.content(report_by_hand(rows=1))
    old = tmp_path / f"report{ending}"
    old.write_text("old")
    monkeypatch.setattr(form, "content", lambda _report: short)
    with pytest.raises(Bug):
        write(report_by_hand(rows=2), old)
    assert old.read_text() == "old"


@pytest.mark.parametrize("ending", TABLES)
def test_a_thousand_rows_are_all_there(report_by_hand, tmp_path, ending):
    told = write(report_by_hand(rows=1_000), tmp_path / f"report{ending}")
    assert (told.rows, told.figures) == (1_000, 8_000)


@pytest.mark.parametrize("name", ["report", "report.doc", "report.xls", ".csv", ".hxl.csv", "report.csv.bak"])
def test_another_ending_is_refused_with_those_there_are(report_by_hand, tmp_path, name):
    with pytest.raises(NotWritten) as refused:
        write(report_by_hand(), tmp_path / name)
    assert all(ending in refused.value.words() for ending in ENDINGS)
    assert not list(tmp_path.iterdir())


def test_capital_letters_are_an_ending_too(written):
    assert written(".CSV").read_bytes().startswith(b"\xef\xbb\xbftable,")


def test_the_long_table_tells_of_each_figure_what_it_is(written):
    line = next(one for one in lines_of(written(".csv")) if (one["row"], one["column"]) == ("52.03.01", "year.P"))
    assert line == {
        "table": "R4", "title": "People served by place", "row": "52.03.01", "words": "Keruak", "kind": "body",
        "column": "year.P", "group": "2026 so far", "heading": "Women", "period": "year", "first": "2026-01-01",
        "last": "2026-10-31", "unit": "people", "value": "100", "hidden": "", "of": "",
    }  # fmt: skip


def test_a_mean_says_of_how_many_and_nothing_is_not_nought(written):
    found = {(one["row"], one["column"]): one for one in lines_of(written(".csv"))}
    assert (found["clinic", "mean"]["value"], found["clinic", "mean"]["of"]) == ("3.456", "17")
    assert found["other", "mean"]["value"] == ""
    assert found["other", "made"]["value"] == "0"


def test_json_has_the_months_figures_as_before_and_the_tables(written):
    told = json.loads(written(".json").read_text("utf-8"))
    assert told["month"] == "2026-10"
    places = told["report"]["sections"][0]["tables"][0]
    assert places["rows"][1]["figures"]["month.P"] == {"unit": "people", "value": 50}


def test_libhxl_finds_the_hashtags_and_nothing_wrong(written):
    file = written(".hxl.csv")
    found = hxl.data(BytesIO(file.read_bytes())).cache()
    assert found.validate(None)
    women = [row.get("#reached+f") for row in found if row.get("#adm4+code") == "52.03.01.2001"]
    assert women == ["18", "36"]
    days = [(row.get("#date+start"), row.get("#date+end")) for row in found][:2]
    assert days == [("2026-10-01", "2026-10-31"), ("2026-01-01", "2026-10-31")]


def test_a_village_is_found_in_its_district_and_regency(written):
    lines = list(csv.reader(StringIO(written(".hxl.csv").read_text("utf-8"), newline="")))
    tags = lines[1]
    village = dict(zip(tags, next(line for line in lines if "52.03.01.2001" in line), strict=True))
    codes = [village[f"#adm{level}+code"] for level in (1, 2, 3, 4)]
    assert codes == ["52", "52.03", "52.03.01", "52.03.01.2001"]
    assert village["#adm4+name"] == "Sepit"


def test_a_workbook_has_typed_figures_in_the_formats_of_their_units(written):
    sheet = load_workbook(written(".xlsx"))["R18 Referrals"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "Clinic")
    assert [cell.value for cell in row[2:]] == [12, pytest.approx(125 / 300), 3.5, 12_500_000, -4.25, 3.456, 6]
    assert [cell.number_format for cell in row[2:]] == [
        "#,##0", "#,##0.0%", "#,##0.0", "#,##0", "+#,##0.0;-#,##0.0;#,##0.0", "#,##0.00", "#,##0",
    ]  # fmt: skip
    other = next(row for row in sheet.iter_rows() if row[0].value == "Other")
    assert [cell.value for cell in other[2:4]] == [0, "–"]


def test_a_workbook_opens_as_somebody_wants_it(written):
    book = load_workbook(written(".xlsx"))
    assert book.sheetnames == [
        "Contents", "R4 People served by place", "R18 Referrals", "Texts", "Charts", "Definitions",
    ]  # fmt: skip
    sheet = book["R4 People served by place"]
    assert sheet.freeze_panes == "B7"
    assert {"B5:E5", "F5:I5"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert (sheet.page_setup.paperSize, sheet.print_title_rows) == (9, "$5:$6")
    assert [sheet.cell(row, 1).alignment.indent for row in (7, 8, 9)] == [0, 1, 2]
    assert sheet["A11"].font.bold
    assert not sheet["A10"].font.bold


def test_the_first_sheet_leads_to_all_others_and_back(written):
    book = load_workbook(written(".xlsx"))
    ways = {cell.hyperlink.location for row in book["Contents"].iter_rows() for cell in row if cell.hyperlink}
    assert ways == {f"'{name}'!A1" for name in book.sheetnames[1:]}
    assert {book[name]["A3"].hyperlink.location for name in book.sheetnames[1:]} == {"'Contents'!A1"}


def test_tables_and_rows_of_a_workbook_lead_to_what_their_figures_mean(report_by_hand, written):
    report = report_by_hand()
    _places, referrals = report.tables()
    rows = tuple(replace(row, terms=("made",)) if row.key == "clinic" else row for row in referrals.rows)
    facts = replace(report.facts, definitions=(("served", "Served", "Came once."), ("made", "Made", "Sent on.")))
    sections = tuple(
        replace(section, tables=(replace(referrals, rows=rows),)) if referrals in section.tables else section
        for section in report.sections
    )
    book = load_workbook(written(".xlsx", replace(report, facts=facts, sections=sections)))

    def led_to(cell):
        return book["Definitions"][cell.hyperlink.location.partition("!")[2]].value

    assert led_to(book["R4 People served by place"]["A4"]) == "Served"
    labels = [row[0] for row in book["R18 Referrals"].iter_rows() if row[0].value in ("Clinic", "Other")]
    assert [led_to(cell) if cell.hyperlink else None for cell in labels] == ["Made", None]


def test_charts_of_a_workbook_begin_at_nought_and_leave_gaps(written):
    sheet = load_workbook(written(".xlsx"))["Charts"]
    assert [chart.y_axis.scaling.min for chart in sheet._charts] == [0]
    assert [row[1].value for row in sheet.iter_rows(min_row=7, max_row=9)] == [4, None, 7]


@pytest.mark.parametrize("ending", TABLES)
def test_nobody_is_named_in_what_a_file_says_about_itself(written, ending):
    if ending != ".xlsx":
        assert b"openpyxl" not in written(ending).read_bytes()
        return
    about = load_workbook(written(ending)).properties
    assert (about.creator, about.lastModifiedBy, about.title) == (
        "Resource Centre",
        "Resource Centre",
        "Monthly report",
    )


@pytest.mark.parametrize("words", FORMULAS)
def test_no_text_is_a_formula(report_by_hand, written, words):
    report = report_by_hand(words=words)
    for cell in (value for line in lines_of(written(".csv", report)) for value in line.values()):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    cells = [cell for sheet in load_workbook(written(".xlsx", report)) for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    odd = [cell for cell in cells if str(cell.value).strip().startswith(words.strip())]
    assert odd
    assert all(cell.quotePrefix for cell in odd if str(cell.value).startswith(("=", "+", "-", "@", "＝")))


@pytest.mark.parametrize("words", ODD_WORDS)
@pytest.mark.parametrize("ending", TABLES)
def test_any_words_are_written(report_by_hand, written, ending, words):
    assert written(ending, report_by_hand(words=words)).stat().st_size


@pytest.mark.parametrize("ending", [".csv", ".hxl.csv", ".xlsx"])
def test_a_text_that_a_spreadsheet_would_cut_off_is_refused(report_by_hand, tmp_path, ending):
    with pytest.raises(NotWritten, match="text_too_long"):
        write(report_by_hand(words="x" * 32_768), tmp_path / f"report{ending}")
    assert not list(tmp_path.iterdir())


def test_a_table_that_a_spreadsheet_would_cut_off_is_refused(report_by_hand, tmp_path, monkeypatch):
    monkeypatch.setattr("reports.data.workbook.MOST_ROWS", 300)
    with pytest.raises(NotWritten, match="table_too_long"):
        write(report_by_hand(rows=301), tmp_path / "report.xlsx")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("ending", TABLES)
def test_a_hidden_figure_is_in_no_file(report_by_hand, written, ending):
    shown = published(report_by_hand(), 5)
    text = written(ending, shown).read_bytes().decode("utf-8", errors="replace")
    assert shown.facts.hidden
    if ending == ".xlsx":
        book = load_workbook(written(ending, shown))
        text = "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert any(sign in text for sign in ("<5", "&lt;5"))
    assert '2026-10",\n' not in text


def test_a_publication_tells_no_digits_the_page_does_not(report_by_hand, written):
    shown = published(report_by_hand(), 5)
    told = json.loads(written(".json", shown).read_text("utf-8"))
    assert set(told) == {"report"}
    figures = [cell for section in told["report"]["sections"] for table in section["tables"] for row in table["rows"]
               for cell in row["figures"].values()]  # fmt: skip
    assert not [cell for cell in figures if "hidden" in cell and "value" in cell]
    assert not [cell for cell in figures if "of" in cell]


@pytest.mark.parametrize(
    ("fault", "code"), [(errno.ENOSPC, "disk_full"), (errno.EROFS, "read_only"), (errno.EIO, "cannot_write")]
)
@pytest.mark.parametrize("ending", TABLES)
def test_a_disk_that_says_no_leaves_the_old_file_and_nothing_else(written, tmp_path, monkeypatch, fault, code, ending):
    old = tmp_path / f"report{ending}"
    old.write_text("old")

    def fails(_file):
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr("reports.kit.files.os.fsync", fails)
    with pytest.raises(EnvironmentFailed, match=code):
        written(ending)
    assert old.read_text() == "old"
    assert list(tmp_path.iterdir()) == [old]


@pytest.mark.parametrize("name", ["folder.csv", f"{'x' * 300}.csv", "missing/report.csv"])
def test_a_name_that_cannot_be_written_is_said(report_by_hand, tmp_path, name):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(EnvironmentFailed, match="cannot_write"):
        write(report_by_hand(), tmp_path / name)
    assert [one.name for one in tmp_path.iterdir()] == ["folder.csv"]


def test_the_longest_name_a_disk_takes_is_written(report_by_hand, tmp_path):
    assert write(report_by_hand(), tmp_path / f"{'x' * 251}.csv").files[0].exists()


def test_each_stage_is_told(report_by_hand, tmp_path):
    stages = []
    write(report_by_hand(), tmp_path / "report.xlsx", progress=stages.append, password="kopi hangat di pagi hari")
    assert stages == ["draw", "check", "protect", "write"]


@pytest.mark.parametrize("ending", TABLES)
def test_long_work_can_be_stopped_and_leaves_nothing(report_by_hand, tmp_path, ending):
    class StoppedError(Exception):
        pass

    told = []

    def progress(stage):
        told.append(stage)
        if len(told) == 2:
            raise StoppedError

    with pytest.raises(StoppedError):
        write(report_by_hand(rows=600), tmp_path / f"report{ending}", progress=progress)
    assert told == ["draw", "draw"]
    assert not list(tmp_path.iterdir())
