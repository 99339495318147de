# SPDX-License-Identifier: Apache-2.0
"""Whoever settles a row reads words, never the name of a column in the program."""

from ui.pages.imports_words import field_words


def test_a_note_beside_a_telephone_is_shown_as_the_telephone(each_language):
    assert field_words("returnees", "phone_note") == {"id": "Telepon", "en": "Telephone"}[each_language]
