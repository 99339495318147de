# SPDX-License-Identifier: Apache-2.0
"""The roles of accounts, and which of them may read what is not for everybody."""

from __future__ import annotations

from typing import Final

COLLECTOR: Final = "collector"
COUNSELLOR: Final = "counsellor"
COORDINATOR: Final = "coordinator"
PROTECTION_OFFICER: Final = "protection_officer"

CASE_WORKERS: Final = frozenset({COUNSELLOR, COORDINATOR, PROTECTION_OFFICER})
"""Who may read what was said in confidence: the counsellor and the supervisor, never a village laptop."""

PROTECTION: Final = frozenset({PROTECTION_OFFICER})
"""Who may read top-tier matters: trafficking, violence, threats, risk of self-harm (domain reference 6.4)."""
