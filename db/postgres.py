# SPDX-License-Identifier: Apache-2.0
"""The engine over a PostgreSQL database, for a centre with several desks."""

from __future__ import annotations

from sqlalchemy import URL, Engine, create_engine, make_url

from db import faults


def postgres_engine(url: str | URL) -> Engine:
    """An engine over PostgreSQL through psycopg 3. Parameters are hidden from error texts: they hold people's names."""
    engine = create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=4,
        max_overflow=16,
    )
    faults.listen(engine)
    return engine
