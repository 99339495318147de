# SPDX-License-Identifier: Apache-2.0
"""A paper is looked at, saved and printed from where the record is."""

import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog

from resource_centre.services.cases import open_case
from resource_centre.services.follow_ups import plan_follow_up
from resource_centre.services.intake import register_intake
from ui.pages.papers import Offer, PapersButton, print_paper
from ui.pages.people import PeoplePage
from ui.pages.person import PersonPage

PATIENCE = 30_000


@pytest.fixture
def client(centre):
    """Somebody with an open case; their ids and numbers."""
    with centre.change() as session:
        who = {"full_name": "Siti Aminah", "sex": "P", "preferred_language": "sas"}
        person_id = register_intake(session, person=who, on=dt.date(2026, 11, 2)).person_id
        case = open_case(session, person_id=person_id, on=dt.date(2026, 11, 3))
        plan_follow_up(session, person_id=person_id, due_on=dt.date(2026, 12, 2))
        return {"person": person_id, "case": case.id, "case_number": case.number}


@pytest.fixture
def show(qtbot, desk, settled):
    """Shows a paper and waits until its pages are there."""

    def shown(*args, **options):
        dialog = print_paper(desk, *args, **options)
        qtbot.addWidget(dialog)
        settled(desk.worker, timeout=PATIENCE)
        return dialog

    return shown


def test_the_pages_are_in_the_clients_language_and_nothing_names_them(show, client):
    dialog = show("consent", client["person"])
    assert dialog.language.value() == "id"
    assert dialog.preview.pages[-1].accessibleName() == "Page 2 of 2"
    assert "Siti" not in dialog.windowTitle()
    assert "siti" not in dialog.paper.file_name.lower()


def test_another_language_makes_the_paper_again(show, client, settled, desk):
    dialog = show("intake", client["person"])
    dialog.language.set_value("en")
    dialog.language.edited.emit()
    settled(desk.worker, timeout=PATIENCE)
    assert dialog.paper.language == "en"
    assert dialog.paper.content.heading.title == "Intake"


def test_a_blank_form_is_made_without_anybody(show, client):
    dialog = show("intake", blank=True)
    assert dialog.paper.content.heading.blank
    assert dialog.pdf_button.isEnabled()


def test_copies_of_a_summary_are_numbered(show, client, settled, desk):
    dialog = show("case_summary", client["case"])
    before = len(dialog.preview.pages)
    dialog.copies.setCurrentIndex(1)
    settled(desk.worker, timeout=PATIENCE)
    assert len(dialog.preview.pages) == 2 * before


def test_ctrl_s_saves_under_a_name_that_names_nobody(qtbot, show, client, settled, desk, tmp_path, monkeypatch):
    dialog = show("appointment", _follow_up(desk, client))
    offered = []

    def ask(_parent, _title, name, _kinds):
        offered.append(name)
        return str(tmp_path / "slip.pdf"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    with qtbot.waitExposed(dialog):
        dialog.show()
    qtbot.keyClick(dialog, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(desk.worker, timeout=PATIENCE)
    assert (tmp_path / "slip.pdf").read_bytes().startswith(b"%PDF")
    assert "siti" not in offered[0].lower()


def test_the_printer_gets_every_page(show, client, settled, desk, tmp_path, monkeypatch):
    dialog = show("closing", client["case"])
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: printer)
    dialog.print()
    settled(desk.worker, timeout=PATIENCE)
    assert (tmp_path / "printed.pdf").stat().st_size > 10_000


def test_what_may_not_be_seen_is_said_and_not_shown(show, desk):
    dialog = show("intake", "nobody")
    assert dialog.paper is None
    assert not dialog.print_button.isEnabled()


def test_the_menu_of_a_person_offers_their_papers(qtbot, desk, client, settled):
    page = PersonPage(desk)
    qtbot.addWidget(page)
    page.opened(client["person"])
    settled(desk.worker, timeout=PATIENCE)
    assert [offer.kind for offer in page._offers()] == ["intake", "consent", "case_summary", "closing", "appointment"]


def test_the_menu_is_filled_when_it_is_opened(qtbot, desk):
    made = PapersButton(desk, lambda: [Offer("intake", "x"), Offer("consent", None, True)])
    qtbot.addWidget(made)
    made.menu().aboutToShow.emit()
    assert [action.text() for action in made.menu().actions()] == ["Intake", "Consent, blank"]


def test_the_number_on_a_paper_opens_its_record(qtbot, desk, client, settled):
    page = PeoplePage(desk)
    qtbot.addWidget(page)
    page.opened()
    page.search.setText(client["case_number"].lower().replace("-", " "))
    page._look()
    settled(desk.worker, timeout=PATIENCE)
    assert "Enter opens what it belongs to" in page._why_nobody()
    qtbot.keyClick(page.search, Qt.Key.Key_Return)
    settled(desk.worker, timeout=PATIENCE)
    assert desk.went[-1] == ("case", client["case"])


def _follow_up(desk, client):
    from resource_centre.services.follow_ups import follow_ups_of

    with desk.worker.centre.read() as session:
        return follow_ups_of(session, client["person"])[0].id


def test_only_what_matters_for_the_paper_is_asked(show, client):
    asked = {
        kind: (not dialog.neutral.isHidden(), not dialog.copies.isHidden())
        for kind, dialog in (
            ("consent", show("consent", client["person"])),
            ("case_summary", show("case_summary", client["case"])),
            ("intake", show("intake", blank=True)),
        )
    }
    assert asked == {"consent": (False, False), "case_summary": (False, True), "intake": (True, False)}


def test_a_paper_without_the_centres_name_does_not_tell_it(show, client, settled, desk):
    dialog = show("appointment", _follow_up(desk, client))
    assert dialog.paper.content.heading.centre == ""
    dialog.neutral.setChecked(False)
    settled(desk.worker, timeout=PATIENCE)
    assert dialog.paper.content.heading.centre == "Pusat Layanan Uji"
