# SPDX-License-Identifier: Apache-2.0
"""Case work: the whole intake, protection, plans, referrals, assistance, complaints, follow-up, attachments.

Columns are only added, which rebuilds no table on either database, so the triggers of the search stay where they are.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

JSON = sa.JSON()


def upgrade() -> None:
    op.create_table(
        "advice",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("asked_by_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("answered_by_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("question", sa.String(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_advice")),
    )
    op.create_index(op.f("ix_advice_case_id"), "advice", ["case_id"], unique=False)
    op.create_index(op.f("ix_advice_person_id"), "advice", ["person_id"], unique=False)
    op.create_table(
        "arrival_support",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("kinds", JSON, nullable=True),
        sa.Column("given_on", sa.String(), nullable=True),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("provider", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_arrival_support")),
    )
    op.create_index(op.f("ix_arrival_support_person_id"), "arrival_support", ["person_id"], unique=False)
    op.create_table(
        "assistance",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("action_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("form", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("fund", sa.String(), nullable=True),
        sa.Column("partner", sa.String(), nullable=True),
        sa.Column("receipt", sa.String(), nullable=True),
        sa.Column("received_by", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assistance")),
    )
    op.create_index(op.f("ix_assistance_case_id"), "assistance", ["case_id"], unique=False)
    op.create_index(op.f("ix_assistance_given_on"), "assistance", ["given_on"], unique=False)
    op.create_index(op.f("ix_assistance_person_id"), "assistance", ["person_id"], unique=False)
    op.create_table(
        "attachment",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("about_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("media_type", sa.String(), nullable=True),
        sa.Column("size", sa.Integer(), nullable=True),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("document_type", sa.String(), nullable=True),
        sa.Column("attached_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index(op.f("ix_attachment_about_id"), "attachment", ["about_id"], unique=False)
    op.create_index(op.f("ix_attachment_digest"), "attachment", ["digest"], unique=False)
    op.create_index(op.f("ix_attachment_person_id"), "attachment", ["person_id"], unique=False)
    op.create_table(
        "attachment_content",
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("preview", sa.LargeBinary(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_attachment_content")),
    )
    op.create_table(
        "complaint",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("complaint_type", sa.String(), nullable=True),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("against", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("lodged_with", sa.String(), nullable=True),
        sa.Column("lodged_on", sa.Date(), nullable=True),
        sa.Column("reference", sa.String(), nullable=True),
        sa.Column("legal_step", sa.String(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("claimed", sa.BigInteger(), nullable=True),
        sa.Column("awarded", sa.BigInteger(), nullable=True),
        sa.Column("recovered", sa.BigInteger(), nullable=True),
        sa.Column("recovered_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaint")),
    )
    op.create_index(op.f("ix_complaint_case_id"), "complaint", ["case_id"], unique=False)
    op.create_index(op.f("ix_complaint_number"), "complaint", ["number"], unique=False)
    op.create_index(op.f("ix_complaint_opened_on"), "complaint", ["opened_on"], unique=False)
    op.create_index(op.f("ix_complaint_person_id"), "complaint", ["person_id"], unique=False)
    op.create_index("ix_complaint_status_person", "complaint", ["status", "person_id", "voided"], unique=False)
    op.create_table(
        "confidential_note",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("session_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidential_note")),
    )
    op.create_index(op.f("ix_confidential_note_person_id"), "confidential_note", ["person_id"], unique=False)
    op.create_index(op.f("ix_confidential_note_session_id"), "confidential_note", ["session_id"], unique=False)
    op.create_table(
        "consent",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("referral_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("decision", sa.String(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("text_version", sa.String(), nullable=True),
        sa.Column("language", sa.String(), nullable=True),
        sa.Column("witness", sa.String(), nullable=True),
        sa.Column("guardian", sa.String(), nullable=True),
        sa.Column("guardian_relation", sa.String(), nullable=True),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_why", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    op.create_index(op.f("ix_consent_person_id"), "consent", ["person_id"], unique=False)
    op.create_index("ix_consent_person_purpose", "consent", ["person_id", "purpose", "voided"], unique=False)
    op.create_table(
        "contribution",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("assistance_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("contributor", sa.String(), nullable=True),
        sa.Column("given_on", sa.Date(), nullable=True),
        sa.Column("currency", sa.String(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("purpose", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contribution")),
    )
    op.create_index(op.f("ix_contribution_assistance_id"), "contribution", ["assistance_id"], unique=False)
    op.create_index(op.f("ix_contribution_given_on"), "contribution", ["given_on"], unique=False)
    op.create_index(op.f("ix_contribution_person_id"), "contribution", ["person_id"], unique=False)
    op.create_table(
        "counselling_course",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("begun_on", sa.Date(), nullable=True),
        sa.Column("observations", JSON, nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("initial_plan", sa.String(), nullable=True),
        sa.Column("sessions_planned", sa.Integer(), nullable=True),
        sa.Column("weeks_planned", sa.Integer(), nullable=True),
        sa.Column("referral_need", sa.String(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("completed", sa.Boolean(), nullable=True),
        sa.Column("dropout_reason", sa.String(), nullable=True),
        sa.Column("review", sa.String(), nullable=True),
        sa.Column("client_comment", sa.String(), nullable=True),
        sa.Column("counsellor_comment", sa.String(), nullable=True),
        sa.Column("evaluation", sa.String(), nullable=True),
        sa.Column("more_needed", sa.Boolean(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_counselling_course")),
    )
    op.create_index(op.f("ix_counselling_course_case_id"), "counselling_course", ["case_id"], unique=False)
    op.create_index(op.f("ix_counselling_course_ended_on"), "counselling_course", ["ended_on"], unique=False)
    op.create_index(op.f("ix_counselling_course_person_id"), "counselling_course", ["person_id"], unique=False)
    op.create_table(
        "debt",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("lender", sa.String(), nullable=True),
        sa.Column("principal", sa.BigInteger(), nullable=True),
        sa.Column("outstanding", sa.BigInteger(), nullable=True),
        sa.Column("interest", sa.Numeric(precision=6, scale=2, asdecimal=False), nullable=True),
        sa.Column("instalment", sa.BigInteger(), nullable=True),
        sa.Column("due_date", sa.String(), nullable=True),
        sa.Column("collateral", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("pressed", sa.Boolean(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_debt")),
    )
    op.create_index(op.f("ix_debt_person_id"), "debt", ["person_id"], unique=False)
    op.create_table(
        "document",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("document_type", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("issued_at", sa.String(), nullable=True),
        sa.Column("issued_on", sa.String(), nullable=True),
        sa.Column("expires_on", sa.String(), nullable=True),
        sa.Column("seen", sa.Boolean(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
    )
    op.create_index(op.f("ix_document_person_id"), "document", ["person_id"], unique=False)
    op.create_table(
        "exploitation_screening",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("episode_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("asked_by", sa.String(), nullable=True),
        sa.Column("agreed_to_talk", sa.Boolean(), nullable=True),
        sa.Column("false_promise", sa.Boolean(), nullable=True),
        sa.Column("against_will", sa.Boolean(), nullable=True),
        sa.Column("long_hours", sa.Boolean(), nullable=True),
        sa.Column("fees_from_pay", sa.Boolean(), nullable=True),
        sa.Column("movement_denied", sa.Boolean(), nullable=True),
        sa.Column("threatened", sa.Boolean(), nullable=True),
        sa.Column("papers_withheld", sa.Boolean(), nullable=True),
        sa.Column("ilo_vulnerability", sa.Boolean(), nullable=True),
        sa.Column("ilo_deception", sa.Boolean(), nullable=True),
        sa.Column("ilo_movement", sa.Boolean(), nullable=True),
        sa.Column("ilo_isolation", sa.Boolean(), nullable=True),
        sa.Column("ilo_violence", sa.Boolean(), nullable=True),
        sa.Column("ilo_threats", sa.Boolean(), nullable=True),
        sa.Column("ilo_documents", sa.Boolean(), nullable=True),
        sa.Column("ilo_wages", sa.Boolean(), nullable=True),
        sa.Column("ilo_debt", sa.Boolean(), nullable=True),
        sa.Column("ilo_conditions", sa.Boolean(), nullable=True),
        sa.Column("ilo_overtime", sa.Boolean(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_exploitation_screening")),
    )
    op.create_index(op.f("ix_exploitation_screening_person_id"), "exploitation_screening", ["person_id"], unique=False)
    op.create_table(
        "follow_up_attempt",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("follow_up_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("tried_on", sa.Date(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("result", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_follow_up_attempt")),
    )
    op.create_index(op.f("ix_follow_up_attempt_follow_up_id"), "follow_up_attempt", ["follow_up_id"], unique=False)
    op.create_index(op.f("ix_follow_up_attempt_person_id"), "follow_up_attempt", ["person_id"], unique=False)
    op.create_table(
        "health_need",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("condition", sa.String(), nullable=True),
        sa.Column("urgent_care", sa.Boolean(), nullable=True),
        sa.Column("disability", JSON, nullable=True),
        sa.Column("medication", sa.Boolean(), nullable=True),
        sa.Column("pregnant", sa.Boolean(), nullable=True),
        sa.Column("pregnancy_due", sa.String(), nullable=True),
        sa.Column("distress", sa.Boolean(), nullable=True),
        sa.Column("treated_at", sa.String(), nullable=True),
        sa.Column("insurance", sa.String(), nullable=True),
        sa.Column("help_needed", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_health_need")),
    )
    op.create_index(op.f("ix_health_need_person_id"), "health_need", ["person_id"], unique=False)
    op.create_table(
        "household",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("men", sa.Integer(), nullable=True),
        sa.Column("women", sa.Integer(), nullable=True),
        sa.Column("boys", sa.Integer(), nullable=True),
        sa.Column("girls", sa.Integer(), nullable=True),
        sa.Column("head", sa.String(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household")),
    )
    op.create_index(op.f("ix_household_person_id"), "household", ["person_id"], unique=False)
    op.create_table(
        "household_member",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("relative_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("relation", sa.String(), nullable=True),
        sa.Column("sex", sa.String(), nullable=True),
        sa.Column("birth_date", sa.String(), nullable=True),
        sa.Column("age", sa.Integer(), nullable=True),
        sa.Column("occupation", sa.String(), nullable=True),
        sa.Column("monthly_income", sa.BigInteger(), nullable=True),
        sa.Column("disability", sa.Boolean(), nullable=True),
        sa.Column("in_school", sa.Boolean(), nullable=True),
        sa.Column("is_migrant", sa.Boolean(), nullable=True),
        sa.Column("came_along", sa.Boolean(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_household_member")),
    )
    op.create_index(op.f("ix_household_member_person_id"), "household_member", ["person_id"], unique=False)
    op.create_index(op.f("ix_household_member_relative_id"), "household_member", ["relative_id"], unique=False)
    op.create_table(
        "intake_interview",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("mode", sa.String(), nullable=True),
        sa.Column("staff", sa.String(), nullable=True),
        sa.Column("interpreter", sa.String(), nullable=True),
        sa.Column("others_present", sa.String(), nullable=True),
        sa.Column("told_by", sa.String(), nullable=True),
        sa.Column("form_version", sa.String(), nullable=True),
        sa.Column("completed_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_intake_interview")),
    )
    op.create_index(op.f("ix_intake_interview_person_id"), "intake_interview", ["person_id"], unique=False)
    op.create_table(
        "livelihood",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("housing", sa.String(), nullable=True),
        sa.Column("occupation_before", sa.String(), nullable=True),
        sa.Column("occupation_now", sa.String(), nullable=True),
        sa.Column("income_before", sa.BigInteger(), nullable=True),
        sa.Column("income_now", sa.BigInteger(), nullable=True),
        sa.Column("household_income", sa.BigInteger(), nullable=True),
        sa.Column("household_expenses", sa.BigInteger(), nullable=True),
        sa.Column("earners", sa.Integer(), nullable=True),
        sa.Column("dependants", sa.Integer(), nullable=True),
        sa.Column("savings", sa.BigInteger(), nullable=True),
        sa.Column("savings_where", JSON, nullable=True),
        sa.Column("assets", JSON, nullable=True),
        sa.Column("remittance_frequency", sa.String(), nullable=True),
        sa.Column("remittance_average", sa.BigInteger(), nullable=True),
        sa.Column("remittance_channel", JSON, nullable=True),
        sa.Column("remittance_receiver", sa.String(), nullable=True),
        sa.Column("remittance_uses", JSON, nullable=True),
        sa.Column("social_protection", JSON, nullable=True),
        sa.Column("business_idea", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_livelihood")),
    )
    op.create_index(op.f("ix_livelihood_person_id"), "livelihood", ["person_id"], unique=False)
    op.create_table(
        "plan",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("prepared_with", JSON, nullable=True),
        sa.Column("own_goal", sa.String(), nullable=True),
        sa.Column("strengths", sa.String(), nullable=True),
        sa.Column("obstacles", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("review_on", sa.Date(), nullable=True),
        sa.Column("client_signed_on", sa.Date(), nullable=True),
        sa.Column("client_signed_how", sa.String(), nullable=True),
        sa.Column("counsellor_signed_on", sa.Date(), nullable=True),
        sa.Column("coordinator_signed_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan")),
    )
    op.create_index(op.f("ix_plan_case_id"), "plan", ["case_id"], unique=False)
    op.create_index(op.f("ix_plan_made_on"), "plan", ["made_on"], unique=False)
    op.create_index(op.f("ix_plan_person_id"), "plan", ["person_id"], unique=False)
    op.create_table(
        "plan_action",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("plan_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("goal_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=True),
        sa.Column("service_type", sa.String(), nullable=True),
        sa.Column("provided_by", sa.String(), nullable=True),
        sa.Column("responsible", sa.String(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cost", sa.BigInteger(), nullable=True),
        sa.Column("in_kind", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_action")),
    )
    op.create_index(op.f("ix_plan_action_due_on"), "plan_action", ["due_on"], unique=False)
    op.create_index(op.f("ix_plan_action_person_id"), "plan_action", ["person_id"], unique=False)
    op.create_index(op.f("ix_plan_action_plan_id"), "plan_action", ["plan_id"], unique=False)
    op.create_table(
        "plan_goal",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("plan_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("goal", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("reached_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_goal")),
    )
    op.create_index(op.f("ix_plan_goal_person_id"), "plan_goal", ["person_id"], unique=False)
    op.create_index(op.f("ix_plan_goal_plan_id"), "plan_goal", ["plan_id"], unique=False)
    op.create_table(
        "plan_need",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("plan_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("dimension", sa.String(), nullable=True),
        sa.Column("need", sa.String(), nullable=True),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_need")),
    )
    op.create_index(op.f("ix_plan_need_person_id"), "plan_need", ["person_id"], unique=False)
    op.create_index(op.f("ix_plan_need_plan_id"), "plan_need", ["plan_id"], unique=False)
    op.create_table(
        "protection_concern",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("complaint_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("session_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("episode_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("account", sa.String(), nullable=True),
        sa.Column("action", sa.String(), nullable=True),
        sa.Column("safety_plan", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_concern")),
    )
    op.create_index(op.f("ix_protection_concern_person_id"), "protection_concern", ["person_id"], unique=False)
    op.create_table(
        "protection_mark",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_protection_mark")),
    )
    op.create_index(op.f("ix_protection_mark_person_id"), "protection_mark", ["person_id"], unique=False)
    op.create_table(
        "provider",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("name", sa.String(), nullable=True),
        sa.Column("provider_type", sa.String(), nullable=True),
        sa.Column("services", JSON, nullable=True),
        sa.Column("place_code", sa.String(), nullable=True),
        sa.Column("address", sa.String(), nullable=True),
        sa.Column("phone", sa.String(), nullable=True),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("contact_person", sa.String(), nullable=True),
        sa.Column("hours", sa.String(), nullable=True),
        sa.Column("cost", sa.String(), nullable=True),
        sa.Column("conditions", sa.String(), nullable=True),
        sa.Column("verified_on", sa.Date(), nullable=True),
        sa.Column("active", sa.Boolean(), nullable=True),
        sa.Column("remarks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_provider")),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("provider_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("need_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("sent_ms", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=True),
        sa.Column("urgency", sa.String(), nullable=True),
        sa.Column("services", JSON, nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("already_provided", sa.String(), nullable=True),
        sa.Column("special_needs", sa.String(), nullable=True),
        sa.Column("as_code", sa.Boolean(), nullable=True),
        sa.Column("shared", JSON, nullable=True),
        sa.Column("delivery", sa.String(), nullable=True),
        sa.Column("escort", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("served_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("refusal_reason", sa.String(), nullable=True),
        sa.Column("feedback", sa.String(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=True),
        sa.Column("satisfaction", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
    )
    op.create_index(op.f("ix_referral_case_id"), "referral", ["case_id"], unique=False)
    op.create_index(op.f("ix_referral_made_on"), "referral", ["made_on"], unique=False)
    op.create_index(op.f("ix_referral_number"), "referral", ["number"], unique=False)
    op.create_index(op.f("ix_referral_person_id"), "referral", ["person_id"], unique=False)
    op.create_index(op.f("ix_referral_provider_id"), "referral", ["provider_id"], unique=False)
    op.create_index(op.f("ix_referral_sent_on"), "referral", ["sent_on"], unique=False)
    op.create_index(
        "ix_referral_status_due_person", "referral", ["status", "due_on", "person_id", "voided"], unique=False
    )
    op.create_table(
        "skill",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("skill", sa.String(), nullable=True),
        sa.Column("level", sa.String(), nullable=True),
        sa.Column("learnt_where", sa.String(), nullable=True),
        sa.Column("certificate", sa.Boolean(), nullable=True),
        sa.Column("wants_to_use", sa.Boolean(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_skill")),
    )
    op.create_index(op.f("ix_skill_person_id"), "skill", ["person_id"], unique=False)
    op.create_table(
        "transition",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("about", sa.String(), nullable=True),
        sa.Column("about_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("account_id", sa.Uuid(as_uuid=False), nullable=True),
        sa.Column("before", sa.String(), nullable=True),
        sa.Column("after", sa.String(), nullable=True),
        sa.Column("moved_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transition")),
    )
    op.create_index(op.f("ix_transition_about_id"), "transition", ["about_id"], unique=False)
    op.create_index(op.f("ix_transition_moved_on"), "transition", ["moved_on"], unique=False)
    op.create_index(op.f("ix_transition_person_id"), "transition", ["person_id"], unique=False)
    op.create_table(
        "vulnerability_assessment",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("assessed_on", sa.Date(), nullable=True),
        sa.Column("assessed_by", sa.String(), nullable=True),
        sa.Column("protective", sa.String(), nullable=True),
        sa.Column("risks", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vulnerability_assessment")),
    )
    op.create_index(
        op.f("ix_vulnerability_assessment_person_id"), "vulnerability_assessment", ["person_id"], unique=False
    )
    op.create_table(
        "vulnerability_flag",
        sa.Column("id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("person_id", sa.Uuid(as_uuid=False), nullable=False),
        sa.Column("flag", sa.String(), nullable=True),
        sa.Column("noted_on", sa.Date(), nullable=True),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("note", sa.String(), nullable=True),
        sa.Column("unanswered", JSON, nullable=False),
        sa.Column("voided", sa.Boolean(), nullable=False),
        sa.Column("void_reason", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vulnerability_flag")),
    )
    op.create_index(op.f("ix_vulnerability_flag_person_id"), "vulnerability_flag", ["person_id"], unique=False)
    op.add_column("client_case", sa.Column("counsellor_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("client_case", sa.Column("contact_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("client_case", sa.Column("goals_planned", sa.Integer(), nullable=True))
    op.add_column("client_case", sa.Column("goals_reached", sa.Integer(), nullable=True))
    op.add_column("client_case", sa.Column("last_survey_on", sa.Date(), nullable=True))
    op.add_column("client_case", sa.Column("client_told", sa.Boolean(), nullable=True))
    op.add_column("client_case", sa.Column("client_feedback", sa.String(), nullable=True))
    op.add_column("client_case", sa.Column("closing_note", sa.String(), nullable=True))
    op.add_column("client_case", sa.Column("keep_until", sa.Date(), nullable=True))
    op.add_column("client_case", sa.Column("legal_hold", sa.Boolean(), nullable=True))
    op.create_index(op.f("ix_client_case_counsellor_id"), "client_case", ["counsellor_id"], unique=False)
    op.create_index(
        "ix_client_case_closed_priority_opened",
        "client_case",
        ["closed_on", "priority", "opened_on", "counsellor_id", "person_id", "voided"],
        unique=False,
    )
    op.add_column("contact", sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("contact", sa.Column("referral_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("contact", sa.Column("age_band", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("asked_by", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("reasons", JSON, nullable=True))
    op.add_column("contact", sa.Column("heard_from", sa.String(), nullable=True))
    op.add_column("contact", sa.Column("staff", sa.String(), nullable=True))
    op.add_column("counselling_session", sa.Column("group_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("counselling_session", sa.Column("place", sa.String(), nullable=True))
    op.add_column("counselling_session", sa.Column("men_present", sa.Integer(), nullable=True))
    op.add_column("counselling_session", sa.Column("women_present", sa.Integer(), nullable=True))
    op.add_column("counselling_session", sa.Column("topics", JSON, nullable=True))
    op.add_column("counselling_session", sa.Column("activities", JSON, nullable=True))
    op.add_column("counselling_session", sa.Column("client_words", sa.String(), nullable=True))
    op.add_column("counselling_session", sa.Column("homework", sa.String(), nullable=True))
    op.create_index(op.f("ix_counselling_session_group_id"), "counselling_session", ["group_id"], unique=False)
    op.add_column("follow_up", sa.Column("case_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("follow_up", sa.Column("plan_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("follow_up", sa.Column("responsible_id", sa.Uuid(as_uuid=False), nullable=True))
    op.add_column("follow_up", sa.Column("interval", sa.String(), nullable=True))
    op.add_column("follow_up", sa.Column("mode", sa.String(), nullable=True))
    op.add_column("follow_up", sa.Column("services_received", JSON, nullable=True))
    op.add_column("follow_up", sa.Column("monthly_income", sa.BigInteger(), nullable=True))
    op.add_column("follow_up", sa.Column("challenges", sa.String(), nullable=True))
    op.add_column("follow_up", sa.Column("actions", sa.String(), nullable=True))
    op.add_column("follow_up", sa.Column("client_remark", sa.String(), nullable=True))
    op.add_column("follow_up", sa.Column("counsellor_remark", sa.String(), nullable=True))
    op.create_index(op.f("ix_follow_up_case_id"), "follow_up", ["case_id"], unique=False)
    op.create_index(op.f("ix_follow_up_plan_id"), "follow_up", ["plan_id"], unique=False)
    op.add_column("migration_episode", sa.Column("destination_city", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("transit", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("visa_type", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("recruiter_type", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("placement_company", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("sponsor_name", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("departure_port", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("cost_paid", sa.BigInteger(), nullable=True))
    op.add_column("migration_episode", sa.Column("financed_by", JSON, nullable=True))
    op.add_column("migration_episode", sa.Column("contract", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("wage_currency", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("promised_wage", sa.BigInteger(), nullable=True))
    op.add_column("migration_episode", sa.Column("actual_wage", sa.BigInteger(), nullable=True))
    op.add_column("migration_episode", sa.Column("hours_per_day", sa.Integer(), nullable=True))
    op.add_column("migration_episode", sa.Column("days_off", sa.Integer(), nullable=True))
    op.add_column("migration_episode", sa.Column("social_security", sa.Boolean(), nullable=True))
    op.add_column("migration_episode", sa.Column("reasons_left", JSON, nullable=True))
    op.add_column("migration_episode", sa.Column("reasons_returned", JSON, nullable=True))
    op.add_column("migration_episode", sa.Column("return_port", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("return_route", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("return_paid_by", sa.String(), nullable=True))
    op.add_column("migration_episode", sa.Column("with_children", sa.Integer(), nullable=True))
    op.add_column("migration_episode", sa.Column("belongings_lost", sa.Boolean(), nullable=True))
    op.add_column("migration_episode", sa.Column("intention", sa.String(), nullable=True))
    op.add_column("person", sa.Column("name_on_passport", sa.String(), nullable=True))
    op.add_column("person", sa.Column("father_name", sa.String(), nullable=True))
    op.add_column("person", sa.Column("gender_text", sa.String(), nullable=True))
    op.add_column("person", sa.Column("literacy", sa.String(), nullable=True))
    op.add_column("person", sa.Column("languages", sa.String(), nullable=True))
    op.add_column("person", sa.Column("emergency_name", sa.String(), nullable=True))
    op.add_column("person", sa.Column("emergency_relation", sa.String(), nullable=True))
    op.add_column("person", sa.Column("emergency_phone", sa.String(), nullable=True))
    op.add_column("person", sa.Column("standing", sa.String(), nullable=True))
    op.add_column("service", sa.Column("rehab_form", sa.String(), nullable=True))
