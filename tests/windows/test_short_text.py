# SPDX-License-Identifier: Apache-2.0
"""A long name in a small place: whole lines, and all of it to whoever asks."""

import pytest

from ui.kit.short_text import ShortText

NAME = "Pusat Layanan Terpadu Migran dan Keluarganya di Kaki Gunung Rinjani"


@pytest.fixture
def name(qtbot):
    made = ShortText(NAME, "heading", 3)
    qtbot.addWidget(made)
    made.resize(120, 80)
    made.show()
    return made


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_long_name_ends_in_an_ellipsis_and_keeps_whole_lines(name, lines):
    name.show_at_most(lines)
    shown = name.text().split("\n")
    assert len(shown) == lines
    assert shown[-1].endswith("…")
    assert max(map(name.fontMetrics().horizontalAdvance, shown)) <= 120
    assert name.minimumSizeHint().height() >= lines * name.fontMetrics().height()


def test_the_whole_name_is_read_as_a_tip_and_by_screen_readers(name):
    assert (name.toolTip(), name.accessibleName()) == (NAME, NAME)


def test_a_name_that_has_room_is_shown_as_it_is(name):
    name.resize(1200, 40)
    assert (name.text(), name.toolTip()) == (NAME, "")
