# SPDX-License-Identifier: Apache-2.0
"""Curricula in versions: the one of the program, a centre's own, and what an event remembers of them."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from resource_centre import i18n
from resource_centre.access import COUNSELLOR
from resource_centre.errors import Refused
from resource_centre.records import Curriculum, CurriculumModule
from resource_centre.services import curricula
from resource_centre.services.curricula import (
    begin_curriculum,
    bring_back,
    change_curriculum,
    copy_curriculum,
    curricula_list,
    discard_draft,
    modules_of,
    publish,
    usable_curricula,
    withdraw,
)
from resource_centre.services.curriculum_default import default_curriculum, default_id
from resource_centre.services.curriculum_modules import (
    add_module,
    change_module,
    event_values,
    move_module,
    remove_module,
    shelved_tests,
)
from resource_centre.services.training import change_training, record_training, save_event
from resource_centre.vocabulary import vocabulary

TODAY = dt.date(2026, 11, 20)


@pytest.fixture
def refused():
    """Does something that is refused and returns the problems as (field, code)."""

    def tried(act, *given, **more):
        with pytest.raises(Refused) as why:
            act(*given, **more)
        return [(one.field, one.code) for one in why.value.problems] or why.value.code

    return tried


@pytest.fixture
def draft(session):
    """A draft of the centre's own with two modules."""
    begun = begin_curriculum(session, {"name": "Kelas malam"}).id
    add_module(session, begun, {"module": "M2", "title": "Anggaran", "minutes": 90})
    add_module(session, begun, {"module": "M3", "title": "Menabung", "minutes": 60})
    return begun


@pytest.fixture
def published(session, draft):
    return publish(session, draft, on=dt.date(2026, 3, 1)).id


def titles(session, curriculum_id):
    return [one.title for one in modules_of(session, curriculum_id)]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_program_brings_ten_modules_that_fit_two_days(language):
    made = default_curriculum(language)
    assert [one.module for one in made.modules] == list(vocabulary("module").codes)
    assert [one.title for one in made.modules] == [one.label(language) for one in vocabulary("module")]
    assert made.minutes == 14 * 60
    assert all(len(one.objectives) >= 4 and one.materials and one.phases for one in made.modules)


def test_every_module_of_the_program_has_its_test_and_known_phases(session):
    modules = default_curriculum().modules
    assert {one.test for one in modules} <= {name for name, _title in shelved_tests(session)}
    assert {phase for one in modules for phase in one.phases} <= set(vocabulary("migration_phase").codes)


def test_the_list_shows_what_came_with_the_program_before_anybody_used_it(session):
    (shown,) = curricula_list(session)
    assert (shown.id, shown.shipped, shown.state, shown.modules) == (default_id(), True, "in_use", 10)
    assert session.scalar(select(func.count()).select_from(Curriculum)) == 0


def test_a_copy_of_the_program_s_curriculum_is_the_centre_s_own_draft(session):
    copy = copy_curriculum(session, default_id(), name="Kurikulum Lombok")
    assert titles(session, copy.id) == titles(session, default_id())
    assert copy.series_id == copy.id
    assert [(one.name, one.state) for one in curricula_list(session)][1:] == [("Kurikulum Lombok", "draft")]


def test_a_copy_without_a_name_of_its_own_gets_one(session):
    first = copy_curriculum(session, default_id()).name
    assert first == f"{default_curriculum().name} (2)"


def test_modules_are_ordered_changed_and_taken_out(session, draft):
    third = add_module(session, draft, {"module": "M4", "title": "Utang", "minutes": 45}).id
    move_module(session, third, -2)
    move_module(session, third, -1)
    change_module(session, third, {"title": "Utang dan pinjol"})
    assert titles(session, draft) == ["Utang dan pinjol", "Anggaran", "Menabung"]
    remove_module(session, third, "Tidak jadi.")
    assert titles(session, draft) == ["Anggaran", "Menabung"]


def test_objectives_are_read_line_by_line(session, draft):
    spoken = "- Menghitung sisa\n\n• Menyusun anggaran"
    add_module(session, draft, {"module": "M1", "title": "Tujuan", "objectives": spoken})
    assert modules_of(session, draft)[-1].objectives == ("Menghitung sisa", "Menyusun anggaran")


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"title": None}, ("title", "required")),
        ({"minutes": 0}, ("minutes", "above_zero")),
        ({"minutes": 601}, ("minutes", "longer_than_a_day")),
        ({"title": " anggaran "}, ("title", "title_twice")),
        ({"test": "no_such_test"}, ("test", "not_in_list")),
        ({"module": "M99"}, ("module", "not_in_list")),
    ],
)
def test_a_module_that_cannot_be_is_refused(session, draft, refused, values, problem):
    made = {"module": "M5", "title": "Remitansi", "minutes": 60} | values
    assert refused(add_module, session, draft, made) == [problem]


def test_nothing_is_published_without_modules(session, refused):
    empty = begin_curriculum(session, {"name": "Kosong"}).id
    assert refused(publish, session, empty) == [("modules", "no_modules")]


def test_a_published_version_never_changes(session, published, refused):
    module = modules_of(session, published)[0].id
    stays = [("name", "version_published")]
    assert refused(change_module, session, module, {"minutes": 30}) == stays
    assert refused(move_module, session, module, 1) == stays
    assert refused(remove_module, session, module, "x") == stays
    assert refused(add_module, session, published, {"module": "M1", "title": "Baru"}) == stays
    assert refused(change_curriculum, session, published, {"name": "Lain"}) == stays
    assert refused(discard_draft, session, published, "x") == stays
    assert refused(add_module, session, default_id(), {"module": "M1", "title": "Baru"}) == stays


def test_a_change_is_a_new_version_of_the_same_series(session, published):
    copy = copy_curriculum(session, published)
    change_module(session, modules_of(session, copy.id)[0].id, {"minutes": 120})
    publish(session, copy.id, on=dt.date(2026, 6, 1))
    states = {one.edition: one.state for one in curricula_list(session) if one.name == "Kelas malam"}
    assert states == {"1": "replaced", "2": "in_use"}
    assert modules_of(session, published)[0].minutes == 90


def test_two_versions_of_a_series_are_not_begun_at_once_nor_called_the_same(session, published, refused):
    copy = copy_curriculum(session, published).id
    assert refused(copy_curriculum, session, published) == [("edition", "version_begun")]
    assert refused(change_curriculum, session, copy, {"edition": "1"}) == [("edition", "edition_taken")]


def test_two_curricula_of_one_name_are_refused(session, draft, refused):
    shipped = default_curriculum("id").name
    for name in ("kelas MALAM", shipped):
        assert refused(begin_curriculum, session, {"name": name}) == [("name", "already_taken")]


def test_an_event_is_held_by_the_version_of_its_day(session, published):
    newer = publish(session, copy_curriculum(session, published).id, on=dt.date(2026, 6, 1)).id

    def offered(month):
        return {one.id for one in usable_curricula(session, dt.date(2026, month, 15))} - {default_id()}

    assert (offered(1), offered(4), offered(7)) == ({published}, {published}, {newer})


def test_what_is_withdrawn_is_offered_no_longer_and_comes_back(session, published):
    withdraw(session, published)
    withdraw(session, default_id())
    assert usable_curricula(session, TODAY) == []
    assert {one.state for one in curricula_list(session)} == {"withdrawn"}
    bring_back(session, default_id())
    assert [one.id for one in usable_curricula(session, TODAY)] == [default_id()]


def test_a_draft_can_be_let_go(session, draft):
    discard_draft(session, draft, "Tidak jadi.")
    assert [one.id for one in curricula_list(session)] == [default_id()]


def test_publishing_is_for_coordinators(session, draft, role, refused):
    counsellor = role(session, COUNSELLOR)
    assert refused(publish, counsellor, draft) == "not_allowed"
    add_module(counsellor, draft, {"module": "M1", "title": "Tujuan"})


def test_an_event_takes_over_module_hours_and_topic(session):
    chosen = modules_of(session, default_id())[1:3]
    values = event_values(default_id(), "Literasi", chosen)
    assert (values["module"], values["further_modules"], values["hours"]) == ("M2", ["M3"], 3.25)
    assert values["topic"] == "Household budget, Saving"
    assert event_values(default_id(), "Literasi", modules_of(session, default_id()))["topic"] == "Literasi"


def test_an_event_remembers_its_modules_and_the_program_s_own_are_stored_then(session):
    chosen = modules_of(session, default_id())[:2]
    event = record_training(
        session, event={"training_type": "kelas", "starts_on": TODAY, **event_values(default_id(), "Literasi", chosen)}
    )
    change_training(session, event.id, {"topic": "Lain"})
    assert event.module_ids == [one.id for one in chosen]
    assert session.get(Curriculum, event.curriculum_id).name == default_curriculum("id").name
    assert session.scalar(select(func.count()).select_from(CurriculumModule)) == 10


def test_modules_chosen_for_an_event_of_before_are_looked_at_and_stored_too(session):
    event = record_training(session, event={"training_type": "kelas", "starts_on": TODAY})
    draft = begin_curriculum(session, {"name": "Modul kami"})
    with pytest.raises(Refused, match="not_found"):
        change_training(session, event.id, {"curriculum_id": draft.id})
    chosen = event_values(default_id(), "Literasi", modules_of(session, default_id())[:2])
    save_event(session, event.id, chosen, [])
    assert session.get(Curriculum, default_id()) is not None


def test_two_laptops_in_two_languages_store_the_same_curriculum(session, postgres_centre):
    def stored(on):
        curricula.store_used(on, default_id())
        return [(one.id, one.title, one.position) for one in curricula.stored_modules(on, default_id())]

    here = stored(session)
    i18n.set_language("id")
    with postgres_centre.change() as elsewhere:
        assert stored(elsewhere) == here


def test_modules_of_another_curriculum_are_refused(session, published, refused):
    values = event_values(default_id(), "Literasi", modules_of(session, published))
    assert (
        refused(record_training, session, event={"training_type": "kelas", "starts_on": TODAY, **values}) == "not_found"
    )


def test_no_event_is_held_by_a_draft(session, draft, refused):
    held = {"training_type": "kelas", "starts_on": TODAY, "curriculum_id": draft}
    assert refused(record_training, session, event=held) == "not_found"


def test_a_colleague_s_save_meanwhile_is_told(session, draft, refused):
    module = modules_of(session, draft)[0]
    change_module(session, module.id, {"minutes": 100}, version=module.version)
    assert refused(change_module, session, module.id, {"minutes": 80}, version=module.version) == "changed_meanwhile"


def test_a_collector_may_teach_by_the_program_s_curriculum(collector_session):
    collector = collector_session("52.03.01.2001")
    values = event_values(default_id(), "Literasi", list(default_curriculum().modules[:1]))
    event = record_training(
        collector, event={"training_type": "kelas", "starts_on": TODAY, "village_code": "52.03.01.2001", **values}
    )
    assert len(curricula.stored_modules(collector, event.curriculum_id)) == 10


def test_a_version_of_a_newer_program_is_in_use_before_ours(session):
    ours = curricula_list(session)[0]
    newer = replace(ours, id="x", edition="2027.1", published_on=dt.date(2027, 1, 1))
    states = {one.edition: one.state for one in curricula._with_states([ours, newer])}
    assert states == {ours.edition: "replaced", "2027.1": "in_use"}
