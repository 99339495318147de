# SPDX-License-Identifier: Apache-2.0
"""A day's work at the invented centre, through the services the windows use."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from ui.cli.demo_answers import record_answers
from ui.cli.demo_case import record_case_work
from ui.cli.invented import VILLAGES, Invented

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

COUNSELLOR: Final = "Ratna"
MARKS: Final = ("HH", "HT", "HH", "HA", "HH", "IH", "HH", "TH")
BEFORE: Final = (40, 55, 30, 60, 25, 45, 50, 35)
GAINED: Final = (25, 20, 35, 5, 40, 15, 30, -5)


@dataclass(frozen=True)
class Day:
    """What was written down: ids of the person, of the case and of the training."""

    person_id: str
    case_id: str
    training_id: str


def record_day(session: Session, *, day: date, participants: list[Invented]) -> Day:
    """One intake with the case that follows, a counselling session, questionnaires, a training with its scores."""
    person_id = _intake(session, day)
    case_id = record_case_work(session, person_id, day)
    _counselling(session, person_id, day)
    record_answers(session, person_id, case_id, day)
    return Day(person_id, case_id, _training(session, person_id, day, participants))


def _intake(session: Session, day: date) -> str:
    from resource_centre.services.intake import register_intake

    done = register_intake(
        session,
        person={
            "full_name": "Sumarni",
            "sex": "P",
            "birth_date": "1988",
            "client_type": "returnee",
            "marital_status": "kawin_tercatat",
            "mother_name": "Inaq Sahrah",
            "unanswered": {"safe_phone": "refused"},
        },
        identifiers=[{"kind": "nik", "value": "9901016503880999"}],
        address={"village_code": VILLAGES[0], "hamlet": "Dasan Baru"},
        episode={
            "destination_country": "TWN",
            "departure_date": f"{day.year - 3}-02",
            "return_date": (day - timedelta(days=40)).isoformat(),
            "return_type": "PHK",
        },
        contact={"channel": "walk_in", "services": ["INF_RIGHTS"]},
        open_case=True,
        on=day,
    )
    return done.person_id


def _counselling(session: Session, person_id: str, day: date) -> None:
    from resource_centre.services.counselling import record_session

    record_session(
        session,
        person_id=person_id,
        values={
            "service_type": "CNS_FIN",
            "session_type": "awal",
            "mode": "tatap_muka",
            "attendance": "hadir",
            "minutes": 60,
            "counsellor": COUNSELLOR,
            "topic": "Gaji dua bulan terakhir belum dibayar; utang di koperasi.",
            "agreed": "Membawa kontrak dan slip gaji pada pertemuan berikut.",
            "next_on": day + timedelta(days=28),
        },
        on=day,
    )


def _training(session: Session, person_id: str, day: date, participants: list[Invented]) -> str:
    from resource_centre.services.training import record_training

    known: dict[str, Any] = {"person_id": person_id}
    lines: list[dict[str, Any]] = [
        {"name": one.name, "sex": one.sex, "age": day.year - one.born.year, "client_type": "returnee"}
        for one in participants
    ]
    sheet = [
        {**line, "days": marks, "pre_score": before, "post_score": before + gained, "position": place}
        for place, (line, marks, before, gained) in enumerate(
            zip([known, *lines], MARKS, BEFORE, GAINED, strict=False), start=1
        )
    ]
    event = {
        "training_type": "kelas",
        "topic": "Anggaran rumah tangga",
        "starts_on": day,
        "ends_on": day + timedelta(days=1),
        "hours": 8,
        "village_code": VILLAGES[0],
        "venue": "Balai desa",
        "target_group": "purna",
        "trainer": COUNSELLOR,
    }
    return record_training(session, event=event, participants=sheet).id
