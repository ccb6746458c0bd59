"""Tables of the evaluation organisations' systems, the keys they prove themselves by, and what was proved once."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, SmallInteger, Text, UniqueConstraint, false, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, SharedRow, about

_PREFIX = "starts_with(client_id, CASE WHEN is_test THEN 'test_' ELSE 'live_' END)"


class MachineClient(SharedRow, Base):
    """One system of an evaluation organisation that calls the partner API, either on test data or on live data."""

    __tablename__ = "machine_clients"
    __table_args__ = (
        # What a client brings in refers to this pair, so that a test client's can only lie where tests do.
        UniqueConstraint("id", "is_test"),
        CheckConstraint("is_test OR secret_hash IS NULL", name="live_has_no_secret"),
        CheckConstraint(_PREFIX, name="prefix_of_its_mode"),
        Index(None, "organisation_id"),
        about(
            Reach.SHARED,
            append_only=True,
            updates=("name", "scopes", "signature_required", "revoked_at", "last_used_at"),
        ),
    )

    client_id: Mapped[str] = mapped_column(unique=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    is_test: Mapped[bool] = mapped_column(server_default=false())
    secret_hash: Mapped[str | None]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    signature_required: Mapped[bool] = mapped_column(server_default=false())
    revoked_at: Mapped[datetime | None]
    last_used_at: Mapped[datetime | None]


class ClientKey(SharedRow, Base):
    """One public key of a machine client; it counts once approved, between its two instants, until it is revoked."""

    __tablename__ = "client_keys"
    __table_args__ = (
        # Named by its thumbprint, and never given twice: not to another client, and not again after it was revoked.
        UniqueConstraint("kid"),
        CheckConstraint("slot IN (1, 2)", name="slot_known"),
        CheckConstraint("not_after > not_before", name="period_in_order"),
        CheckConstraint("(approved_at IS NULL) = (approved_by IS NULL)", name="approval_names_somebody"),
        # Two places, each held by one key at a time: so there are never three at once, whatever races for it.
        ExcludeConstraint(
            ("machine_client_id", "="),
            ("slot", "="),
            (text("tstzrange(not_before, not_after)"), "&&"),
            using="gist",
            name="client_keys_one_a_slot_excl",
            where=text("revoked_at IS NULL"),
        ),
        about(Reach.SHARED, append_only=True, updates=("approved_at", "approved_by", "revoked_at")),
    )

    machine_client_id: Mapped[UUID] = mapped_column(ForeignKey("machine_clients.id"))
    slot: Mapped[int] = mapped_column(SmallInteger)
    kid: Mapped[str]
    public_jwk: Mapped[JsonObject]
    not_before: Mapped[datetime]
    not_after: Mapped[datetime]
    added_at: Mapped[datetime]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[UUID | None]
    revoked_at: Mapped[datetime | None]


class KeyUse(Base):
    """One thing a client's key proved that may be proved only once: an assertion's `jti`, a signature's nonce."""

    __tablename__ = "client_key_uses"
    __table_args__ = (
        CheckConstraint("use IN ('assertion', 'signature')", name="use_known"),
        Index(None, "expires_at"),
        about(Reach.LOCAL),
    )

    client_key_id: Mapped[UUID] = mapped_column(ForeignKey("client_keys.id"), primary_key=True)
    use: Mapped[str] = mapped_column(primary_key=True)
    nonce: Mapped[str] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime]
