"""Each kind of answer: what is typed, what is understood, what the wheel may not do."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent

from resource_centre import i18n
from resource_centre.vocabulary import vocabulary
from ui.kit.editor_for import editor_for
from ui.kit.editors import ChoiceEditor
from ui.kit.editors_codes import CodeEditor, ComboBox, choices_of
from ui.kit.places import Places


@pytest.fixture
def made(qtbot, places):
    def make(kind, vocabulary=""):
        editor = editor_for(kind, vocabulary, places)
        qtbot.addWidget(editor)
        return editor

    return make


def turn_wheel(widget):
    event = QWheelEvent(
        QPointF(5, 5),
        widget.mapToGlobal(QPointF(5, 5)),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    widget.wheelEvent(event)
    return event


def test_the_wheel_never_changes_an_answer_and_is_left_to_the_page(made):
    editor = made("code", "country")
    editor.set_value("MYS")
    editor.combo.setFocus()
    event = turn_wheel(editor.combo)
    assert editor.value() == "MYS"
    assert not event.isAccepted(), "the page could not scroll"


def test_the_wheel_leaves_a_plain_combo_alone_too(qtbot):
    combo = ComboBox()
    qtbot.addWidget(combo)
    combo.addItems(["one", "two"])
    turn_wheel(combo)
    assert combo.currentIndex() == 0


@pytest.mark.parametrize(
    ("typed", "amount", "shown"),
    [("1500000", 1500000, "Rp1.500.000"), ("1,5 juta", 1500000, "Rp1.500.000"), ("Rp 250.000,-", 250000, "Rp250.000")],
)
def test_money_is_understood_and_grouped(made, qtbot, typed, amount, shown):
    editor = made("money")
    qtbot.keyClicks(editor.line, typed)
    editor.line.editingFinished.emit()
    assert (editor.value(), editor.line.text()) == (amount, shown)


@pytest.mark.parametrize(("typed", "number"), [("12", 12), ("-3", -3), ("1.250", 1250), ("12a", None), ("1.25", None)])
def test_whole_numbers(made, typed, number):
    editor = made("integer")
    editor.line.setText(typed)
    assert editor.value() == number
    assert editor.unreadable() == (None if number is not None else "not_a_number")


def test_a_number_is_shown_as_the_language_writes_it(made):
    i18n.set_language("id")
    editor = made("number")
    editor.set_value(72.5)
    assert editor.line.text() == "72,5"
    assert editor.value() == 72.5


def test_a_code_is_found_by_any_of_its_words(made, qtbot):
    i18n.set_language("en")
    editor = made("code", "country")
    qtbot.keyClicks(editor.combo.lineEdit(), "malay")
    editor.combo.lineEdit().editingFinished.emit()
    assert (editor.value(), editor.combo.currentText()) == ("MYS", vocabulary("country").label("MYS"))


def test_a_word_that_is_in_no_list_is_a_problem_and_not_lost(made, qtbot):
    editor = made("code", "country")
    qtbot.keyClicks(editor.combo.lineEdit(), "Atlantis")
    editor.combo.lineEdit().editingFinished.emit()
    assert (editor.value(), editor.unreadable(), editor.typed()) == (None, "not_in_list", "Atlantis")


def test_a_code_of_a_newer_program_is_kept(made):
    editor = made("code", "country")
    editor.set_value("XQX")
    assert editor.value() == "XQX"


def test_a_handful_of_answers_stands_side_by_side(made, qtbot):
    editor = made("code", "sex")
    assert isinstance(editor, ChoiceEditor)
    assert editor.value() is None
    editor.set_value("P")
    assert editor.value() == "P"
    radio = editor._group.checkedButton()
    qtbot.keyClick(radio, Qt.Key.Key_Delete)
    assert editor.value() is None


def test_several_codes_become_chips_that_can_be_taken_away(made, qtbot):
    editor = made("codes", "service_type")
    first, second, *_rest = vocabulary("service_type").codes
    for code in (first, second, first):
        editor._one.set_value(code)
        editor._one.settled.emit()
    assert editor.value() == [first, second]
    editor._chips.itemAt(0).widget().click()
    assert editor.value() == [second]


def test_a_village_is_found_while_one_types(made, qtbot, places):
    editor = made("place")
    qtbot.keyClicks(editor.line, "denggen")
    assert any(words.startswith("Denggen,") for words in editor._words.stringList())
    assert any("Lombok Timur" in words for words in editor._words.stringList())
    editor._choose(editor._words.stringList()[0])
    assert places.gazetteer.place(editor.value()).level == "village"
    qtbot.keyClicks(editor.line, "x")
    assert (editor.value(), editor.unreadable()) == (None, "not_a_place")


def test_letters_typed_before_the_list_is_read_are_looked_up_then(qtbot, places):
    from ui.kit.editors_place import PlaceEditor

    late = Places(load=lambda: places.gazetteer)
    editor = PlaceEditor(late)
    qtbot.addWidget(editor)
    qtbot.keyClicks(editor.line, "selong")
    qtbot.waitUntil(lambda: bool(editor._words.stringList()))


def test_a_telephone_is_stored_in_one_form(made, qtbot):
    editor = made("phone")
    qtbot.keyClicks(editor.line, "0812 3456 7890")
    assert editor.value() == "+6281234567890"
    editor.line.setText("tidak ada")
    assert editor.unreadable() == "phone_form"


def test_a_nik_says_what_it_says(made, qtbot):
    i18n.set_language("en")
    editor = made("nik")
    offered = []
    editor.offered.connect(offered.append)
    qtbot.keyClicks(editor.line, "5203 0157 0584 0001")
    editor.line.editingFinished.emit()
    assert editor.value() == "5203015705840001"
    assert "Woman" in editor.understood()
    assert "17 May 1984" in editor.understood()
    assert "Lombok Timur" in editor.understood()
    assert offered == [{"sex": "P", "birth_date": "1984-05-17", "birth_place": "Kabupaten Lombok Timur"}]


def test_text_is_tidied_and_control_characters_do_not_enter(made):
    editor = made("text")
    editor.line.setText("  Siti\u202e Aminah ")
    assert editor.value() == "Siti Aminah"


@pytest.mark.parametrize("kind", ["text", "paragraph", "partial_date", "money", "phone", "nik", "code", "place"])
def test_what_is_on_the_screen_comes_back_as_it_was(made, kind):
    vocabulary_name = "country" if kind == "code" else ""
    editor, again = made(kind, vocabulary_name), made(kind, vocabulary_name)
    editor.set_typed("half typ")
    again.set_typed(editor.typed())
    assert again.typed() == "half typ"


def test_every_vocabulary_makes_an_editor_in_each_language(qtbot, each_language):
    for name in ("sex", "education", "country", "occupation", "service_type", "return_type"):
        editor = CodeEditor(choices_of(name))
        qtbot.addWidget(editor)
        for code, words in choices_of(name):
            editor.set_value(code)
            assert editor.combo.currentText() == words
            assert editor.value() == code


def test_villages_near_the_centre_are_proposed_first(places):
    places.near = "52.03"
    try:
        found = places.find("selong", (), 12)
    finally:
        places.near = ""
    assert places.gazetteer.full_name(found[0].code) == "Selong, Kec. Selong, Kab. Lombok Timur"
    assert len({place.code for place in found}) == len(found) > 1
