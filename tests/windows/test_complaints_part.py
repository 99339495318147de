# SPDX-License-Identifier: Apache-2.0
"""Complaints and assistance on a case by keyboard: wages recovered in ringgit, and what others add to a stove."""

import datetime as dt
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from sqlalchemy import select

from resource_centre.clock import today
from resource_centre.i18n import _
from resource_centre.records import Assistance, Complaint, Contribution
from resource_centre.services.assistance import record_assistance
from resource_centre.services.attachments import attach
from resource_centre.services.complaints import open_complaint
from resource_centre.services.intake import register_intake
from ui.pages.attachments_panel import AttachmentsPanel
from ui.pages.case import CasePage
from ui.pages.referrals import ReferralsPage

DAY = dt.timedelta(days=1)
WAGES = {"complaint_type": "GAJI_TDK_DIBAYAR", "currency": "MYR", "claimed": 10_500}


def save(qtbot, page, settled):
    page.activateWindow()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    settled(page.desk.worker)


def words(page):
    return " | ".join(label.text() for label in page.findChildren(QLabel) if label.isVisibleTo(page))


def the_only(centre, record):
    with centre.read() as session:
        return session.scalars(select(record)).one()


def test_a_complaint_goes_from_what_happened_to_the_wages_recovered(
    client, qtbot, settled, centre, desk, each_language, push, show_page, fill
):
    page = show_page(CasePage(desk), (client.case_id, "complaints"))
    part = page.parts["complaints"]
    push(page, _("New &complaint"))
    fill(part.form, "complaint_type", {"id": "Gaji tidak dibayar", "en": "Wages not paid"}[each_language])
    fill(part.form, "account", "Tujuh bulan")
    fill(part.form, "currency", "MYR")
    fill(part.form, "claimed", "10500")
    save(qtbot, page, settled)
    made = the_only(centre, Complaint)
    assert (made.case_id, made.complaint_type, made.currency, made.claimed) == (
        client.case_id, "GAJI_TDK_DIBAYAR", "MYR", 10_500,
    )  # fmt: skip

    push(page, _("Lodge it…"))
    fill(part.form, "lodged_with", "KJRI Kuching")
    save(qtbot, page, settled)
    push(page, _("Followed up…"))
    fill(part.form, "reason", "Majikan mau bertemu")
    save(qtbot, page, settled)
    push(page, _("There is a result…"))
    fill(part.form, "result", {"id": "Damai", "en": "Settled"}[each_language])
    fill(part.form, "awarded", "9000")
    fill(part.form, "recovered", "RM 8.500")
    fill(part.form, "recovered_on", f"{today():%d-%m-%Y}")
    save(qtbot, page, settled)
    ended = the_only(centre, Complaint)
    assert (ended.status, ended.result, ended.awarded, ended.recovered) == ("selesai", "damai", 9_000, 8_500)
    qtbot.waitUntil(lambda: "RM8.500" in words(page))
    push(page, _("Close…"))
    save(qtbot, page, settled)
    assert the_only(centre, Complaint).closed_on == today()
    qtbot.waitUntil(lambda: "Majikan mau bertemu" in words(page))


def test_violence_is_shown_as_one_merged_line(client, qtbot, settled, centre, desk, push, show_page, fill):
    page = show_page(CasePage(desk), (client.case_id, "complaints"))
    part = page.parts["complaints"]
    push(page, "New &complaint")
    fill(part.form, "complaint_type", "Physical violence")
    fill(part.form, "account", "Dipukul setiap hari")
    save(qtbot, page, settled)
    assert the_only(centre, Complaint).complaint_type == "PERLINDUNGAN_KHUSUS"
    qtbot.waitUntil(lambda: "speak to the protection officer" in words(page))
    assert "Dipukul" not in words(page)
    push(page, "Change")
    assert "account" not in part.form.form.rows
    assert "complaint_type" not in part.form.form.rows


def test_a_complaint_nobody_followed_up_stands_out(client, qtbot, centre, desk, focus, show_page):
    with centre.change() as session:
        late = open_complaint(session, person_id=client.person_id, values=WAGES, on=today() - 20 * DAY).id
        open_complaint(session, person_id=client.person_id, values=WAGES)
    page = show_page(ReferralsPage(desk), "complaints")
    rows = page.complaints.rows
    assert [rows.data(rows.index(place, 0)) for place in range(2)] == ["6 days late", "since today"]
    assert page.complaints.about.text() == "1 complaint is to be followed up."
    focus(page.first_field())
    qtbot.keyClick(page.first_field(), Qt.Key.Key_Return)
    assert desk.went == [("case", (client.case_id, "complaints", late))]


def test_somebody_without_a_case_complains_on_the_page_of_referrals(qtbot, settled, centre, desk, show_page, fill):
    with centre.change() as session:
        other = register_intake(session, person={"full_name": "Rohani", "sex": "P"}).person_id
    page = show_page(ReferralsPage(desk), ("new_complaint", other))
    fill(page.own.form, "complaint_type", "Wages not paid")
    save(qtbot, page, settled)
    made = the_only(centre, Complaint)
    assert (made.person_id, made.case_id) == (other, None)


def test_escape_goes_from_one_complaint_to_all(client, qtbot, settled, centre, desk, focus, show_page):
    with centre.change() as session:
        made = open_complaint(session, person_id=client.person_id, values=WAGES).id
    page = show_page(CasePage(desk), (client.case_id, "complaints", made))
    part = page.parts["complaints"]
    assert part.one == made
    focus(part.main_button)
    qtbot.keyClick(part.main_button, Qt.Key.Key_Escape)
    settled(desk.worker)
    assert part.one is None
    qtbot.waitUntil(lambda: "claimed RM10.500" in words(page))


def test_something_is_given_and_others_add_to_it(
    client, qtbot, settled, centre, desk, each_language, push, show_page, fill
):
    page = show_page(CasePage(desk), (client.case_id, "assistance"))
    part = page.parts["assistance"]
    push(page, _("Something was &given"))
    fill(part.form, "kind", {"id": "Alat usaha", "en": "Business equipment"}[each_language])
    fill(part.form, "description", "Kompor")
    fill(part.form, "amount", "2 jt")
    fill(part.form, "fund", "GIZ")
    fill(part.form, "receipt", "K-017")
    save(qtbot, page, settled)
    given = the_only(centre, Assistance)
    assert (given.case_id, given.amount, given.currency, given.receipt) == (client.case_id, 2_000_000, "IDR", "K-017")

    push(page, _("Add a contribution"))
    fill(part.form, "source", {"id": "Kelompok diaspora", "en": "Diaspora group"}[each_language])
    fill(part.form, "currency", "HKD")
    fill(part.form, "amount", "3000")
    save(qtbot, page, settled)
    added = the_only(centre, Contribution)
    assert (added.assistance_id, added.person_id, added.amount, added.currency) == (
        given.id, client.person_id, 3_000, "HKD",
    )  # fmt: skip
    qtbot.waitUntil(lambda: "HK$3.000" in words(page))
    qtbot.waitUntil(lambda: "Rp2.000.000" in words(page))


def test_one_gift_is_opened_from_elsewhere(client, centre, desk, show_page):
    with centre.change() as session:
        values = {"kind": "transport", "amount": 350_000}
        made = record_assistance(session, person_id=client.person_id, values=values).id
    page = show_page(CasePage(desk), (client.case_id, "assistance", made))
    form = page.parts["assistance"].form
    assert form.form.editor("amount").value() == 350_000


@pytest.mark.parametrize("part", ["complaints", "assistance"])
def test_keyboard_and_screen_reader_reach_everything(
    client, qtbot, centre, desk, complaints, each_language, part, push, show_page
):
    with centre.change() as session:
        made = open_complaint(session, person_id=client.person_id, values=WAGES).id
        record_assistance(session, person_id=client.person_id, values={"kind": "transport", "amount": 350_000})
    page = show_page(CasePage(desk), (client.case_id, part))
    assert complaints(page) == []
    push(page, _("New &complaint") if part == "complaints" else _("Something was &given"))
    assert complaints(page) == []
    if part == "complaints":
        page.parts[part].open_record(made)
        qtbot.waitUntil(lambda: "LTM-26-" in words(page))
        assert complaints(page) == []


def test_receipts_are_kept_beside_the_complaint(client, centre, settled, desk, show_page, qtbot):
    paper = BytesIO()
    Image.new("RGB", (300, 200), "white").save(paper, "JPEG")
    with centre.change() as session:
        complaint = open_complaint(session, person_id=client.person_id, values=WAGES).id
        receipt = attach(
            session, client.person_id, paper.getvalue(), title="Tanda terima", about="Complaint", about_id=complaint
        ).id
    page = show_page(CasePage(desk), (client.case_id, "complaints", complaint))
    qtbot.waitUntil(lambda: page.findChild(AttachmentsPanel) is not None)
    qtbot.waitUntil(lambda: list(page.findChild(AttachmentsPanel).rows) == [receipt])
