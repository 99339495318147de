"""What is told of a person one by one is added, changed and taken back by keyboard."""

import pytest
from PySide6.QtCore import Qt

from resource_centre.records import Skill
from resource_centre.services.entries import entries_of
from resource_centre.services.people import register_person
from ui.pages import entries_panel
from ui.pages.entries_panel import EntriesPanel


@pytest.fixture
def person_id(centre):
    with centre.change() as session:
        return register_person(session, values={"full_name": "Sumiati", "sex": "P"}).id


@pytest.fixture
def panel(desk, person_id, qtbot, settled):
    made = EntriesPanel(
        desk,
        Skill,
        "Skills",
        say=lambda skill: (skill.skill, ""),
        fields=("skill",),
        nothing="No skill yet.",
        add="Add",
    )
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    made.show_person(person_id)
    settled(desk.worker)
    return made


def skills(centre, person_id):
    with centre.read() as session:
        return [one.skill for one in entries_of(session, Skill, person_id)]


def add(panel, qtbot, settled, words):
    qtbot.keyClick(panel.add_button, Qt.Key.Key_Space)
    qtbot.keyClicks(panel.editing.form.editor("skill").focusProxy() or panel.editing.form.editor("skill"), words)
    panel.editing.save()
    settled(panel.desk.worker)


def test_a_skill_is_added_and_shown(panel, centre, person_id, qtbot, settled):
    assert panel.lines.itemAt(0).widget().text() == "No skill yet."
    add(panel, qtbot, settled, "menjahit")
    assert skills(centre, person_id) == ["menjahit"]
    assert [one.skill for one in panel.entries] == ["menjahit"]
    assert panel.editing is None


def test_an_empty_one_is_refused_beside_the_field(panel, centre, person_id, qtbot, settled):
    add(panel, qtbot, settled, "")
    assert panel.editing is not None
    assert panel.editing.form.rows["skill"].note.text()
    assert skills(centre, person_id) == []


def test_one_that_was_wrong_is_taken_back(panel, centre, person_id, qtbot, settled, monkeypatch):
    add(panel, qtbot, settled, "menjahit")
    monkeypatch.setattr(entries_panel, "ask", lambda *_words, **_how: True)
    panel.edit(panel.entries[0])
    panel._take_back(panel.entries[0])
    settled(panel.desk.worker)
    assert skills(centre, person_id) == []
    assert panel.entries == []
