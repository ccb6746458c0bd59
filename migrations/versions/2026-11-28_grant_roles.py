"""Let people be administered: no password at first, roles narrowed to programmes, and who granted each."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_roles"
down_revision = "2026_11_28_proofs"
branch_labels = None
depends_on = None

_GRANTED = "(granted_by IS NULL) = (granted_at IS NULL)"
_OLD_KEY = "memberships_institution_id_person_id_role_college_id_key"


def upgrade() -> None:
    for table in ("platform_roles", "memberships"):
        op.add_column(table, sa.Column("granted_by", sa.Uuid(), nullable=True))
        op.add_column(table, sa.Column("granted_at", sa.DateTime(timezone=True), nullable=True))
        op.create_check_constraint(op.f(f"{table}_granted_by_somebody_at_some_time_check"), table, _GRANTED)
    op.add_column("memberships", sa.Column("programme_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("memberships_institution_id_programme_id_fkey"),
        "memberships",
        "programmes",
        ["institution_id", "programme_id"],
        ["institution_id", "id"],
    )
    op.drop_constraint(op.f("memberships_role_known_check"), "memberships")
    op.create_check_constraint(
        op.f("memberships_role_known_check"),
        "memberships",
        "role IN ('auditor', 'registrar', 'coordinator', 'expert', 'teacher', 'student')",
    )
    op.drop_constraint(op.f("memberships_college_for_coordinators_check"), "memberships")
    for name, rule in (
        ("college_for_coordinators", "college_id IS NULL OR role = 'coordinator'"),
        ("coordinators_of_one_place", "role <> 'coordinator' OR num_nonnulls(college_id, programme_id) = 1"),
        ("programme_where_it_narrows", "programme_id IS NULL OR role IN ('coordinator', 'teacher')"),
    ):
        op.create_check_constraint(op.f(f"memberships_{name}_check"), "memberships", rule)
    op.drop_constraint(op.f(_OLD_KEY), "memberships")
    op.create_unique_constraint(
        "memberships_one_of_a_kind_key",
        "memberships",
        ["institution_id", "person_id", "role", "college_id", "programme_id"],
        postgresql_nulls_not_distinct=True,
    )


def downgrade() -> None:
    op.execute("DELETE FROM memberships WHERE programme_id IS NOT NULL")
    op.drop_constraint("memberships_one_of_a_kind_key", "memberships")
    for name in ("college_for_coordinators", "coordinators_of_one_place", "programme_where_it_narrows", "role_known"):
        op.drop_constraint(op.f(f"memberships_{name}_check"), "memberships")
    op.create_check_constraint(
        op.f("memberships_college_for_coordinators_check"),
        "memberships",
        "(role = 'coordinator') = (college_id IS NOT NULL)",
    )
    op.create_check_constraint(
        op.f("memberships_role_known_check"),
        "memberships",
        "role IN ('operator', 'security_admin', 'auditor', 'registrar', 'coordinator', 'expert', 'teacher', "
        "'student', 'org_staff')",
    )
    op.drop_column("memberships", "programme_id")
    op.create_unique_constraint(
        op.f(_OLD_KEY),
        "memberships",
        ["institution_id", "person_id", "role", "college_id"],
        postgresql_nulls_not_distinct=True,
    )
    for table in ("platform_roles", "memberships"):
        op.drop_constraint(op.f(f"{table}_granted_by_somebody_at_some_time_check"), table)
        op.drop_column(table, "granted_at")
        op.drop_column(table, "granted_by")
