# SPDX-License-Identifier: Apache-2.0
"""What stands behind figures that are no count of one kind of record: tests, surveys, groups, trainers, projects."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.measures.behind import opens, records_behind
from reports.measures.model import Asked
from reports.monthly.figures import report_figures
from reports.monthly.periods import month_of
from reports.monthly.project_keys import fund_of, key_of_fund
from reports.monthly.report import report_of
from reports.monthly.scope import Scope
from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.weights import shipped_weights
from resource_centre.services.assistance import record_assistance
from resource_centre.services.cases import close_case, open_case, reopen_case
from resource_centre.services.event_trainers import set_trainers
from resource_centre.services.group_meetings import save_meeting
from resource_centre.services.indicator_editions import write_edition, write_indicator
from resource_centre.services.indicator_targets import set_target
from resource_centre.services.month_reports import report_month
from resource_centre.services.projects import write_project
from resource_centre.services.questionnaires import form_of, newest_version
from resource_centre.services.responses import save_response
from resource_centre.services.savings import set_goal
from resource_centre.services.savings_groups import add_member, start_group
from resource_centre.services.trainers import register_trainer

TABLES = (
    "R1", "R13", "R17", "surveys", "R21.month", "R21.year", "R22.under_way", "R22.groups", "R22.done", "R23",
    "R23.generations", "R24", "gcm", "projects", "corrections", "annex.rss", "annex.satisfaction",
)  # fmt: skip
WITHOUT_RECORDS = ("baseline", "target", "was", "change.L", "change.P", "change.unknown", "change.total")
"""Columns of what was planned, of what a paper said, and of differences."""
SCORES = ((40, 70), (62.5, 60), (50, 50), (80, 90), (30, 75), (55, None), (None, 60), (None, None))


def day(text):
    return dt.date.fromisoformat(text)


class Year:
    """Some of what the busy year of other tests has not; six people, whom everything happens to."""

    def __init__(self, desk):
        self.desk, self.session = desk, desk.session
        self.people = [desk.person(f"Sri {at}", sex="PL"[at % 2], registered="2026-02-02") for at in range(6)]
        for write in (self.surveys, self.tests, self.group, self.cascade, self.paid, self.cases, self.aims, self.late):
            write()
        self.session.flush()

    def answers(self, name, who, on, given, occasion):
        version = newest_version(self.session, name)
        form = form_of(self.session, version.id)
        live, places = LiveForm(form), {question.name: question.path for question in form.questions()}
        for question, text in given.items():
            live.answer(places[question], text)
        save_response(
            self.session, None, version_id=version.id, answers=live.answers(), unanswered=live.unanswered(),
            state="complete", person_id=who, asked_on=day(on), occasion=occasion,
        )  # fmt: skip

    def surveys(self):
        rows = [row for row in shipped_weights("rss")[0].rows if row.applies and row.score is not None]
        best = {row.question: row.answer for row in sorted(rows, key=lambda row: float(row.score))}
        worst = {row.question: row.answer for row in sorted(rows, key=lambda row: -float(row.score))}
        for who in self.people:
            self.answers("rss", who, "2026-03-05", worst, "baseline")
            self.answers("rss", who, "2026-10-06", best, "endline")
            self.answers("satisfaction", who, "2026-10-20", {"overall": "puas", "counselling": "biasa"}, "any")
            cheerful = dict.fromkeys(("cheerful", "calm", "active", "rested", "interested"), "4")
            self.answers("who5", who, "2026-10-21", cheerful, "any")

    def tests(self):
        lines = [
            {"name": f"Ayu {at}", "sex": ("P", "L", None)[at % 3], "days": "H", "pre_score": pre, "post_score": post}
            for at, (pre, post) in enumerate(SCORES)
        ]
        self.desk.trained("2026-10-08", *lines, module="M1")
        self.desk.trained("2026-09-08", *lines[:3], module="M10")

    def group(self):
        rules = {"name": "Mawar", "village_code": "52.03.01.2001", "share_value": 5000, "loan_fee": 2.0}
        group = start_group(self.session, rules | {"cycle_begins_on": day("2025-11-01")})
        named = (("Sumi", "P"), ("Ratna", "P"), ("Ahmad", "L"), ("Nur", None))
        members = [add_member(self.session, group.id, {"name": name, "sex": sex}).id for name, sex in named]
        loan = {"member_id": members[1], "shares": 1, "loan": 10_000, "months": 1}
        for on, counted, line in (
            ("2026-08-05", 10_000, {"member_id": members[0], "shares": 2}), ("2026-09-05", 5000, loan),
            ("2026-10-05", 10_000, {"member_id": members[2], "shares": 1}),
        ):  # fmt: skip
            save_meeting(self.session, group.id, {"held_on": day(on), "cash_counted": counted}, (line,))
        for at, aim in enumerate((day("2026-11-30"), day("2026-10-01"), None)):
            goal = {"name": "Ternak", "category": "usaha", "target": 4_000_000, "begun_on": day("2026-08-25")}
            set_goal(self.session, self.people[at], goal | {"target_on": aim})

    def cascade(self):
        first = register_trainer(self.session, {"name": "Wati", "level": "master", "certified_on": day("2026-03-10")})
        second = {"name": "Lalu", "level": "pelatih", "trained_by_id": first.id, "certified_on": day("2026-10-01")}
        both = (first.id, register_trainer(self.session, second).id)
        known = [{"person_id": who, "days": "H"} for who in self.people[:3]]
        light = {"name": "Baiq", "sex": "P", "days": "H"}
        phoned = light | {"phone": "+6281234500009"}
        for on, lines, led in (
            ("2026-09-10", [*known, light], both), ("2026-10-12", [*known[1:], phoned], both[1:]),
            ("2026-10-13", [{"name": "Inaq", "sex": "P", "days": "H"}, *known], both[1:]),
        ):  # fmt: skip
            event = self.desk.trained(on, *lines, counted_women=4)
            parts = ("utama", *("pendamping" for _one in led[1:]))
            set_trainers(self.session, event.id, list(zip(led, parts, strict=True)))

    def paid(self):
        write_project(self.session, {"code": "ILO-26", "name": "Safe return", "budget": 10_000_000, "currency": "IDR"})
        for fund, who in (("ilo-26", 0), ("A B", 1), ("A B", 2), ("A_B", 3), ("-", 4)):
            self.desk.helped(self.people[who], "2026-10-05").fund = fund
        self.desk.helped(self.people[5], "2026-10-06")
        given = {"kind": "modal_usaha", "given_on": day("2026-10-07"), "amount": 2_500_000, "fund": "ILO-26"}
        record_assistance(self.session, person_id=self.people[1], values=given)
        sheet = ({"name": "Budi", "sex": "L", "days": "H"}, {"person_id": self.people[0], "days": "H"})
        self.desk.trained("2026-10-14", *sheet, fund="ILO-26")
        case = open_case(self.session, person_id=self.people[2], values={"fund": "ILO-26"}, on=day("2026-09-01"))
        self.desk.counselled(self.people[2], "2026-10-15", case_id=case.id)

    def cases(self):
        for at in (3, 4):
            case = open_case(self.session, person_id=self.people[at], values={}, on=day("2026-07-01"))
            close_case(self.session, case_id=case.id, reason="PINDAH", on=day("2026-09-30"))
            if at == 3:
                reopen_case(self.session, case.id, reason="pulang lagi", on=day("2026-10-10"))

    def aims(self):
        women = {
            "indicator": "women_trained", "valid_from": day("2026-01-01"), "name_en": "Women trained",
            "name_id": "Perempuan terlatih", "text_en": "All.", "unit": "people", "formula": "participants/sex=P",
            "gcm": ["18"],
        }  # fmt: skip
        write_indicator(self.session, women)
        baseline = {"valid_from": day("2026-01-01"), "baseline": 2, "baseline_on": day("2025-12-31")}
        write_edition(self.session, "persons_served", baseline)
        set_target(self.session, "women_trained", 2026, 40)
        set_target(self.session, "mean_gain", 2026, 15)

    def late(self):
        self.desk.counselled(self.people[0], "2026-08-05")
        report_month(self.session, "2026-08", on=day("2026-09-03"), figures=self.desk.month("2026-08").as_kept())
        self.desk.counselled(self.people[1], "2026-08-06")


@pytest.fixture(scope="module")
def october(make_either_centre, desk_of, on_friday):
    """A session that reads a centre with all of it, the figures of October, and every cell of its report by table."""
    with on_friday(), make_either_centre("sqlite") as centre:
        with centre.change() as session:
            Year(desk_of(session))
        with centre.session() as session:
            figures = report_figures(session, month_of("2026-10"))
            cells = {table.key: dict(table.cells()) for table in report_of(figures, "en").tables()}
            yield session, Asked(figures.span, Scope()), cells


def made_by(opened):
    return sum(one.amount or 0 for one in opened.records) if opened.counts == "sum" else opened.total


@pytest.mark.parametrize("table", TABLES)
def test_a_figure_opens_to_as_many_records_as_it_says(october, table):
    session, asked, cells = october
    told = {key: cell.value for key, cell in cells[table].items() if cell.value}
    assert told
    for key, value in told.items():
        if not key.endswith(WITHOUT_RECORDS):
            opened = records_behind(session, key, asked, limit=1000)
            assert opened.total == len(opened.records) > 0, key
            assert opened.value is None or opened.value == pytest.approx(value), key
            if opened.value is not None and opened.counts != "share":
                assert made_by(opened) == pytest.approx(value), key


def test_what_is_planned_or_was_said_on_paper_opens_nothing(october):
    _session, _asked, cells = october
    planned = [key for told in cells.values() for key in told if key.endswith(WITHOUT_RECORDS) and key[0] != "R"]
    assert planned
    assert not any(opens(key) for key in planned)


@pytest.mark.parametrize(
    ("key", "part"), [("R21.month/all/month.improved", 3), ("R21.month/all/month.passed", 3),
                      ("R1/reached_pass_mark/month.total", 3)],
)  # fmt: skip
def test_a_share_of_those_tested_marks_its_part(october, key, part):
    session, asked, _cells = october
    opened = records_behind(session, key, asked)
    assert (sum(one.part for one in opened.records), opened.total) == (part, 5)


def test_who_took_a_test_is_called_as_on_the_sheet(october):
    session, asked, _cells = october
    opened = records_behind(session, "R21.month/M1/month.pairs", asked)
    assert {one.who for one in opened.records} == {f"Ayu {at}" for at in range(5)}


def test_who_is_on_a_sheet_without_being_registered_stands_with_the_event(october):
    session, asked, _cells = october
    opened = records_behind(session, "R23.generations/1/project.people", asked)
    assert {one.record for one in opened.records} == {"Person", "Participation"}
    assert all(one.shown_in for one in opened.records if one.record == "Participation")


def test_the_first_answers_stand_behind_what_was_before_and_the_last_behind_the_change(october):
    session, asked, _cells = october
    days = {
        name: {one.day for one in records_behind(session, f"R17/composite/project.{name}", asked).records}
        for name in ("before", "change")
    }
    assert days == {"before": {day("2026-03-05")}, "change": {day("2026-10-06")}}


def test_a_share_of_those_who_answered_marks_who_gave_that_answer(october):
    session, asked, cells = october
    shares = [key for key, cell in cells["annex.rss"].items() if key.endswith(".share") and cell.value]
    key = next(key for key in shares if cells["annex.rss"][key].value < 100)
    cell = cells["annex.rss"][key]
    opened = records_behind(session, key, asked, limit=1000)
    assert opened.total == cell.pairs
    assert 100 * sum(one.part for one in opened.records) / opened.total == pytest.approx(cell.value)


def test_what_is_no_answer_opens_to_nothing(october):
    session, asked, _cells = october
    with pytest.raises(LookupError):
        records_behind(session, "annex.rss/nobody_asked.this/year.count", asked)


def test_records_that_are_worked_out_come_some_at_a_time_too(october):
    session, asked, _cells = october
    key = "R21.month/all/month.pairs"
    whole = records_behind(session, key, asked).records
    pages = [records_behind(session, key, asked, limit=2, offset=first).records for first in (0, 2, 4)]
    assert [one for page in pages for one in page] == list(whole)


@pytest.mark.parametrize("funds", [("A B", "A_B"), ("A~20~B", "A B"), ("-", ""), ("ä/b", "ä.b"), ("A.B", "A~2e~B")])
def test_no_two_funds_have_one_key(funds):
    one, other = (key_of_fund(fund) for fund in funds)
    assert one != other
    assert not {"/", "."}.intersection(one + other)


@pytest.mark.parametrize("fund", ["ILO-26", "A B", "A_B", "-", "~", "A~20~B", "dana / ä"])
def test_a_fund_is_read_from_its_key(fund):
    assert fund_of(key_of_fund(fund)) == fund
