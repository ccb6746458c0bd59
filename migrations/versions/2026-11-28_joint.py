"""Let one sitting come to a certificate's score and a course's grade: joint exams, their tables, and what ties both."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_joint"
down_revision = "2026_11_28_space"
branch_labels = None
depends_on = None

_KINDS = (
    "result_changed", "award_revoked", "award_issued", "credits_reversed", "credits_posted", "conversion_lapsed",
    "conversion_flagged", "conversion_unwound",
)  # fmt: skip
_NEW_KINDS = ("grade_entered", "grade_revised", "grade_voided", "grade_flagged", "award_flagged")


def upgrade() -> None:
    _create_joint_exams()
    _create_joint_exam_bands()
    _create_joint_grades()
    _let_steps_be((*_KINDS, *_NEW_KINDS, "parties_told"))


def _let_steps_be(kinds: tuple[str, ...]) -> None:
    name = op.f("correction_steps_kind_known_check")
    op.drop_constraint(name, "correction_steps")
    listed = ", ".join(f"'{kind}'" for kind in kinds)
    op.create_check_constraint(name, "correction_steps", f"kind IN ({listed})")


def _create_joint_exams() -> None:
    op.create_table(
        "joint_exams",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("exam_plan_id", sa.Uuid(), nullable=False),
        sa.Column("certificate_level_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("drafted_by", sa.Uuid(), nullable=False),
        sa.Column(
            "drafted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.Column("laid_down_by", sa.Uuid(), nullable=True),
        sa.Column("laid_down_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("term ~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'", name=op.f("joint_exams_term_form_check")),
        sa.CheckConstraint("state IN ('draft', 'laid_down', 'withdrawn')", name=op.f("joint_exams_state_known_check")),
        sa.CheckConstraint(
            "state <> 'laid_down' OR num_nulls(laid_down_by, laid_down_at) = 0",
            name=op.f("joint_exams_laid_down_by_one_check"),
        ),
        sa.CheckConstraint(
            "(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name=op.f("joint_exams_withdrawn_at_some_time_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("joint_exams_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("joint_exams_institution_id_programme_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "exam_plan_id", "certificate_level_id"],
            [
                "exam_plan_levels.institution_id",
                "exam_plan_levels.exam_plan_id",
                "exam_plan_levels.certificate_level_id",
            ],
            name=op.f("joint_exams_institution_id_exam_plan_id_certificate_level_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("joint_exams_pkey")),
    )
    op.create_index(
        "joint_exams_one_of_a_programme_key",
        "joint_exams",
        ["institution_id", "exam_plan_id", "certificate_level_id", "programme_id"],
        unique=True,
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.create_index(
        op.f("joint_exams_institution_id_course_id_idx"), "joint_exams", ["institution_id", "course_id"], unique=False
    )


def _create_joint_exam_bands() -> None:
    op.create_table(
        "joint_exam_bands",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("joint_exam_id", sa.Uuid(), nullable=False),
        sa.Column("from_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("score_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("grade_word", sa.Text(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.CheckConstraint("from_hundredths >= 0", name=op.f("joint_exam_bands_from_not_negative_check")),
        sa.CheckConstraint(
            "score_hundredths BETWEEN 0 AND 100000", name=op.f("joint_exam_bands_score_plausible_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(score_hundredths, grade_word) <= 1", name=op.f("joint_exam_bands_score_or_word_check")
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "joint_exam_id"],
            ["joint_exams.institution_id", "joint_exams.id"],
            name=op.f("joint_exam_bands_institution_id_joint_exam_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "joint_exam_id", "from_hundredths", name=op.f("joint_exam_bands_pkey")
        ),
    )


def _create_joint_grades() -> None:
    op.create_table(
        "joint_grades",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("joint_exam_id", sa.Uuid(), nullable=False),
        sa.Column("registration_id", sa.Uuid(), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("result_id", sa.Uuid(), nullable=False),
        sa.Column("grade_id", sa.Uuid(), nullable=False),
        sa.Column("settled_by", sa.Uuid(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_reason", sa.Text(), nullable=True),
        sa.Column("settled_document", sa.Text(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "num_nulls(settled_by, settled_at, settled_reason, settled_document) IN (0, 4)",
            name=op.f("joint_grades_settled_whole_check"),
        ),
        *(
            sa.ForeignKeyConstraint(
                ["institution_id", column],
                [f"{table}.institution_id", f"{table}.id"],
                name=op.f(f"joint_grades_institution_id_{column}_fkey"),
            )
            for column, table in (
                ("joint_exam_id", "joint_exams"),
                ("registration_id", "registrations"),
                ("student_id", "students"),
                ("result_id", "results"),
                ("grade_id", "course_grades"),
            )
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("joint_grades_pkey")),
        sa.UniqueConstraint("institution_id", "registration_id", name="joint_grades_one_of_a_registration_key"),
    )
    for column in ("joint_exam_id", "student_id", "grade_id"):
        op.create_index(
            op.f(f"joint_grades_institution_id_{column}_idx"), "joint_grades", ["institution_id", column], unique=False
        )


def downgrade() -> None:
    op.execute(f"DELETE FROM correction_steps WHERE kind IN {_NEW_KINDS}")
    _let_steps_be((*_KINDS, "parties_told"))
    for column in ("joint_exam_id", "student_id", "grade_id"):
        op.drop_index(op.f(f"joint_grades_institution_id_{column}_idx"), table_name="joint_grades")
    op.drop_table("joint_grades")
    op.drop_table("joint_exam_bands")
    op.drop_index(op.f("joint_exams_institution_id_course_id_idx"), table_name="joint_exams")
    op.drop_index(
        "joint_exams_one_of_a_programme_key",
        table_name="joint_exams",
        postgresql_where=sa.text("state <> 'withdrawn'"),
    )
    op.drop_table("joint_exams")
