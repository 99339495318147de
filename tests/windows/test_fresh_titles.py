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
