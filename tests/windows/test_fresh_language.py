# SPDX-License-Identifier: Apache-2.0
"""The language goes to and fro while a form is half typed: nothing is lost, and the lock still locks."""

import pytest

from resource_centre import i18n
from ui.unlock import UnlockPage


def speak(program, code, qtbot):
    program.open._speak(code)
    qtbot.waitUntil(program.worker.is_idle, timeout=10_000)
    qtbot.wait(1)  # Qt deletes the window of before when it is back in its loop


def begin_intake(program, qtbot):
    shell = program.open.shell
    shell.go("intake")
    qtbot.waitUntil(program.worker.is_idle, timeout=10_000)
    return shell.page("intake")


def test_typing_goes_over_to_each_language_and_the_lock_still_locks(opened, qtbot):
    before = begin_intake(opened, qtbot)
    before.form.editor("person.full_name").line.setText("Baiq Hidayah")
    before.draft.touch()
    for code in ("id", "en", "id"):
        speak(opened, code, qtbot)
        assert i18n.language() == code
        page = begin_intake(opened, qtbot)
        assert page is not before
        assert page.form.editor("person.full_name").line.text() == "Baiq Hidayah"
    opened.open.lock()
    assert opened.worker.centre is None
    assert isinstance(opened.window.shown(), UnlockPage)


def test_the_lock_locks_even_when_a_form_cannot_be_kept(opened, qtbot, monkeypatch):
    page = begin_intake(opened, qtbot)
    page.draft.touch()
    monkeypatch.setattr(page.form, "typed", lambda: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        opened.open.lock()
    assert opened.worker.centre is None
    assert isinstance(opened.window.shown(), UnlockPage)
