"""Let an institution have a finance office: one more role that is held there."""

from alembic import op

revision = "2026_11_28_six"
down_revision = "2026_11_28_five"
branch_labels = None
depends_on = None

_NAME = "memberships_role_known_check"
_BEFORE = "role IN ('auditor', 'registrar', 'coordinator', 'expert', 'teacher', 'student')"
_NOW = "role IN ('auditor', 'registrar', 'finance', 'coordinator', 'expert', 'teacher', 'student')"


def upgrade() -> None:
    op.drop_constraint(op.f(_NAME), "memberships")
    op.create_check_constraint(op.f(_NAME), "memberships", _NOW)


def downgrade() -> None:
    op.execute("DELETE FROM memberships WHERE role = 'finance'")
    op.drop_constraint(op.f(_NAME), "memberships")
    op.create_check_constraint(op.f(_NAME), "memberships", _BEFORE)
