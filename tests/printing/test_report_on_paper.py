# SPDX-License-Identifier: Apache-2.0
"""Any report is drawn: for whom it is, what is hidden in it, tables of any width and length, where figures stand."""

from __future__ import annotations

import cProfile
import dataclasses
import pstats
import re

import pytest

from reports.disclosure.publication import published
from reports.monthly.relations import relations
from reports.monthly.report import report_of
from reports.paper import draw, pages, placed
from reports.tables.model import BLANK, Chart, ChartSeries, Column, Facts, Report, Row, Section, Table, figure
from resource_centre.errors import EnvironmentFailed


def facts(**more):
    around = {"title": "Monthly report", "period_words": "October 2026", "first": "2026-10-01", "last": "2026-10-31"}
    return Facts(**around, centre_name="Pusat Uji", language="en", **more)


def report(*tables, charts=(), texts=(), notes=(), heading="People", **more):
    return Report(facts(**more), (Section("R4", heading, tables, texts=texts, notes=notes, charts=charts),))


def people(count, *, columns=3, key="R4"):
    """A table of so many lines and columns; a figure says in which line and column it stands."""
    heads = tuple(Column(f"month.{at}", f"Kind {at}", "Month" if at < 6 else "Year") for at in range(columns))
    rows = tuple(
        Row(f"v{line}", (f"Village {line}",), tuple(figure(1000 * (line % 90 + 1) + at) for at in range(columns)))
        for line in range(count)
    )
    return Table(key, "People", ("Place",), heads, rows)


def open_pdf(content):
    import pypdfium2 as pdfium

    return pdfium.PdfDocument(content)


def text_of(content):
    document = open_pdf(content)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


@pytest.fixture
def october(desk):
    """Six people, one of them a man, so that one number is small."""
    for at in range(6):
        who = desk.person(f"Sumiati {at}", sex="PPPPPL"[at], registered="2026-10-01", birth_date="1990")
        desk.counselled(who, "2026-10-05")
    return desk.month()


@pytest.mark.parametrize(("language", "mark"), [("en", "CONFIDENTIAL"), ("id", "RAHASIA")])
def test_an_internal_report_is_marked_on_every_page(october, language, mark):
    assert all(mark in page for page in text_of(pages(report_of(october, language))))


@pytest.mark.parametrize(
    ("language", "mark", "secret"), [("en", "FOR PUBLICATION", "CONFIDENTIAL"), ("id", "UNTUK PUBLIKASI", "RAHASIA")]
)
def test_a_publication_says_so_and_what_it_leaves_out(october, language, mark, secret):
    internal = report_of(october, language)
    told = text_of(pages(published(internal, 5, relations=relations(internal))))
    assert all(mark in page and secret not in page for page in told)
    fewer = {"en": "<5: fewer than 5.", "id": "<5: kurang dari 5."}[language]
    assert fewer in " ".join(told[:2])
    assert "<5" in re.sub(re.escape(fewer), "", told[0])


def test_a_line_of_hidden_figures_has_no_figure_left(october):
    internal = report_of(october, "en")
    told = " ".join(text_of(pages(published(internal, 5, relations=relations(internal)))))
    assert "People served 1 5 0 6" in " ".join(text_of(pages(internal)))
    assert re.search(r"People served <5 (·|<5|\d+) \S+ (·|6)", told)
    assert "People served 1 5 0 6" not in told


def test_every_figure_stands_where_it_is_said_to(october):
    made = placed(report_of(october, "en"))
    document = open_pdf(made.pdf)
    try:
        assert {place[5] for place in made.places} >= {"R1/persons_served/month.P", "R4/total/project.total"}
        for page, x, y, width, height, key in made.places:
            if key in ("R1/persons_served/month.P", "R1/persons_served/month.total"):
                inside = document[page].get_textpage().get_text_bounded(x, y, x + width, y + height).strip()
                assert inside == {"P": "5", "total": "6"}[key.rpartition(".")[2]]
    finally:
        document.close()


def test_what_is_no_figure_opens_nothing():
    table = Table("R4", "People", ("Place",), (Column("month.total", "Month"),), (Row("a", ("A",), (BLANK,)),))
    assert placed(report(table)).places == ()


def test_a_table_wider_than_the_page_goes_on_below_with_its_names():
    table = people(5, columns=30)
    told = " ".join(text_of(pages(report(table))))
    for _key, cell in table.cells():
        assert f"{cell.value:,}" in told
    assert told.count("Village 4 ") >= 2


def test_a_line_without_figures_in_the_lower_part_is_left_out_and_its_child_says_whose_it_is():
    wide = tuple(Column(f"month.{at}", f"Group {at}", "Month") for at in range(8))
    low = tuple(Column(f"target.{at}", f"Target {at}", "Target of the year") for at in range(5))
    numbers, no_targets = tuple(figure(10**8 + at) for at in range(8)), (BLANK,) * 5
    rows = (
        Row("a", ("Served",), (*numbers, *no_targets)),
        Row("b", ("new",), (*numbers, *(figure(10**8 + 70 + at) for at in range(5))), indent=1),
        Row("c", ("Contacts",), (*numbers, *no_targets)),
    )
    told = " ".join(text_of(pages(report(Table("R1", "People", ("",), (*wide, *low), rows)))))
    assert "Served, new 100,000,070 100,000,071" in told
    assert told.count("Contacts") == 1


def test_short_headings_are_explained_where_they_are_needed():
    names = [("Laki-laki sekali", "LS"), ("Perempuan sekali", "PS")]
    columns = tuple(
        Column(f"month.{at}", names[at % 2][0], f"Group {at // 2}", short=names[at % 2][1]) for at in range(10)
    )
    rows = (Row("a", ("A name that is long enough to need room",), tuple(figure(10**5 + at) for at in range(10))),)
    told = " ".join(text_of(pages(report(Table("R4", "People", ("",), columns, rows)))))
    assert "LS: laki-laki sekali." in told
    assert "PS: perempuan sekali." in told


def test_a_table_without_lines_says_why():
    table = Table("R4", "People", ("Place",), (), (), empty="Nobody has been served yet.")
    assert "Nobody has been served yet." in " ".join(text_of(pages(report(table))))


def test_a_section_with_nothing_in_it_is_not_printed():
    assert "Told with consent" not in " ".join(text_of(pages(report(heading="A story", notes=("Told with consent.",)))))


def test_the_figures_of_a_chart_are_not_printed_twice():
    table = people(3, columns=1, key="trend")
    values = tuple(row.cells[0].value for row in table.rows)
    chart = Chart("trend", "People", ("Aug", "Sep", "Oct"), (ChartSeries("Served", values),))
    assert "Village" not in " ".join(text_of(pages(report(table, charts=(chart,)))))


def test_ten_thousand_lines_are_all_there_and_every_page_has_its_headings():
    told = text_of(pages(report(people(10_000))))
    whole = " ".join(told)
    assert all(f"Village {line} " in whole for line in (0, 1, 4_999, 9_998, 9_999))
    of_table = [page for page in told if "Village" in page]
    assert len(of_table) > 150
    assert all("Place" in page and "Kind 2" in page for page in of_table)


def test_the_work_grows_with_the_lines_and_not_faster():
    def calls(lines):
        made, counting = report(people(lines)), cProfile.Profile()
        counting.runcall(pages, made)
        return pstats.Stats(counting).total_calls

    calls(10)
    first, second, third = calls(100), calls(300), calls(900)
    assert (third - second) / (second - first) < 3.8


def test_markup_and_signs_in_names_are_printed_as_they_are():
    rows = (Row("a", ("<b>Desa</b> & 'Kota' \u202eX",), (figure(3),)),)
    table = Table("R4", "R & <i>D</i>", ("<Place>",), (Column("month.total", "<u>Month</u>"),), rows)
    told = " ".join(text_of(pages(report(table, heading="Heads & <b>tails</b>", texts=("a < b && c",)))))
    for words in ("<b>Desa</b> & 'Kota' X", "<Place>", "Heads & <b>tails</b>", "a < b && c"):
        assert words in told


def test_stopping_while_pages_are_drawn_leaves_no_file(tmp_path):
    class Stopped(Exception):
        """The reader has had enough."""

    told = []

    def progress(stage):
        told.append(stage)
        if len(told) > 4:
            raise Stopped

    with pytest.raises(Stopped):
        draw(report(people(3_000)), tmp_path / "long.pdf", progress=progress)
    assert list(tmp_path.iterdir()) == []
    assert told[:2] == ["draw", "write"]


def test_a_place_that_cannot_be_written_to_is_said_in_words(tmp_path):
    with pytest.raises(EnvironmentFailed):
        draw(report(people(3)), tmp_path / "nowhere" / "x.pdf")


def test_equal_reports_are_equal_files():
    first, second = (pages(report(people(40)), invariant=True) for _ in range(2))
    assert first == second


def test_a_letter_without_a_shape_is_explained_wherever_it_stands_and_only_there():
    said = "stands for characters that cannot be printed."
    lacking, named = "Desa \U0001f9d5", (Row("a", ("Desa \U0001f9d5",), (figure(3),)),)
    table = dataclasses.replace(people(1), rows=named, columns=(Column("month.total", "Month"),))
    for made in (report(table), report(people(2), heading=lacking), report(people(2), texts=(lacking,))):
        assert " ".join(text_of(pages(made))).count(said) == 1
    centre = report(people(2), scope_words=lacking)
    assert said in text_of(pages(centre))[0]
    assert said not in " ".join(text_of(pages(report(people(2), heading="Sitti Rohmi é"))))


def test_a_short_section_is_not_broken_and_no_heading_stands_alone():
    sections = tuple(Section(f"R{at}", f"Heading {at}", (people(8, key=f"R{at}"),)) for at in range(1, 13))
    told = text_of(pages(Report(facts(), sections)))
    for at in range(1, 13):
        (page,) = [words for words in told if f"Heading {at} " in words]
        assert page.index(f"Heading {at} ") < page.rindex("Village 7")


def test_the_title_of_a_second_table_stands_with_its_rows():
    for filled in range(16, 24):
        two = (people(4, key="R14"), dataclasses.replace(people(3, key="R14.goals"), title="Goals by dimension"))
        sections = (Section("R4", "Filled", (people(filled),)), Section("R14", "Plans", two))
        (page,) = [one for one in text_of(pages(Report(facts(), sections))) if "Goals by dimension" in one]
        assert "Village 2" in page[page.index("Goals by dimension") :]


def test_the_sentences_below_a_table_never_stand_without_its_last_rows():
    note = "A sentence that says how the last column is to be read."
    for lines in range(40, 50):
        pages_ = [page for page in text_of(pages(report(people(lines), notes=(note,)))) if note in page]
        assert [page for page in pages_ if f"Village {lines - 1} " not in page] == []
        assert len(pages_) == 1


@pytest.mark.parametrize("words", [3, 40, 2_000])
def test_definitions_stand_there_to_the_last_word_however_long_they_are(words):
    told = tuple((f"k{at}", f"Term {at}", " ".join(f"word{at}x{n}" for n in range(words))) for at in range(30))
    whole = " ".join(text_of(pages(Report(facts(definitions=told)))))
    for at in (0, 15, 29):
        assert f"Term {at} word{at}x0" in whole
        assert f"word{at}x{words - 1}" in whole


def test_what_is_signed_stands_with_what_was_checked():
    told = tuple((f"k{at}", f"Term {at}", "word " * 40) for at in range(40))
    for many in range(20, 40, 3):
        pages_ = text_of(pages(Report(facts(definitions=told[:many], foot=("All sums agree.",)))))
        (signed,) = [page for page in pages_ if "Approved by" in page]
        assert "All sums agree." in signed


def test_an_annex_of_which_nothing_is_left_has_no_page():
    sections = (Section("R4", "People", (people(3),)), Section("annex.rss", "Survey"))
    assert "Annex" not in " ".join(text_of(pages(Report(facts(), sections))))


def test_the_annex_stands_behind_the_signatures():
    sections = (Section("annex.rss", "Survey", (people(3, key="annex.rss"),)), Section("R4", "People", (people(3),)))
    told = " ".join(text_of(pages(Report(facts(), sections))))
    assert told.index("People") < told.index("Approved by") < told.index("Annex") < told.index("Survey")
