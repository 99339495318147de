# SPDX-License-Identifier: Apache-2.0
"""A file that answers a question goes with the answers when it may be kept; else its name stays, and that is said."""

import pytest
from PIL import Image
from sqlalchemy import select

from resource_centre.questionnaires.reading import read_form
from resource_centre.records import Attachment, Response
from resource_centre.services.questionnaires import publish
from ui.pages.questionnaire import QuestionnairePage

HOUSE = """
| survey | | | |
| | type | name | label |
| | image | house | The house |
| | audio | voice | What was said |
| settings | | |
| | form_title | form_id |
| | House | house |
"""


@pytest.fixture
def page(desk, centre, show_page, client):
    with centre.change() as session:
        form = read_form(HOUSE, name="house.md")
        publish(session, form, kind="survey", about="person", sensitivity="ordinary")
    desk.preferences.questionnaire_way = "pages"
    page = show_page(QuestionnairePage(desk), ("begin", "house", {"person_id": client.person_id}))
    page.head.begin()
    return page


def take(page, place, file):
    page.asking.questions.rows[place].editor.take(str(file))


def test_a_photo_is_attached_to_the_answers(page, desk, settled, centre, tmp_path):
    Image.new("RGB", (40, 30), "white").save(tmp_path / "house.jpg")
    take(page, "house", tmp_path / "house.jpg")
    settled(desk.worker)
    page.later()
    settled(desk.worker)
    with centre.read() as session:
        (kept,), (response,) = session.scalars(select(Attachment)).all(), session.scalars(select(Response)).all()
    assert (kept.title, kept.about, kept.about_id) == ("house", "Response", response.id)
    assert response.answers == {"house": "house.jpg"}


def test_what_cannot_be_attached_stays_by_its_name_and_that_is_said(page, desk, settled, centre, tmp_path):
    (tmp_path / "talk.mp3").write_bytes(b"ID3" + bytes(100))
    take(page, "voice", tmp_path / "talk.mp3")
    settled(desk.worker)
    assert page.asking.questions.rows["voice"].note.text().endswith("Only its name is kept here.")
    page.later()
    settled(desk.worker)
    with centre.read() as session:
        assert session.scalars(select(Attachment)).all() == []
        assert [one.answers for one in session.scalars(select(Response))] == [{"voice": "talk.mp3"}]


def test_a_file_moved_away_meanwhile_does_not_hold_up_the_answers(page, desk, settled, centre, tmp_path):
    Image.new("RGB", (40, 30), "white").save(tmp_path / "house.jpg")
    take(page, "house", tmp_path / "house.jpg")
    settled(desk.worker)
    (tmp_path / "house.jpg").unlink()
    page.later()
    settled(desk.worker)
    with centre.read() as session:
        assert [one.answers for one in session.scalars(select(Response))] == [{"house": "house.jpg"}]
