# SPDX-License-Identifier: Apache-2.0
"""What was written to a month stands in its report, and the year's targets beside the figures."""

from __future__ import annotations

import re

import pytest

from reports.monthly.document import draw_monthly_report
from reports.monthly.figures import monthly_figures
from reports.monthly.words import INDICATORS
from resource_centre.services.indicator_targets import indicator_kinds, set_target
from resource_centre.services.month_narratives import write_narrative

WRITTEN = {
    "achievements": "Dua desa baru.\nSatu mitra <b>baru</b> & lama.",
    "challenges": "Hujan &amp; banjir.",
    "next_plan": "Pelatihan di Praya.",
    "story": "Seorang ibu membuka warung.",
    "story_agreed": True,
}
HEADINGS = {
    "en": ["Achievements", "Challenges", "A story", "Plan for the next month"],
    "id": ["Capaian", "Tantangan", "Sebuah kisah", "Rencana bulan depan"],
}


def first_table(figures, tmp_path, language="en"):
    """The pages on which R1 stands, with what is below it."""
    return " ".join(pages_of(figures, tmp_path, language)[:2])


@pytest.fixture
def october(desk):
    """Three people served, one of them a man; six sessions."""
    for at in range(3):
        who = desk.person(f"Sumiati {at}", sex="PLP"[at], registered="2026-10-01")
        for day in range(2):
            desk.counselled(who, f"2026-10-{5 + day:02}")
    return desk


def pages_of(figures, folder, language="en"):
    import pypdfium2 as pdfium

    path = draw_monthly_report(figures, folder / f"{language}.pdf", language=language)
    document = pdfium.PdfDocument(path)
    try:
        return [re.sub(r"\s+", " ", page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def line_of(page, name):
    """What follows the name of an indicator on its line of R1."""
    return page[page.index(name) + len(name) :][:60]


def test_reports_and_the_list_of_targets_know_the_same_indicators(october):
    assert set(indicator_kinds()) == set(INDICATORS)
    for one in october.month().indicators:
        assert indicator_kinds()[one.code].unit == one.unit, one.code


def test_the_share_of_a_target_is_that_of_the_year_so_far(october):
    set_target(october.session, "persons_served", 2026, 12, "Hibah")
    line = october.month().targets[0]
    assert (line.target, line.reached, line.share, line.difference) == (12, 3, 25, None)
    assert line.source == "Hibah"


def test_of_what_does_not_grow_over_the_year_only_the_difference_is_told(october):
    set_target(october.session, "cases_open_at_end", 2026, 2)
    (line,) = october.month().targets
    assert (line.share, line.difference) == (None, -2)


def test_a_target_of_nothing_has_no_share(october):
    set_target(october.session, "cases_opened", 2026, 0)
    (line,) = october.month().targets
    assert (line.share, line.difference) == (None, None)


def test_targets_of_another_year_are_not_this_years(october):
    set_target(october.session, "persons_served", 2027, 12)
    assert october.month().targets == ()


@pytest.mark.parametrize(("language", "words"), [("en", "People served"), ("id", "Orang yang dilayani")])
def test_target_and_share_stand_at_the_end_of_their_line(october, tmp_path, language, words):
    set_target(october.session, "persons_served", 2026, 1200)
    page = pages_of(october.month(), tmp_path, language)[0]
    grouped = {"en": "1,200", "id": "1.200"}[language]
    assert line_of(page, f"{words} 1 2 0 3 1 2 0 3 3").startswith(f" {grouped} 0 %")


def test_a_difference_has_its_sign_and_is_explained(october, tmp_path):
    set_target(october.session, "cases_open_at_end", 2026, 2)
    page = first_table(october.month(), tmp_path)
    assert line_of(page, "Cases open at the end 0 0 0 0 0 0 0 0 0").startswith(" 2 \u20132")
    assert "above or below the target" in page


def test_without_targets_there_are_no_columns_for_them(october, tmp_path):
    (page, *_others) = pages_of(october.month(), tmp_path)
    assert "Target" not in page


def test_a_target_of_what_is_not_in_the_report_yet_is_not_lost(october, tmp_path):
    set_target(october.session, "savings_goals_set", 2026, 40)
    page = first_table(october.month(), tmp_path)
    assert "no figures yet: Savings goals set (40)" in page


def test_every_indicator_may_have_a_target_and_the_table_still_fits(october, tmp_path):
    for kind in indicator_kinds().values():
        set_target(october.session, kind.code, 2026, 95 if kind.unit == "percent" else 10**11)
    page = pages_of(october.month(), tmp_path)[0]
    assert "100,000,000,000" in page


@pytest.mark.parametrize("language", HEADINGS)
def test_what_was_written_stands_in_its_order_before_the_definitions(october, tmp_path, language):
    write_narrative(october.session, "2026-10", WRITTEN)
    text = " ".join(pages_of(october.month(), tmp_path, language))
    places = [text.index(f"{words} ") for words in HEADINGS[language]]
    assert places == sorted(places)
    assert places[-1] < text.index({"en": "Definitions", "id": "Pengertian"}[language])


def test_markup_is_printed_as_it_is_written(october, tmp_path):
    write_narrative(october.session, "2026-10", WRITTEN)
    text = " ".join(pages_of(october.month(), tmp_path))
    assert "Satu mitra <b>baru</b> & lama." in text
    assert "Hujan &amp; banjir." in text


def test_what_was_not_written_has_no_heading(october, tmp_path):
    write_narrative(october.session, "2026-10", {"challenges": "Hujan."})
    text = " ".join(pages_of(october.month(), tmp_path))
    assert "Challenges" in text
    assert not any(words in text for words in ("Achievements", "A story", "Plan for the next month"))


def test_a_long_text_runs_over_its_pages_to_the_last_word(october, tmp_path):
    words = " ".join(f"kata{at}" for at in range(2000))
    write_narrative(october.session, "2026-10", {"achievements": words, "challenges": "x" * 20_000})
    pages = pages_of(october.month(), tmp_path)
    text = " ".join(pages)
    assert all(f"kata{at}" in text for at in (0, 999, 1999))
    assert text.count("x") >= 20_000
    assert f"Page {len(pages)} of {len(pages)}" in pages[-1]


def test_what_the_font_lacks_is_marked_and_said(october, tmp_path):
    write_narrative(october.session, "2026-10", {"achievements": "Selamat 🎉🎉 untuk 李小龙 di sini"})
    text = " ".join(pages_of(october.month(), tmp_path))
    assert "Selamat \ufffd untuk \ufffd di sini" in text
    assert "\ufffd stands for characters that cannot be printed." in text


def test_the_typed_report_has_texts_and_targets_and_the_counts_have_not(october):
    write_narrative(october.session, "2026-10", WRITTEN)
    set_target(october.session, "persons_served", 2026, 12)
    figures = october.month()
    whole = figures.in_full()
    assert list(whole["narratives"]["2026-10"]) == ["achievements", "challenges", "story", "next_plan"]
    assert whole["targets"][0]["share"] == 25
    assert not {"narrative", "targets"} & figures.as_dict().keys()


def test_a_report_on_one_place_has_neither(october):
    write_narrative(october.session, "2026-10", WRITTEN)
    set_target(october.session, "persons_served", 2026, 12)
    figures = monthly_figures(october.session, "2026-10", place="52.03")
    assert (figures.targets, dict(figures.narrative)) == ((), {})


def test_a_village_laptop_prints_neither(october):
    from resource_centre.access import COLLECTOR, Viewer
    from resource_centre.records import new_id

    write_narrative(october.session, "2026-10", WRITTEN)
    set_target(october.session, "persons_served", 2026, 12)
    october.session.flush()
    october.session.expunge_all()
    october.session.info["viewer"] = Viewer(new_id(), COLLECTOR, frozenset({"52.03.01.2001"}))
    figures = october.month()
    assert (figures.targets, dict(figures.narrative)) == ((), {})


@pytest.mark.parametrize("language", HEADINGS)
def test_long_sums_of_money_leave_the_names_their_room(october, tmp_path, language):
    import dataclasses

    set_target(october.session, "counselling_sessions", 2026, 10**11)
    figures = october.month()
    sessions = dataclasses.replace(figures.indicator("counselling_sessions"), month=10**6, year=10**8, project=10**9)
    others = (sessions if one.code == sessions.code else one for one in figures.indicators)
    page = first_table(dataclasses.replace(figures, indicators=tuple(others)), tmp_path, language)
    words = {"en": "Counselling sessions held", "id": "Sesi konseling terlaksana"}[language]
    year, target = {"en": ("100,000,000", "100,000,000,000"), "id": ("100.000.000", "100.000.000.000")}[language]
    assert re.search(rf"{words} \S+ {re.escape(year)} ", page)
    assert f"{words} {target} 0 %" in page
