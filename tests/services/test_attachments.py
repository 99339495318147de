# SPDX-License-Identifier: Apache-2.0
"""What is attached to a person: known by its content, small enough, free of what a camera writes beside it."""

import hashlib
import struct
import warnings
import zlib
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select

from resource_centre.errors import Refused
from resource_centre.records import Attachment, AttachmentContent
from resource_centre.services.attachments import attach, attachments_of, content_of, read_file, rename
from resource_centre.services.entries import take_back

GPS = 0x8825


def picture(kind="JPEG", size=(400, 300), mode="RGB", **how):
    made = BytesIO()
    Image.new(mode, size, "white" if mode != "P" else 3).save(made, kind, **how)
    return made.getvalue()


def pdf(pages=1):
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made)
    for number in range(pages):
        canvas.drawString(72, 700, f"Halaman {number + 1}")
        canvas.showPage()
    canvas.save()
    return made.getvalue()


def locked_pdf():
    from reportlab.pdfgen.canvas import Canvas

    made = BytesIO()
    canvas = Canvas(made, encrypt="rahasia")
    canvas.drawString(72, 700, "Halaman")
    canvas.save()
    return made.getvalue()


def bomb(side=60_000):
    """A PNG of a few hundred bytes that says it has thousands of millions of pixels."""
    head = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    parts = [(b"IHDR", head), (b"IDAT", zlib.compress(bytes(100))), (b"IEND", b"")]
    framed = [
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in parts
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(framed)


def opened(content):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return Image.open(BytesIO(content))


def reason(content):
    with pytest.raises(Refused) as refused:
        read_file(content)
    (problem,) = refused.value.problems
    return problem.field, problem.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_photos_are_known_by_what_they_are(kind):
    assert read_file(picture(kind)).media_type in ("image/jpeg", "image/png")


def test_a_pdf_is_kept_as_it_is_with_a_picture_of_its_first_page():
    content = pdf(3)
    kept = read_file(content)
    assert (kept.content, kept.media_type) == (content, "application/pdf")
    assert opened(kept.preview).format == "JPEG"


def test_where_and_when_a_photo_was_taken_is_not_kept():
    told = Image.Exif()
    told[0x010F] = "Telepon Uji"
    told.get_ifd(GPS)[1] = "S"
    kept = read_file(picture(exif=told.tobytes()))
    assert not opened(kept.content).getexif()
    assert b"Telepon Uji" not in kept.content


def test_words_hidden_in_a_picture_are_not_kept():
    from PIL.PngImagePlugin import PngInfo

    said = PngInfo()
    said.add_text("Comment", "jangan simpan")
    assert b"jangan simpan" not in read_file(picture("PNG", pnginfo=said)).content


def test_a_photo_taken_sideways_stands_upright():
    told = Image.Exif()
    told[0x0112] = 6
    assert opened(read_file(picture(size=(400, 300), exif=told.tobytes())).content).size == (300, 400)


@pytest.mark.slow
def test_a_photo_of_sixty_megapixels_is_scaled_down_not_refused():
    kept = read_file(picture(size=(10_000, 6_000)))
    width, height = opened(kept.content).size
    assert 11_500_000 < width * height <= 12_000_000
    assert abs(width / height - 10 / 6) < 0.001


def test_a_picture_that_would_fill_the_memory_is_not_opened():
    assert reason(bomb()) == ("file", "photo_too_many_pixels")
    assert reason(bomb(10_000)) == ("file", "photo_too_many_pixels")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"MZ\x90\x00" + bytes(500), "file_kind"),
        (b"PK\x03\x04" + bytes(500), "file_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "file_kind"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "photo_heic"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "file_kind"),
        (b"\xff\xd8\xff\xe0" + bytes(500), "file_damaged"),
        (b"%PDF-1.7\nnot really", "file_damaged"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_the_reason(content, code):
    assert reason(content) == ("file", code)


def test_a_photo_cut_short_is_refused():
    assert reason(picture(size=(1200, 900))[:-400]) == ("file", "file_damaged")


def test_several_pages_in_one_tiff_are_not_silently_lost():
    made = BytesIO()
    page = Image.new("L", (200, 200))
    page.save(made, "TIFF", save_all=True, append_images=[page])
    assert reason(made.getvalue()) == ("file", "photo_several")


def test_a_locked_pdf_is_refused():
    assert reason(locked_pdf()) == ("file", "pdf_locked")


def test_a_pdf_that_holds_a_program_is_refused():
    active = pdf().replace(b"/Type /Catalog", b"/Type /Catalog /OpenAction <</S /JavaScript /JS (app.beep\\(\\))>>", 1)
    assert reason(active) == ("file", "pdf_active")


def test_a_pdf_of_hundreds_of_pages_is_refused():
    assert reason(pdf(201)) == ("file", "pdf_too_many_pages")


def test_a_large_pdf_is_refused():
    assert reason(pdf() + b"\n%" + bytes(10_000_001)) == ("file", "file_too_big")


def test_an_attachment_is_kept_once_and_found_again(session, register, today):
    person, other = register(), register("Lalu Ahmad", sex="L")
    content = picture()
    first = attach(session, person, content, title="KTP", document_type="ktp")
    attach(session, other, content, title="KTP ibu")
    assert session.scalar(select(func.count()).select_from(AttachmentContent)) == 1
    (row,) = attachments_of(session, person)
    assert (row.title, row.attached_on, row.id) == ("KTP", today, first.id)
    assert row.size == len(content_of(session, first.id).content)
    assert first.digest == hashlib.sha256(content_of(session, first.id).content).hexdigest()


def test_a_title_is_needed_and_may_be_changed(session, register):
    person = register()
    with pytest.raises(Refused) as refused:
        attach(session, person, picture(), title=" ")
    assert refused.value.problems[0].field == "title"
    one = attach(session, person, picture(), title="Foto")
    rename(session, one.id, title="Paspor", document_type="paspor", version=one.version)
    assert attachments_of(session, person)[0].title == "Paspor"


def test_what_was_attached_to_one_record_is_listed_with_it(session, register):
    person = register()
    attach(session, person, picture(), title="Foto")
    consent = attach(session, person, pdf(), title="Persetujuan", about="Consent", about_id=person)
    found = attachments_of(session, person, about="Consent", about_id=person)
    assert [one.id for one in found] == [consent.id]


@pytest.mark.parametrize("about", ["ProtectionConcern", "ExploitationScreening"])
def test_nothing_is_attached_to_what_only_a_protection_officer_reads(session, register, about):
    person = register()
    with pytest.raises(Refused):
        attach(session, person, picture(), title="Foto", about=about, about_id=person)
    assert attachments_of(session, person) == []


def test_an_attachment_taken_back_is_not_listed(session, register):
    person = register()
    one = attach(session, person, picture(), title="Foto")
    take_back(session, Attachment, one.id, "Salah orang.")
    assert attachments_of(session, person) == []


def test_a_village_collector_neither_sees_nor_adds_attachments(session, register, collector_session):
    person = register(village="52.03.01.2001")
    attach(session, person, picture(), title="Foto")
    session.commit()
    collector = collector_session("52.03.01.2001")
    assert attachments_of(collector, person) == []
    assert collector.scalars(select(AttachmentContent)).all() == []
    with pytest.raises(Refused):
        attach(collector, person, picture(), title="Foto")
