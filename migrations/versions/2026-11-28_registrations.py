"""Let a registration live: channel, wish, seat, waiting list, offers with a deadline, reasons."""

import sqlalchemy as sa
from alembic import op

revision = "2026_11_28_registrations"
down_revision = "2026_11_28_planning"

_STATES_BEFORE = "state IN ('draft', 'confirmed', 'accepted', 'locked', 'refused', 'withdrawn')"
_STATES = "state IN ('draft', 'confirmed', 'waiting', 'offered', 'accepted', 'locked', 'refused', 'withdrawn')"
_CHECKS = {
    "channel_known": "channel IN ('student', 'social')",
    "social_takes_no_place": "channel = 'student' OR participation_id IS NULL",
    "offer_has_a_deadline": "(state = 'offered') = (offered_until IS NOT NULL)",
    "offer_names_a_seat": "state <> 'offered' OR sitting_id IS NOT NULL",
    "seat_is_held": "sitting_id IS NULL OR state IN ('offered', 'accepted', 'locked')",
    "refusal_has_a_reason": "state <> 'refused' OR reason IS NOT NULL",
}
_OF_SITTING = ["institution_id", "exam_plan_id", "certificate_level_id"]
_SITTINGS = {"sitting_id": "registrations_sitting_fkey", "wished_sitting_id": "registrations_wished_sitting_fkey"}
_ADDED = (
    "channel",
    "wished_at",
    "wished_sitting_id",
    "sitting_id",
    "offered_until",
    "accepted_at",
    "locked_at",
    "reason",
    "changed_at",
)


def upgrade() -> None:
    op.add_column("candidates", sa.Column("employer", sa.Text(), nullable=True))
    _columns()
    _order()
    op.drop_constraint(op.f("registrations_state_known_check"), "registrations", type_="check")
    op.create_check_constraint(op.f("registrations_state_known_check"), "registrations", _STATES)
    for name, condition in _CHECKS.items():
        op.create_check_constraint(op.f(f"registrations_{name}_check"), "registrations", condition)
    for column, name in _SITTINGS.items():
        op.create_foreign_key(
            name,
            "registrations",
            "exam_sittings",
            [*_OF_SITTING, column],
            [*_OF_SITTING, "id"],
        )
    _indexes()


def _columns() -> None:
    for column in (
        sa.Column("channel", sa.Text(), server_default=sa.text("'student'"), nullable=False),
        sa.Column("wished_sitting_id", sa.Uuid(), nullable=True),
        sa.Column("sitting_id", sa.Uuid(), nullable=True),
        sa.Column("offered_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
    ):
        op.add_column("registrations", column)
    # What was refused before there were reasons says so.
    op.execute("UPDATE registrations SET reason = '-' WHERE state = 'refused'")


def _order() -> None:
    """Give each registration there is its turn, and the moment it was last changed, which is not known better."""
    for name in ("wished_at", "changed_at"):
        op.add_column("registrations", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.execute("UPDATE registrations SET wished_at = coalesce(confirmed_at, now()), changed_at = now()")
    for name in ("wished_at", "changed_at"):
        op.alter_column("registrations", name, nullable=False, server_default=sa.text("clock_timestamp()"))


def _indexes() -> None:
    op.create_index(
        op.f("registrations_institution_id_sitting_id_idx"), "registrations", ["institution_id", "sitting_id"]
    )
    op.create_index(
        op.f("registrations_institution_id_changed_at_id_idx"), "registrations", ["institution_id", "changed_at", "id"]
    )
    op.create_index(
        "registrations_waiting_idx",
        "registrations",
        [*_OF_SITTING, "wished_at", "id"],
        postgresql_where=sa.text("state = 'waiting'"),
    )
    op.create_index(
        "registrations_offered_idx",
        "registrations",
        ["offered_until"],
        postgresql_where=sa.text("state = 'offered'"),
    )


def downgrade() -> None:
    for name in ("registrations_offered_idx", "registrations_waiting_idx"):
        op.drop_index(name, table_name="registrations")
    for name in _SITTINGS.values():
        op.drop_constraint(name, "registrations", type_="foreignkey")
    for name in ("state_known", *_CHECKS):
        op.drop_constraint(op.f(f"registrations_{name}_check"), "registrations", type_="check")
    # Who waits or was offered a seat has confirmed, and the version before knows no more of them.
    op.execute("UPDATE registrations SET state = 'confirmed' WHERE state IN ('waiting', 'offered')")
    op.create_check_constraint(op.f("registrations_state_known_check"), "registrations", _STATES_BEFORE)
    for column in _ADDED:
        op.drop_column("registrations", column)
    op.drop_column("candidates", "employer")
