"""Recognise outcomes from courses and training by policy, and let credits expire by policy."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_outcomes"
down_revision = "2026_11_28_joint"
branch_labels = None
depends_on = None

_LIVE = "state IN ('submitted', 'verified', 'recognised')"
_COUNTED = "(state IN ('recognised', 'reversed'))"
_STATES = "state IN ('submitted', 'verified', 'recognised', 'refused', 'withdrawn', 'reversed')"


def upgrade() -> None:
    _create_expiry_policies()
    _create_recognition_policies()
    _create_expiry_terms()
    _create_recognition_limits()
    _create_recognition_lines()
    _create_submitted_outcomes()
    _index_submitted_outcomes()
    _create_expiry_notices()
    _create_submission_decisions()
    _create_expired_credits()
    _expire_certificates()


def _create_expiry_policies() -> None:
    op.create_table(
        "expiry_policies",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("loaded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("version > 0", name=op.f("expiry_policies_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("expiry_policies_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("expiry_policies_pkey")),
        sa.UniqueConstraint("institution_id", "version", name=op.f("expiry_policies_institution_id_version_key")),
    )


def _create_recognition_policies() -> None:
    op.create_table(
        "recognition_policies",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("on_loss", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column("loaded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("on_loss IN ('flag', 'unwind')", name=op.f("recognition_policies_on_loss_known_check")),
        sa.CheckConstraint("version > 0", name=op.f("recognition_policies_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("recognition_policies_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("recognition_policies_pkey")),
        sa.UniqueConstraint("institution_id", "version", name=op.f("recognition_policies_institution_id_version_key")),
    )


def _create_expiry_terms() -> None:
    op.create_table(
        "expiry_terms",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("validity_months", sa.BigInteger(), nullable=False),
        sa.Column("notice_days", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("notice_days BETWEEN 0 AND 366", name=op.f("expiry_terms_notice_plausible_check")),
        sa.CheckConstraint("validity_months BETWEEN 1 AND 600", name=op.f("expiry_terms_validity_plausible_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_id"],
            ["expiry_policies.institution_id", "expiry_policies.id"],
            name=op.f("expiry_terms_institution_id_policy_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "policy_id", "kind", name=op.f("expiry_terms_pkey")),
    )


def _create_recognition_limits() -> None:
    op.create_table(
        "recognition_limits",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("credit_hundredths >= 0", name=op.f("recognition_limits_credit_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_id"],
            ["recognition_policies.institution_id", "recognition_policies.id"],
            name=op.f("recognition_limits_institution_id_policy_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "policy_id", "number", name=op.f("recognition_limits_pkey")),
    )


def _create_recognition_lines() -> None:
    op.create_table(
        "recognition_lines",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("least_grade", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("least_hours", sa.BigInteger(), nullable=True),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "CASE evidence WHEN 'grade' THEN num_nonnulls(issuer, least_hours) = 0"
            " ELSE num_nonnulls(course_id, least_grade) = 0 END",
            name=op.f("recognition_lines_conditions_fit_evidence_check"),
        ),
        sa.CheckConstraint("evidence IN ('grade', 'document')", name=op.f("recognition_lines_evidence_known_check")),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("recognition_lines_credit_positive_check")),
        sa.CheckConstraint("least_hours > 0", name=op.f("recognition_lines_hours_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("recognition_lines_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_id"],
            ["recognition_policies.institution_id", "recognition_policies.id"],
            name=op.f("recognition_lines_institution_id_policy_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "policy_id", "number", name=op.f("recognition_lines_pkey")),
    )


def _submitted_checks() -> list[sa.CheckConstraint]:
    checks = (
        ("recognising_has_credits", f"{_COUNTED} = (credit_hundredths > 0)"),
        ("credits_have_an_entry", f"{_COUNTED} = (entry_id IS NOT NULL)"),
        ("credits_have_a_line", f"{_COUNTED} = (num_nonnulls(policy_id, line_number) = 2)"),
        ("recognising_has_a_person", f"{_COUNTED} = (recognised_by IS NOT NULL)"),
        ("recognising_has_a_day", f"{_COUNTED} = (recognised_on IS NOT NULL)"),
        ("end_whole", "(state IN ('refused', 'withdrawn', 'reversed')) = (ended_at IS NOT NULL)"),
        (
            "evidence_whole",
            (
                "CASE evidence WHEN 'grade' THEN num_nonnulls(grade_id, course_id) = 2"
                " AND num_nonnulls(document_number, issuer, issued_on, document_digest, hours) = 0"
                " ELSE num_nonnulls(grade_id, course_id) = 0"
                " AND num_nonnulls(document_number, issuer, issued_on, document_digest) = 4 END"
            ),
        ),
        ("digest_form", "document_digest ~ '^[0-9a-f]{64}$'"),
        ("evidence_known", "evidence IN ('grade', 'document')"),
        ("verifying_has_a_person", "state <> 'verified' OR verified_by IS NOT NULL"),
        ("state_known", _STATES),
        ("end_has_a_reason", "(ended_at IS NULL) = (end_reason IS NULL)"),
        ("flag_whole", "(flagged_at IS NULL) = (flag_reason IS NULL)"),
        ("credit_not_negative", "credit_hundredths >= 0"),
        ("never_expired_twice", "expired_hundredths BETWEEN 0 AND credit_hundredths"),
        ("hours_positive", "hours > 0"),
        ("two_persons", "recognised_by <> verified_by"),
    )
    return [sa.CheckConstraint(condition, name=op.f(f"submitted_outcomes_{name}_check")) for name, condition in checks]


def _create_submitted_outcomes() -> None:
    op.create_table(
        "submitted_outcomes",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("evidence", sa.Text(), nullable=False),
        sa.Column("grade_id", sa.Uuid(), nullable=True),
        sa.Column("seen_grade_id", sa.Uuid(), nullable=True),
        sa.Column("course_id", sa.Uuid(), nullable=True),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("document_digest", sa.Text(), nullable=True),
        sa.Column("hours", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="submitted", nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=True),
        sa.Column("line_number", sa.BigInteger(), nullable=True),
        sa.Column("credit_hundredths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("expired_hundredths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_by", sa.Uuid(), nullable=False),
        sa.Column(
            "submitted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("recognised_by", sa.Uuid(), nullable=True),
        sa.Column("recognised_on", sa.Date(), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("flagged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("flag_reason", sa.Text(), nullable=True),
        *_submitted_checks(),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("submitted_outcomes_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("submitted_outcomes_institution_id_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "grade_id"],
            ["course_grades.institution_id", "course_grades.id"],
            name=op.f("submitted_outcomes_institution_id_grade_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_id"],
            ["recognition_policies.institution_id", "recognition_policies.id"],
            name=op.f("submitted_outcomes_institution_id_policy_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "seen_grade_id"],
            ["course_grades.institution_id", "course_grades.id"],
            name=op.f("submitted_outcomes_institution_id_seen_grade_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("submitted_outcomes_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("submitted_outcomes_pkey")),
    )


def _index_submitted_outcomes() -> None:
    op.create_index(
        op.f("submitted_outcomes_institution_id_entry_id_idx"),
        "submitted_outcomes",
        ["institution_id", "entry_id"],
        unique=False,
    )
    op.create_index(
        op.f("submitted_outcomes_institution_id_grade_id_idx"),
        "submitted_outcomes",
        ["institution_id", "grade_id"],
        unique=False,
    )
    op.create_index(
        op.f("submitted_outcomes_institution_id_student_id_idx"),
        "submitted_outcomes",
        ["institution_id", "student_id"],
        unique=False,
    )
    op.create_index(
        "submitted_outcomes_one_live_course_key",
        "submitted_outcomes",
        ["institution_id", "student_id", "course_id"],
        unique=True,
        postgresql_where=sa.text(f"{_LIVE} AND course_id IS NOT NULL"),
    )
    op.create_index(
        "submitted_outcomes_one_live_digest_key",
        "submitted_outcomes",
        ["institution_id", "student_id", "document_digest"],
        unique=True,
        postgresql_where=sa.text(f"{_LIVE} AND document_digest IS NOT NULL"),
    )
    op.create_index(
        "submitted_outcomes_one_live_document_key",
        "submitted_outcomes",
        ["institution_id", "student_id", "issuer", "document_number"],
        unique=True,
        postgresql_where=sa.text(f"{_LIVE} AND document_number IS NOT NULL"),
    )


def _create_expiry_notices() -> None:
    op.create_table(
        "expiry_notices",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("learning_outcome_id", sa.Uuid(), nullable=True),
        sa.Column("submitted_outcome_id", sa.Uuid(), nullable=True),
        sa.Column("deposit_entry_id", sa.Uuid(), nullable=False),
        sa.Column("policy_id", sa.Uuid(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=False),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("expiry_notices_credit_positive_check")),
        sa.CheckConstraint(
            "num_nonnulls(learning_outcome_id, submitted_outcome_id) = 1", name=op.f("expiry_notices_one_outcome_check")
        ),
        sa.CheckConstraint("told_on <= expires_on", name=op.f("expiry_notices_told_before_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "deposit_entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("expiry_notices_institution_id_deposit_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "learning_outcome_id"],
            ["learning_outcomes.institution_id", "learning_outcomes.id"],
            name=op.f("expiry_notices_institution_id_learning_outcome_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_id"],
            ["expiry_policies.institution_id", "expiry_policies.id"],
            name=op.f("expiry_notices_institution_id_policy_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("expiry_notices_institution_id_student_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "submitted_outcome_id"],
            ["submitted_outcomes.institution_id", "submitted_outcomes.id"],
            name=op.f("expiry_notices_institution_id_submitted_outcome_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("expiry_notices_pkey")),
        sa.UniqueConstraint(
            "institution_id", "deposit_entry_id", name=op.f("expiry_notices_institution_id_deposit_entry_id_key")
        ),
    )
    op.create_index(
        op.f("expiry_notices_institution_id_expires_on_idx"),
        "expiry_notices",
        ["institution_id", "expires_on"],
        unique=False,
    )
    op.create_index(
        op.f("expiry_notices_institution_id_learning_outcome_id_idx"),
        "expiry_notices",
        ["institution_id", "learning_outcome_id"],
        unique=False,
    )
    op.create_index(
        op.f("expiry_notices_institution_id_submitted_outcome_id_idx"),
        "expiry_notices",
        ["institution_id", "submitted_outcome_id"],
        unique=False,
    )


def _create_submission_decisions() -> None:
    op.create_table(
        "submission_decisions",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("outcome_id", sa.Uuid(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("decided_by", sa.Uuid(), nullable=False),
        sa.Column(
            "decided_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.CheckConstraint(_STATES, name=op.f("submission_decisions_state_known_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "outcome_id"],
            ["submitted_outcomes.institution_id", "submitted_outcomes.id"],
            name=op.f("submission_decisions_institution_id_outcome_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("submission_decisions_pkey")),
    )
    op.create_index(
        op.f("submission_decisions_institution_id_outcome_id_idx"),
        "submission_decisions",
        ["institution_id", "outcome_id"],
        unique=False,
    )


def _create_expired_credits() -> None:
    op.create_table(
        "expired_credits",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("notice_id", sa.Uuid(), nullable=False),
        sa.Column("entry_id", sa.Uuid(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("expired_on", sa.Date(), nullable=False),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("expired_credits_credit_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "entry_id"],
            ["journal_entries.institution_id", "journal_entries.id"],
            name=op.f("expired_credits_institution_id_entry_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "notice_id"],
            ["expiry_notices.institution_id", "expiry_notices.id"],
            name=op.f("expired_credits_institution_id_notice_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("expired_credits_pkey")),
        sa.UniqueConstraint("institution_id", "entry_id", name=op.f("expired_credits_institution_id_entry_id_key")),
    )
    op.create_index(
        op.f("expired_credits_institution_id_notice_id_idx"),
        "expired_credits",
        ["institution_id", "notice_id"],
        unique=False,
    )

    # ### end Alembic commands ###


def _expire_certificates() -> None:
    op.add_column(
        "learning_outcomes",
        sa.Column("expired_hundredths", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
    )
    op.create_check_constraint(
        op.f("learning_outcomes_never_expired_and_used_check"),
        "learning_outcomes",
        "expired_hundredths BETWEEN 0 AND credit_hundredths - used_hundredths",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("learning_outcomes_never_expired_and_used_check"), "learning_outcomes", type_="check")
    op.drop_column("learning_outcomes", "expired_hundredths")
    for table in (
        "expired_credits",
        "submission_decisions",
        "expiry_notices",
        "submitted_outcomes",
        "recognition_lines",
        "recognition_limits",
        "expiry_terms",
        "recognition_policies",
        "expiry_policies",
    ):
        op.drop_table(table)
