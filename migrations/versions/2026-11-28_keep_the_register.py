"""Keep the register: teachers, training plans, course grades, how each student stood, and more kinds of courses."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_register"
down_revision = "2026_11_28_fee_organisation"
branch_labels = None
depends_on = None

_KNOWN = "courses_category_known_check"


def upgrade() -> None:
    op.drop_constraint(op.f(_KNOWN), "courses")
    op.create_check_constraint(
        op.f(_KNOWN), "courses", "category IN ('public', 'foundation', 'core', 'extension', 'practice', 'elective')"
    )
    op.create_table(
        "teachers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("staff_number", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("college_id", sa.Uuid(), nullable=False),
        sa.Column("is_active", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["institution_id", "college_id"],
            ["colleges.institution_id", "colleges.id"],
            name=op.f("teachers_institution_id_college_id_fkey"),
        ),
        sa.ForeignKeyConstraint(["person_id"], ["people.id"], name=op.f("teachers_person_id_fkey")),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("teachers_pkey")),
        sa.UniqueConstraint("institution_id", "person_id", name=op.f("teachers_institution_id_person_id_key")),
        sa.UniqueConstraint("institution_id", "staff_number", name=op.f("teachers_institution_id_staff_number_key")),
    )
    op.create_index(
        op.f("teachers_institution_id_college_id_idx"), "teachers", ["institution_id", "college_id"], unique=False
    )
    op.create_table(
        "training_plans",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("entry_year", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), server_default="draft", nullable=False),
        sa.Column("graduation_credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("document_number", sa.Text(), nullable=True),
        sa.Column("in_force_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(state = 'draft') = (in_force_at IS NULL)", name=op.f("training_plans_in_force_since_some_time_check")
        ),
        sa.CheckConstraint(
            "state IN ('draft', 'in_force', 'superseded')", name=op.f("training_plans_state_known_check")
        ),
        sa.CheckConstraint("entry_year BETWEEN 1990 AND 2100", name=op.f("training_plans_entry_year_plausible_check")),
        sa.CheckConstraint(
            "graduation_credit_hundredths > 0", name=op.f("training_plans_graduation_credit_positive_check")
        ),
        sa.CheckConstraint("version > 0", name=op.f("training_plans_version_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("training_plans_institution_id_programme_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("training_plans_pkey")),
        sa.UniqueConstraint(
            "institution_id", "programme_id", "entry_year", "version", name="training_plans_one_version_key"
        ),
    )
    op.create_index(
        "training_plans_one_draft_idx",
        "training_plans",
        ["institution_id", "programme_id", "entry_year"],
        unique=True,
        postgresql_where=sa.text("state = 'draft'"),
    )
    op.create_index(
        "training_plans_one_in_force_idx",
        "training_plans",
        ["institution_id", "programme_id", "entry_year"],
        unique=True,
        postgresql_where=sa.text("state = 'in_force'"),
    )
    op.create_table(
        "course_grades",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.Column("attempt", sa.SmallInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("score_hundredths", sa.BigInteger(), nullable=True),
        sa.Column("grade_word", sa.Text(), nullable=True),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("is_void", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint("term ~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'", name=op.f("course_grades_term_form_check")),
        sa.CheckConstraint("NOT (is_void AND passed)", name=op.f("course_grades_void_is_not_passed_check")),
        sa.CheckConstraint("attempt BETWEEN 1 AND 9", name=op.f("course_grades_attempt_plausible_check")),
        sa.CheckConstraint(
            "num_nonnulls(score_hundredths, grade_word) = CASE WHEN is_void THEN 0 ELSE 1 END",
            name=op.f("course_grades_score_or_word_check"),
        ),
        sa.CheckConstraint(
            "revision = 1 OR reason IS NOT NULL", name=op.f("course_grades_correction_has_a_reason_check")
        ),
        sa.CheckConstraint("revision > 0", name=op.f("course_grades_revision_positive_check")),
        sa.CheckConstraint("score_hundredths >= 0", name=op.f("course_grades_score_not_negative_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("course_grades_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("course_grades_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("course_grades_pkey")),
        sa.UniqueConstraint(
            "institution_id",
            "student_id",
            "course_id",
            "term",
            "attempt",
            "revision",
            name="course_grades_one_revision_key",
        ),
    )
    op.create_index(
        op.f("course_grades_institution_id_course_id_idx"),
        "course_grades",
        ["institution_id", "course_id"],
        unique=False,
    )
    op.create_table(
        "student_standings",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("student_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("programme_id", sa.Uuid(), nullable=False),
        sa.Column("class_name", sa.Text(), nullable=False),
        sa.Column("entry_year", sa.BigInteger(), nullable=False),
        sa.Column("effective_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        sa.CheckConstraint(
            "status IN ('enrolled', 'suspended', 'graduated', 'left')",
            name=op.f("student_standings_status_known_check"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "programme_id"],
            ["programmes.institution_id", "programmes.id"],
            name=op.f("student_standings_institution_id_programme_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "student_id"],
            ["students.institution_id", "students.id"],
            name=op.f("student_standings_institution_id_student_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("student_standings_pkey")),
    )
    op.create_index(
        op.f("student_standings_institution_id_programme_id_idx"),
        "student_standings",
        ["institution_id", "programme_id"],
        unique=False,
    )
    op.create_index(
        op.f("student_standings_institution_id_student_id_id_idx"),
        "student_standings",
        ["institution_id", "student_id", "id"],
        unique=False,
    )
    op.create_table(
        "training_plan_categories",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("training_plan_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.CheckConstraint(
            "category IN ('public', 'foundation', 'core', 'extension', 'practice', 'elective')",
            name=op.f("training_plan_categories_category_known_check"),
        ),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("training_plan_categories_credit_positive_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "training_plan_id"],
            ["training_plans.institution_id", "training_plans.id"],
            name=op.f("training_plan_categories_institution_id_training_plan_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "training_plan_id", "category", name=op.f("training_plan_categories_pkey")
        ),
    )
    op.create_table(
        "training_plan_courses",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("training_plan_id", sa.Uuid(), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.SmallInteger(), nullable=False),
        sa.Column("credit_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("is_compulsory", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "category IN ('public', 'foundation', 'core', 'extension', 'practice', 'elective')",
            name=op.f("training_plan_courses_category_known_check"),
        ),
        sa.CheckConstraint("credit_hundredths > 0", name=op.f("training_plan_courses_credit_positive_check")),
        sa.CheckConstraint("term BETWEEN 1 AND 12", name=op.f("training_plan_courses_term_plausible_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("training_plan_courses_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "training_plan_id"],
            ["training_plans.institution_id", "training_plans.id"],
            name=op.f("training_plan_courses_institution_id_training_plan_id_fkey"),
        ),
        sa.PrimaryKeyConstraint(
            "institution_id", "training_plan_id", "course_id", name=op.f("training_plan_courses_pkey")
        ),
    )
    op.create_index(
        op.f("training_plan_courses_institution_id_course_id_idx"),
        "training_plan_courses",
        ["institution_id", "course_id"],
        unique=False,
    )

    # Who was in the register before it kept standings has stood as they do since the term they entered in.
    op.execute(
        "INSERT INTO student_standings"
        " (institution_id, student_id, status, programme_id, class_name, entry_year, effective_on)"
        " SELECT institution_id, id, status, programme_id, class_name, entry_year, make_date(entry_year::int, 9, 1)"
        " FROM students"
    )


def downgrade() -> None:
    op.drop_index(op.f("training_plan_courses_institution_id_course_id_idx"), table_name="training_plan_courses")
    op.drop_table("training_plan_courses")
    op.drop_table("training_plan_categories")
    op.drop_index(op.f("student_standings_institution_id_student_id_id_idx"), table_name="student_standings")
    op.drop_index(op.f("student_standings_institution_id_programme_id_idx"), table_name="student_standings")
    op.drop_table("student_standings")
    op.drop_index(op.f("course_grades_institution_id_course_id_idx"), table_name="course_grades")
    op.drop_table("course_grades")
    op.drop_index(
        "training_plans_one_in_force_idx", table_name="training_plans", postgresql_where=sa.text("state = 'in_force'")
    )
    op.drop_index(
        "training_plans_one_draft_idx", table_name="training_plans", postgresql_where=sa.text("state = 'draft'")
    )
    op.drop_table("training_plans")
    op.drop_index(op.f("teachers_institution_id_college_id_idx"), table_name="teachers")
    op.drop_table("teachers")
    op.drop_constraint(op.f(_KNOWN), "courses")
    op.create_check_constraint(op.f(_KNOWN), "courses", "category IN ('foundation', 'core', 'elective')")
