# SPDX-License-Identifier: Apache-2.0
"""A form may be taken away while somebody is writing in it: what is half gone settles nothing."""

import gc

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QScrollArea, QWidget

from ui.kit.editors import IntegerEditor, MoneyEditor, TextEditor
from ui.kit.editors_codes import CodeEditor, CodesEditor
from ui.kit.editors_dates import DateEditor
from ui.kit.form import Form
from ui.kit.form_row import FormRow

EDITORS = {
    "text": TextEditor,
    "number": IntegerEditor,
    "money": MoneyEditor,
    "day": DateEditor,
    "code": lambda: CodeEditor([("one", "1 one"), ("two", "2 two")]),
    "codes": lambda: CodesEditor([("one", "1 one"), ("two", "2 two")]),
}

WAYS = {
    "the form": lambda _window, form: form.deleteLater(),
    "the row": lambda _window, form: form.rows["asked"].deleteLater(),
    "the editor": lambda _window, form: form.editor("asked").deleteLater(),
    "what holds it": lambda window, _form: window.setCentralWidget(QWidget()),
    "the window": lambda window, _form: shiboken6.delete(window),
}


@pytest.fixture
def written(qapp):
    """A form in a window of its own, with a line somebody has just written in."""

    def make(kind):
        window, form, area = QMainWindow(), Form(), QScrollArea()
        form.add_row(FormRow("asked", "What is asked", EDITORS[kind]()))
        form.add_row(FormRow("next", "The next one", TextEditor()))
        area.setWidget(form)
        window.setCentralWidget(area)
        window.show()
        window.activateWindow()
        QTest.qWaitForWindowActive(window)
        form.editor("asked").setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(QApplication.focusWidget(), "1")
        return window, form

    return make


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", EDITORS)
def test_taken_away_while_somebody_writes(written, qtbot, kind, way):
    window, form = written(kind)
    settled = []
    form.settled.connect(settled.append)
    with qtbot.captureExceptions() as wrong:
        WAYS[way](window, form)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QApplication.processEvents()
        if shiboken6.isValid(window):
            shiboken6.delete(window)
        del form
        gc.collect()
    assert wrong == []
    assert settled in ([], ["asked"])
