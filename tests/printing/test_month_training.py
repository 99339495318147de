# SPDX-License-Identifier: Apache-2.0
"""Training events, who came, and what tests before and after show."""

from __future__ import annotations

import datetime as dt

import pytest

from reports.monthly.counts import BySex
from resource_centre.services.training import event_sheet, remove_participant

day = dt.date.fromisoformat


def events(figures):
    return {line.training_type: line for line in figures.training_month.events}


def gain(figures, module="all", sex="all"):
    return {(line.module, line.sex): line for line in figures.training_month.gains}[module, sex]


def test_an_event_belongs_to_the_month_of_its_first_day(desk):
    desk.trained("2026-09-30", {"name": "Baiq", "days": "HH"}, ends_on="2026-10-01")
    desk.trained("2026-10-31", {"name": "Baiq", "days": "HH"}, ends_on="2026-11-01")
    figures = [desk.month(month) for month in ("2026-09", "2026-10", "2026-11")]
    assert [one.indicator("training_events").month for one in figures] == [1, 1, 0]
    assert [one.indicator("training_participants").month.total for one in figures] == [1, 1, 0]
    assert figures[2].indicator("training_events").year == 2


def test_events_hours_and_participants_by_kind(desk):
    desk.trained("2026-10-01", {"name": "Baiq", "sex": "P", "days": "H"}, {"name": "Lalu", "sex": "L", "days": "H"},
                 hours=6.5)  # fmt: skip
    desk.trained("2026-10-05", {"name": "Sri", "days": "H"}, hours=3)
    desk.trained("2026-10-06", {"name": "Sri", "sex": "P", "days": "H"}, training_type="sosialisasi")
    figures = desk.month()
    assert list(events(figures)) == ["kelas", "sosialisasi"]
    lessons = events(figures)["kelas"]
    assert (lessons.events, lessons.hours, lessons.contact_hours) == (2, 9.5, 16.0)
    assert lessons.participants == BySex(men=1, women=1, unknown=1)
    assert figures.indicator("training_events").month == 3
    assert figures.indicator("training_participants").month == BySex(men=1, women=2, unknown=1)
    assert figures.indicator("contact_hours").month == 16.0


def test_a_name_on_the_sheet_is_a_participant_but_not_a_person_served(desk):
    desk.trained("2026-10-01", {"name": "Baiq", "sex": "P", "days": "H"}, {"person_id": desk.person(), "days": "H"})
    figures = desk.month()
    assert figures.indicator("training_participants").month.total == 2
    assert figures.indicator("persons_served").month.total == 1


def test_a_linked_person_brings_their_own_sex(desk):
    desk.trained("2026-10-01", {"person_id": desk.person(sex="L"), "days": "H"})
    assert desk.month().indicator("training_participants").month == BySex(men=1)


def test_one_person_at_two_events_is_two_participants_and_one_person_served(desk):
    siti = desk.person()
    for on in ("2026-10-01", "2026-10-08"):
        desk.trained(on, {"person_id": siti, "days": "H"})
    figures = desk.month()
    assert figures.indicator("training_participants").month.total == 2
    assert figures.indicator("persons_served").month.total == 1


@pytest.mark.parametrize(
    ("marks", "came"),
    [("H", 1), ("T", 1), ("HA", 1), ("AT", 1), ("AH", 1),
     (None, 0), ("A", 0), ("AA", 0), ("I", 0), ("IA", 0), ("--", 0)],
)  # fmt: skip
def test_who_was_there_on_one_day_took_part(desk, marks, came):
    desk.trained("2026-10-01", {"person_id": desk.person(), "days": marks}, ends_on="2026-10-02", hours=4)
    figures = desk.month()
    assert figures.indicator("training_participants").month.total == came
    assert figures.indicator("persons_served").month.total == came
    assert figures.indicator("contact_hours").month == 4 * came
    assert figures.indicator("training_events").month == 1


@pytest.mark.parametrize("marks", [None, "-"])
def test_where_nobody_was_marked_a_test_says_who_was_there(desk, marks):
    tested, other = desk.person("Sumiati"), desk.person("Rohani")
    desk.trained("2026-10-01", {"person_id": tested, "days": marks, "post_score": 55}, {"person_id": other})
    figures = desk.month()
    assert figures.indicator("training_participants").month.total == 1
    assert figures.indicator("persons_served").month.total == 1


def test_withdrawn_events_and_lines_are_not_counted(desk):
    desk.voids(desk.trained("2026-10-01", {"name": "Baiq", "days": "H", "pre_score": 1, "post_score": 2}, hours=4))
    event = desk.trained("2026-10-02", {"name": "Baiq", "days": "H", "pre_score": 1, "post_score": 2}, hours=4)
    (line,) = event_sheet(desk.session, event.id).rows
    remove_participant(desk.session, line.id, reason="was not there")
    figures = desk.month()
    assert figures.indicator("training_events").month == 1
    assert figures.indicator("training_participants").month.total == 0
    assert figures.indicator("contact_hours").month == 0
    assert gain(figures).pairs == 0


SCORES = (
    {"name": "Baiq", "sex": "P", "days": "H", "pre_score": 40, "post_score": 70},
    {"name": "Sri", "sex": "P", "days": "H", "pre_score": 62.5, "post_score": 60},
    {"name": "Lalu", "sex": "L", "days": "H", "pre_score": 50, "post_score": 50},
    {"name": "Only before", "sex": "P", "days": "H", "pre_score": 99},
    {"name": "Only after", "sex": "P", "days": "H", "post_score": 100},
    {"name": "Neither", "days": "H"},
)


def test_only_matched_pairs_make_the_means(desk):
    desk.trained("2026-10-01", *SCORES, module="M1")
    found = gain(desk.month())
    assert (found.pairs, found.untested) == (3, 3)
    assert (found.mean_pre, found.mean_post, found.mean_gain) == pytest.approx((152.5 / 3, 60, 27.5 / 3))


def test_improved_means_more_and_passed_means_seventy(desk):
    near = {"name": "Near", "days": "H", "pre_score": 60, "post_score": 69.99}
    desk.trained("2026-10-01", *SCORES, near, {"name": "Same", "days": "H", "pre_score": 40, "post_score": 40})
    found = gain(desk.month())
    assert (found.pairs, found.improved, found.passed) == (5, 2, 1)
    assert desk.month().indicator("reached_pass_mark").month == 20.0
    assert desk.month().indicator("mean_gain").month == pytest.approx((30 - 2.5 + 0 + 9.99 + 0) / 5)


def test_of_fewer_than_five_pairs_no_mean_is_printed(desk):
    desk.trained("2026-10-01", *SCORES, module="M1")
    figures = desk.month()
    assert figures.indicator("mean_gain").month is None
    assert figures.indicator("reached_pass_mark").month is None
    printed = figures.training_month.as_dict()["gains"]
    assert {(line["pairs"], line["mean_gain"], line["hidden"]) for line in printed if line["sex"] == "all"} == {
        (3, None, True)
    }


def test_a_hidden_group_cannot_be_reckoned_from_the_others(desk):
    """Six women and one man: his gain would follow from the whole and theirs, so theirs is hidden as well."""
    women = [{"name": f"Baiq {n}", "sex": "P", "days": "H", "pre_score": 40, "post_score": 70} for n in range(6)]
    desk.trained("2026-10-01", *women, {"name": "Lalu", "sex": "L", "days": "H", "pre_score": 10, "post_score": 90})
    shown = {(line.module, line.sex): line.gain for line in desk.month().training_month.shown_gains}
    assert [shown["all", sex].hidden for sex in ("all", "L", "P")] == [False, True, True]
    assert (shown["all", "P"].pairs, shown["all", "P"].mean_gain) == (6, None)


def test_a_score_of_nothing_is_a_score(desk):
    desk.trained("2026-10-01", {"name": "Baiq", "days": "H", "pre_score": 0, "post_score": 0})
    found = gain(desk.month())
    assert (found.pairs, found.mean_pre, found.mean_gain, found.improved) == (1, 0, 0, 0)


def test_without_a_pair_there_is_no_mean(desk):
    desk.trained("2026-10-01", {"name": "Baiq", "days": "H", "pre_score": 40})
    figures = desk.month()
    found = gain(figures)
    assert (found.pairs, found.mean_pre, found.mean_post, found.mean_gain, found.untested) == (0, None, None, None, 1)
    assert figures.indicator("reached_pass_mark").month is None


def test_tests_by_module_and_sex(desk):
    desk.trained("2026-10-01", *SCORES, module="M2")
    desk.trained(
        "2026-10-08", {"name": "Baiq", "sex": "P", "days": "H", "pre_score": 20, "post_score": 80}, module="M10"
    )
    figures = desk.month()
    assert (gain(figures, "M2", "P").pairs, gain(figures, "M2", "L").pairs, gain(figures, "M10").mean_gain) == (
        2,
        1,
        60,
    )
    assert gain(figures, sex="P").pairs == 3
    assert gain(figures).pairs == 4
    modules = [line.module for line in figures.training_month.gains]
    assert sorted(set(modules), key=modules.index) == ["M2", "M10", "all"]


def test_an_event_without_a_module_is_in_the_sum(desk):
    desk.trained("2026-10-01", *SCORES)
    figures = desk.month()
    assert gain(figures, "unknown").pairs == gain(figures).pairs == 3


def test_who_never_came_lacks_no_test(desk):
    desk.trained("2026-10-01", {"name": "Baiq", "days": "A"}, {"name": "Sri", "days": "H"})
    assert gain(desk.month()).untested == 1


def test_the_gain_of_the_year_holds_all_its_pairs(desk):
    for on, after in (("2026-01-01", 60), ("2026-10-01", 80), ("2025-12-31", 100), ("2026-11-01", 100)):
        five = [{"name": f"Baiq {n}", "days": "H", "pre_score": 50, "post_score": after} for n in range(5)]
        desk.trained(on, *five)
    indicator = desk.month().indicator("mean_gain")
    assert (indicator.month, indicator.year, indicator.project) == (30, 20, pytest.approx(30))


def test_a_withdrawn_person_is_no_participant_either(desk):
    siti = desk.person(sex="P")
    desk.trained("2026-10-01", {"person_id": siti, "days": "H", "pre_score": 1, "post_score": 2})
    desk.voids_person(siti)
    figures = desk.month()
    assert figures.indicator("persons_served").month.total == 0
    assert figures.indicator("training_participants").month.total == 0
    assert gain(figures).pairs == 0


def test_events_called_off_are_counted_nowhere(desk):
    siti = desk.person()
    scores = {"pre_score": 10, "post_score": 90}
    desk.trained("2026-10-01", {"person_id": siti, "days": "H", **scores}, hours=4, reach=900, counted_women=7,
                 called_off=True)  # fmt: skip
    figures = desk.month()
    assert figures.indicator("training_events").month == 0
    assert figures.indicator("training_participants").month.total == 0
    assert figures.indicator("persons_served").month.total == 0
    assert gain(figures).pairs == gain(figures).untested == 0
    assert figures.training_month.all_events.reach == 0


def test_who_was_only_counted_stands_apart_and_reach_is_nobody_served(desk):
    desk.trained("2026-10-01", {"name": "Baiq", "sex": "P", "days": "H"}, training_type="sosialisasi",
                 counted_women=12, counted_men=5, counted_others=2, reach=4000)  # fmt: skip
    desk.trained("2026-10-02", training_type="siaran", reach=90_000)
    figures = desk.month()
    meeting, broadcast = events(figures)["sosialisasi"], events(figures)["siaran"]
    assert meeting.participants == BySex(women=1)
    assert meeting.counted == BySex(men=5, women=12, unknown=2)
    assert (meeting.reach, broadcast.reach, figures.training_month.all_events.reach) == (4000, 90_000, 94_000)
    assert figures.indicator("training_participants").month.total == 1
    assert figures.indicator("persons_served").month.total == 0


def test_the_young_and_people_with_a_disability_are_counted_by_name_and_by_head(desk):
    desk.trained(
        "2026-10-01",
        {"name": "Baiq", "age": 17, "disability": True, "days": "H"},
        {"name": "Sri", "age": 18, "days": "H"},
        {"name": "Away", "age": 12, "disability": True, "days": "A"},
        {"person_id": desk.person(birth_date="2009-10-02"), "days": "H"},
        counted_women=6, counted_minors=4, counted_disability=1,
    )  # fmt: skip
    found = events(desk.month())["kelas"]
    assert (found.youth, found.disability) == (6, 2)


@pytest.fixture
def led(desk):
    """A class of one person, led by a trainer who was certified later in the month."""
    from resource_centre.records import EventTrainer, Trainer
    from resource_centre.services.saving import write_new

    event = desk.trained("2026-10-01", {"name": "Baiq", "sex": "P", "days": "H"})
    taught = {"name": "Ratna", "level": "master", "certified_on": day("2026-10-15")}
    trainer = write_new(desk.session, Trainer, taught, on=day("2026-10-15"))
    values = {"event_id": event.id, "trainer_id": trainer.id, "part": "utama"}
    write_new(desk.session, EventTrainer, values, on=day("2026-10-01"))
    return desk.month()


def test_without_trainers_the_headline_says_nothing_of_them(desk):
    assert "trainers_active" not in {one.code for one in desk.month().indicators}


def test_trainers_stand_in_the_headline_and_their_reach_in_a_table(led):
    certified, active = led.indicator("trainers_certified"), led.indicator("trainers_active")
    assert (certified.month, certified.year, active.month) == (1, 1, 1)
    written = led.as_dict()["R23"]
    assert [(line["generation"], line["people"]) for line in written["generations"]] == [(1, 1)]


@pytest.mark.parametrize(("language", "heading"), [("id", "Pelatih dan siapa"), ("en", "Trainers and whom")])
def test_trainers_are_printed_behind_savings_groups(led, tmp_path, language, heading):
    import pypdfium2 as pdfium

    from reports.monthly.document import draw_monthly_report

    file = draw_monthly_report(led, tmp_path / "month.pdf", language=language)
    with pdfium.PdfDocument(file) as document:
        words = " ".join(page.get_textpage().get_text_bounded() for page in document)
    assert heading in words
    assert words.index("R21") < words.index("R23")
