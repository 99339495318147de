# SPDX-License-Identifier: Apache-2.0
"""What was learnt at a class: scores typed and answered, who stayed, what participants said, what became of it."""

from __future__ import annotations

import datetime as dt

import pytest

from resource_centre.questionnaires.live import LiveForm
from resource_centre.questionnaires.scales import data_rows
from resource_centre.services.learning_results import event_learning, learning_of, training_needs
from resource_centre.services.questionnaires import form_of, newest_version
from resource_centre.services.responses import save_response
from resource_centre.services.training import change_training, event_sheet, record_training

HERE, THERE = "52.03.01.2001", "52.03.02.2001"
MAY = dt.date(2026, 5, 4)
YEAR = {"since": dt.date(2026, 1, 1), "until": dt.date(2026, 12, 31)}
KEYS = {row["question"]: row["key"] for row in data_rows("items.csv") if row["form_id"] == "test_m02"}


@pytest.fixture(autouse=True)
def on_friday(monkeypatch, today):
    monkeypatch.setattr("resource_centre.services.learning_follow_ups.today", lambda: today)


@pytest.fixture
def teach(session):
    """Holds a class on household budgets on the 4th and 5th of May; returns its id."""

    def taught(*participants, **event):
        values = {"training_type": "kelas", "module": "M2", "starts_on": MAY, "ends_on": dt.date(2026, 5, 5),
                  "village_code": HERE, **event}  # fmt: skip
        return record_training(session, event=values, participants=participants).id

    return taught


@pytest.fixture
def answer(session):
    """Somebody fills in a questionnaire; what is asked is told by the question's name."""

    def answered(name, given, occasion="any", on=MAY, **about):
        version = newest_version(session, name)
        form = form_of(session, version.id)
        live = LiveForm(form)
        places = {question.name: question.path for question in form.questions()}
        for question, text in given.items():
            live.answer(places[question], text)
        return save_response(
            session, None, version_id=version.id, answers=live.answers(), unanswered=live.unanswered(),
            state="complete", asked_on=on, occasion=occasion, **about,
        )  # fmt: skip

    return answered


def lines(session, event_id):
    return [row.id for row in event_sheet(session, event_id).rows]


def right(count):
    """The test of module 2 with so many right answers."""
    return {name: key if at < count else "tidak_tahu" for at, (name, key) in enumerate(KEYS.items())}


def there(*scores, **more):
    pre, post = scores or (None, None)
    return {"days": "HH", "pre_score": pre, "post_score": post, **more}


def test_the_two_typed_scores_of_a_participant_count_and_not_what_they_answered(session, teach, answer):
    event = teach(there(40, 60, name="Baiq"))
    (line,) = lines(session, event)
    answer("test_m02", right(0), "before", participation_id=line)
    answer("test_m02", right(8), "after", participation_id=line)
    gain = event_learning(session, event).gain
    assert (gain.pairs, gain.mean_pre, gain.mean_post) == (1, 40, 60)


def test_answers_count_where_the_sheet_has_not_both_scores(session, teach, answer):
    event = teach(there(40, None, name="Baiq"))
    (line,) = lines(session, event)
    answer("test_m02", right(2), "before", participation_id=line)
    answer("test_m02", right(8), "after", participation_id=line)
    gain = event_learning(session, event).gain
    assert (gain.pairs, gain.mean_pre, gain.mean_post, gain.missing.total) == (1, 25, 100, 0)


def test_a_typed_score_and_an_answered_test_are_not_matched(session, teach, answer):
    event = teach(there(40, None, name="Baiq"))
    answer("test_m02", right(8), "after", participation_id=lines(session, event)[0])
    gain = event_learning(session, event).gain
    assert (gain.pairs, gain.missing.unlike) == (0, 1)


def test_a_test_of_another_version_is_another_test():
    before, after = a_test("before", "first", 25.0), a_test("after", "second", 100.0)
    assert matched([before, after]).missing == "unlike"
    again = a_test("after", "first", 75.0)
    found = matched([before, again, after])
    assert (found.missing, found.pre, found.post) == ("", 25.0, 75.0)


def test_being_asked_again_after_three_months_is_no_test_of_the_class(session, teach, answer):
    event = teach(there(name="Baiq"))
    (line,) = lines(session, event)
    answer("test_m02", right(2), "before", participation_id=line)
    answer("test_m02", right(8), "month_3", participation_id=line, on=dt.date(2026, 8, 5))
    gain = event_learning(session, event).gain
    assert (gain.pairs, gain.missing.post) == (0, 1)


def test_who_is_missing_is_told_by_what_they_lack(session, teach):
    event = teach(
        there(40, 60, name="Both"), there(40, None, name="Before"), there(None, 60, name="After"),
        there(name="Neither"), {"name": "Never came", "days": "AA"},
    )  # fmt: skip
    missing = event_learning(session, event).gain.missing
    assert (missing.pre, missing.post, missing.both, missing.unlike) == (1, 1, 1, 0)


def test_everybody_who_came_lacks_a_test_that_others_took(session, teach, answer):
    event = teach(there(name="Baiq"), there(name="Sri"))
    first, _second = lines(session, event)
    for occasion, count in (("before", 3), ("after", 6)):
        answer("test_m02", right(count), occasion, participation_id=first)
    found = {line.code: line.gain for line in event_learning(session, event).by_module}
    assert (found["M2"].pairs, found["M2"].missing.both) == (1, 1)


def test_who_stayed_to_the_end(session, teach):
    marks = ("HHHHH", "HHHHA", "HHHAA", "AAAAH", "TTTTT", "IAAAA", None)
    people = [{"name": f"Baiq {n}", "days": one} for n, one in enumerate(marks)]
    event = teach(*people, there(10, 20, name="Tested", days="HHHH-"), ends_on=dt.date(2026, 5, 8))
    assert event_learning(session, event).attrition.as_dict() == {
        "enrolled": 8, "came": 6, "first_day": 5, "last_day": 3, "completed": 4, "tested": 1,
    }  # fmt: skip


def test_completed_means_the_same_as_for_certificates(session, teach):
    from resource_centre.services.certificates import entitled

    marks = ("HHH", "HHA", "HAH", "H--", "TTI", "AAA", "---")
    event = teach(*({"name": f"Baiq {n}", "days": one} for n, one in enumerate(marks)), ends_on=dt.date(2026, 5, 6))
    found = event_learning(session, event).attrition
    assert found.completed == sum(one.completed for one in entitled(session, event))


def test_figures_by_sex_age_and_village(session, register, teach):
    siti = register("Siti", sex="P", birth_date="2008-05-05")
    event = teach(
        there(40, 60, person_id=siti, village_code=THERE),
        there(10, 90, name="Lalu", sex="L", age=40),
        there(20, 50, name="Baiq", sex="P", age=41),
    )
    found = event_learning(session, event)
    assert [(line.code, line.gain.pairs, line.gain.mean_gain) for line in found.by_sex] == [("L", 1, 80), ("P", 2, 25)]
    assert [(line.code, line.gain.pairs) for line in found.by_age] == [("12-17", 1), ("35-44", 2)]
    assert [(line.code, line.attrition.enrolled) for line in found.by_village] == [(HERE, 2), (THERE, 1)]


def test_how_many_had_the_test_read_aloud(session, teach, answer):
    event = teach(
        there(40, 60, name="Baiq", oral=True), there(10, 90, name="Lalu"), there(1, None, name="S", oral=True)
    )
    assert (event_learning(session, event).oral.part, event_learning(session, event).oral.whole) == (1, 2)


def test_each_question_says_how_hard_it_was_and_who_learnt_it(session, teach, answer):
    event = teach(*(there(name=f"Baiq {n}") for n in range(3)))
    for line, (before, after) in zip(lines(session, event), ((0, 8), (1, 4), (2, 1)), strict=True):
        answer("test_m02", right(before), "before", participation_id=line)
        answer("test_m02", right(after), "after", participation_id=line)
    (test,) = event_learning(session, event).tests
    assert (test.test, test.before, test.after, test.pairs, len(test.items)) == ("test_m02", 3, 3, 3, 8)
    first, second = test.items[:2]
    assert (first.before.right, first.after.right, first.to_right, first.to_wrong) == (2, 3, 1, 0)
    assert (second.before.right, second.after.right, second.to_right, second.to_wrong) == (1, 2, 2, 1)
    assert second.label["en"].startswith("This month a family")


def test_reaction_says_of_how_many(session, teach, answer):
    event = teach(there(name="Baiq"), there(name="Sri"), {"name": "Away", "days": "AA"}, counted_women=3)
    for useful, satisfied in (("5", "puas"), ("4", "biasa")):
        answer("reaction", {"content_useful": useful, "satisfaction": satisfied}, "after", event_id=event)
    found = event_learning(session, event)
    assert (found.reaction.n, found.reaction.of, found.counted_only) == (2, 5, 3)
    (useful,) = (one for one in found.reaction.questions if one.question == "content_useful")
    assert (useful.n, useful.mean, useful.best) == (2, 4.5, 5)
    assert (found.reaction.shares["satisfied"].part, found.reaction.shares["satisfied"].whole) == (1, 2)
    assert (found.levels[0].n, found.levels[0].missing) == (2, 3)


def test_the_observation_is_a_sum_of_thirty(session, teach, answer):
    event = teach(there(name="Baiq"))
    items = ("preparation", "time_keeping", "attention", "logistics", "relevance", "participant_feedback")
    answer("observation", dict.fromkeys(items, "4"), event_id=event)
    (figure,) = (one for one in event_learning(session, event).levels[0].indicators if one.code == "observation")
    assert (figure.value, figure.unit, figure.n) == (24, "of_30", 1)


def test_after_three_months_some_were_asked_some_not_and_some_cannot_be_found(session, register, teach, answer):
    siti, sri = register("Siti"), register("Sri")
    event = teach(
        there(person_id=siti), there(person_id=sri), there(name="Baiq", phone="+628123456780"), there(name="Somebody"),
        {"name": "Away", "days": "AA", "phone": "+628123456781"},
    )  # fmt: skip
    about = {"participation_id": lines(session, event)[0], "on": dt.date(2026, 8, 10)}
    answer("follow_up_3", {"keeps_budget": "yes", "saved_last_month": "no", "has_debt": "no"}, "month_3", **about)
    month_3, month_6 = event_learning(session, event).follow_ups
    assert (month_3.due_on, month_3.due, month_3.done, month_3.missing, month_3.lost) == (
        dt.date(2026, 8, 5), 3, 1, 2, 1,
    )  # fmt: skip
    assert (month_6.due_on, month_6.due, month_6.done, month_6.waiting) == (dt.date(2026, 11, 5), 3, 0, 0)
    assert (month_3.shares["keeps_budget"].part, month_3.shares["saved"].part) == (1, 0)
    assert "repaid_debt" not in month_3.shares


def test_nobody_is_missing_before_the_day_comes(session, register, teach):
    event = teach(there(person_id=register()), starts_on=dt.date(2026, 11, 2), ends_on=dt.date(2026, 11, 3))
    month_3, _month_6 = event_learning(session, event).follow_ups
    assert (month_3.due, month_3.waiting, month_3.missing) == (0, 1, 0)


def test_behaviour_and_results_stand_on_their_levels(session, register, teach, answer):
    event = teach(there(40, 60, person_id=register()))
    about = {"participation_id": lines(session, event)[0], "on": dt.date(2026, 11, 10)}
    said = {"keeps_budget": "yes", "savings_change": "bertambah", "debt_change": "tidak_ada", "business_started": "no"}
    answer("follow_up_6", said, "month_6", **about)
    _reaction, learnt, behaviour, results = event_learning(session, event).levels
    assert (learnt.number, learnt.n, behaviour.n, results.n, behaviour.missing, results.missing) == (2, 1, 1, 1, 1, 0)
    assert [(one.code, one.value, one.occasion) for one in behaviour.indicators] == [("keeps_budget", 100, "month_6")]
    assert [(one.code, one.value) for one in results.indicators] == [("savings_grew", 100), ("business", 0)]


def test_a_village_collector_sees_scores_and_not_what_became_of_people(session, register, teach, answer, role):
    from dataclasses import replace

    event = teach(there(40, 60, person_id=register()))
    answer("follow_up_3", {"keeps_budget": "yes"}, "month_3", participation_id=lines(session, event)[0])
    role(session, "village_collector")
    session.info["viewer"] = replace(session.info["viewer"], villages=frozenset({HERE}))
    found = event_learning(session, event)
    assert found.gain.pairs == 1
    assert [level.readable for level in found.levels] == [True, True, False, False]


def test_an_event_called_off_has_taught_nobody(session, teach):
    event = teach(there(40, 60, name="Baiq"))
    change_training(session, event, {"called_off": True})
    assert (event_learning(session, event).events, event_learning(session, event).gain.pairs) == (0, 0)
    assert learning_of(session, **YEAR).events == 0


def test_all_events_of_a_time_and_place_together(session, teach, answer):
    here = teach(there(40, 60, name="Baiq", sex="P"), there(20, 90, name="Lalu", sex="L"))
    teach(there(50, 50, name="Sri"), village_code=THERE, training_type="tot", module="M1")
    teach(there(0, 100, name="Old"), starts_on=dt.date(2025, 5, 4), ends_on=dt.date(2025, 5, 5))
    year = learning_of(session, **YEAR)
    assert (year.events, year.gain.pairs, year.gain.mean_gain) == (2, 3, 30)
    assert [(line.code, line.gain.pairs) for line in year.by_module] == [("M1", 1), ("M2", 2)]
    assert [(line.code, line.gain.pairs) for line in year.by_kind] == [("kelas", 2), ("tot", 1)]
    only = learning_of(session, **YEAR, place="52.03.01")
    assert only.gain == event_learning(session, here).gain
    assert only.by_sex == event_learning(session, here).by_sex


def test_what_people_need_before_an_event(session, register, teach, answer):
    siti, sri = register("Siti"), register("Sri")
    event = teach(there(person_id=siti), there(person_id=sri))
    early, late = {"on": dt.date(2026, 4, 20)}, {"on": dt.date(2026, 4, 28)}
    answer("training_needs", {"wanted_modules": "M1", "know_m01": "4"}, person_id=siti, **early)
    answer("training_needs", {"wanted_modules": "M2 M3", "know_m01": "1", "barriers": "cost"}, person_id=siti, **late)
    answer("training_needs", {"wanted_modules": "M3", "know_m01": "2", "know_m02": "1"}, "before", person_id=sri,
           event_id=event, **late)  # fmt: skip
    answer("training_needs", {"wanted_modules": "M9"}, person_id=register("Elsewhere", village=THERE), **late)
    needs = training_needs(session, event)
    assert needs.n == 2
    assert [(one.code, one.count) for one in needs.wanted] == [("M3", 2), ("M2", 1)]
    assert [(one.question, one.n, one.mean) for one in needs.knows] == [("know_m02", 1, 1), ("know_m01", 2, 1.5)]
    assert [one.label["en"] for one in needs.barriers] == ["The cost of getting there"]
    assert training_needs(session).n == 3
    assert [one.code for one in training_needs(session, village=THERE).wanted] == ["M9"]


def a_test(occasion, version, percent):
    from resource_centre.services.asked_tests import Taken

    return Taken("line", "test_m02", "M2", version, occasion, MAY, occasion + version, percent, {}, False)


def matched(tests):
    from resource_centre.services import asked_tests

    return asked_tests._asked(tests)
