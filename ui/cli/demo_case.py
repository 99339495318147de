# SPDX-License-Identifier: Apache-2.0
"""What becomes of the case of the invented centre: consents, a plan, a referral, assistance and a complaint."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from resource_centre.errors import Bug
from ui.cli.invented import VILLAGES

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

AGREED: Final = ("layanan", "rujukan")
NEEDS: Final = ("modal_usaha", "pelatihan_usaha", "konseling_utang")
WEEK: Final = timedelta(days=7)


def record_case_work(session: Session, person_id: str, day: date) -> str:
    """Everything that follows the intake of somebody whose case was opened on `day`; returns the id of the case."""
    from resource_centre.services.cases import open_case_of

    case = open_case_of(session, person_id)
    if case is None:
        raise Bug("bug")
    _consents(session, person_id, day)
    _plan(session, case.id, day)
    _referral(session, person_id, day)
    _assistance(session, person_id, day)
    _complaint(session, person_id, day)
    return case.id


def _consents(session: Session, person_id: str, day: date) -> None:
    from resource_centre.services.consents import record_consent

    for purpose in AGREED:
        values = {"purpose": purpose, "decision": "diberikan", "mode": "tertulis", "decided_on": day}
        record_consent(session, person_id=person_id, values=values, on=day)


def _plan(session: Session, case_id: str, day: date) -> None:
    from resource_centre.records import PlanAction, PlanGoal, PlanNeed
    from resource_centre.services.plans import activate_plan, add_part, begin_plan

    begun = {
        "made_on": day,
        "prepared_with": ["klien", "konselor"],
        "own_goal": "Warung sendiri di depan rumah, dan anak tetap sekolah.",
        "review_on": day + 12 * WEEK,
        "client_signed_on": day,
        "client_signed_how": "tertulis",
        "counsellor_signed_on": day,
    }
    plan = begin_plan(session, case_id, begun, on=day)
    for need in NEEDS:
        add_part(session, PlanNeed, plan.id, {"need": need})
    add_part(session, PlanGoal, plan.id, {"dimension": "ekonomi", "goal": "Warung buka enam hari seminggu"})
    add_part(
        session, PlanGoal, plan.id, {"dimension": "psikososial", "goal": "Tidur nyenyak, tidak lagi takut ditagih"}
    )
    for action in _actions(day):
        add_part(session, PlanAction, plan.id, action)
    activate_plan(session, plan.id, on=day)


def _actions(day: date) -> tuple[dict[str, Any], ...]:
    return (
        {
            "dimension": "ekonomi",
            "action": "Membeli etalase dan stok awal",
            "service_type": "ECO_KIT",
            "cost": 2_500_000,
            "in_kind": "barang",
            "due_on": day + 6 * WEEK,
        },
        {
            "dimension": "ekonomi",
            "action": "Ikut kelas anggaran rumah tangga",
            "service_type": "TRN_FINLIT",
            "due_on": day,
            "status": "selesai",
            "done_on": day,
        },
        {
            "dimension": "psikososial",
            "action": "Menyusun jadwal cicilan bersama koperasi",
            "service_type": "CNS_FIN",
            "due_on": day + 4 * WEEK,
        },
    )


def _referral(session: Session, person_id: str, day: date) -> None:
    from resource_centre.services import referrals
    from resource_centre.services.providers import add_provider

    provider = add_provider(
        session,
        {
            "name": "LBH Rinjani (rekaan)",
            "provider_type": "obh_lbh",
            "services": ["hukum"],
            "place_code": VILLAGES[0],
            "hours": "Senin sampai Jumat, 08.00-15.00",
            "cost": "Cuma-cuma",
            "verified_on": day,
        },
    )
    wanted = {
        "provider_id": provider.id,
        "made_on": day,
        "urgency": "normal",
        "services": ["hukum"],
        "reason": "Gaji dua bulan terakhir belum dibayar.",
        "shared": ["nama", "alasan"],
        "delivery": "surat",
    }
    referral = referrals.record_referral(session, person_id=person_id, values=wanted, on=day)
    referrals.send(session, referral.id, on=day)
    referrals.receive(session, referral.id, on=day + timedelta(days=3), feedback="Bisa datang hari Selasa.")


def _assistance(session: Session, person_id: str, day: date) -> None:
    from resource_centre.services.assistance import record_assistance

    given = {
        "kind": "alat_usaha",
        "form": "barang",
        "amount": 1_750_000,
        "description": "Kompor dan wajan",
        "fund": "Dana desa",
        "receipt": "K-017",
        "given_on": day + timedelta(days=4),
    }
    record_assistance(session, person_id=person_id, values=given, on=day + timedelta(days=4))


def _complaint(session: Session, person_id: str, day: date) -> None:
    from resource_centre.services.complaints import lodge, open_complaint

    told = {
        "complaint_type": "GAJI_TDK_DIBAYAR",
        "opened_on": day,
        "against": "majikan",
        "account": "Gaji dua bulan terakhir belum dibayar.",
        "currency": "TWD",
        "claimed": 38_000,
    }
    complaint = open_complaint(session, person_id=person_id, values=told, on=day)
    lodge(session, complaint.id, lodged_with="BP3MI NTB", on=day + timedelta(days=2))
