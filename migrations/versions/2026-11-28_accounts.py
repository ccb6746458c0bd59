"""Let pending transfers time out; keep the lives of credit accounts and of outcomes from courses and training."""

import sqlalchemy as sa
from alembic import op

from x_pilot_api.core.leaves import Kind, Leaf

revision = "2026_11_28_accounts"
down_revision = "2026_11_28_conversions"
branch_labels = None
depends_on = None


def _leaf(table: str, *fields: tuple[str, Kind]) -> sa.Column[bytes]:
    """Give the leaf's column; its fields are frozen here as they are in the models."""
    return sa.Column(
        "leaf", sa.LargeBinary(), sa.Computed(Leaf(table, fields).expression, persisted=True), nullable=False
    )


def _check(table: str, name: str, condition: str) -> sa.CheckConstraint:
    return sa.CheckConstraint(condition, name=op.f(f"{table}_{name}_check"))


def _let_transfers_time_out() -> None:
    for name, phases in (
        ("phase_known", "phase IN ('single', 'pending', 'post', 'void', 'timed_out')"),
        ("resolves_pending", "(phase IN ('post', 'void', 'timed_out')) = (resolves_id IS NOT NULL)"),
    ):
        op.drop_constraint(op.f(f"transfers_{name}_check"), "transfers")
        op.create_check_constraint(op.f(f"transfers_{name}_check"), "transfers", phases)
    op.create_table(
        "transfer_time_outs",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("times_out_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        _leaf(
            "transfer_time_outs",
            ("institution_id", "uuid"),
            ("id", "uuid"),
            ("times_out_at", "instant"),
            ("recorded_at", "instant"),
        ),
        sa.ForeignKeyConstraint(
            ["institution_id", "id"],
            ["transfers.institution_id", "transfers.id"],
            name=op.f("transfer_time_outs_institution_id_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("transfer_time_outs_pkey")),
    )
    op.create_index(
        op.f("transfer_time_outs_institution_id_times_out_at_idx"),
        "transfer_time_outs",
        ["institution_id", "times_out_at"],
    )


def _give_accounts_a_life() -> None:
    op.add_column("credit_accounts", sa.Column("state_reason", sa.Text(), nullable=True))
    op.create_check_constraint(
        op.f("credit_accounts_freezing_has_a_reason_check"),
        "credit_accounts",
        "state <> 'frozen' OR state_reason IS NOT NULL",
    )
    op.create_table(
        "closing_statements",
        sa.Column("institution_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), server_default=sa.text("uuidv7()"), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("posted_hundredths", sa.BigInteger(), nullable=False),
        sa.Column("movements", sa.BigInteger(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=False),
        sa.Column(
            "recorded_at", sa.DateTime(timezone=True), server_default=sa.text("clock_timestamp()"), nullable=False
        ),
        _leaf(
            "closing_statements",
            ("institution_id", "uuid"),
            ("id", "uuid"),
            ("account_id", "uuid"),
            ("reason", "text"),
            ("posted_hundredths", "integer"),
            ("movements", "integer"),
            ("content", "text"),
            ("content_hash", "text"),
            ("actor_id", "uuid"),
            ("recorded_at", "instant"),
        ),
        _check("closing_statements", "posted_not_negative", "posted_hundredths >= 0"),
        sa.ForeignKeyConstraint(
            ["institution_id", "account_id"],
            ["credit_accounts.institution_id", "credit_accounts.id"],
            name=op.f("closing_statements_institution_id_account_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("institution_id", "id", name=op.f("closing_statements_pkey")),
        sa.UniqueConstraint(
            "institution_id", "account_id", name=op.f("closing_statements_institution_id_account_id_key")
        ),
    )


def upgrade() -> None:
    _let_transfers_time_out()
    _give_accounts_a_life()


def downgrade() -> None:
    op.drop_table("closing_statements")
    op.drop_constraint(op.f("credit_accounts_freezing_has_a_reason_check"), "credit_accounts")
    op.drop_column("credit_accounts", "state_reason")
    op.drop_table("transfer_time_outs")
    for name, phases in (
        ("phase_known", "phase IN ('single', 'pending', 'post', 'void')"),
        ("resolves_pending", "(phase IN ('post', 'void')) = (resolves_id IS NOT NULL)"),
    ):
        op.drop_constraint(op.f(f"transfers_{name}_check"), "transfers")
        op.create_check_constraint(op.f(f"transfers_{name}_check"), "transfers", phases)
