# SPDX-License-Identifier: Apache-2.0
"""Every workbook of pyxform's own tests that is accepted opens in a window, in each way of asking."""

import json
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from ui.pages.questionnaire import QuestionnairePage

WORKBOOKS = Path(__file__).parents[3] / "shared" / "data" / "xlsforms"
VERDICTS = WORKBOOKS / "verdicts.json"
JUDGED = json.loads(VERDICTS.read_text("utf-8")) if VERDICTS.exists() else {}
ACCEPTED = sorted(name for name, verdict in JUDGED.items() if verdict["accepted"])
MOST_PAGES = 60

pytestmark = pytest.mark.lists


def test_the_workbooks_are_there():
    if not ACCEPTED:
        pytest.skip("the workbooks of pyxform's tests are not beside the checkout")
    assert len(ACCEPTED) == 48


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_opens_and_every_page_can_be_turned_to(name, desk, show_page, qtbot):
    for way in ("aloud", "pages", "all"):
        desk.preferences.questionnaire_way = way
        page = show_page(QuestionnairePage(desk), ("preview", str(WORKBOOKS / name)), timeout=60_000)
        assert page.task is not None, "it was refused"
        seen = set()
        for _turned in range(MOST_PAGES):
            qtbot.waitUntil(page.asking.questions.is_built, timeout=60_000)
            seen |= set(page.asking.questions.rows)
            if page.asking.is_last():
                break
            page.asking.turn_on()
        QApplication.processEvents()
        assert seen or not page.filling.live.progress()[1]
