# SPDX-License-Identifier: Apache-2.0
"""Adding, looking at and taking back what is attached to a person, with mouse and keyboard."""

from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QPushButton

from resource_centre.services.attachments import attach, attachments_of
from ui.pages.attachments_panel import AttachmentsPanel


def photo(colour="white"):
    made = BytesIO()
    Image.new("RGB", (300, 200), colour).save(made, "JPEG")
    return made.getvalue()


def pdf(pages=3):
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made)
    for number in range(pages):
        canvas.drawString(72, 700, f"Halaman {number + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


@pytest.fixture
def panel(aminah, desk, settled, on_screen):
    panel = on_screen(AttachmentsPanel(desk), (360, 400))
    panel.show_person(aminah)
    settled(desk.worker)
    return panel


@pytest.fixture
def attached(centre, aminah):
    def keep(content, title):
        with centre.change() as session:
            return attach(session, aminah, content, title=title, document_type="paspor").id

    return keep


@pytest.fixture
def kept(centre, aminah):
    def titles():
        with centre.read() as session:
            return [one.title for one in attachments_of(session, aminah)]

    return titles


def press(dialog, text):
    next(one for one in dialog.findChildren(QPushButton) if one.text() == text).click()


def test_a_chosen_file_is_attached_under_its_name_or_another(panel, tmp_path, monkeypatch, qtbot, settled, desk, kept):
    file = tmp_path / "paspor.jpg"
    file.write_bytes(photo())
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args: ([str(file)], ""))
    panel.add_button.click()
    settled(desk.worker)
    assert panel.dialog.form.editor("title").value() == "paspor"
    qtbot.keyClicks(panel.dialog.form.editor("title").main, "Paspor lama")
    panel.dialog.save_button.click()
    settled(desk.worker)
    assert kept() == ["Paspor lama"]
    assert panel.list.count() == 1


def test_a_copied_picture_is_pasted(panel, settled, desk, kept):
    picture = QImage(50, 40, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    QGuiApplication.clipboard().setImage(picture)
    panel.paste()
    settled(desk.worker)
    panel.dialog.form.set_values({"title": "Foto"})
    panel.dialog.save()
    settled(desk.worker)
    assert kept() == ["Foto"]


def test_several_dropped_files_are_asked_for_one_after_the_other(panel, tmp_path, settled, desk, kept):
    for name in ("satu", "dua"):
        (tmp_path / f"{name}.jpg").write_bytes(photo())
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / f"{name}.jpg")) for name in ("satu", "dua")])
    panel._take_data(data)
    for _each in range(2):
        settled(desk.worker)
        panel.dialog.save()
    settled(desk.worker)
    assert sorted(kept()) == ["dua", "satu"]


def test_what_is_not_what_its_name_says_is_refused_in_words(panel, tmp_path, settled, desk, kept):
    file = tmp_path / "ktp.jpg"
    file.write_bytes(b"MZ\x90\x00" + bytes(200))
    panel.take([file])
    settled(desk.worker)
    assert "ktp.jpg: Only photos" in panel.note.text()
    assert panel.dialog is None
    assert kept() == []


def test_one_bad_file_does_not_keep_the_others_out(panel, tmp_path, settled, desk):
    (tmp_path / "rusak.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "baik.jpg").write_bytes(photo())
    panel.take([tmp_path / "rusak.pdf", tmp_path / "baik.jpg"])
    settled(desk.worker)
    assert "rusak.pdf: This file is damaged" in panel.note.text()
    assert panel.dialog.form.editor("title").value() == "baik"


def test_a_title_is_asked_for(panel, settled, desk, kept):
    panel.take([photo()])
    settled(desk.worker)
    panel.dialog.save()
    assert panel.dialog.form.rows["title"].note.text() == "Please fill this in."
    panel.dialog.reject()
    settled(desk.worker)
    assert kept() == []


def test_an_attachment_is_opened_with_enter_and_its_pages_are_turned(panel, attached, qtbot, settled, desk, aminah):
    attached(pdf(3), "Perjanjian kerja")
    panel.show_person(aminah)
    settled(desk.worker)
    panel.list.setFocus()
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    dialog = panel.dialog
    settled(desk.worker)
    assert dialog.where.text() == "Page 1 of 3"
    dialog.turn(1)
    settled(desk.worker)
    assert dialog.where.text() == "Page 2 of 3"
    assert len(dialog.preview.pages) == 1


def test_a_photo_is_shown_inside_the_program(panel, attached, settled, desk, aminah):
    shown = attached(photo("red"), "Foto")
    panel.show_person(aminah)
    settled(desk.worker)
    panel.open_record(shown)
    settled(desk.worker)
    colour = panel.dialog.preview.pages[0].pixmap().toImage().pixelColor(20, 20)
    assert colour.red() > 200 > colour.green() + 100


def test_a_copy_leaves_the_centre_only_after_a_warning(panel, attached, settled, desk, aminah, tmp_path, monkeypatch):
    shown = attached(photo(), "Foto")
    panel.show_person(aminah)
    settled(desk.worker)
    panel.look(shown)
    settled(desk.worker)
    asked = []
    monkeypatch.setattr("ui.pages.attachment_dialogs.ask", lambda *words, **_more: asked.append(words) or True)
    copy = tmp_path / "attachment.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(copy), ""))
    panel.dialog.save_copy()
    settled(desk.worker)
    assert "not encrypted" in asked[0][1]
    assert copy.read_bytes().startswith(b"\xff\xd8\xff")


def test_an_attachment_is_renamed(panel, attached, settled, desk, aminah, kept):
    shown = attached(photo(), "Foto")
    panel.show_person(aminah)
    settled(desk.worker)
    panel.look(shown)
    settled(desk.worker)
    press(panel.dialog, "Rename")
    panel.dialog.form.set_values({"title": "Paspor"})
    panel.dialog.save()
    settled(desk.worker)
    assert kept() == ["Paspor"]


def test_an_attachment_is_taken_back(panel, attached, settled, desk, aminah, kept, monkeypatch):
    shown = attached(photo(), "Foto")
    panel.show_person(aminah)
    settled(desk.worker)
    monkeypatch.setattr("ui.pages.attachment_dialogs.ask", lambda *_words, **_more: True)
    panel.look(shown)
    settled(desk.worker)
    press(panel.dialog, "This is not right: take it back")
    settled(desk.worker)
    assert kept() == []
    assert not panel.list.isVisible()


def test_keyboard_and_screen_reader_reach_everything(panel, attached, settled, desk, aminah, each_language, complaints):
    shown = attached(pdf(2), "Perjanjian")
    panel.show_person(aminah)
    settled(desk.worker)
    assert complaints(panel) == []
    panel.look(shown)
    settled(desk.worker)
    assert complaints(panel.dialog) == []
