# SPDX-License-Identifier: Apache-2.0
"""The timeline's items of somebody's life and of the intake: stays abroad, homes, what was told, agreed and flagged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from resource_centre.i18n import _
from resource_centre.places import gazetteer
from resource_centre.records import (
    Address,
    ArrivalSupport,
    Consent,
    HealthNeed,
    IntakeInterview,
    Livelihood,
    MigrationEpisode,
    ProtectionMark,
    VulnerabilityAssessment,
    VulnerabilityFlag,
)
from resource_centre.services.consents import REFUSED
from resource_centre.services.timeline_items import TimelineItem, iso, protection, some, word, words
from resource_centre.vocabulary import MERGED

Day = dt.date | None
Text = str | None
Found = Iterator[TimelineItem]


def _stay(
    stay_id: str, left: Text, back: Text, land: Text, occupation: Text, occupation_text: Text, how: Text
) -> Found:
    country = word("country", land)
    if left:
        work = word("occupation", occupation) or occupation_text
        yield TimelineItem(left, "departed", some(country, work), "MigrationEpisode", stay_id)
    if back or not left:
        kind = word("return_type", how) if how != MERGED else None
        yield TimelineItem(back, "returned", some(country, kind), "MigrationEpisode", stay_id)


def _home(address_id: str, since: Day, kind: Text, code: Text, written: Text) -> Found:
    if since is not None:
        place = gazetteer().full_name(code) if code else written
        yield TimelineItem(iso(since), "moved", some(word("address_kind", kind), place), "Address", address_id)


def _interview(interview_id: str, held_on: Day, mode: Text, staff: Text) -> Found:
    facts = some(word("intake_mode", mode), staff)
    yield TimelineItem(iso(held_on), "interview", facts, "IntakeInterview", interview_id)


def _livelihood(livelihood_id: str, told_on: Day, work: Text) -> Found:
    yield TimelineItem(iso(told_on), "livelihood", some(work), "Livelihood", livelihood_id)


def _health(need_id: str, told_on: Day) -> Found:
    # What it is stands where it was told, not in a list that lies open on the desk.
    yield TimelineItem(iso(told_on), "health", (), "HealthNeed", need_id)


def _arrival(support_id: str, given_on: Text, kinds: list[str] | None, place: Text) -> Found:
    if given_on:
        facts = some(words("arrival_support", kinds), place)
        yield TimelineItem(given_on, "arrival", facts, "ArrivalSupport", support_id)


def _consent(consent_id: str, decided_on: Day, purpose: Text, decision: Text, withdrawn_on: Day) -> Found:
    facts = some(word("consent_purpose", purpose))
    kind = "declined" if decision == REFUSED else "agreed"
    yield TimelineItem(iso(decided_on), kind, facts, "Consent", consent_id)
    if withdrawn_on is not None:
        yield TimelineItem(iso(withdrawn_on), "withdrawn", facts, "Consent", consent_id)


def _assessment(assessment_id: str, assessed_on: Day, assessed_by: Text) -> Found:
    yield TimelineItem(iso(assessed_on), "assessed", some(assessed_by), "VulnerabilityAssessment", assessment_id)


def _flag(flag_id: str, noted_on: Day, flag: Text, ends_on: Day) -> Found:
    ended = _("no longer") if ends_on is not None else None
    facts = some(word("vulnerability_flag", flag), ended)
    yield TimelineItem(iso(noted_on), "flagged", facts, "VulnerabilityFlag", flag_id)


def _mark(mark_id: str, since: Day) -> Found:
    yield protection(iso(since), "ProtectionMark", mark_id)


SOURCES: Final = (
    (
        MigrationEpisode,
        ("departure_date", "return_date", "destination_country", "occupation", "occupation_text", "return_type"),
        _stay,
    ),
    (Address, ("valid_from", "kind", "village_code", "village_text"), _home),
    (IntakeInterview, ("held_on", "mode", "staff"), _interview),
    (Livelihood, ("told_on", "occupation_now"), _livelihood),
    (HealthNeed, ("told_on",), _health),
    (ArrivalSupport, ("given_on", "kinds", "place"), _arrival),
    (Consent, ("decided_on", "purpose", "decision", "withdrawn_on"), _consent),
    (VulnerabilityAssessment, ("assessed_on", "assessed_by"), _assessment),
    (VulnerabilityFlag, ("noted_on", "flag", "ends_on"), _flag),
    (ProtectionMark, ("since",), _mark),
)
