# SPDX-License-Identifier: Apache-2.0
"""Certificates are given, printed, withdrawn and checked in windows; the papers of an event stand behind one button."""

import datetime as dt

import pypdfium2 as pdfium
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from resource_centre.services.certificates import issue_certificates, withdraw_certificate
from resource_centre.services.training import change_training, record_training, remove_participant
from ui.pages.certificate_check import CertificateCheckDialog
from ui.pages.certificates import CertificatesDialog, WithdrawDialog
from ui.pages.paper_dialog import MOST_SHOWN, PaperDialog
from ui.pages.papers import print_paper
from ui.pages.people import PeoplePage
from ui.pages.training import TrainingPage

PATIENCE = 30_000
CLASS = {
    "training_type": "kelas", "module": "M2", "topic": "Mengelola uang", "hours": 12, "village_code": "52.03.01.2001",
    "starts_on": dt.date(2026, 11, 3), "ends_on": dt.date(2026, 11, 4),
}  # fmt: skip
GIVEN_ON = dt.date(2026, 11, 10)


@pytest.fixture
def event(centre):
    """A class with three who completed it, and two who did not."""
    people = [("Sumiati", "HH"), ("Baiq Ratna", "HT"), ("Sri", "HA"), ("Rohani", "H"), ("Lalu Ahmad", "TH")]
    with centre.change() as session:
        lines = [{"name": name, "days": days} for name, days in people]
        return record_training(session, event=CLASS, participants=lines).id


@pytest.fixture
def numbers(centre, event):
    """The numbers of the three certificates, given already."""
    with centre.change() as session:
        return [one.number for one in issue_certificates(session, event, signed_by="Hj. Ratna", issued_on=GIVEN_ON)]


@pytest.fixture
def certificates(qtbot, desk, event, settled):
    """The window with the certificates of the class."""
    dialog = CertificatesDialog(None, desk, event)
    qtbot.addWidget(dialog)
    dialog.open()
    settled(desk.worker)
    return dialog


@pytest.fixture
def check(qtbot, desk, settled):
    """Types a number into the window that checks certificates."""
    dialog = CertificateCheckDialog(None, desk)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(dialog)
    dialog.open()

    def typed(number):
        dialog.number.setText(number)
        qtbot.keyClick(dialog.number, Qt.Key.Key_Return)
        settled(desk.worker)
        return dialog

    return typed


def windows(kind):
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, kind) and one.isVisible()]


def test_everybody_who_completed_the_class_gets_one_by_keyboard(qtbot, certificates, desk, settled):
    assert [line.completed for line in certificates.lines] == [True, True, False, False, True]
    certificates.form.set_values({"signed_by": "Hj. Ratna", "issued_on": GIVEN_ON})
    certificates.activateWindow()
    qtbot.keyClick(certificates, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker)
    assert [line.number[:15] for line in certificates.lines if line.number] == [
        f"LTM-26-A1-B000{place}" for place in (1, 2, 3)
    ]
    assert not certificates.give_button.isEnabled()
    assert certificates.print_button.isEnabled()


def test_without_a_name_to_sign_none_is_given_and_the_field_says_so(certificates, desk, settled):
    certificates.give()
    settled(desk.worker)
    assert not any(line.certificate_id for line in certificates.lines)
    assert certificates.give_button.isEnabled()


def test_of_an_event_that_was_called_off_none_is_given(centre, event, certificates, desk, settled):
    with centre.change() as session:
        change_training(session, event, {"called_off": True})
    certificates.look()
    settled(desk.worker)
    assert not certificates.give_button.isEnabled()
    assert {line.words for line in certificates.lines} == {"The event was called off."}


def test_the_one_who_signed_last_is_offered(numbers, certificates):
    assert certificates.form.values()["signed_by"] == "Hj. Ratna"


def test_one_is_withdrawn_with_a_reason(qtbot, numbers, certificates, desk, settled):
    certificates.list.selectRow(0)
    certificates.withdraw()
    (asked,) = windows(WithdrawDialog)
    asked.withdraw()
    settled(desk.worker)
    assert certificates.lines[0].certificate_id is not None
    asked.form.set_values({"void_reason": "misprint"})
    asked.withdraw()
    settled(desk.worker)
    assert certificates.lines[0].certificate_id is None


def test_the_certificate_of_somebody_taken_off_the_sheet_can_still_be_withdrawn(
    centre, numbers, certificates, desk, settled
):
    with centre.change() as session:
        remove_participant(session, certificates.lines[0].id, reason="keyed twice")
    certificates.look()
    settled(desk.worker)
    last = certificates.lines[-1]
    assert (last.name, last.number, last.words) == ("Sumiati", numbers[0], "Taken off the sheet")


def test_the_one_under_the_keyboard_is_printed_alone(qtbot, numbers, certificates, desk, settled):
    certificates.list.selectRow(1)
    certificates.print_one()
    settled(desk.worker, timeout=PATIENCE)
    (dialog,) = windows(PaperDialog)
    qtbot.addWidget(dialog)
    assert [one.name for one in dialog.paper.content.certificates] == ["Baiq Ratna"]


def test_a_valid_certificate_is_told_with_what_it_was_given_for(numbers, check):
    dialog = check(numbers[0].lower().replace("-", " "))
    assert dialog.answer.text() == "This certificate is valid."
    assert ("Name on the certificate", "Sumiati") in dialog._facts(dialog.found)


def test_a_slip_and_a_withdrawn_one_are_told_apart(centre, certificates, numbers, desk, settled, check):
    certificates.look()
    settled(desk.worker)
    slip = numbers[0][:-1] + ("A" if numbers[0][-1] != "A" else "B")
    assert check(slip).found.answer == "slip"
    with centre.change() as session:
        withdraw_certificate(session, certificates.lines[0].certificate_id, "misprint")
    dialog = check(numbers[0])
    assert dialog.answer.text() == "This certificate has been withdrawn."
    assert ("Reason", "misprint") in dialog._facts(dialog.found)


def test_the_event_is_one_step_away(numbers, event, check, desk):
    check(numbers[0])._open_event()
    assert desk.went == [("training", event)]


def test_a_number_typed_where_people_are_searched_is_checked_too(qtbot, desk, show_page, numbers, settled):
    page = show_page(PeoplePage(desk))
    page.search.setText(numbers[2])
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    settled(desk.worker)
    (dialog,) = windows(CertificateCheckDialog)
    qtbot.addWidget(dialog)
    assert dialog.found.name == "Lalu Ahmad"


def test_the_windows_can_be_used_without_a_mouse_or_without_eyes(
    each_language, numbers, certificates, check, complaints
):
    assert complaints(certificates) == []
    assert complaints(check(numbers[0])) == []


@pytest.mark.parametrize(
    ("kind", "papers"),
    [
        ("kelas", ["attendance", "test_before", "test_after", "answer_key", "evaluation_forms", "event_report"]),
        ("temu_desa", ["attendance", "evaluation_forms", "event_report"]),
        ("dialog", ["attendance", "dialogue_minutes", "event_report"]),
    ],
)
def test_the_papers_of_an_event_are_those_of_its_kind(centre, desk, show_page, settled, kind, papers):
    with centre.change() as session:
        event = record_training(session, event=CLASS | {"training_type": kind}).id
    page = show_page(TrainingPage(desk), event)
    settled(desk.worker)
    assert [offer.kind for offer in page._offers()] == papers
    assert {offer.record_id for offer in page._offers()} == {event}


def test_the_way_to_the_certificates_stands_under_the_papers(qtbot, desk, show_page, settled, event):
    page = show_page(TrainingPage(desk), event)
    page.papers.menu().aboutToShow.emit()
    page.papers.menu().actions()[-1].trigger()
    settled(desk.worker)
    (dialog,) = windows(CertificatesDialog)
    qtbot.addWidget(dialog)
    assert len(dialog.lines) == 5


def test_a_whole_class_is_shown_in_part_and_printed_whole(qtbot, centre, desk, settled, tmp_path, monkeypatch):
    with centre.change() as session:
        people = [{"name": f"Peserta {number}", "days": "HH"} for number in range(MOST_SHOWN + 3)]
        event = record_training(session, event=CLASS, participants=people).id
        issue_certificates(session, event, signed_by="Hj. Ratna", issued_on=GIVEN_ON)
    dialog = print_paper(desk, "certificates", event)
    qtbot.addWidget(dialog)
    settled(desk.worker, timeout=PATIENCE)
    assert len(dialog.preview.pages) == MOST_SHOWN
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: printer)
    dialog.print()
    qtbot.waitUntil(lambda: not windows(PaperDialog), timeout=PATIENCE)
    printed = pdfium.PdfDocument(tmp_path / "printed.pdf")
    found = [page.get_size() for page in printed]
    printed.close()
    assert len(found) == MOST_SHOWN + 3
    assert all(width > height for width, height in found)
