# SPDX-License-Identifier: Apache-2.0
"""Of somebody who has died nothing says how old they are now."""

from __future__ import annotations

from datetime import date
from typing import Final

from resource_centre.values.partial_date import age_on

DEAD: Final = "meninggal"
"""The code of person_standing."""


def age_of_living(born: str | None, standing: str | None, on: date) -> int | None:
    """Full years on a day (see `age_on`), None of somebody who has died."""
    return None if standing == DEAD else age_on(born, on)
