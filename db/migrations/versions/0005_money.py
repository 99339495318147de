# SPDX-License-Identifier: Apache-2.0
"""A household's money - goals, budgets, plans for debts and money sent home - and savings groups."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "budget",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("month", sa.String(), nullable=True),
        sa.Column("planned", sa.Boolean(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("liquid_savings", sa.BigInteger(), nullable=True),
        sa.Column("agreed_with", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget"),
    )
    op.create_index("ix_budget_person_id", "budget", ["person_id"])
    op.create_table(
        "budget_line",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("budget_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("label", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_budget_line"),
    )
    op.create_index("ix_budget_line_budget_id", "budget_line", ["budget_id"])
    op.create_index("ix_budget_line_person_id", "budget_line", ["person_id"])
    op.create_table(
        "debt_plan",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("strategy", sa.String(), nullable=True),
        sa.Column("monthly", sa.BigInteger(), nullable=True),
        sa.Column("agreed_with", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_debt_plan"),
    )
    op.create_index("ix_debt_plan_person_id", "debt_plan", ["person_id"])
    op.create_table(
        "group_entry",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("group_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("meeting_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("member_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("loan_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("shares", sa.Integer(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("months", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_group_entry"),
    )
    op.create_index("ix_group_entry_group_id", "group_entry", ["group_id"])
    op.create_index("ix_group_entry_meeting_id", "group_entry", ["meeting_id"])
    op.create_index("ix_group_entry_member_id", "group_entry", ["member_id"])
    op.create_table(
        "group_meeting",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("group_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("cash_counted", sa.BigInteger(), nullable=True),
        sa.Column("difference_why", sa.String(), nullable=True),
        sa.Column("signed_by", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_group_meeting"),
    )
    op.create_index("ix_group_meeting_group_id", "group_meeting", ["group_id"])
    op.create_index("ix_group_meeting_held_on", "group_meeting", ["held_on"])
    op.create_table(
        "group_member",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("group_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("joined_on", sa.Date(), nullable=True),
        sa.Column("left_on", sa.Date(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_group_member"),
    )
    op.create_index("ix_group_member_group_id", "group_member", ["group_id"])
    op.create_index("ix_group_member_person_id", "group_member", ["person_id"])
    op.create_table(
        "remittance_plan",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("agreed_on", sa.Date(), nullable=True),
        sa.Column("sender", sa.String(), nullable=True),
        sa.Column("receiver", sa.String(), nullable=True),
        sa.Column("frequency", sa.String(), nullable=True),
        sa.Column("channel", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("fee", sa.BigInteger(), nullable=True),
        sa.Column("rate", sa.Numeric(precision=10, scale=4, asdecimal=False), nullable=True),
        sa.Column("market_rate", sa.Numeric(precision=10, scale=4, asdecimal=False), nullable=True),
        sa.Column("rate_on", sa.Date(), nullable=True),
        sa.Column("agreed_with", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_remittance_plan"),
    )
    op.create_index("ix_remittance_plan_person_id", "remittance_plan", ["person_id"])
    op.create_table(
        "remittance_share",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("plan_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("use", sa.String(), nullable=True),
        sa.Column("percent", sa.Numeric(precision=10, scale=4, asdecimal=False), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_remittance_share"),
    )
    op.create_index("ix_remittance_share_person_id", "remittance_share", ["person_id"])
    op.create_index("ix_remittance_share_plan_id", "remittance_share", ["plan_id"])
    op.create_table(
        "savings_entry",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("goal_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("saved_on", sa.Date(), nullable=True),
        sa.Column("taken_out", sa.Boolean(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_savings_entry"),
    )
    op.create_index("ix_savings_entry_goal_id", "savings_entry", ["goal_id"])
    op.create_index("ix_savings_entry_person_id", "savings_entry", ["person_id"])
    op.create_index("ix_savings_entry_saved_on", "savings_entry", ["saved_on"])
    op.create_table(
        "savings_goal",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("category", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("target", sa.BigInteger(), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("target_on", sa.Date(), nullable=True),
        sa.Column("start_balance", sa.BigInteger(), nullable=True),
        sa.Column("kept_where", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_savings_goal"),
    )
    op.create_index("ix_savings_goal_begun_on", "savings_goal", ["begun_on"])
    op.create_index("ix_savings_goal_case_id", "savings_goal", ["case_id"])
    op.create_index("ix_savings_goal_person_id", "savings_goal", ["person_id"])
    op.create_index("ix_savings_goal_reached_on", "savings_goal", ["reached_on"])
    op.create_table(
        "savings_group",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("village_code", sa.String(), nullable=True),
        sa.Column("founded_on", sa.Date(), nullable=True),
        sa.Column("cycle_begins_on", sa.Date(), nullable=True),
        sa.Column("cycle_ends_on", sa.Date(), nullable=True),
        sa.Column("meets", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("share_value", sa.BigInteger(), nullable=True),
        sa.Column("most_shares", sa.Integer(), nullable=True),
        sa.Column("loan_fee", sa.Numeric(precision=6, scale=2, asdecimal=False), nullable=True),
        sa.Column("constitution", sa.Boolean(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("shared_out_on", sa.Date(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_savings_group"),
    )
