# SPDX-License-Identifier: Apache-2.0
"""What a stranger wrote into a form is shown as words: nothing is drawn, fetched or saved where they want it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from ui.kit.saving_files import file_name
from ui.pages.questionnaire import QuestionnairePage

PICTURE = "<img src='file:///etc/passwd'>"
FORM = f"""| survey |
| | type | name | label | hint | constraint | constraint_message | image |
| | note | n | {PICTURE} ${{a}} | {PICTURE} | | | ../../x.png |
| | text | a | <table><td>x</table> &lt;img src=x&gt; | <script>1</script> | . = 'q' | {PICTURE} | /etc/passwd |
| | select_one yn | b | {PICTURE} | | | | |
| | select_multiple yn | c | ![x](file:///etc/passwd) | {PICTURE} | | | |
| choices |
| | list_name | name | label |
| | yn | y | {PICTURE} |
| | yn | n | <h1>No |
| settings |
| | form_id | form_title | version |
| | ../../<b>x | <h1>{PICTURE} | ../<i> |
"""


def drawn(widget: QWidget) -> list[str]:
    """Words that Qt would draw as a page."""
    return [
        one.text()
        for one in widget.findChildren(QLabel)
        if one.textFormat() != Qt.TextFormat.PlainText and "<" in one.text()
    ] + [one.toolTip() for one in widget.findChildren(QAbstractButton) if "<" in one.toolTip()]


@pytest.mark.parametrize("way", ["pages", "all", "aloud"])
def test_pages_hidden_in_the_words_of_a_form_are_not_drawn(desk, show_page, tmp_path, press, way):
    file = tmp_path / "form.md"
    file.write_text(FORM, encoding="utf-8")
    page = show_page(QuestionnairePage(desk), ("preview", str(file)))
    page.choose_way(way)
    press("wrong\n")
    assert page.filling is not None
    assert drawn(page.window()) == []
    assert any("<img" in one.text() for one in page.findChildren(QLabel))


@pytest.mark.parametrize(
    ("name", "suggested"),
    [
        ("rss.xlsx", "rss.xlsx"),
        ("../../etc/x.xlsx", "etc_x.xlsx"),
        ("/etc/passwd.xlsx", "etc_passwd.xlsx"),
        ("C:\\x.xlsx", "C__x.xlsx"),
        ("<b>x.csv", "b_x.csv"),
        ("...xlsx", "_.xlsx"),
        ("survei désa.xlsx", "survei désa.xlsx"),
    ],
)
def test_a_forms_name_leads_to_no_other_folder(name, suggested):
    assert file_name(name) == suggested


def test_a_name_without_end_is_cut():
    assert len(file_name("a" * 3000 + ".xlsx")) < 100
