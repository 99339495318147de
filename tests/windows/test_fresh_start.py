# SPDX-License-Identifier: Apache-2.0
"""Whoever starts the program can type at once; nothing of the window is beyond the screen."""

from PySide6.QtGui import QGuiApplication

from ui.first_start import FirstStart
from ui.shell_window import FRAME, WISHED, Window
from ui.unlock import UnlockPage


def shown(qtbot, page):
    """The page in the program's window."""
    window = Window()
    qtbot.addWidget(window)
    window.show_only(page)
    window.show()
    qtbot.waitExposed(window)
    return window


def test_the_passphrase_can_be_typed_at_once(qtbot, tmp_path):
    page = UnlockPage(tmp_path, "sri")
    assert shown(qtbot, page).focusWidget() is page.passphrase.line


def test_without_a_known_name_the_name_comes_first(qtbot, tmp_path):
    page = UnlockPage(tmp_path)
    assert shown(qtbot, page).focusWidget() is page.login


def test_enter_goes_on_at_the_first_start(qtbot, places, tmp_path):
    page = FirstStart(places, tmp_path / "centre")
    assert shown(qtbot, page).focusWidget() is page.next


def test_the_window_fits_the_screen_with_its_frame(qtbot):
    window = Window()
    qtbot.addWidget(window)
    free = QGuiApplication.primaryScreen().availableSize()
    least = window.minimumSize()
    assert window.size() == WISHED.boundedTo(free - FRAME).expandedTo(least)
