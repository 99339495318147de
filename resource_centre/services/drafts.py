# SPDX-License-Identifier: Apache-2.0
"""What somebody has typed and not saved: kept per account, form and record, on this installation only."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from resource_centre.access import viewer_of
from resource_centre.clock import wall_ms
from resource_centre.records import Draft


def save_draft(session: Session, *, form: str, body: dict[str, Any], record_id: str | None = None) -> Draft:
    """Keep what is typed in a form now, instead of what was kept before."""
    draft = draft_of(session, form=form, record_id=record_id)
    if draft is None:
        draft = Draft(account_id=viewer_of(session).account_id, form=form, record_id=record_id)
        session.add(draft)
    draft.body = body
    draft.saved_ms = wall_ms()
    session.flush()
    return draft


def draft_of(session: Session, *, form: str, record_id: str | None = None) -> Draft | None:
    """One's own draft of a form, or None."""
    newest = select(Draft).where(*_own(session), Draft.form == form, _about(record_id)).order_by(Draft.saved_ms.desc())
    return session.scalars(newest).first()


def drafts_of(session: Session) -> list[Draft]:
    """One's own drafts, the newest first."""
    return list(session.scalars(select(Draft).where(*_own(session)).order_by(Draft.saved_ms.desc())))


def discard_draft(session: Session, *, form: str, record_id: str | None = None) -> None:
    """Forget the draft of a form: it was saved for real, or is not wanted any more."""
    for draft in session.scalars(select(Draft).where(*_own(session), Draft.form == form, _about(record_id))):
        session.delete(draft)
    session.flush()


def _own(session: Session) -> tuple[ColumnElement[bool]]:
    return (Draft.account_id == viewer_of(session).account_id,)


def _about(record_id: str | None) -> ColumnElement[bool]:
    return Draft.record_id.is_(None) if record_id is None else Draft.record_id == record_id
