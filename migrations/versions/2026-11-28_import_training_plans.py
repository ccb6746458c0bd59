"""Let training plans be imported: their courses have ids of their own, and a draft tells when it was begun."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_plan_imports"
down_revision = "2026_11_28_operations"

_TABLE = "training_plan_courses"
_KEY = "training_plan_courses_pkey"
_UNIQUE = "training_plan_courses_each_once_key"


def upgrade() -> None:
    op.add_column(
        "training_plans",
        sa.Column(
            "drafted_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
    )
    op.add_column(_TABLE, sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False))
    op.drop_constraint(_KEY, _TABLE, type_="primary")
    op.create_primary_key(op.f(_KEY), _TABLE, ["institution_id", "id"])
    op.create_unique_constraint(op.f(_UNIQUE), _TABLE, ["institution_id", "training_plan_id", "course_id"])


def downgrade() -> None:
    op.drop_constraint(op.f(_UNIQUE), _TABLE, type_="unique")
    op.drop_constraint(_KEY, _TABLE, type_="primary")
    op.create_primary_key(op.f(_KEY), _TABLE, ["institution_id", "training_plan_id", "course_id"])
    op.drop_column(_TABLE, "id")
    op.drop_column("training_plans", "drafted_at")
