# SPDX-License-Identifier: Apache-2.0
"""What the invented centre teaches and agrees on: trainers in two generations, a dialogue, a broadcast, a group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from ui.cli.invented import VILLAGES, Invented

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LEADER: Final = "Ratna"
WEEK: Final = timedelta(days=7)
LEARNING: Final = 5
"""Participants of the training of trainers; the first two of them become trainers."""
AT_DIALOGUE: Final = (
    ("Hj. Raehan", "P", "Disnakertrans Lombok Timur", "pemerintah_daerah"),
    ("Lalu Wirajaya", "L", "Pemerintah Desa Wakan", "pemerintah_desa"),
    ("Sukarni", "P", "Serikat Pekerja Migran Rinjani", "organisasi_pmi"),
    ("Made Astawa", "L", "Koperasi Tunas Rinjani", "keuangan"),
    ("Nurul Aini", "P", "Radio Suara Selaparang", "media"),
    ("Yohana", "P", "Yayasan Cahaya Timur", "lsm"),
)
"""Institutions that do not exist, and people who do not."""
SAVED: Final = ((3, 2, 5, 1), (2, 2, 5, 2), (4, 3, 5, 1))
SHARE: Final = 10_000


@dataclass(frozen=True)
class Learning:
    """What was written down: ids of the training of trainers, of the dialogue and of the savings group."""

    training_of_trainers: str
    dialogue: str
    group: str


def record_learning(session: Session, class_id: str, day: date, participants: list[Invented]) -> Learning:
    """What belongs to the class of `day`, and what the centre teaches besides it."""
    from resource_centre.services.certificates import issue_certificates
    from resource_centre.services.event_trainers import set_trainers

    training, leader, facilitators = _trainers(session, day, participants)
    set_trainers(session, class_id, [(facilitators[0], "utama"), (leader, "pengamat")])
    issue_certificates(session, class_id, signed_by=LEADER, issued_on=day + timedelta(days=1))
    _broadcast(session, day)
    return Learning(training, _dialogue(session, day), _group(session, day, participants))


def _trainers(session: Session, day: date, participants: list[Invented]) -> tuple[str, str, list[str]]:
    from resource_centre.services.event_trainers import make_trainers, set_trainers
    from resource_centre.services.trainers import register_trainer
    from resource_centre.services.training import event_sheet, record_training

    held = day - 8 * WEEK
    leader = register_trainer(
        session,
        {"name": LEADER, "sex": "P", "level": "master", "certified_on": held - 26 * WEEK, "certified_by": "BP3MI NTB"},
    ).id
    lines = [
        {"name": one.name, "sex": one.sex, "age": held.year - one.born.year, "days": "HHH"}
        for one in participants[:LEARNING]
    ]
    event = {
        "training_type": "tot", "topic": "Melatih literasi keuangan di desa", "module": "M2",
        "further_modules": ["M3", "M4"], "starts_on": held, "ends_on": held + timedelta(days=2), "hours": 21,
        "village_code": VILLAGES[1], "venue": "Aula kecamatan", "target_group": "campuran", "trainer": LEADER,
        "languages": ["id"], "fund": "APBD", "cost": 12_500_000,
    }  # fmt: skip
    training = record_training(session, event=event, participants=lines).id
    set_trainers(session, training, [(leader, "utama")])
    sheet = event_sheet(session, training)
    certified = {"level": "fasilitator", "certified_on": held + 2 * WEEK, "certified_by": LEADER}
    made = make_trainers(session, [row.id for row in sheet.rows[:2]], certified)
    return training, leader, [one.id for one in made]


def _broadcast(session: Session, day: date) -> None:
    from resource_centre.services.training import record_training

    event = {
        "training_type": "siaran", "topic": "Mengirim uang ke rumah dengan murah dan aman", "starts_on": day - WEEK,
        "hours": 1, "village_code": VILLAGES[0], "partner": "Radio Suara Selaparang", "reach": 4000,
        "reach_basis": "Perkiraan stasiun radio untuk siaran pagi",
    }  # fmt: skip
    record_training(session, event=event)


def _dialogue(session: Session, day: date) -> str:
    from resource_centre.services.commitments import end_commitment, write_commitment
    from resource_centre.services.partner_contributions import add_contribution
    from resource_centre.services.partners import write_partner
    from resource_centre.services.training import record_training

    held = day - 4 * WEEK
    lines = [
        {"name": name, "sex": sex, "organisation": institution, "sector": sector, "country": "IDN", "days": "H"}
        for name, sex, institution, sector in AT_DIALOGUE
    ]
    event = {
        "training_type": "dialog", "topic": "Layanan satu pintu bagi PMI yang pulang", "starts_on": held, "hours": 5,
        "village_code": VILLAGES[0], "venue": "Kantor bupati",
    }  # fmt: skip
    dialogue = record_training(session, event=event, participants=lines).id
    done = write_commitment(session, dialogue, _agreed("Ruang konseling di kantor desa", "Lalu Wirajaya", held + WEEK))
    end_commitment(session, done.id, ended_on=held + WEEK, result="Ruang dipakai setiap Selasa.")
    write_commitment(session, dialogue, _agreed("Siaran rutin setiap bulan", "Nurul Aini", day + 6 * WEEK))
    partner = write_partner(session, {"name": "Koperasi Tunas Rinjani", "sector": "keuangan", "partner_since": held})
    given: dict[str, Any] = {"kind": "uang", "contributed_on": held, "amount": 2_000_000, "what": "Konsumsi dan sewa"}
    add_contribution(session, partner.id, given, event_id=dialogue)
    return dialogue


def _agreed(what: str, responsible: str, due_on: date) -> dict[str, Any]:
    return {"kind": "kesepakatan", "what": what, "responsible": responsible, "due_on": due_on}


def _group(session: Session, day: date, participants: list[Invented]) -> str:
    """A savings group with as many meetings as `SAVED` has lines, a month apart."""
    from resource_centre.services.group_meetings import save_meeting
    from resource_centre.services.savings_groups import add_member, start_group

    began = day - 12 * WEEK
    rules = {
        "name": "Melati Wakan", "village_code": VILLAGES[0], "founded_on": began, "cycle_begins_on": began,
        "meets": "bulanan", "share_value": SHARE, "most_shares": 5, "loan_fee": 2, "constitution": True,
    }  # fmt: skip
    group = start_group(session, rules).id
    saving = participants[: len(SAVED[0])]
    members = [add_member(session, group, {"name": one.name, "sex": one.sex, "joined_on": began}).id for one in saving]
    box = 0
    for place, bought in enumerate(SAVED):
        box += sum(bought) * SHARE
        lines = [
            {"member_id": who, "present": True, "shares": shares} for who, shares in zip(members, bought, strict=True)
        ]
        save_meeting(session, group, {"held_on": began + 4 * place * WEEK, "cash_counted": box}, lines)
    return group
