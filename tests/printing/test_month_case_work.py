# SPDX-License-Identifier: Apache-2.0
"""The month's figures of case work: every one can be counted by hand, and none tells what is for protection only."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from resource_centre.records import MigrationEpisode
from resource_centre.services.cases import close_case, open_case, reopen_case
from resource_centre.services.follow_ups import mark_done, plan_follow_up


def day(text):
    return dt.date.fromisoformat(text)


@pytest.fixture
def cases(desk):
    """Three people with a case each: one runs, one is closed in October, one closed in September and opened again."""
    found = []
    for at, (name, sex) in enumerate((("Sumiati", "P"), ("Lalu Ahmad", "L"), ("Baiq Mirah", "P"))):
        who = desk.person(name, sex=sex, registered="2026-08-01")
        found.append(open_case(desk.session, person_id=who, on=dt.date(2026, 8, 10 + at)))
    close_case(desk.session, case_id=found[1].id, reason="TUJUAN_TERCAPAI", on=day("2026-10-12"))
    close_case(desk.session, case_id=found[2].id, reason="PINDAH", on=day("2026-09-20"))
    reopen_case(desk.session, found[2].id, reason="pulang lagi", on=day("2026-10-15"))
    return found


def flow_of(desk, month):
    flow = desk.month(month).case_work.flow
    parts = (flow.open_at_start, flow.opened, flow.reopened, flow.closed, flow.open_at_end)
    return tuple(part.month.total for part in parts)


@pytest.mark.parametrize(
    ("month", "flow"),
    [
        ("2026-08", (0, 3, 0, 0, 3)),
        ("2026-09", (3, 0, 0, 1, 2)),
        ("2026-10", (2, 0, 1, 1, 2)),
        ("2026-11", (2, 0, 0, 0, 2)),
    ],
)
def test_what_was_open_and_came_and_went_is_what_is_open(desk, cases, month, flow):
    assert len(cases) == 3
    start, opened, reopened, closed, end = flow_of(desk, month)
    assert (start, opened, reopened, closed, end) == flow
    assert desk.month(month).identities()["caseload"]


def test_a_closing_that_was_taken_back_is_told_with_its_reason(desk, cases):
    assert cases[2].closed_on is None
    reasons = {line.code: (line.month.total, line.year.total) for line in desk.month("2026-09").case_work.flow.reasons}
    assert reasons == {"PINDAH": (1, 1)}
    reasons = {line.code: (line.month.total, line.year.total) for line in desk.month("2026-10").case_work.flow.reasons}
    assert reasons == {"TUJUAN_TERCAPAI": (1, 1), "PINDAH": (0, 1)}


def test_reasons_add_up_to_the_cases_closed(desk, cases):
    assert cases
    flow = desk.month("2026-10").case_work.flow
    assert sum(line.year.total for line in flow.reasons) == flow.closed.year.total == 2


def test_the_first_plan_is_in_good_time_within_thirty_days_of_the_return(story):
    plans = story.desk.month("2026-11").case_work.plans
    assert (plans.made.month.women, plans.in_time.month.women) == (1, 1)
    assert {line.dimension: (line.planned[0], line.reached[0]) for line in plans.goals} == {
        "ekonomi": (1, 0), "sosial": (1, 1),
    }  # fmt: skip


def test_a_plan_made_late_is_made_and_not_in_good_time(desk):
    from resource_centre.records import PlanGoal
    from resource_centre.services.plans import activate_plan, add_part, begin_plan

    who = desk.person(stay=("MYS", "2026-08-01", "DEPORTASI"), registered="2026-10-01")
    case = open_case(desk.session, person_id=who, on=day("2026-10-01"))
    plan = begin_plan(desk.session, case.id, on=day("2026-10-02"))
    add_part(desk.session, PlanGoal, plan.id, {"dimension": "sosial", "goal": "Sekolah"})
    activate_plan(desk.session, plan.id, on=day("2026-10-02"))
    plans = desk.month("2026-10").case_work.plans
    assert (plans.made.month.total, plans.in_time.month.total) == (1, 0)


def test_a_draft_is_no_plan(desk):
    from resource_centre.services.plans import begin_plan

    who = desk.person(registered="2026-10-01")
    begin_plan(desk.session, open_case(desk.session, person_id=who, on=day("2026-10-01")).id, on=day("2026-10-02"))
    assert not desk.month("2026-10").case_work.plans.known


def test_follow_ups_are_told_by_what_became_of_them(desk):
    who = desk.person(registered="2026-09-01")
    for interval, done_on, result in (
        ("1_bulan", "2026-10-05", "terhubung"), ("1_bulan", "2026-10-25", "terhubung"), ("1_bulan", None, None),
        (None, "2026-10-06", "tidak_terhubung"),
    ):  # fmt: skip
        due = plan_follow_up(desk.session, person_id=who, due_on=day("2026-10-05"), interval=interval)
        if done_on:
            mark_done(desk.session, due.id, result=result, on=day(done_on))
    lines = {line.interval: line.month for line in desk.month("2026-10").case_work.follow_ups}
    month = lines["1_bulan"]
    assert (month.due, month.on_time, month.late, month.open, month.lost) == (3, 1, 1, 1, 0)
    other = lines["promised"]
    assert (other.due, other.on_time, other.lost) == (1, 1, 1)


def test_referrals_are_told_as_they_stood_on_the_last_day(story):
    from resource_centre.services.referrals import receive, serve

    (line,) = story.desk.month("2026-11").case_work.referrals
    assert (line.provider_type, line.month.made, line.month.pending, line.month.completed) == ("dinsos", 1, 1, 0)
    receive(story.session, story.referral, on=day("2026-11-07"))
    serve(story.session, story.referral, on=day("2026-11-12"))
    (line,) = story.desk.month("2026-11").case_work.referrals
    month = line.month
    assert (month.accepted, month.completed, month.pending, month.median_days) == (1, 1, 0, 7.0)


def test_complaints_are_told_by_group_and_money_by_currency(story):
    found = story.desk.month("2026-11").case_work.complaints
    assert [(line.group, line.new, line.open) for line in found.lines] == [("UPAH", (1, 1, 1), 1)]
    assert [(one.currency, one.claimed, one.recovered) for one in found.money] == [
        ("MYR", (7200, 7200, 7200), (0, 0, 0))
    ]


def test_money_that_came_back_is_told_in_the_month_it_came(story):
    from resource_centre.services.complaints import change_complaint

    change_complaint(story.session, story.complaint, {"recovered": 5000, "recovered_on": day("2026-11-18")})
    (money,) = story.desk.month("2026-11").case_work.complaints.money
    assert money.recovered == (5000, 5000, 5000)


def test_help_and_what_others_added_are_told_by_kind_and_source(story):
    found = story.desk.month("2026-11").case_work.help
    assert [(one.code, one.count[0], one.amount[0]) for one in found.assistance] == [("alat_usaha", 1, 3_500_000)]
    assert [(one.code, one.count[0], one.amount[0]) for one in found.contributions] == [("diaspora", 1, 1_000_000)]


def test_what_is_only_promised_is_not_counted(story):
    from resource_centre.services.contributions import record_contribution

    promise = {"source": "desa", "amount": 9_000_000, "state": "dijanjikan", "given_on": day("2026-11-11")}
    record_contribution(story.session, values=promise)
    assert [one.code for one in story.desk.month("2026-11").case_work.help.contributions] == ["diaspora"]


def test_matters_for_protection_are_one_line_with_nothing_of_why(story):
    from resource_centre.records import VulnerabilityFlag
    from resource_centre.services.entries import add_entry

    add_entry(story.session, VulnerabilityFlag, story.person, {"flag": "HUTANG", "noted_on": day("2026-10-21")})
    figures = story.desk.month("2026-10")
    assert [(line.code, line.month.women) for line in figures.case_work.flags] == [
        ("HUTANG", 1),
        ("PERLINDUNGAN_KHUSUS", 1),
    ]
    assert "TPPO" not in str(figures.as_dict())


def test_a_return_for_protection_only_is_merged_among_the_kinds_of_return(desk):
    from resource_centre.records import MigrationEpisode

    who = desk.person(registered="2026-10-01")
    stay = MigrationEpisode(
        person_id=who, destination_country="KHM", return_type="PENYELAMATAN_TPPO", return_date="2026"
    )
    desk.session.add(stay)
    desk.session.flush()
    assert [line.code for line in desk.month("2026-10").return_types] == ["PERLINDUNGAN_KHUSUS"]


def test_a_village_laptop_does_not_tell_a_return_that_is_for_protection(story, collector_session, desk_of):
    [stay] = story.session.query(MigrationEpisode).filter_by(person_id=story.person)
    stay.return_type = "PERLINDUNGAN_KHUSUS"
    story.session.flush()
    assert [line.code for line in story.desk.month("2026-10").return_types] == ["PERLINDUNGAN_KHUSUS"]
    story.session.commit()
    seen = desk_of(collector_session("52.03.01.2001")).month("2026-10").return_types
    assert [line.code for line in seen] == ["unknown"]


def test_a_village_laptop_counts_no_marks(story, collector_session, desk_of):
    story.session.commit()
    work = desk_of(collector_session("52.03.01.2001")).month("2026-10").case_work
    assert work.flags == ()
    assert work.flow.opened.month.total == 1


def test_a_village_laptop_counts_no_complaint_that_is_for_protection(story, collector_session, desk_of):
    from resource_centre.services.complaints import open_complaint

    told = {"complaint_type": "KEKERASAN_SEKSUAL", "currency": "SGD", "claimed": 500}
    open_complaint(story.session, person_id=story.person, values=told, on=day("2026-11-07"))
    assert [line.group for line in story.desk.month("2026-11").case_work.complaints.lines] == ["UPAH", "PERLINDUNGAN"]
    story.session.commit()
    seen = desk_of(collector_session("52.03.01.2001")).month("2026-11").case_work.complaints
    assert [line.group for line in seen.lines] == ["UPAH"]
    assert [money.currency for money in seen.money] == ["MYR"]


def printed(figures, folder, language):
    import pypdfium2 as pdfium

    from reports.monthly.document import draw_monthly_report

    document = pdfium.PdfDocument(draw_monthly_report(figures, folder / "month.pdf", language=language))
    try:
        return re.sub(r"\s+", " ", " ".join(page.get_textpage().get_text_bounded() for page in document))
    finally:
        document.close()


def test_the_tables_are_printed_where_there_is_something(story, tmp_path):
    from resource_centre.services.follow_ups import plan_follow_up

    plan_follow_up(story.session, person_id=story.person, due_on=day("2026-11-10"), interval="2_minggu")
    text = printed(story.desk.month("2026-11"), tmp_path, "en")
    for words in ("R11 Vulnerability", "R13 Cases", "R14 Plans and goals", "R16 Follow-ups", "R18 Referrals",
                  "R19 Complaints", "Assistance and what others added", "Special protection 0 0 0 0 0 1 0 1 1",
                  "Malaysian ringgit 7,200 0 7,200 0 7,200 0", "Open at the end 0 1 0 1 0 1 0 1 1"):  # fmt: skip
        assert words in text, words


def test_tables_without_anything_say_so_in_their_place(desk, tmp_path):
    desk.person(registered="2026-10-01")
    text = printed(desk.month("2026-10"), tmp_path, "en")
    assert re.findall(r"\b(R\d+) [A-Z]", text) == [f"R{number}" for number in range(1, 25)]
    assert "R11 Vulnerability No data in this period." in text
    assert "R16 Follow-ups No data in this period." in text
