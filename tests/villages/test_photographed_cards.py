# SPDX-License-Identifier: Apache-2.0
"""A pairing card comes as a photo of its paper or of a screen: turned, blurred, compressed, and sometimes no card."""

from __future__ import annotations

import datetime as dt
import io
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFilter

from db.exchange import pairing
from db.exchange.card_files import read_card_file
from db.exchange.cards import read_card
from reports.kit.qr import MOST_BYTES, squares
from reports.papers.pairing_card import pairing_card
from reports.papers.pairing_card_sheet import draw_pairing_card
from resource_centre.access import COLLECTOR
from resource_centre.errors import EnvironmentFailed
from resource_centre.records import Account, new_id

DOTS = 150
"""Per inch: what is left of a page that a cheap telephone photographs whole."""


@pytest.fixture(scope="module")
def invited(make_either_centre):
    """A card for a laptop of twelve villages, and its paper as a PDF."""
    centre = make_either_centre("sqlite")
    villages = [f"52.03.07.{1001 + place}" for place in range(12)]
    with centre, centre.change() as session:
        account = Account(id=new_id(), login="pak.amin", name="Amin Uji", role=COLLECTOR, villages=villages)
        session.add(account)
        session.flush()
        until = dt.date(2099, 6, 30)
        asked = pairing.Invited("Laptop Pak Amin", account_id=account.id, expires_on=until)
        text = pairing.invite(session, asked)
        about = pairing_card(session, dt.date(2026, 11, 23), card=text, laptop="Laptop Pak Amin", until=until)
        return text, draw_pairing_card(about)


@pytest.fixture(scope="module")
def page(invited):
    """The paper as somebody's camera sees it at its best."""
    document = pypdfium2.PdfDocument(invited[1])
    picture = document[0].render(scale=DOTS / 72).to_pil()
    document.close()
    return picture


@pytest.fixture
def read(tmp_path):
    """Saves what it is given, and reads the card in it."""

    def read_it(content, name="card"):
        path = tmp_path / name
        path.write_bytes(content)
        return read_card_file(path)

    return read_it


def saved(picture, kind, **how):
    file = io.BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def refusal(read, content):
    with pytest.raises(EnvironmentFailed) as refused:
        read(content)
    return refused.value.code


@pytest.mark.parametrize("degrees", [0, 7, 90, 180, 211])
def test_a_photo_of_the_paper_is_read_at_any_angle_blurred_and_compressed(invited, page, read, degrees):
    turned = page.rotate(degrees, expand=True, fillcolor="#8a7a66", resample=Image.Resampling.BICUBIC)
    photo = turned.filter(ImageFilter.GaussianBlur(1.2))
    assert read(saved(photo, "JPEG", quality=45)) == invited[0]


def test_a_photo_from_the_side_is_read(invited, page, read):
    width, height = page.size
    corners = (-60, -80, 0, height, width, height - 100, width + 90, -20)  # where those of the photo lie on the paper
    photo = page.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor="white")
    assert read(saved(photo, "JPEG", quality=60)) == invited[0]


def test_what_is_not_sharp_is_looked_at_once_more(invited, page, read):
    photo = page.filter(ImageFilter.GaussianBlur(2.2))
    assert read(saved(photo, "JPEG", quality=50)) == invited[0]


@pytest.mark.parametrize(("kind", "mode"), [("PNG", "RGBA"), ("PNG", "1"), ("WEBP", "RGB"), ("TIFF", "L")])
def test_screenshots_and_scans_are_read_whatever_they_were_saved_as(invited, page, read, kind, mode):
    assert read(saved(page.convert(mode), kind)) == invited[0]


def test_the_paper_itself_is_read_as_a_pdf(invited, read):
    assert read(invited[1]) == invited[0]


def test_the_file_and_the_text_are_read_as_before(invited, read):
    assert read(invited[0].encode()) == invited[0]
    assert read_card(read(b"\xef\xbb\xbf" + invited[0].encode() + b"\r\n")).name == "Laptop Pak Amin"


def a_picture_of(text):
    modules = squares(text)
    picture = Image.new("L", (len(modules) + 8,) * 2, 255)
    for y, line in enumerate(modules):
        for x, dark in enumerate(line):
            picture.putpixel((x + 4, y + 4), 0 if dark else 255)
    return picture.resize((picture.width * 4,) * 2, Image.Resampling.NEAREST)


def test_among_several_codes_the_card_is_found(invited, read):
    number, card = a_picture_of("LTM-26-A1-C00001"), a_picture_of(invited[0])
    both = Image.new("L", (number.width + card.width + 60, card.height), 255)
    both.paste(number, (0, 0))
    both.paste(card, (number.width + 60, 0))
    assert read(saved(both, "PNG")) == invited[0]


def test_pictures_without_a_card_say_what_to_do(page, read):
    half = page.crop((0, 0, page.width, page.height // 4))
    for picture in (Image.new("RGB", (600, 400), "white"), a_picture_of("LTM-26-A1-C00001"), half):
        assert refusal(read, saved(picture, "PNG")) == "no_code_seen"


def test_a_card_that_was_drawn_over_is_not_guessed(page, read):
    spoilt = page.copy()
    ImageDraw.Draw(spoilt).rectangle((0, 500, page.width, 620), fill="white")
    assert refusal(read, saved(spoilt, "PNG")) == "no_code_seen"


def test_damaged_pictures_are_refused_in_a_sentence(page, invited, read):
    whole = saved(page, "JPEG")
    for content in (whole[:200], whole[: len(whole) // 3], b"\x89PNG" + bytes(400), b"RIFFxxxx", b"%PDF-1.7\nnothing"):
        assert refusal(read, content) == "no_code_seen"
    assert refusal(read, invited[1][:600]) == "no_code_seen"


def test_a_picture_that_unpacks_to_far_too_much_is_not_opened(read):
    def chunk(name, said):
        return struct.pack(">I", len(said)) + name + said + struct.pack(">I", zlib.crc32(name + said))

    head = struct.pack(">IIBBBBB", 9_000, 9_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(9_000 * 1_126)))
    assert len(bomb) < 20_000
    assert refusal(read, bomb + chunk(b"IEND", b"")) == "no_code_seen"


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x00", bytes(range(256)), b"RCCARD1:" * 20_000])
def test_what_is_neither_text_nor_picture_is_no_card(read, content):
    with pytest.raises(EnvironmentFailed, match="not_a_card"):
        read_card(read(content))


def test_what_is_too_long_for_a_code_has_none():
    assert squares("x" * MOST_BYTES)
    assert squares("x" * (MOST_BYTES + 1)) == ()
