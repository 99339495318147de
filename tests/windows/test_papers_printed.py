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


@pytest.fixture
def trail(centre):
    """What is written down of the papers that left: kind, which copy, how."""

    def read():
        from resource_centre.services.paper_copies import copies_of

        with centre.read() as session:
            return [(row.kind, row.copy, row.way) for row in copies_of(session)]

    return read


@pytest.fixture
def save_as(monkeypatch):
    """Where the next papers are saved."""

    def choose(path):
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(path), ""))

    return choose


def test_a_saved_paper_is_written_down_and_the_next_bears_the_next_number(
    show, client, settled, desk, tmp_path, trail, save_as
):
    save_as(tmp_path / "summary.pdf")
    for number in (1, 2):
        dialog = show("case_summary", client["case"])
        assert dialog.paper.copy == number
        dialog.save_pdf()
        settled(desk.worker, timeout=PATIENCE)
    assert trail() == [("case_summary", 2, "saved"), ("case_summary", 1, "saved")]


def test_what_was_printed_meanwhile_gives_the_paper_another_number(
    show, client, settled, desk, tmp_path, trail, save_as
):
    save_as(tmp_path / "summary.pdf")
    dialog, other = show("case_summary", client["case"]), show("case_summary", client["case"])
    other.save_pdf()
    settled(desk.worker, timeout=PATIENCE)
    dialog.save_pdf()
    settled(desk.worker, timeout=PATIENCE)
    assert dialog.paper.copy == 2
    assert (tmp_path / "summary.pdf").read_bytes() == dialog.paper.pdf
    assert [copy for _kind, copy, _way in trail()] == [2, 1]


def test_several_copies_are_written_down_one_by_one(show, client, settled, desk, tmp_path, trail, monkeypatch):
    dialog = show("case_summary", client["case"])
    dialog.copies.setCurrentIndex(2)
    settled(desk.worker, timeout=PATIENCE)
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: printer)
    dialog.print()
    settled(desk.worker, timeout=PATIENCE)
    assert sorted(copy for _kind, copy, _way in trail()) == [1, 2, 3]
    assert {way for *_rest, way in trail()} == {"printed"}


def test_a_disk_that_refuses_is_said_and_stands_in_the_trail(show, client, settled, desk, tmp_path, trail, save_as):
    save_as(tmp_path / "nowhere" / "closing.pdf")
    dialog = show("closing", client["case"])
    dialog.save_pdf()
    settled(desk.worker, timeout=PATIENCE)
    assert trail() == [("closing", 1, "failed")]
    assert dialog.paper.copy == 2
    assert dialog.print_button.isEnabled()


def test_a_printer_that_refuses_is_said_and_stands_in_the_trail(
    show, client, settled, desk, tmp_path, trail, monkeypatch
):
    dialog = show("closing", client["case"])
    printer = QPrinter()
    printer.setOutputFileName(str(tmp_path / "nowhere" / "printed.pdf"))
    monkeypatch.setattr("ui.kit.printing.chosen_printer", lambda *_asked: printer)
    dialog.print()
    settled(desk.worker, timeout=PATIENCE)
    assert trail() == [("closing", 1, "failed")]


def test_what_cannot_be_written_down_is_not_made(show, client, settled, desk, tmp_path, trail, save_as, monkeypatch):
    from resource_centre.errors import EnvironmentFailed
    from resource_centre.services import paper_copies

    def full(*_asked, **_told):
        raise EnvironmentFailed("disk_full")

    monkeypatch.setattr(paper_copies, "write_new", full)
    save_as(tmp_path / "closing.pdf")
    dialog = show("closing", client["case"])
    dialog.save_pdf()
    settled(desk.worker, timeout=PATIENCE)
    assert not (tmp_path / "closing.pdf").exists()
    assert trail() == []


def test_a_blank_form_leaves_no_trail(show, settled, desk, tmp_path, trail, save_as):
    save_as(tmp_path / "form.pdf")
    show("intake", blank=True).save_pdf()
    settled(desk.worker, timeout=PATIENCE)
    assert (tmp_path / "form.pdf").exists()
    assert trail() == []
