# SPDX-License-Identifier: Apache-2.0
"""The month as it was handed over, what is written to it, and targets."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("month_report", sa.Column("figures", sa.JSON(), nullable=True))
    op.add_column("month_report", sa.Column("digest", sa.String(length=64), nullable=True))
    op.create_table(
        "month_narrative",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("month", sa.String(), nullable=True),
        sa.Column("achievements", sa.String(), nullable=True),
        sa.Column("challenges", sa.String(), nullable=True),
        sa.Column("next_plan", sa.String(), nullable=True),
        sa.Column("story", sa.String(), nullable=True),
        sa.Column("story_agreed", sa.Boolean(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_month_narrative"),
    )
    op.create_index("ix_month_narrative_month", "month_narrative", ["month"])
    op.create_table(
        "indicator_target",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("indicator", sa.String(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("target", sa.Numeric(precision=14, scale=2, asdecimal=False), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_indicator_target"),
    )
