# SPDX-License-Identifier: Apache-2.0
"""A month that was handed over: what changes in it later is told in the next report, and in its own as restated."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.monthly.adjustments import recounted
from reports.monthly.counts import BySex
from reports.monthly.headline import OF_TODAY, plain_value
from resource_centre.services import month_reports
from resource_centre.services.kept_figures import digest_of
from resource_centre.services.month_reports import kept_month, report_month

HANDED_OVER = dt.date(2026, 9, 3)


@pytest.fixture(autouse=True)
def calendar(monkeypatch):
    monkeypatch.setattr(month_reports, "today", lambda: dt.date(2026, 11, 20))


@pytest.fixture
def august(desk, story):
    """Some of everything in August to November; the ids of the people who came in August."""
    people = [desk.person(f"Sumiati {at}", sex="PL"[at % 3 == 1], registered="2026-08-01") for at in range(6)]
    for who in people[:4]:
        desk.counselled(who, "2026-08-05")
    desk.visited("2026-08-06")
    desk.trained("2026-08-09", {"name": "Baiq", "sex": "P", "days": "H", "pre_score": 40, "post_score": 60}, hours=3)
    return people


def hand_over(desk, month="2026-08", on=HANDED_OVER):
    report_month(desk.session, month, on=on, figures=desk.month(month).as_kept())


def text_of(figures, folder, language="en"):
    import re

    import pypdfium2 as pdfium

    from reports.monthly.document import draw_monthly_report

    document = pdfium.PdfDocument(draw_monthly_report(figures, folder / f"{language}.pdf", language=language))
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def adjusted(desk, month="2026-10"):
    return {one.indicator: (one.was, one.now) for one in desk.month(month).closing.corrections.adjustments}


# What is kept


def test_what_is_kept_holds_nothing_that_anybody_wrote(desk, august, story):
    written = set(_words_of_the_records(desk.session))
    assert {"Sumiati", "Nurhayati", story.NOTE, story.SAFE, "Lale"} <= written
    kept = desk.month("2026-11").as_kept()
    assert written.isdisjoint(_texts(kept))
    assert "centre" not in kept


def _words_of_the_records(session):
    """Every text of every record, and every name in it."""
    import sqlalchemy as sa

    from resource_centre.log.shape import logged_records

    free = {"text", "paragraph", "name", "phone", "passport", "nik"}
    for record in logged_records().values():
        names = [c.key for c in sa.inspect(record).columns if c.info.get("format") in free]
        for text in (getattr(one, name) for one in session.scalars(sa.select(record)) for name in names):
            if isinstance(text, str):
                yield from (text, *(word for word in text.split() if word.istitle()))


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from value
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


def test_a_report_of_one_place_or_of_a_part_of_the_centre_closes_nothing(desk, august, collector_session):
    from reports.monthly.figures import monthly_figures

    assert monthly_figures(desk.session, "2026-08", place="52.03").closing is None
    desk.session.commit()
    assert monthly_figures(collector_session("52.03.01.2001"), "2026-08").closing is None


# The same again, and restated


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "As handed over on 3 September 2026, digest"),
        ("id", "Sama seperti yang diserahkan pada 3 September 2026"),
    ],
)
def test_printed_again_unchanged_it_says_as_handed_over(desk, august, tmp_path, language, words):
    hand_over(desk)
    pages = text_of(desk.month("2026-08"), tmp_path, language)
    digest = kept_month(desk.session, "2026-08").digest[:12]
    assert words in pages[0]
    assert digest in pages[0]
    assert digest in pages[-1]
    assert "handed over as" not in pages[0]


@pytest.mark.parametrize(
    ("language", "words", "line"),
    [("en", "Restated: figures have changed", "People served 1 4 0 5 1 4 0 5 5 handed over as 1 3 0 4 1 3 0 4 4"),
     ("id", "Diperbarui: angka telah", "Orang yang dilayani 1 4 0 5 1 4 0 5 5 saat diserahkan 1 3 0 4 1 3 0 4 4")],
)  # fmt: skip
def test_printed_again_after_a_change_it_says_restated_and_marks_the_lines(
    desk, august, tmp_path, language, words, line
):
    hand_over(desk)
    desk.counselled(august[5], "2026-08-20")
    figures = desk.month("2026-08")
    pages = text_of(figures, tmp_path, language)
    assert words in pages[0]
    assert line in pages[0]
    assert figures.closing.digest == digest_of(figures.as_kept()) != kept_month(desk.session, "2026-08").digest
    assert figures.closing.digest[:12] in pages[-1]


def test_json_says_the_same(desk, august):
    hand_over(desk)
    desk.counselled(august[5], "2026-08-20")
    told = json.loads(json.dumps(desk.month("2026-08").in_full()))
    assert told["handed_over"]["state"] == "restated"
    assert told["handed_over"]["was"][0]["month"] == {"L": 1, "P": 3, "unknown": 0, "total": 4}
    assert len(told["digest"]) == 64


def test_a_month_handed_over_before_figures_were_kept_says_so(desk, august, tmp_path):
    report_month(desk.session, "2026-08", on=HANDED_OVER)
    assert "Its figures of then were not kept" in text_of(desk.month("2026-08"), tmp_path)[0]
    assert "before figures were kept" in " ".join(text_of(desk.month("2026-10"), tmp_path))


def test_figures_of_two_laptops_are_told_of_and_not_compared(desk, august, tmp_path):
    hand_over(desk)
    desk.session.get(month_reports.MonthReport, month_reports._id_of("2026-08")).digest = "0" * 64
    desk.session.flush()
    assert "The kept figures of two laptops differ" in text_of(desk.month("2026-08"), tmp_path)[0]
    assert adjusted(desk) == {}
    assert "The kept figures of two laptops differ" in " ".join(text_of(desk.month("2026-10"), tmp_path))


# Later corrections


@pytest.mark.parametrize(
    ("language", "words"),
    [("en", "August 2026 People served 4 5 0 +1 0 +1"), ("id", "Agustus 2026 Orang yang dilayani 4 5 0 +1 0 +1")],
)
def test_a_late_entry_stands_in_the_next_report(desk, august, tmp_path, language, words):
    hand_over(desk)
    desk.counselled(august[5], "2026-08-20")
    assert words in " ".join(text_of(desk.month("2026-10"), tmp_path, language))
    assert adjusted(desk)["persons_served"] == (BySex(1, 3), BySex(1, 4))


def test_when_nothing_differs_one_sentence_says_so(desk, august, tmp_path):
    hand_over(desk)
    assert "Nothing has changed in these months since." in " ".join(text_of(desk.month("2026-10"), tmp_path))


def test_when_nothing_was_handed_over_one_sentence_says_so(desk, tmp_path):
    assert "No report of an earlier month of this year was handed over." in " ".join(text_of(desk.month(), tmp_path))


def test_the_december_before_is_told_of_and_the_november_before_it_is_not(desk, august):
    for month in ("2025-11", "2025-12", "2026-10"):
        hand_over(desk, month)
    assert [one.month for one in desk.month("2026-10").closing.corrections.months] == ["2025-12"]


def test_what_is_taken_back_is_a_correction_as_well(desk, august):
    held = desk.counselled(august[5], "2026-08-21")
    hand_over(desk)
    desk.voids(held)
    assert adjusted(desk)["counselling_sessions"] == (5, 4)


def test_a_line_that_r1_did_not_have_then_is_told_from_nothing_and_where_nothing_is_not_at_all(desk, august):
    from resource_centre.services.savings import set_goal

    hand_over(desk)
    goal = {"name": "Ternak", "category": "usaha", "target": 4_000_000, "begun_on": dt.date(2026, 8, 25)}
    set_goal(desk.session, august[0], goal)
    assert adjusted(desk) == {"savings_goals_set": (0, 1)}


def test_a_line_that_no_program_of_then_could_count_is_no_correction(desk, august):
    kept = desk.month("2026-08").as_kept()
    fewer = [one for one in kept["R1"] if one["code"] not in ("persons_served", "cases_opened")]
    report_month(desk.session, "2026-08", figures=kept | {"R1": fewer})
    assert adjusted(desk) == {}


def test_what_is_found_out_later_about_somebody_does_not_restate_a_month(desk, august):
    from resource_centre.services.people import identify

    hand_over(desk)
    before = desk.month("2026-08").indicator("data_quality").project
    identify(desk.session, august[0], "nik", "9901015203910001")
    after = desk.month("2026-08")
    assert after.indicator("data_quality").project == before < desk.month("2026-10").indicator("data_quality").project
    assert after.closing.handed_over.state == "same"
    assert adjusted(desk) == {}


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "The shares are those of 3 September 2026"),
        ("id", "Persentase ini adalah yang tercatat pada 3 September"),
    ],
)
def test_the_quality_of_the_data_is_kept_with_the_month_and_says_of_which_day_it_is(
    desk, august, tmp_path, language, words
):
    from resource_centre.services.people import identify

    was = desk.month("2026-08").as_dict()["R24"]
    hand_over(desk)
    assert kept_month(desk.session, "2026-08").figures["R24"] == was
    identify(desk.session, august[0], "nik", "9901015203910001")
    again = desk.month("2026-08")
    assert again.as_dict()["R24"] == was
    assert words in " ".join(text_of(again, tmp_path, language))


def test_what_another_laptop_knew_of_the_data_is_no_other_report(desk, august):
    from resource_centre.services.kept_figures import same_figures

    one = desk.month("2026-08").as_kept()
    index = [line | {"month": 1.0} if line["code"] == "data_quality" else line for line in one["R1"]]
    assert same_figures(one, one | {"R1": index, "R24": one["R24"] | {"devices": 9}})


@pytest.mark.parametrize("month", ["2026-07", "2026-08", "2026-11"])
def test_counted_by_itself_a_month_comes_to_what_its_report_says(desk, august, month):
    whole = {one.code: plain_value(one.month) for one in desk.month(month).indicators}
    alone = {one.code: plain_value(one.month) for one in recounted(desk.session, month)}
    assert {code: value for code, value in whole.items() if code in alone} == alone
    assert not any(_something(value) for code, value in whole.items() if code not in alone and code != OF_TODAY)


def _something(value):
    return value["total"] if isinstance(value, dict) else value


CHANGES = st.lists(
    st.tuples(
        st.sampled_from(["counselled", "helped", "visited"]), st.integers(0, 5), st.sampled_from(["07", "08", "09"])
    ),
    max_size=4,
)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES)
def test_any_later_change_is_exactly_an_adjustment_and_none_is_none(desk, august, changes):
    with desk.session.begin_nested() as inside:
        before = {one.code: plain_value(one.month) for one in desk.month("2026-08").indicators}
        hand_over(desk)
        for what, who, month in changes:
            day = f"2026-{month}-15"
            desk.visited(day, august[who]) if what == "visited" else getattr(desk, what)(august[who], day)
        after = {one.code: plain_value(one.month) for one in desk.month("2026-08").indicators}
        found = {code: (plain_value(was), plain_value(now)) for code, (was, now) in adjusted(desk).items()}
        expected = {code: (before[code], after[code]) for code in before if before[code] != after[code]}
        assert found == expected
        inside.rollback()
        desk.session.expire_all()
