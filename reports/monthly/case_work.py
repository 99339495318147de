# SPDX-License-Identifier: Apache-2.0
"""The figures of case work together: R11, R13, R14, R16, R18, R19, assistance and contributions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy.orm import Session

from reports.monthly.assistance import Help, help_given
from reports.monthly.cases import CaseFlow
from reports.monthly.complaints import Complaints, complaint_lines
from reports.monthly.counts import Line
from reports.monthly.follow_up_lines import DueLine, follow_up_lines
from reports.monthly.periods import Span
from reports.monthly.plans import Plans, plans
from reports.monthly.referrals import ReferralLine, referral_lines
from reports.monthly.scope import Scope
from reports.monthly.vulnerability import vulnerable


@dataclass(frozen=True)
class CaseWork:
    """The tables of case work; each is empty where this centre has nothing of the kind, and then not printed."""

    flags: tuple[Line, ...]
    flow: CaseFlow
    plans: Plans
    follow_ups: tuple[DueLine, ...]
    referrals: tuple[ReferralLine, ...]
    complaints: Complaints
    help: Help

    def as_dict(self) -> dict[str, Any]:
        """For JSON, with the table numbers of the domain reference as keys."""
        return {
            "R11": [line.as_dict() for line in self.flags],
            "R13": self.flow.as_dict(),
            "R14": self.plans.as_dict(),
            "R16": [asdict(line) for line in self.follow_ups],
            "R18": [line.as_dict() for line in self.referrals],
            "R19": self.complaints.as_dict(),
            **self.help.as_dict(),
        }


def case_work(session: Session, span: Span, scope: Scope, flow: CaseFlow) -> CaseWork:
    """Count everything; `flow` is counted with the headline."""
    return CaseWork(
        flags=vulnerable(session, span, scope),
        flow=flow,
        plans=plans(session, span, scope),
        follow_ups=follow_up_lines(session, span, scope),
        referrals=referral_lines(session, span, scope),
        complaints=complaint_lines(session, span, scope),
        help=help_given(session, span, scope),
    )
