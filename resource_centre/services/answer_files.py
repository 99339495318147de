# SPDX-License-Identifier: Apache-2.0
"""Photos and files that answer a question: attached to the person, named by the answer."""

from __future__ import annotations

from typing import Final

from sqlalchemy.orm import Session

from resource_centre.errors import Refused
from resource_centre.problems import Problem
from resource_centre.services.attachments import ENDINGS, AttachedFile, attach, content_of, read_file
from resource_centre.services.questionnaires import table_for
from resource_centre.services.responses import response

ABOUT_FILE: Final = "file"


def attach_answer(session: Session, response_id: str, file: AttachedFile | bytes, *, title: str) -> str:
    """Keep a file with the person who answers; returns the answer, the file's name, for whoever saves the answers.

    Raises `Refused` for a protected questionnaire, since more people read attachments; when nobody is named; and
    while the answers are no record, for an account that writes and does not read them.
    """
    opened = response(session, response_id)
    person_id = opened.asked.get("person_id")
    if person_id is None:
        raise Refused("check", (Problem(ABOUT_FILE, "unnamed"),))
    kept = read_file(file) if isinstance(file, bytes) else file
    about = table_for(opened.sensitivity).__name__
    made = attach(session, person_id, kept, title=title, about=about, about_id=response_id)
    return f"{made.id}.{ENDINGS[kept.media_type]}"


def file_of_answer(session: Session, answer: str) -> AttachedFile:
    """The file an answer names. Raises `Refused` (not_found) when it is not on this computer."""
    return content_of(session, answer.partition(".")[0])
