"""Say who teaches which course in which term."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_five"
down_revision = "2026_11_28_settlements"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "course_teachers",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("course_id", sa.Uuid(), nullable=False),
        sa.Column("teacher_id", sa.Uuid(), nullable=False),
        sa.Column("term", sa.Text(), nullable=False),
        sa.CheckConstraint("term ~ '^[0-9]{4}-[0-9]{4}-0[1-3]$'", name=op.f("course_teachers_term_form_check")),
        sa.ForeignKeyConstraint(
            ["institution_id", "course_id"],
            ["courses.institution_id", "courses.id"],
            name=op.f("course_teachers_institution_id_course_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "teacher_id"],
            ["teachers.institution_id", "teachers.id"],
            name=op.f("course_teachers_institution_id_teacher_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("course_teachers_pkey")),
        sa.UniqueConstraint("institution_id", "course_id", "term", "teacher_id", name="course_teachers_each_once_key"),
    )
    op.create_index(
        op.f("course_teachers_institution_id_teacher_id_term_idx"),
        "course_teachers",
        ["institution_id", "teacher_id", "term"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("course_teachers")
