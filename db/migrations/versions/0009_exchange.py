# SPDX-License-Identifier: Apache-2.0
"""Whom this installation exchanges bundles with, and who in the register is one person."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("same_as", sa.Uuid(as_uuid=False), nullable=True))
    op.create_index("ix_person_same_as", "person", ["same_as"])
    op.create_table(
        "bundle",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("site", sa.String(length=13), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("link_no", sa.Integer(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("changes", sa.Integer(), nullable=False),
        sa.Column("new_changes", sa.Integer(), nullable=False),
        sa.Column("files", sa.Integer(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("contents", sa.JSON(), nullable=False),
        sa.Column("dropped", sa.JSON(), nullable=False),
        sa.Column("confirmed_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_bundle"),
    )
    op.create_index("ix_bundle_site_direction_link_no", "bundle", ["site", "direction", "link_no"])
    op.create_table(
        "duplicate_pair",
        sa.Column("a_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("b_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("found_ms", sa.BigInteger(), nullable=False),
        sa.Column("bundle_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.PrimaryKeyConstraint("a_id", "b_id", name="pk_duplicate_pair"),
    )
    op.create_index("ix_duplicate_pair_score", "duplicate_pair", ["score"])
    op.create_table(
        "invitation",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("secret", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("device", sa.String(length=2), nullable=False),
        sa.Column("villages", sa.JSON(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("answered_ms", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitation"),
    )
    op.create_table(
        "own_key",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("public", sa.String(), nullable=False),
        sa.Column("private", sa.String(), nullable=False),
        sa.Column("made_ms", sa.BigInteger(), nullable=False),
        sa.Column("retired_ms", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_own_key"),
    )
    op.create_table(
        "peer",
        sa.Column("site", sa.String(length=13), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("device", sa.String(length=2), nullable=True),
        sa.Column("villages", sa.JSON(), nullable=True),
        sa.Column("confidential", sa.Boolean(), nullable=False),
        sa.Column("sign_key", sa.String(), nullable=False),
        sa.Column("age_key", sa.String(), nullable=False),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("invitation_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("formerly", sa.JSON(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("paired_ms", sa.BigInteger(), nullable=False),
        sa.Column("confirmed_ms", sa.BigInteger(), nullable=True),
        sa.Column("blocked_ms", sa.BigInteger(), nullable=True),
        sa.Column("blocked_after", sa.Integer(), nullable=True),
        sa.Column("last_sent", sa.Integer(), nullable=False),
        sa.Column("last_received", sa.Integer(), nullable=False),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("known_no", sa.Integer(), nullable=False),
        sa.Column("heard_to", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("site", name="pk_peer"),
    )
    op.create_table(
        "person_link",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("a_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("b_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=True),
        sa.Column("taken", sa.JSON(), nullable=True),
        sa.Column("linked_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", sa.JSON(), nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_person_link"),
    )
    op.create_index("ix_person_link_a_id", "person_link", ["a_id"])
    op.create_index("ix_person_link_b_id", "person_link", ["b_id"])
    op.create_table(
        "row_scope",
        sa.Column("row_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("tbl", sa.String(), nullable=False),
        sa.Column("link_no", sa.Integer(), nullable=False),
        sa.Column("inside", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("row_id", name="pk_row_scope"),
    )
    op.create_table(
        "scan_piece",
        sa.Column("scan", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("piece", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("scan", "piece", "stage", name="pk_scan_piece"),
    )
