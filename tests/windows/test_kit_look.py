"""Legible in light and dark, Qt's own words in our languages, and Qt calls that do not wear Python out."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMessageBox

from resource_centre import i18n
from ui.kit.icons import SHAPES, picture
from ui.kit.qt_words import QtWords
from ui.kit.style_sheet import style_sheet
from ui.kit.theme import DARK, LIGHT, base_font, contrast

TEXTS = {
    "text": ("window", "surface", "sunken", "accent_soft", "danger_soft", "warning_soft", "good_soft"),
    "muted": ("window", "surface", "sunken"),
    "accent": ("window", "surface"),
    "accent_strong": ("accent_soft",),
    "on_accent": ("accent", "accent_strong"),
    "danger": ("window", "surface", "danger_soft"),
    "warning": ("window", "surface"),
    "good": ("window", "surface"),
    "on_brand": ("brand",),
    "quiet_on_brand": ("brand",),
}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_every_text_is_legible(colours):
    named = colours._asdict()
    faint = {
        (text, ground): round(contrast(named[text], named[ground]), 2)
        for text, grounds in TEXTS.items()
        for ground in grounds
        if contrast(named[text], named[ground]) < 4.5
    }
    assert faint == {}


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_frames_and_the_keyboard_ring_can_be_seen(colours):
    named = colours._asdict()
    for part in ("border", "focus"):
        for ground in ("window", "surface"):
            assert contrast(named[part], named[ground]) >= 3


def test_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_the_style_sheet_is_filled_in_everywhere():
    assert "$" not in style_sheet(DARK)


def test_choosing_dark_changes_the_colours_at_once(theme, qtbot):
    with qtbot.waitSignal(theme.changed):
        theme.choose("dark")
    assert theme.is_dark()
    with qtbot.waitSignal(theme.changed):
        theme.choose("light")
    assert not theme.is_dark()


def test_the_shipped_font_is_used(qapp):
    assert base_font().family() == "Noto Sans"


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_every_icon_draws_something(qapp, name):
    image = picture(name, "#000000", 20).toImage()
    marks = sum(image.pixelColor(x, y).alpha() > 0 for x in range(40) for y in range(40))
    assert marks > 10


def test_qt_buttons_speak_indonesian(qapp, qtbot):
    words = QtWords(qapp)
    i18n.set_language("id")
    qapp.installTranslator(words)
    try:
        box = QMessageBox()
        qtbot.addWidget(box)
        box.setStandardButtons(QMessageBox.StandardButton.Save | QMessageBox.StandardButton.Cancel)
        assert [button.text().replace("&", "") for button in box.buttons()] == ["Simpan", "Batal"]
        i18n.set_language("en")
        other = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        qtbot.addWidget(other)
        assert other.buttons()[0].text().replace("&", "") == "Cancel"
        assert QCoreApplication.translate("QLineEdit", "&Undo") == "&Undo"
    finally:
        qapp.removeTranslator(words)


def test_calls_that_return_nothing_cost_no_reference_to_none(qtbot):
    """PySide6 6.12.0 took one reference to None at each such call on Python 3.11 and aborted after 5,000."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for _number in range(500):
        label.setText("x")
    assert abs(sys.getrefcount(None) - before) < 50
