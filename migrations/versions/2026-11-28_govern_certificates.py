"""Govern certificates: reviews by experts, exits with what they leave to be done, quality feedback, dated schemes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_reviews"
down_revision = "2026_11_28_simulations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "review_policies",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("quorum", sa.BigInteger(), nullable=False),
        sa.Column("industry_fit_min_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("employer_recognition_min_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.Date(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "industry_fit_min_hundredths BETWEEN 0 AND 10000 AND employer_recognition_min_hundredths BETWEEN 0 AND 10000",
            name=op.f("review_policies_scores_in_range_check"),
        ),
        sa.CheckConstraint("version > 0 AND quorum > 0", name=op.f("review_policies_counted_check")),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("review_policies_institution_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("review_policies_pkey")),
        sa.UniqueConstraint("institution_id", "version", name=op.f("review_policies_institution_id_version_key")),
    )
    op.create_table(
        "certificate_reviews",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exit_on", sa.Date(), nullable=True),
        sa.Column("policy_id", sa.Uuid(), nullable=True),
        sa.Column("result", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("decision", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(purpose = 'exit') = (exit_on IS NOT NULL)", name=op.f("certificate_reviews_exit_has_a_date_check")
        ),
        sa.CheckConstraint(
            "(purpose = 'exit') = (state IN ('exit_proposed', 'exited', 'retained'))",
            name=op.f("certificate_reviews_state_of_its_purpose_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('admitted', 'rejected')) = (result IS NOT NULL)",
            name=op.f("certificate_reviews_votes_have_a_result_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('admitted', 'rejected', 'exited', 'retained')) = (decided_at IS NOT NULL)",
            name=op.f("certificate_reviews_decision_has_an_instant_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('exited', 'retained')) = (decision IS NOT NULL)",
            name=op.f("certificate_reviews_exit_has_a_decision_check"),
        ),
        sa.CheckConstraint(
            "(state IN ('under_review', 'admitted', 'rejected')) = (policy_id IS NOT NULL)",
            name=op.f("certificate_reviews_policy_once_begun_check"),
        ),
        sa.CheckConstraint("purpose IN ('admission', 'exit')", name=op.f("certificate_reviews_purpose_known_check")),
        sa.CheckConstraint(
            "state IN ('draft', 'submitted', 'under_review', 'admitted', 'rejected', 'exit_proposed', 'exited', 'retained')",
            name=op.f("certificate_reviews_state_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("certificate_reviews_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("certificate_reviews_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "policy_id"],
            ["review_policies.institution_id", "review_policies.id"],
            name=op.f("certificate_reviews_institution_id_policy_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["proposed_by"], ["people.id"], name=op.f("certificate_reviews_proposed_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("certificate_reviews_pkey")),
    )
    op.create_index(
        "certificate_reviews_one_open_key",
        "certificate_reviews",
        ["institution_id", "college_id", "certificate_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'under_review', 'exit_proposed')"),
    )
    op.create_table(
        "quality_feedback",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("certificate_id", sa.Uuid(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=True),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="open", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("opened_by", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'closed') = (closed_at IS NOT NULL)", name=op.f("quality_feedback_closing_has_an_instant_check")
        ),
        sa.CheckConstraint(
            "(state = 'open') = (asked_at IS NULL)", name=op.f("quality_feedback_asked_once_sent_check")
        ),
        sa.CheckConstraint(
            "state IN ('open', 'sent', 'answered', 'verified', 'closed', 'reopened')",
            name=op.f("quality_feedback_state_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificates.id"], name=op.f("quality_feedback_certificate_id_fkey")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("quality_feedback_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id"], ["institutions.id"], name=op.f("quality_feedback_institution_id_fkey")
        ),
        sa.ForeignKeyConstraint(["opened_by"], ["people.id"], name=op.f("quality_feedback_opened_by_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("quality_feedback_pkey")),
    )
    op.create_index(op.f("quality_feedback_certificate_id_idx"), "quality_feedback", ["certificate_id"], unique=False)
    op.create_table(
        "feedback_answers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("feedback_id", sa.Uuid(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_by", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["institution_id", "feedback_id"],
            ["quality_feedback.institution_id", "quality_feedback.id"],
            name=op.f("feedback_answers_institution_id_feedback_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("feedback_answers_pkey")),
    )
    op.create_index(
        op.f("feedback_answers_institution_id_feedback_id_idx"),
        "feedback_answers",
        ["institution_id", "feedback_id"],
        unique=False,
    )
    op.create_table(
        "review_seats",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.Text(), server_default="assigned", nullable=False),
        sa.Column("excuse_code", sa.Text(), nullable=True),
        sa.Column("excuse_reason", sa.Text(), nullable=True),
        sa.Column("industry_fit_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("employer_recognition_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("opinion", sa.Text(), nullable=True),
        sa.Column("voted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(excuse_code = 'declared') = (excuse_reason IS NOT NULL)",
            name=op.f("review_seats_declared_with_a_reason_check"),
        ),
        sa.CheckConstraint(
            "(state = 'excused') = (excuse_code IS NOT NULL)", name=op.f("review_seats_excused_for_a_reason_check")
        ),
        sa.CheckConstraint(
            "excuse_code IN ('declared', 'of_the_organisation', 'of_the_college', 'proposed_it')",
            name=op.f("review_seats_excuse_code_known_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(industry_fit_hundredths, employer_recognition_hundredths, opinion, voted_at) = CASE WHEN state = 'voted' THEN 4 ELSE 0 END",
            name=op.f("review_seats_vote_whole_check"),
        ),
        sa.CheckConstraint("state IN ('assigned', 'excused', 'voted')", name=op.f("review_seats_state_known_check")),
        sa.CheckConstraint(
            "industry_fit_hundredths BETWEEN 0 AND 10000 AND employer_recognition_hundredths BETWEEN 0 AND 10000",
            name=op.f("review_seats_scores_in_range_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "review_id"],
            ["certificate_reviews.institution_id", "certificate_reviews.id"],
            name=op.f("review_seats_institution_id_review_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("review_seats_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("review_seats_pkey")),
        sa.UniqueConstraint(
            "institution_id", "review_id", "person_id", name=op.f("review_seats_institution_id_review_id_person_id_key")
        ),
    )
    op.create_index(op.f("review_seats_person_id_idx"), "review_seats", ["person_id"], unique=False)
    op.create_table(
        "teach_out_items",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("review_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("concerned", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('students_in_training', 'unused_attempts', 'mapping', 'registrations')",
            name=op.f("teach_out_items_kind_known_check"),
        ),
        sa.CheckConstraint("concerned > 0", name=op.f("teach_out_items_concerns_somebody_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "review_id"],
            ["certificate_reviews.institution_id", "certificate_reviews.id"],
            name=op.f("teach_out_items_institution_id_review_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["people.id"], name=op.f("teach_out_items_owner_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("teach_out_items_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "review_id",
            "kind",
            "subject_id",
            name=op.f("teach_out_items_institution_id_review_id_kind_subject_id_key"),
        ),
    )
    op.add_column("assessment_schemes", sa.Column("effective_from", sa.Date(), nullable=True))
    op.add_column("organisations", sa.Column("credit_code", sa.Text(), nullable=True))
    op.create_unique_constraint(op.f("organisations_credit_code_key"), "organisations", ["credit_code"])
    op.create_check_constraint(
        op.f("organisations_credit_code_shape_check"), "organisations", "credit_code ~ '^[0-9A-HJ-NP-RTUWXY]{18}$'"
    )


def downgrade() -> None:
    op.drop_constraint(op.f("organisations_credit_code_shape_check"), "organisations")
    op.drop_constraint(op.f("organisations_credit_code_key"), "organisations", type_="unique")
    op.drop_column("organisations", "credit_code")
    op.drop_column("assessment_schemes", "effective_from")
    op.drop_table("teach_out_items")
    op.drop_index(op.f("review_seats_person_id_idx"), table_name="review_seats")
    op.drop_table("review_seats")
    op.drop_index(op.f("feedback_answers_institution_id_feedback_id_idx"), table_name="feedback_answers")
    op.drop_table("feedback_answers")
    op.drop_index(op.f("quality_feedback_certificate_id_idx"), table_name="quality_feedback")
    op.drop_table("quality_feedback")
    op.drop_index(
        "certificate_reviews_one_open_key",
        table_name="certificate_reviews",
        postgresql_where=sa.text("state IN ('draft', 'submitted', 'under_review', 'exit_proposed')"),
    )
    op.drop_table("certificate_reviews")
    op.drop_table("review_policies")
