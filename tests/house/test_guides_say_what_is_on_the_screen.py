# SPDX-License-Identifier: Apache-2.0
"""The guides name buttons and pages as they are written on the screen, each in its language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
CATALOGUES = ROOT / "resource_centre" / "locale"


def on_the_screen(language: str) -> set[str]:
    """Every word and sentence of the program in a language, without the marks of keys."""
    with (CATALOGUES / "id" / "LC_MESSAGES" / "resource_centre.po").open("rb") as file:
        messages = [one for one in read_po(file) if one.id and isinstance(one.id, str)]
    return {str(one.id if language == "en" else one.string).replace("&", "") for one in messages}


@pytest.mark.parametrize(("guide", "language"), [("hand-over.md", "en"), ("serah-terima.md", "id")])
def test_what_is_bold_in_a_guide_stands_on_the_screen(guide: str, language: str) -> None:
    text = re.sub(r"\s+", " ", (ROOT / "docs" / guide).read_text(encoding="utf-8"))
    named = {words for words in re.findall(r"\*\*(.+?)\*\*", text) if not words.endswith(".")}
    assert len(named) > 10
    assert named - {"bold", "tebal"} - on_the_screen(language) == set()
