# SPDX-License-Identifier: Apache-2.0
"""A form that changed: what is different is said in words, and what no longer counts together is known by name."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resource_centre import i18n
from resource_centre.questionnaires.form import Choice, Form, Group, Question
from resource_centre.questionnaires.versions import WORDS, answered_lost, changes, joinable, lost_choices
from resource_centre.records import Person
from resource_centre.services.questionnaire_changes import compare
from resource_centre.services.questionnaires import publish
from resource_centre.services.responses import save_response
from resource_centre.services.shipped_forms import read_shipped

ID, EN = "Bahasa Indonesia (id)", "English (en)"
YES, NO, MUCH = (Choice(name, {ID: label}) for name, label in (("yes", "Ya"), ("no", "Tidak"), ("much", "Banyak")))

WORK = Question("work", "select_one", {ID: "Bekerja?", EN: "Do you work?"}, choices="yes_no")
DEBT = Question("debt", "integer", {ID: "Utang?"}, relevant="/data/work = 'yes'")
AGE = Question("child/age", "integer", {ID: "Umur?"})
NOTE = Question("wish", "text", {ID: "Harapan?"})


def form(*items, lists=None, **facts):
    known = {"yes_no": (YES, NO)} if lists is None else lists
    about = {"name": "doors", "title": "Pintu", "version": "1", "root": "data", "languages": (ID, EN)}
    return Form(children=items, lists=known, **about | {"default_language": ID} | facts)


BEFORE = form(WORK, DEBT, NOTE, Group("child", (AGE,), {ID: "Anak"}))


def said(before, after):
    return [(one.what, one.name) for one in changes(before, after).found]


def test_the_same_form_has_not_changed():
    assert not changes(BEFORE, replace(BEFORE, version="2"))
    assert not changes(read_shipped("rss"), read_shipped("rss"))


@pytest.mark.parametrize(
    ("after", "what"),
    [
        (form(WORK, DEBT, NOTE, *BEFORE.children[3:], title="Rumah"), [("title", "doors")]),
        (form(WORK, NOTE, *BEFORE.children[3:]), [("question_removed", "debt")]),
        (form(WORK, DEBT, NOTE), [("section_removed", "child"), ("question_removed", "age")]),
        (form(WORK, DEBT, NOTE, Question("roof", "text"), *BEFORE.children[3:]), [("question_added", "roof")]),
        (form(NOTE, WORK, DEBT, *BEFORE.children[3:]), [("moved", "wish")]),
        (form(WORK, DEBT, NOTE, Group("child", (), {ID: "Anak"}), replace(AGE, path="age")), [("moved", "age")]),
        (form(WORK, DEBT, NOTE, Group("child", (AGE,), {ID: "Anak"}, repeat=True)), [("repeat", "child")]),
        (form(WORK, DEBT, NOTE, Group("child", (AGE,), {ID: "Anak"}, relevant="1 = 2")), [("relevant", "child")]),
        (form(WORK, DEBT, NOTE, *BEFORE.children[3:], languages=(ID,)), [("language_removed", "doors")]),
    ],
    ids=["title", "removed", "section gone", "added", "earlier", "out of it", "repeats", "condition", "language"],
)
def test_what_came_went_or_moved(after, what):
    assert said(BEFORE, after) == what


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"kind": "decimal"}, "kind"),
        ({"label": {ID: "Berapa utang?"}}, "label"),
        ({"hint": {ID: "Perkiraan"}}, "hint"),
        ({"relevant": ""}, "relevant"),
        ({"required": "true()"}, "required"),
        ({"constraint": ". < 9"}, "constraint"),
        ({"calculation": "1 + 1"}, "calculation"),
    ],
)
def test_what_changed_in_a_question(change, what):
    hinted = replace(DEBT, hint={ID: "Kira-kira"})
    assert said(form(WORK, hinted), form(WORK, replace(hinted, **change))) == [(what, "debt")]


def test_a_new_wording_is_shown_in_its_language():
    after = form(replace(WORK, label={ID: "Bekerja?", EN: "Are you working?"}))
    (one,) = changes(form(WORK), after).found
    assert one.words() == "work is now worded: Are you working? (English (en))"


def test_changes_are_told_in_ones_own_language():
    i18n.set_language("id")
    (one,) = changes(form(WORK, NOTE), form(WORK)).found
    assert one.words() == "Pertanyaan wish tidak ada lagi: Harapan?"


def test_every_kind_of_change_has_words_that_can_be_filled():
    for what in WORDS:
        assert i18n._(WORDS[what]).format(name="a", before="b", now="c")


@pytest.mark.parametrize(
    ("after", "what"),
    [
        ((YES, NO, MUCH), ("choice_added", "List yes_no has a new answer: much: Banyak")),
        ((YES,), ("choice_removed", "List yes_no has no answer no: Tidak any more")),
        (
            (YES, Choice("no", {ID: "Bukan"})),
            ("choice_label", f"In list yes_no an answer is now worded: Bukan ({ID})"),
        ),
    ],
)
def test_what_changed_in_a_list(after, what):
    (one,) = changes(form(WORK), form(WORK, lists={"yes_no": after})).found
    assert (one.what, one.words()) == what


def test_a_list_under_another_name_with_the_same_answers_is_no_change():
    renamed = form(replace(WORK, choices="agree"), lists={"agree": (YES, NO)})
    assert said(form(WORK), renamed) == []
    other = form(replace(WORK, choices="agree"), lists={"agree": (YES, MUCH)})
    assert said(form(WORK), other) == [("list", "work")]


@pytest.mark.parametrize(
    ("after", "joins"),
    [
        (form(DEBT), True),
        (form(replace(DEBT, label={ID: "Pinjaman?"}, relevant="")), True),
        (form(replace(DEBT, path="money/debt")), True),
        (form(replace(DEBT, kind="decimal")), True),
        (form(replace(DEBT, kind="text")), False),
        (form(WORK), False),
        (form(Group("loan", (replace(DEBT, path="loan/debt"),), repeat=True)), False),
        (form(DEBT, Group("loan", (replace(DEBT, path="loan/debt"),))), False),
    ],
    ids=["same", "worded otherwise", "elsewhere", "number", "text", "gone", "several times", "two of the name"],
)
def test_answers_count_together_where_the_question_is_the_same(after, joins):
    assert joinable(form(DEBT), after)["debt"] is joins


def test_one_choice_and_several_choices_are_not_counted_together():
    assert joinable(form(WORK), form(replace(WORK, kind="select_multiple"))) == {"work": False}


def test_answers_that_name_a_choice_which_is_gone_are_counted():
    several = Question("child/likes", "select_multiple", choices="things")
    before = form(Group("child", (several,), repeat=True), lists={"things": (YES, NO, MUCH)})
    after = form(Group("child", (several,), repeat=True), lists={"things": (YES,)})
    lost = lost_choices(before, after)
    assert lost == {"child/likes": ("no", "much")}
    told = [{"child[1]/likes": "yes no", "child[2]/likes": "no much"}, {"child[1]/likes": "yes", "wish": "no"}]
    assert answered_lost(lost, told) == {("child/likes", "no"): 2, ("child/likes", "much"): 1}


@given(st.permutations(range(8)))
def test_one_question_that_is_put_elsewhere_is_one_change(order):
    questions = [Question(f"q{number}", "text") for number in range(8)]
    moved = changes(form(*questions), form(*(questions[number] for number in order))).found
    stayed = [n for n in order if f"q{n}" not in {one.name for one in moved}]
    assert stayed == sorted(stayed), "what did not move is still in its order"
    assert {one.what for one in moved} <= {"moved"}
    longest = max(len(run) for run in _growing(order))
    assert len(moved) == 8 - longest


def _growing(order):
    """Every part of some numbers that only grows, each number in turn as its last one."""
    runs = []
    for number in order:
        runs.append([*max((run for run in runs if run[-1] < number), key=len, default=[]), number])
    return runs


def test_before_publishing_one_sees_what_changes_and_which_answers_lose_their_choice(session):
    person = Person(full_name="Sumiati", sex="P")
    session.add(person)
    older = read_shipped("who5")
    version = publish(session, older, kind="wellbeing", about="person", sensitivity="sensitive")
    told = {"items/cheerful": "5", "items/calm": "5"}
    for answers in (told, {"items/cheerful": "5"}):
        save_response(session, None, version_id=version.id, answers=answers, state="begun", person_id=person.id)
    name = next(one.choices for one in older.questions() if one.path == "items/cheerful")
    fewer = tuple(one for one in older.lists[name] if one.name != "5")
    found = compare(session, replace(older, lists={**older.lists, name: fewer}, xform=older.xform + " "))
    assert [one.what for one in found.changes.found] == ["choice_removed"]
    assert found.lost == {("items/cheerful", "5"): 2, ("items/calm", "5"): 1}
    assert found.words_of_lost()[0] == "2 answers to cheerful are 5, which is gone; they stay as they were given."
    assert (found.taken, found.published) == (True, False)
    assert compare(session, older).published
