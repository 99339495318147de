# SPDX-License-Identifier: Apache-2.0
"""Questionnaires in their versions, weights, and three tables of answers that differ in who reads them."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

RESPONSES = ("response", "sensitive_response", "protected_response")
LINKS = ("case_id", "event_id", "participation_id", "person_id", "submission_uuid", "version_id")


def upgrade() -> None:
    _create(
        "questionnaire",
        *(sa.Column(name, sa.String(), nullable=True) for name in ("name", "kind", "about", "sensitivity")),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
    )
    _create(
        "questionnaire_version",
        sa.Column("questionnaire_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("form_version", sa.String(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("xform", sa.Text(), nullable=True),
        sa.Column("sheets", sa.JSON(), nullable=True),
    )
    _create(
        "weight_set",
        *(sa.Column(name, sa.String(), nullable=True) for name in ("questionnaire", "set_name", "set_version")),
        sa.Column("official", sa.Boolean(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("loaded_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("content", sa.JSON(), nullable=True),
    )
    op.create_index("ix_questionnaire_name", "questionnaire", ["name"])
    op.create_index("ix_questionnaire_version_questionnaire_id", "questionnaire_version", ["questionnaire_id"])
    op.create_index("ix_weight_set_questionnaire", "weight_set", ["questionnaire"])
    for table in RESPONSES:
        _create_responses(table)


def _create_responses(table: str) -> None:
    _create(
        table,
        sa.Column("version_id", sa.Uuid(as_uuid=False), nullable=False),
        *(
            sa.Column(name, sa.Uuid(as_uuid=False), nullable=True)
            for name in ("person_id", "case_id", "event_id", "participation_id")
        ),
        *(sa.Column(name, sa.String(), nullable=True) for name in ("questionnaire", "form_version", "occasion")),
        sa.Column("asked_on", sa.Date(), nullable=True),
        *(
            sa.Column(name, sa.String(), nullable=True)
            for name in ("asked_by", "mode", "form_language", "village_code", "state", "remarks", "submission_uuid")
        ),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("came_with", sa.JSON(), nullable=False),
    )
    for name in LINKS:
        op.create_index(f"ix_{table}_{name}", table, [name])
    by_day = ["questionnaire", "asked_on", "state", "voided", "person_id"]
    op.create_index(f"ix_{table}_questionnaire_asked_on", table, by_day)


def _create(table: str, *columns: sa.Column[Any]) -> None:
    op.create_table(
        table,
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        *columns,
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
