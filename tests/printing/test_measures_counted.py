# SPDX-License-Identifier: Apache-2.0
"""The catalogue of measures: what it counts, by what, and what stands behind each figure of a busy month."""

from __future__ import annotations

import datetime as dt

import pytest
import sqlalchemy as sa

from reports.measures.behind import opens, records_behind
from reports.measures.breakdowns import BREAKDOWNS, PERSONAL
from reports.measures.catalogue import MEASURES
from reports.measures.counting import counted, shared
from reports.measures.model import Asked
from reports.measures.records import records_of
from reports.monthly.figures import report_figures
from reports.monthly.periods import Period, month_of, span_of
from reports.monthly.report import report_of
from reports.monthly.scope import Scope
from resource_centre.access import COLLECTOR, Viewer
from resource_centre.records import Contact, ProtectionMark, new_id

YEAR = Period(dt.date(2026, 1, 1), dt.date(2026, 12, 31))
OCTOBER = month_of("2026-10")
ADDED_UP = [one.code for one in MEASURES.values() if one.counts != "share"]
TOLD = (
    "month.total", "month.P", "project.total", ".new.L", ".returning.unknown", "month.on_time", "month.late",
    "year.open", "year.completed", "month.accepted", "project.claimed", "month.recovered", "month.amount",
    "month.events", "month.hours", "project.share", "month.part", "year.closed", "/open", "month.planned",
    "project.reached", "now.total",
)  # fmt: skip
"""Ends of the keys that are looked at: each column once in some period."""
EACH_WAY = {"sex", "age_band", "village"}


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def busy(request, make_either_centre, desk_of, on_friday, a_busy_year):
    """A busy centre, read only."""
    with on_friday(), make_either_centre(request.param) as centre:
        with centre.change() as session:
            a_busy_year(desk_of(session))
        yield centre


@pytest.fixture
def reading(busy):
    with busy.session() as session:
        yield session


@pytest.mark.parametrize("code", ADDED_UP)
def test_a_breakdown_leaves_nobody_out_and_opens_to_as_many_records(reading, code):
    measure = MEASURES[code]
    whole = counted(reading, measure, (), {"": YEAR}).value("")
    for by in sorted(EACH_WAY.intersection(measure.by) | {one for one in measure.by if one not in PERSONAL}):
        found = counted(reading, measure, (by,), {"": YEAR})
        assert found.value("") == whole, by
        if not any(found.overlapping):
            assert sum(found.value("", line) for line in found.codes(by)) == whole, by
        for line in found.codes(by)[:1]:
            opened = records_of(reading, measure, YEAR, None, {by: line}, limit=1000)
            assert opened.value == found.value("", line), (by, line)
            assert _made_by(opened) == pytest.approx(found.value("", line)), (by, line)


def _made_by(opened):
    return sum(one.amount for one in opened.records) if opened.counts == "sum" else opened.total


def test_every_figure_of_the_report_opens_to_as_many_records_as_it_says(reading):
    figures = report_figures(reading, OCTOBER)
    asked = Asked(figures.span, Scope())
    for table in report_of(figures, "en").tables():
        for key, cell in table.cells():
            if cell.value and opens(key) and key.endswith(TOLD):
                opened = records_behind(reading, key, asked, limit=1000)
                assert opened.value is None or opened.value == pytest.approx(cell.value), key
                if opened.value is not None and opened.counts != "share":
                    assert _made_by(opened) == pytest.approx(cell.value), key


def test_no_table_has_figures_that_lead_nowhere(reading):
    figures = report_figures(reading, OCTOBER)
    shut = {
        table.key
        for table in report_of(figures, "en").tables()
        for key, cell in table.cells()
        if cell.value and not opens(key)
    }
    assert shut == set()


def test_the_catalogue_counts_what_the_report_counts_of_one_place(reading):
    figures = report_figures(reading, OCTOBER, place="52.03.01")
    asked = Asked(figures.span, Scope("52.03.01"))
    for code in ("persons_served", "new_clients", "cases_open_at_end", "contacts", "training_participants"):
        opened = records_behind(reading, f"R1/{code}/year.total", asked, limit=1)
        assert opened.value == figures.indicator(code).year.total, code


def test_a_collector_opens_only_what_they_may_read(busy):
    with busy.session() as session:
        session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({"52.03.01.2001"}))
        figures = report_figures(session, OCTOBER)
        asked = Asked(figures.span, Scope())
        opened = records_behind(session, "R1/persons_served/month.total", asked, limit=1000)
        assert opened.total == figures.indicator("persons_served").month.total
        marks = records_behind(session, "R11/PERLINDUNGAN_KHUSUS/project.total", asked)
        assert (marks.total, session.scalar(sa.select(sa.func.count()).select_from(ProtectionMark))) == (0, 0)


def test_what_only_a_protection_officer_reads_has_one_word(reading):
    asked = Asked(span_of(OCTOBER, dt.date(2025, 1, 1)), Scope())
    marks = records_behind(reading, "R11/PERLINDUNGAN_KHUSUS/project.total", asked, limit=1000)
    assert marks.total > 0
    assert {one.what for one in marks.records} <= {"", "Special protection"}


def test_records_come_newest_first_some_at_a_time(reading):
    measure = MEASURES["attended"]
    whole = records_of(reading, measure, YEAR, limit=1000)
    assert [one.day for one in whole.records] == sorted((one.day for one in whole.records), reverse=True)
    pages = [records_of(reading, measure, YEAR, limit=5, offset=first).records for first in (0, 5)]
    assert (*pages[0], *pages[1]) == whole.records[:10]
    assert records_of(reading, measure, YEAR, limit=5).total == whole.total


def test_a_share_opens_to_all_it_is_a_share_of_and_marks_its_part(reading):
    measure = MEASURES["follow_ups_on_time_share"]
    opened = records_of(reading, measure, YEAR, limit=1000)
    part = counted(reading, MEASURES["follow_ups_on_time"], (), {"": YEAR})
    whole = counted(reading, MEASURES["follow_ups_due"], (), {"": YEAR})
    assert (sum(one.part for one in opened.records), opened.total) == (part.value(""), whole.value(""))
    assert opened.value == shared(part, whole, "")


def test_two_breakdowns_make_a_table_with_its_margins(reading):
    found = counted(reading, MEASURES["people_by_service"], ("service_type", "sex"), {"": YEAR})
    for sex in ("L", "P"):
        alone = counted(reading, MEASURES["people_by_service"], (), {"": YEAR}, where={"sex": sex})
        assert found.value("", "all", sex) == alone.value("")


def test_who_is_new_in_the_months_is_new_in_the_year(reading):
    found = counted(reading, MEASURES["new"], ("month",), {"": YEAR})
    assert sum(found.value("", month) for month in found.codes("month")) == found.value("")


def test_a_visit_with_two_reasons_stands_in_two_lines_and_once_together(desk):
    desk.visited("2026-10-05", reasons=["info_hak", "info_program"])
    desk.visited("2026-10-06")
    found = counted(desk.session, MEASURES["contacts"], ("visit_reason",), {"": OCTOBER})
    lines = {code: found.value("", code) for code in found.codes("visit_reason")}
    assert lines == {"info_hak": 1, "info_program": 1, "unknown": 1}
    assert found.value("") == 2
    assert desk.session.scalar(sa.select(sa.func.count()).select_from(Contact)) == 2


def test_a_breakdown_that_does_not_fit_is_refused(session):
    with pytest.raises(LookupError):
        counted(session, MEASURES["events"], ("return_type",), {"": OCTOBER})


def test_a_key_of_no_figure_leads_nowhere(session):
    asked = Asked(span_of(OCTOBER, dt.date(2025, 1, 1)), Scope())
    for key in ("R1/persons_served/target", "R99/x/month.total", "R1/nothing/month.P", "trend/2026-13/total"):
        with pytest.raises(LookupError):
            records_behind(session, key, asked)


@pytest.mark.parametrize("language", ["en", "id"])
def test_every_measure_and_breakdown_has_a_name_of_its_own(language):
    from resource_centre.i18n import using

    with using(language):
        for group in {one.group for one in MEASURES.values()}:
            names = [one.words for one in MEASURES.values() if one.group == group]
            assert len(names) == len(set(names)), group
        assert all(one.words for one in BREAKDOWNS.values())
        assert all(code in BREAKDOWNS for one in MEASURES.values() for code in one.by)


def test_a_line_of_a_breakdown_is_called_as_in_its_list():
    from resource_centre.i18n import using

    with using("id"):
        assert BREAKDOWNS["stay_length"].label_of("24-59") == "2 sampai 4 tahun"
        assert BREAKDOWNS["regency"].label_of("52.03") == "Kabupaten Lombok Timur"
        assert BREAKDOWNS["country"].label_of("unknown") == "Tidak diketahui"
