# SPDX-License-Identifier: Apache-2.0
"""Before a form is published as a further version: what changes, what still counts together, which answers it loses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from resource_centre.i18n import ngettext
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.versions import Changes, answered_lost, changes, joinable, lost_choices
from resource_centre.services.questionnaires import digest_of, form_of, newest_version, readable_tables, versions_of


@dataclass(frozen=True)
class Comparison:
    """A form beside the version that is asked now, `before`.

    `joinable` says for every question's name whether answers to both count together. `lost` counts the answers that
    name a choice which is gone: (path of the question, choice) to how often. `taken` says that the form bears the
    number of a version with another content; `published`, that this very content is on the shelf.
    """

    before: Form
    changes: Changes
    joinable: Mapping[str, bool]
    lost: Mapping[tuple[str, str], int]
    taken: bool
    published: bool

    def words_of_lost(self) -> tuple[str, ...]:
        """The answers that name a choice which is gone, in words."""
        return tuple(
            ngettext(
                "{n} answer to {name} is {choice}, which is gone; it stays as it was given.",
                "{n} answers to {name} are {choice}, which is gone; they stay as they were given.",
                count,
            ).format(n=count, name=path.rpartition("/")[2], choice=choice)
            for (path, choice), count in self.lost.items()
        )


def compare(session: Session, form: Form) -> Comparison:
    """A form beside what is asked now under its name. Raises `Refused` (not_found) when nothing is."""
    return compared(session, form, form_of(session, newest_version(session, form.name).id))


def compared(session: Session, form: Form, before: Form) -> Comparison:
    """A form beside an earlier one of the same name."""
    gone = lost_choices(before, form)
    lost = answered_lost(gone, _answers(session, form.name)) if gone else Counter()
    same_number = [one for one in versions_of(session, form.name) if one.form_version == form.version]
    digest = digest_of(form)
    return Comparison(
        before=before,
        changes=changes(before, form),
        joinable=joinable(before, form),
        lost=dict(lost),
        taken=any(one.digest != digest for one in same_number),
        published=any(one.digest == digest for one in same_number),
    )


def _answers(session: Session, name: str) -> Iterator[Mapping[str, str]]:
    for table in readable_tables(session):
        own = (table.questionnaire == name, table.voided.is_(False))
        yield from session.scalars(select(table.answers).where(*own))
