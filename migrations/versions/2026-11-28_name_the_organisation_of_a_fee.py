"""Name the organisation of a fee standard, by which row-level security lets its staff see it."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_fee_organisation"
down_revision = "2026_11_28_client_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("fee_standards", sa.Column("organisation_id", sa.Uuid(), nullable=True))
    op.execute(
        "UPDATE fee_standards AS standard SET organisation_id = certificate.organisation_id "
        "FROM certificate_levels AS level JOIN certificates AS certificate ON certificate.id = level.certificate_id "
        "WHERE level.id = standard.certificate_level_id"
    )
    op.alter_column("fee_standards", "organisation_id", nullable=False)
    op.create_foreign_key(
        op.f("fee_standards_organisation_id_fkey"), "fee_standards", "organisations", ["organisation_id"], ["id"]
    )
    op.create_index(op.f("fee_standards_organisation_id_idx"), "fee_standards", ["organisation_id"])


def downgrade() -> None:
    op.drop_index(op.f("fee_standards_organisation_id_idx"), table_name="fee_standards")
    op.drop_constraint(op.f("fee_standards_organisation_id_fkey"), "fee_standards", type_="foreignkey")
    op.drop_column("fee_standards", "organisation_id")
