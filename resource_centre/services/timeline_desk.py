# SPDX-License-Identifier: Apache-2.0
"""The timeline's items of the daily work: contacts, services, counselling, follow-ups, attachments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from resource_centre.i18n import _
from resource_centre.records import (
    Attachment,
    Contact,
    CounsellingCourse,
    CounsellingSession,
    FollowUp,
    FollowUpAttempt,
    Service,
)
from resource_centre.services.follow_ups import what_for
from resource_centre.services.timeline_items import TimelineItem, iso, some, word, words

Day = dt.date | None
Text = str | None
Found = Iterator[TimelineItem]


def _contact(contact_id: str, held_on: Day, channel: Text, reasons: list[str] | None, outcome: Text) -> Found:
    facts = some(word("channel", channel), words("visit_reason", reasons), word("outcome", outcome))
    yield TimelineItem(iso(held_on), "contact", facts, "Contact", contact_id)


def _service(service_id: str, given_on: Day, kind: Text, contact_id: Text) -> Found:
    record, record_id = ("Contact", contact_id) if contact_id else ("Service", service_id)
    yield TimelineItem(iso(given_on), "service", some(word("service_type", kind)), record, record_id)


def _session(session_id: str, held_on: Day, kind: Text, attendance: Text, counsellor: Text, case_id: Text) -> Found:
    facts = some(word("service_type", kind), word("session_attendance", attendance), counsellor)
    yield TimelineItem(iso(held_on), "session", facts, "CounsellingSession", session_id, case_id)


def _course(course_id: str, begun_on: Day, ended_on: Day, evaluation: Text, case_id: Text) -> Found:
    yield TimelineItem(iso(begun_on), "course_begun", (), "CounsellingCourse", course_id, case_id)
    if ended_on is not None:
        facts = some(word("course_evaluation", evaluation))
        yield TimelineItem(iso(ended_on), "course_ended", facts, "CounsellingCourse", course_id, case_id)


def _follow_up(
    follow_up_id: str,
    due_on: Day,
    done_on: Day,
    purpose: Text,
    interval: Text,
    session_id: Text,
    result: Text,
    case_id: Text,
) -> Found:
    known = what_for(purpose, interval, session_id) if purpose or interval or session_id else None
    state = word("follow_up_result", result) or (_("done") if done_on else _("to do"))
    yield TimelineItem(iso(done_on or due_on), "follow_up", some(known, state), "FollowUp", follow_up_id, case_id)


def _attempt(attempt_id: str, tried_on: Day, mode: Text, result: Text, follow_up_id: Text) -> Found:
    facts = some(word("follow_up_mode", mode), word("follow_up_result", result))
    record, record_id = ("FollowUp", follow_up_id) if follow_up_id else ("FollowUpAttempt", attempt_id)
    yield TimelineItem(iso(tried_on), "attempt", facts, record, record_id)


def _attachment(attachment_id: str, attached_on: Day, title: Text, kind: Text) -> Found:
    facts = some(title, word("document_type", kind))
    yield TimelineItem(iso(attached_on), "attachment", facts, "Attachment", attachment_id)


SOURCES: Final = (
    (Contact, ("held_on", "channel", "reasons", "outcome"), _contact),
    (Service, ("given_on", "service_type", "contact_id"), _service),
    (CounsellingSession, ("held_on", "service_type", "attendance", "counsellor", "case_id"), _session),
    (CounsellingCourse, ("begun_on", "ended_on", "evaluation", "case_id"), _course),
    (
        FollowUp,
        ("due_on", "done_on", "purpose", "interval", "session_id", "result", "case_id"),
        _follow_up,
    ),
    (FollowUpAttempt, ("tried_on", "mode", "result", "follow_up_id"), _attempt),
    (Attachment, ("attached_on", "title", "document_type"), _attachment),
)
