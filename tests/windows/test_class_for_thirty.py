# SPDX-License-Identifier: Apache-2.0
"""A two-day class for thirty, from planning to certificate, as a trainer does it at the keyboard."""

import datetime as dt

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from scipy import stats
from sqlalchemy import select

from reports.papers.kinds import make_paper
from resource_centre.records import Certificate, TrainingEvent
from resource_centre.services.learning_results import event_learning
from resource_centre.services.training import event_sheet
from ui.pages.certificate_check import CertificateCheckDialog
from ui.pages.certificates import CertificatesDialog
from ui.pages.training import TrainingPage

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
FIRST = (
    "Aminah", "Fauzi", "Ratna", "Nurhayati", "Zaenal", "Wahyuni", "Sumiati", "Suparman", "Hidayah", "Khotimah", "Hamid",
    "Rohani", "Sumarni", "Rusdi", "Yuliana",
)  # fmt: skip
NAMES = [f"{first} {second}" for second in ("Hasan", "Lestari") for first in FIRST]
BEFORE = [20 + 5 * (place % 9) for place in range(30)]
AFTER = [min(100, before + 7 * (place % 8)) for place, before in enumerate(BEFORE)]
AWAY = (3, 17)
"""Who was missing on the second day."""


class Trainer:
    """Somebody at the keyboard in front of the page of training."""

    def __init__(self, page, qtbot, settled):
        self.page, self.qtbot, self.settled = page, qtbot, settled

    def comes_back(self):
        """From a list or a dialog that has closed: the window is the active one again."""
        self.page.activateWindow()
        QTest.qWaitForWindowActive(self.page)

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.settled(self.page.desk.worker)

    def types(self, text):
        for letter in text:
            key = {"\n": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab}.get(letter, letter)
            self.qtbot.keyClick(QApplication.activePopupWidget() or QApplication.focusWidget(), key)

    def answers(self, name, text):
        """Type an answer into a question of the event, and go on."""
        self.page.sheet.form.editor(name).main.setFocus(Qt.FocusReason.TabFocusReason)
        self.types(text)
        self.settled(self.page.desk.worker)
        self.comes_back()
        self.types("\t")

    def goes_to(self, line, column):
        sheet = self.page.sheet
        sheet.grid.setFocus()
        sheet.grid.go_to(line, sheet.sheet.columns.index(column))

    def saves(self):
        self.key(Qt.Key.Key_S, CTRL)


@pytest.fixture
def trainer(desk, show_page, qtbot, settled):
    return Trainer(show_page(TrainingPage(desk)), qtbot, settled)


def plan(trainer):
    """The event with its thirty names, before anybody has come."""
    trainer.key(Qt.Key.Key_F2)
    answers = {"starts_on": "12-10-2026", "ends_on": "13-10-2026", "hours": "12", "village_code": "Mamben Daya\n"}
    for name, text in answers.items():
        trainer.answers(name, text)
    trainer.answers("module", "Household budget")
    trainer.page.sheet.grid.start()
    trainer.goes_to(0, "name")
    for place, name in enumerate(NAMES):
        trainer.goes_to(place, "name")
        trainer.types(f"{name.lower()}\n{'lp'[place % 2]}{20 + place}\n")
    trainer.saves()


def hold(trainer):
    """Two days later: who was there, and both tests, keyed column by column from paper."""
    trainer.key(Qt.Key.Key_H, CTRL)
    for place in AWAY:
        trainer.goes_to(place, "day:1")
        trainer.types("a")
    trainer.key(Qt.Key.Key_D, CTRL | SHIFT)
    for column, scores in (("pre_score", BEFORE), ("post_score", AFTER)):
        trainer.goes_to(0, column)
        trainer.types("".join(f"{score}\n" for score in scores))
    trainer.saves()


def certify(trainer):
    """Certificates for all who have completed it."""
    trainer.page.papers.certificates()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, CertificatesDialog))
    trainer.settled(trainer.page.desk.worker)
    dialog.form.editor("signed_by").main.setFocus(Qt.FocusReason.TabFocusReason)
    trainer.types("Ratna, head of the centre")
    trainer.key(Qt.Key.Key_S, CTRL)
    said = dialog.summary.text()
    dialog.reject()
    trainer.comes_back()
    return said


def checked(trainer, number):
    """What the program says of a number that somebody shows."""
    trainer.key(Qt.Key.Key_Escape)
    trainer.key(Qt.Key.Key_K, CTRL)
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, CertificateCheckDialog))
    trainer.qtbot.keyClicks(dialog.number, number)
    trainer.qtbot.keyClick(dialog.number, Qt.Key.Key_Return)
    trainer.settled(trainer.page.desk.worker)
    answer = dialog.found
    dialog.reject()
    trainer.comes_back()
    return answer


def test_a_class_from_planning_to_certificate(trainer, centre):
    plan(trainer)
    with centre.read() as session:
        event = session.scalars(select(TrainingEvent)).one()
        assert (event.starts_on, event.ends_on, event.module) == (dt.date(2026, 10, 12), dt.date(2026, 10, 13), "M2")
        paper = make_paper(session, "attendance", event.id, language="en").content
        assert [line.name for line in paper.named] == NAMES

    hold(trainer)
    with centre.read() as session:
        rows = event_sheet(session, event.id).rows
        assert [row.name for row in rows] == NAMES
        assert [row.days for row in rows] == ["HA" if place in AWAY else "HH" for place in range(30)]
        learnt = event_learning(session, event.id).gain
    gained = np.array(AFTER) - np.array(BEFORE)
    expected = stats.ttest_rel(AFTER, BEFORE).confidence_interval(0.95)
    assert learnt.pairs == 30
    assert learnt.mean_gain == pytest.approx(gained.mean())
    assert (learnt.low, learnt.high) == pytest.approx((expected.low, expected.high))

    trainer.key(Qt.Key.Key_2, ALT)
    results = trainer.page.parts.parts["learning"]
    shown = " ".join(one.text() for one in results.levels.cards[1].findChildren(QLabel))
    assert f"{gained.mean():+.1f} points" in shown

    assert certify(trainer) == "28 of 30 have completed the event, 28 have a certificate."
    with centre.read() as session:
        numbers = session.scalars(select(Certificate.number).order_by(Certificate.number)).all()
        certificate = session.scalars(select(Certificate).where(Certificate.number == numbers[0])).one()
    assert len(set(numbers)) == 28
    found = checked(trainer, numbers[0].lower())
    assert (found.answer, found.name) == ("valid", certificate.name)
    assert checked(trainer, "LTM-26-A1-B0001-A").answer != "valid"
