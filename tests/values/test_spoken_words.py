"""Words that two people compare over the telephone."""

from __future__ import annotations

import hashlib

import pytest

from resource_centre.values import spoken_words
from resource_centre.values.spoken_words import spoken


def test_each_twelve_bits_have_a_word_of_their_own():
    words = [spoken((number << 4).to_bytes(2, "big"), 1)[0] for number in range(4096)]
    assert len(set(words)) == 4096
    assert all(word.isascii() and word.islower() for word in words)


def test_one_other_bit_is_another_word():
    digest = hashlib.sha256(b"two laptops").digest()
    changed = bytes([digest[0] ^ 1, *digest[1:]])
    assert spoken(digest, 6)[1:] == spoken(changed, 6)[1:]
    assert spoken(digest, 6)[0] != spoken(changed, 6)[0]


def test_what_means_something_bad_is_never_said():
    avoided = {row["word"] for row in spoken_words._rows("spoken_words_avoided.csv")}
    assert avoided
    assert avoided.isdisjoint(spoken_words._words())


def test_too_few_bits_are_no_words():
    with pytest.raises(ValueError, match="too few"):
        spoken(b"12", 6)
