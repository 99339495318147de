# SPDX-License-Identifier: Apache-2.0
"""The consent sheet: what is read out for each purpose, and what was decided; blank or filled."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from reports.papers.heading import Heading, blank_heading, heading_of, seen_person
from reports.papers.values import word
from resource_centre.i18n import _, language
from resource_centre.records import Consent
from resource_centre.services.consent_texts import consent_text
from resource_centre.services.consents import ConsentState, consent_states
from resource_centre.vocabulary import vocabulary


@dataclass(frozen=True)
class ConsentPart:
    """One purpose: the text with its version, and how things stand with it ("" on a blank sheet, else a key of
    `ConsentState.standing`). Names are those of the decision that counts."""

    purpose: str
    title: str
    text: str
    version: str
    standing: str = ""
    decided_on: dt.date | None = None
    mode: str = ""
    witness: str = ""
    guardian: str = ""
    guardian_relation: str = ""
    expires_on: dt.date | None = None

    @property
    def agreed(self) -> bool | None:
        """Whether the client said yes or no; None when nobody asked."""
        if self.standing in ("", "not_asked"):
            return None
        return self.standing != "refused"


@dataclass(frozen=True)
class ConsentSheet:
    """The sheet. `name` is empty on a blank one."""

    heading: Heading
    name: str
    parts: tuple[ConsentPart, ...]


def blank_consent(centre: str = "") -> ConsentSheet:
    """The sheet to be filled in by hand, in the active language; needs no centre."""
    parts = tuple(_part(code, None) for code in vocabulary("consent_purpose").codes)
    return ConsentSheet(blank_heading(_("Consent"), centre), "", parts)


def consent_sheet(session: Session, person_id: str, *, purpose: str | None = None) -> ConsentSheet:
    """What a person decided, in the active language; for one purpose when it is named."""
    person = seen_person(session, person_id)
    states = [state for state in consent_states(session, person_id) if purpose in (None, state.purpose)]
    parts = tuple(_part(state.purpose, state) for state in states)
    return ConsentSheet(heading_of(session, _("Consent"), person.number), person.full_name, parts)


def _part(purpose: str, state: ConsentState | None) -> ConsentPart:
    said = state.consent if state is not None else None
    version = said.text_version if said is not None else None
    text = consent_text(purpose, language(), version) or consent_text(purpose, language())
    part = ConsentPart(
        purpose=purpose,
        title=word("consent_purpose", purpose),
        text=text.text if text is not None else "",
        version=text.version if text is not None else "",
        standing=state.standing if state is not None else "",
    )
    return part if said is None else _decided(part, said)


def _decided(part: ConsentPart, said: Consent) -> ConsentPart:
    return replace(
        part,
        decided_on=said.decided_on,
        mode=word("consent_mode", said.mode),
        witness=said.witness or "",
        guardian=said.guardian or "",
        guardian_relation=word("relation", said.guardian_relation),
        expires_on=said.expires_on,
    )
