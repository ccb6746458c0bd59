"""Take results in from files, and let a second person release, object and look on."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "2026_11_28_results"
down_revision = "2026_11_28_exam_days"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "result_notices",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("published_by", sa.Uuid(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_by", sa.Uuid(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(withdrawn_at IS NULL) = (withdrawn_by IS NULL)", name=op.f("result_notices_withdrawn_by_somebody_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("result_notices_institution_id_exam_plan_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "exam_plan_id", name=op.f("result_notices_pkey")),
    )
    op.create_index(op.f("result_notices_exam_plan_id_idx"), "result_notices", ["exam_plan_id"], unique=False)
    op.create_table(
        "result_visibilities",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("college_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("student_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("public_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("set_by", sa.Uuid(), nullable=False),
        sa.Column("lifted_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "coalesce(college_from, '-infinity') <= coalesce(student_from, '-infinity')",
            name=op.f("result_visibilities_college_before_student_check"),
        ),
        sa.CheckConstraint(
            "student_from <= public_from OR student_from IS NULL",
            name=op.f("result_visibilities_student_before_public_check"),
        ),
        sa.CheckConstraint(
            "student_from IS NULL OR public_from IS NOT NULL",
            name=op.f("result_visibilities_public_has_an_instant_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("result_visibilities_institution_id_exam_plan_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "exam_plan_id", name=op.f("result_visibilities_pkey")),
    )
    op.create_index(
        op.f("result_visibilities_student_from_idx"),
        "result_visibilities",
        ["student_from"],
        unique=False,
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.create_table(
        "result_uploads",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("file_kind", sa.Text(), nullable=False),
        sa.Column("is_atomic", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("sealed_body", sa.LargeBinary(), nullable=False),
        sa.Column("key_id", sa.Text(), nullable=False),
        sa.Column("row_count", sa.BigInteger(), nullable=False),
        sa.Column("preview", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("uploaded_by", sa.Uuid(), nullable=False),
        sa.Column(
            "uploaded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_reason", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'confirmed') = (batch_id IS NOT NULL)", name=op.f("result_uploads_confirmed_has_a_batch_check")
        ),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_by IS NULL)", name=op.f("result_uploads_decided_by_somebody_check")
        ),
        sa.CheckConstraint(
            "state IN ('waiting', 'confirmed', 'refused')", name=op.f("result_uploads_state_known_check")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("result_uploads_decided_at_an_instant_check")
        ),
        sa.CheckConstraint("decided_by <> uploaded_by", name=op.f("result_uploads_second_person_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "batch_id"],
            ["result_batches.institution_id", "result_batches.id"],
            name=op.f("result_uploads_institution_id_batch_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id"],
            ["exam_plans.institution_id", "exam_plans.id"],
            name=op.f("result_uploads_institution_id_exam_plan_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("result_uploads_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("result_uploads_pkey")),
    )
    op.create_index(
        op.f("result_uploads_organisation_id_id_idx"), "result_uploads", ["organisation_id", "id"], unique=False
    )
    op.create_table(
        "result_objections",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("complaint", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("raised_by", sa.Uuid(), nullable=False),
        sa.Column("raised_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("change", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("reviewed_by", sa.Uuid(), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column("new_result_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state = 'changed') = (batch_id IS NOT NULL)", name=op.f("result_objections_change_has_a_batch_check")
        ),
        sa.CheckConstraint(
            "(state IN ('upheld', 'changed')) = (decided_by IS NOT NULL)",
            name=op.f("result_objections_decided_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "state <> 'reviewed' OR num_nulls(reviewed_by, answer) = 0",
            name=op.f("result_objections_review_answers_check"),
        ),
        sa.CheckConstraint(
            "state IN ('raised', 'reviewed', 'upheld', 'changed', 'withdrawn')",
            name=op.f("result_objections_state_known_check"),
        ),
        sa.CheckConstraint("decided_by <> reviewed_by", name=op.f("result_objections_second_person_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "batch_id"],
            ["result_batches.institution_id", "result_batches.id"],
            name=op.f("result_objections_institution_id_batch_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "new_result_id"],
            ["results.institution_id", "results.id"],
            name=op.f("result_objections_institution_id_new_result_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "registration_id"],
            ["registrations.institution_id", "registrations.id"],
            name=op.f("result_objections_institution_id_registration_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "result_id"],
            ["results.institution_id", "results.id"],
            name=op.f("result_objections_institution_id_result_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("result_objections_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("result_objections_pkey")),
    )
    op.create_index(
        op.f("result_objections_institution_id_result_id_idx"),
        "result_objections",
        ["institution_id", "result_id"],
        unique=False,
    )
    op.create_index(
        "result_objections_one_open_key",
        "result_objections",
        ["institution_id", "registration_id"],
        unique=True,
        postgresql_where=sa.text("state IN ('raised', 'reviewed')"),
    )
    op.create_table(
        "result_reviews",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("decision", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("proposed_by", sa.Uuid(), nullable=False),
        sa.Column(
            "proposed_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("decided_by", sa.Uuid(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_reason", sa.Text(), nullable=True),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "(state IN ('confirmed', 'declined')) = (decided_by IS NOT NULL)",
            name=op.f("result_reviews_decided_by_somebody_check"),
        ),
        sa.CheckConstraint(
            "decision IN ('confirm_ours', 'reject_row', 'ask_organisation')",
            name=op.f("result_reviews_decision_known_check"),
        ),
        sa.CheckConstraint(
            "state IN ('proposed', 'confirmed', 'declined', 'asked')", name=op.f("result_reviews_state_known_check")
        ),
        sa.CheckConstraint(
            "(decided_by IS NULL) = (decided_at IS NULL)", name=op.f("result_reviews_decided_at_an_instant_check")
        ),
        sa.CheckConstraint("decided_by <> proposed_by", name=op.f("result_reviews_second_person_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "batch_id"],
            ["result_batches.institution_id", "result_batches.id"],
            name=op.f("result_reviews_institution_id_batch_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "result_id"],
            ["results.institution_id", "results.id"],
            name=op.f("result_reviews_institution_id_result_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"], name=op.f("result_reviews_organisation_id_fkey")
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("result_reviews_pkey")),
    )
    op.create_index(
        "result_reviews_one_open_key",
        "result_reviews",
        ["institution_id", "result_id"],
        unique=True,
        postgresql_where=sa.text("state = 'proposed'"),
    )
    op.add_column("result_batches", sa.Column("confirmed_by", sa.Uuid(), nullable=True))
    op.add_column("result_batches", sa.Column("file_kind", sa.Text(), nullable=True))
    op.add_column(
        "result_batches",
        sa.Column("headers", postgresql.JSONB(astext_type=sa.Text()), server_default=sa.text("'{}'"), nullable=False),
    )
    op.add_column("result_batches", sa.Column("job_id", sa.Uuid(), nullable=True))
    op.add_column("results", sa.Column("is_held", sa.Boolean(), server_default=sa.text("false"), nullable=False))
    op.create_index(
        "results_held_idx",
        "results",
        ["institution_id", "registration_id"],
        unique=False,
        postgresql_where=sa.text("is_held"),
    )
    op.create_index(
        "results_quarantined_idx",
        "results",
        ["institution_id", "registration_id"],
        unique=False,
        postgresql_where=sa.text("standing = 'quarantined'"),
    )
    op.create_check_constraint(
        op.f("result_batches_second_person_check"), "result_batches", "confirmed_by <> caller_id"
    )
    op.drop_constraint(op.f("results_standing_known_check"), "results", type_="check")
    op.create_check_constraint(
        op.f("results_standing_known_check"),
        "results",
        "standing IN ('effective', 'quarantined', 'rejected', 'superseded')",
    )


def downgrade() -> None:
    op.drop_constraint(op.f("results_standing_known_check"), "results", type_="check")
    op.create_check_constraint(
        op.f("results_standing_known_check"), "results", "standing IN ('effective', 'quarantined', 'superseded')"
    )
    op.drop_constraint(op.f("result_batches_second_person_check"), "result_batches", type_="check")
    op.drop_index("results_quarantined_idx", table_name="results", postgresql_where=sa.text("standing = 'quarantined'"))
    op.drop_index("results_held_idx", table_name="results", postgresql_where=sa.text("is_held"))
    op.drop_column("results", "is_held")
    op.drop_column("result_batches", "job_id")
    op.drop_column("result_batches", "headers")
    op.drop_column("result_batches", "file_kind")
    op.drop_column("result_batches", "confirmed_by")
    op.drop_index(
        "result_reviews_one_open_key", table_name="result_reviews", postgresql_where=sa.text("state = 'proposed'")
    )
    op.drop_table("result_reviews")
    op.drop_index(
        "result_objections_one_open_key",
        table_name="result_objections",
        postgresql_where=sa.text("state IN ('raised', 'reviewed')"),
    )
    op.drop_index(op.f("result_objections_institution_id_result_id_idx"), table_name="result_objections")
    op.drop_table("result_objections")
    op.drop_index(op.f("result_uploads_organisation_id_id_idx"), table_name="result_uploads")
    op.drop_table("result_uploads")
    op.drop_index(
        op.f("result_visibilities_student_from_idx"),
        table_name="result_visibilities",
        postgresql_where=sa.text("lifted_at IS NULL"),
    )
    op.drop_table("result_visibilities")
    op.drop_index(op.f("result_notices_exam_plan_id_idx"), table_name="result_notices")
    op.drop_table("result_notices")
