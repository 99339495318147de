# SPDX-License-Identifier: Apache-2.0
"""What the headings of a table of submissions mean, whichever program wrote it and however it joins groups to names.

Kobo joins them with a slash or another sign of one's choice, or leaves the groups out; ODK Central and Briefcase join
them with a hyphen or a colon. A question is known by its name, never by its wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from resource_centre.errors import Refused
from resource_centre.i18n import N_
from resource_centre.questionnaires.form import Form
from resource_centre.questionnaires.kobo_layout import SUBMITTED, UUID, VERSION, Column, Table

SEPARATORS: Final = ("/", ":", ".", "-")

ALIASES: Final[Mapping[str, str]] = {
    "KEY": UUID, "meta/instanceID": UUID, "meta-instanceID": UUID, "instanceID": UUID,
    "SubmissionDate": SUBMITTED, "FormVersion": VERSION,
}  # fmt: skip
"""What ODK Central and Briefcase call what Kobo calls otherwise."""

FORM_ID: Final = ("_xform_id_string", "formid", "form_id")
"""Columns that name the form. Kobo calls it as it likes, so that they tell nothing of which form it is."""

CENTRAL_POINT: Final = ("Latitude", "Longitude", "Altitude", "Accuracy")


class SubmissionsRefused(Refused):
    """No submissions of this form can be read from this file."""

    texts = {
        "no_rows": N_("There are no answers in this file."),
        "labels": N_(
            "The headings of this file are the questions' words. Export again and choose XML values and headers, so "
            "that the headings are the questions' names."
        ),
        "other_questions": N_("The headings of this file are not the questions of this form."),
        "heading_twice": N_("The heading {heading} is there twice."),
        "ambiguous": N_(
            "Several questions of this form are called {heading}. Export again with the groups in the headings."
        ),
        "unknown_parent": N_("Row {row} of the sheet {sheet} belongs to a row that is not there."),
        "index_twice": N_("Row {row} of the sheet {sheet} belongs to a row whose number is there twice."),
        "damaged_zip": N_("This file is damaged or cut short. Ask for it again."),
        "too_much": N_("There is more in this file than can be taken in at once."),
        "no_submissions": N_("There is no submission (.xml) in this file."),
    }


@dataclass(frozen=True)
class Meant:
    """The question a column belongs to; one of its choices or, from 1, one part of a point where they are split up."""

    path: str
    choice: str = ""
    part: int = 0

    @property
    def whole(self) -> bool:
        """Whether the whole answer stands below it."""
        return not self.choice and not self.part


class Headings:
    """From a heading to what it means."""

    def __init__(self, table: Table) -> None:
        self._meant: dict[str, Meant] = {}
        named: dict[str, set[Meant]] = {}
        for column in table.columns:
            for written in _spellings(column):
                meant = Meant(column.question.path, column.choice, column.part)
                self._meant.setdefault(written, meant)
                named.setdefault(_without_groups(column, written), set()).add(meant)
        self._named = {name: meant.pop() for name, meant in named.items() if len(meant) == 1}
        self._ambiguous = {name for name in named if name not in self._named and name not in self._meant}
        several = {one.question.path for one in table.columns if one.question.kind == "select_multiple"}
        self._several = {name: path for path in several for name in (path, path.rpartition("/")[2])}

    def meaning(self, heading: str) -> Meant | None:
        """What a heading means, None when it is no question's."""
        if heading in self._ambiguous:
            raise SubmissionsRefused("ambiguous", heading=heading[:60])
        for separator in SEPARATORS:
            written = heading.replace(separator, "/")
            found = self._meant.get(written) or self._named.get(written)
            if found is not None:
                return found
            # A choice that no version of the form has any more.
            question, _slash, choice = written.rpartition("/")
            if question in self._several:
                return Meant(self._several[question], choice=choice)
        return None


def check_headings(forms: Sequence[Form], headings: Sequence[str], meant: Sequence[Meant | None]) -> None:
    """Refuse a table of submissions that is not of this form, or has its questions' words for headings."""
    whole = [heading for heading, one in zip(headings, meant, strict=True) if one is not None and one.whole]
    paths = [one.path for one in meant if one is not None and one.whole]
    twice = next((heading for heading, path in zip(whole, paths, strict=True) if paths.count(path) > 1), "")
    if twice:
        raise SubmissionsRefused("heading_twice", heading=twice[:60])
    unknown = {
        heading for heading, one in zip(headings, meant, strict=True) if one is None and heading and not system(heading)
    }
    labels = {text.strip() for form in forms for item in form.questions() if item.asked for text in item.label.values()}
    if unknown & labels:
        raise SubmissionsRefused("labels")
    known = {one.path for one in meant if one is not None}
    if not known or len(unknown) > len(known):
        raise SubmissionsRefused("other_questions")


def system(heading: str) -> bool:
    """Whether a column is one that Kobo, ODK or this program adds."""
    return heading.startswith(("_", "meta/", "meta-", "formhub/")) or heading in ALIASES or heading in FORM_ID


def _spellings(column: Column) -> Iterator[str]:
    yield column.heading
    if column.part:
        yield f"{column.question.path}/{CENTRAL_POINT[column.part - 1]}"


def _without_groups(column: Column, written: str) -> str:
    """How a column is headed where groups are left out."""
    group = column.question.path.rpartition("/")[0]
    return written.removeprefix(f"{group}/") if group else written
