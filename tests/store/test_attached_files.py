# SPDX-License-Identifier: Apache-2.0
"""What is attached goes with the centre's copies, and the doctor knows when a file is not the one that was attached."""

from io import BytesIO

import pytest
import sqlalchemy as sa
from PIL import Image

from db import backup
from db.centre import open_centre
from db.doctor import examine
from resource_centre.records import Attachment, AttachmentContent, Person
from resource_centre.services.attachments import attach, content_of
from resource_centre.services.entries import take_back

LOGIN, PASSPHRASE = "ibu.ratna", "kopi hangat di pagi hari"


def photo(colour):
    made = BytesIO()
    Image.new("RGB", (60, 40), colour).save(made, "JPEG")
    return made.getvalue()


@pytest.fixture
def keep():
    """Attaches a photo in a centre; the id of the attachment."""

    def kept(centre, colour="white"):
        with centre.change() as session:
            person = Person(full_name="Siti Aminah")
            session.add(person)
            session.flush()
            return attach(session, person.id, photo(colour), title="Paspor").id

    return kept


def told(centre, code):
    return next((result.well, result.findings) for result in examine(centre) if result.code == code)


def damage(centre, statement):
    with centre.engine.connect() as connection:
        connection.execute(statement)
        connection.commit()


def test_a_centre_with_attachments_is_whole(either_centre, keep):
    keep(either_centre)
    assert told(either_centre, "attachments") == (True, ())
    assert told(either_centre, "unused") == (True, ())


def test_the_file_of_an_attachment_taken_back_is_told_of_and_stays(either_centre, keep):
    attachment = keep(either_centre)
    with either_centre.change() as session:
        digest = session.get(Attachment, attachment).digest
        take_back(session, Attachment, attachment, "Salah orang.")
    assert told(either_centre, "unused") == (True, (f"attachment_content {digest[:16]}",))
    with either_centre.read() as session:
        assert session.scalar(sa.select(sa.func.count()).select_from(AttachmentContent)) == 1


@pytest.mark.parametrize(
    "statement",
    [sa.update(AttachmentContent).values(content=b"coffee"), sa.delete(AttachmentContent)],
    ids=["changed", "gone"],
)
def test_a_file_that_is_not_what_was_attached_is_found(centre, keep, statement):
    attachment = keep(centre)
    damage(centre, statement)
    assert told(centre, "attachments") == (False, (f"attachment {attachment}",))


def test_attachments_come_back_with_a_backup(centre, centre_folder, keep):
    attachment = keep(centre, "teal")
    with centre.read() as session:
        before = content_of(session, attachment).content
    copy = centre.backup()
    damage(centre, sa.delete(AttachmentContent))
    centre.close()
    backup.restore(copy, centre_folder, login=LOGIN, passphrase=PASSPHRASE)
    with open_centre(centre_folder, login=LOGIN, passphrase=PASSPHRASE) as restored:
        assert all(result.well for result in examine(restored))
        with restored.read() as session:
            assert content_of(session, attachment).content == before
