"""Workbooks of other programs: other prefixes, no cell names, texts inside the sheet, other calendars."""

import datetime as dt
import zipfile

from resource_centre.registers.files import read_book

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _book(tmp_path, sheet, *, styles="", shared="", workbook="", hidden=""):
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns:r="{RELATIONS}">{workbook}<sheets><sheet name="A" r:id="a" {hidden}/></sheets>'
            "</workbook>",
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            "<Relationships>"
            f'<Relationship Id="a" Type="{RELATIONS}/worksheet" Target="/xl/worksheets/sheet1.xml"/>'
            f'<Relationship Id="b" Type="{RELATIONS}/styles" Target="styles.xml"/>'
            f'<Relationship Id="c" Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/>'
            "</Relationships>",
        )
        book.writestr("xl/worksheets/sheet1.xml", sheet)
        if styles:
            book.writestr("xl/styles.xml", styles)
        if shared:
            book.writestr("xl/sharedStrings.xml", shared)
    return read_book(path).sheets[0]


def test_cells_without_names_and_texts_inside_the_sheet(tmp_path):
    sheet = _book(
        tmp_path,
        '<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:r><x:t>Na</x:t></x:r><x:r>'
        '<x:t>ma</x:t></x:r></x:is></x:c><x:c><x:v>5</x:v></x:c><x:c t="b"><x:v>1</x:v></x:c></x:row>'
        '<x:row r="4"><x:c r="C4" t="str"><x:f>A1</x:f><x:v>Budi_x000A_</x:v></x:c></x:row></x:sheetData>'
        "</x:worksheet>",
    )
    assert sheet.lines == {1: ["Nama", 5, True], 4: [None, None, "Budi\n"]}


def test_dates_percentages_and_reading_aids(tmp_path):
    sheet = _book(
        tmp_path,
        '<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>46023</v></c><c r="B1" s="2"><v>0.8</v></c>'
        '<c r="C1" s="3"><v>46023.5</v></c><c r="D1" t="s"><v>0</v></c><c r="E1" s="4"><v>1999</v></c>'
        '<c r="F1" t="d"><v>2026-01-02T00:00:00</v></c><c r="G1"><v>5.20303100172969E+15</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:A3"/></mergeCells></worksheet>',
        styles='<styleSheet><numFmts><numFmt numFmtId="170" formatCode="[$-421]dd\\ mmmm\\ yyyy;@"/><numFmt '
        'numFmtId="171" formatCode="&quot;Rp&quot;#,##0"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/>'
        '<xf numFmtId="9"/><xf numFmtId="22"/><xf numFmtId="171"/></cellXfs></styleSheet>',
        shared="<sst><si><t>Tanaka</t><rPh><t>aid</t></rPh></si></sst>",
    )
    day = dt.datetime.combine(dt.date(2026, 1, 1), dt.time())
    noon = dt.datetime.combine(dt.date(2026, 1, 1), dt.time(12))
    assert sheet.lines[1] == [
        day, "80%", noon, "Tanaka", 1999, day + dt.timedelta(days=1), 5203031001729690,
    ]  # fmt: skip


def test_the_calendar_of_old_macs(tmp_path):
    sheet = _book(
        tmp_path,
        '<worksheet><sheetData><row r="1"><c r="A1" s="1"><v>44561</v></c></row></sheetData></worksheet>',
        styles='<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
        workbook='<workbookPr date1904="1"/>',
    )
    assert sheet.lines[1][0].date() == dt.date(2026, 1, 1)


def test_a_sheet_hidden_twice_over_is_hidden(tmp_path):
    assert _book(tmp_path, "<worksheet/>", hidden='state="veryHidden"').hidden
