# SPDX-License-Identifier: Apache-2.0
"""A long name is read whole in the title of a page, also on the smallest window."""

from PySide6.QtGui import QFontMetrics

from ui.kit.page import Page
from ui.kit.pieces import button


def test_a_long_name_wraps_beside_the_buttons(desk, qtbot):
    page = Page(desk, "")
    for words in ("Sesi konseling", "Tindak lanjut", "Masa di luar negeri"):
        page.buttons.addWidget(button(words))
    qtbot.addWidget(page)
    page.resize(660, 500)
    page.show()
    page.set_title("Muhammad Zainuddin Abdul Madjid bin Lalu Wiratmaja")
    qtbot.waitUntil(lambda: page.title.height() > 2 * QFontMetrics(page.title.font()).height())
    assert page.title.height() >= page.title.heightForWidth(page.title.width())


def test_many_buttons_go_below_the_title_of_a_small_window(desk, qtbot):
    page = Page(desk, "Siti Aminah")
    for words in ("Sesi konseling", "Tindak lanjut", "Rujuk", "Di luar negeri", "Ubah", "Cetak…"):
        page.buttons.addWidget(button(words))
    qtbot.addWidget(page)
    page.resize(690, 500)
    page.show()
    first = page.buttons.itemAt(0).widget()
    qtbot.waitUntil(lambda: first.y() > page.title.y() + page.title.height() // 2)
    assert page.title.width() >= QFontMetrics(page.title.font()).horizontalAdvance("Siti Aminah")
