# SPDX-License-Identifier: Apache-2.0
"""What time it is: UTC for the log, the laptop's own calendar for what a person calls today."""

from __future__ import annotations

import time
from datetime import date


def wall_ms() -> int:
    """Milliseconds since 1970 in UTC; shown and used to break ties, never trusted for order."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """Today's date on this laptop."""
    return date.today()
