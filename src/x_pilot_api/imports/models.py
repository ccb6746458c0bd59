"""Tables of imports: the file as it came, sealed, and what its rows would become or became."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, PrimaryKeyConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from x_pilot_api.core.db import Base, JsonObject, Reach, TenantRow, about, of_institution, one_of, within
from x_pilot_api.core.sealed import sealed


class ImportMode(StrEnum):
    """What a file says of the rows it lacks: nothing, or that they are no more."""

    DELTA = "delta"
    FULL = "full"


class ImportState(StrEnum):
    """Where an import stands."""

    UPLOADED = "uploaded"
    REFUSED = "refused"
    PREVIEWED = "previewed"
    CONFIRMED = "confirmed"
    OUTDATED = "outdated"
    APPLIED = "applied"
    UNDONE = "undone"
    FORGOTTEN = "forgotten"


class ImportOutcome(StrEnum):
    """What becomes of a row."""

    CREATED = "created"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REMOVED = "removed"
    BLOCKED = "blocked"


class TableImport(TenantRow, Base):
    """One file sent to be imported, and what was found in it; the file itself is forgotten after a while."""

    __tablename__ = "imports"
    __table_args__ = (
        of_institution(),
        one_of("mode", ImportMode),
        one_of("state", ImportState),
        CheckConstraint(
            "state IN ('uploaded', 'refused', 'forgotten') OR digest IS NOT NULL", name="previewed_has_a_digest"
        ),
        CheckConstraint("(state IN ('applied', 'undone')) <= (applied_at IS NOT NULL)", name="applied_at_some_time"),
        CheckConstraint("(state = 'forgotten') <= (sealed_body IS NULL)", name="forgotten_has_no_file"),
        Index(None, "institution_id", "uploaded_by", "id"),
        Index(None, "uploaded_at", postgresql_where=text("sealed_body IS NOT NULL")),
        about(Reach.TENANT, server_set=("uploaded_at",)),
    )

    kind: Mapped[str]
    mode: Mapped[str]
    state: Mapped[str] = mapped_column(server_default=text("'uploaded'"))
    file_hash: Mapped[bytes]
    sealed_body: Mapped[bytes | None] = sealed()
    sealed_error_file: Mapped[bytes | None] = sealed()
    """The blocked rows as they were sent, to correct and send again."""
    key_id: Mapped[str]
    bounds: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    """The colleges and programmes the importer acts for; NULL for the whole institution."""
    uploaded_by: Mapped[UUID]
    job_id: Mapped[UUID | None]
    found: Mapped[JsonObject] = mapped_column(server_default=text("'{}'"))
    counts: Mapped[JsonObject] = mapped_column(server_default=text("'{}'"))
    digest: Mapped[str | None]
    problem: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    uploaded_at: Mapped[datetime] = mapped_column(server_default=text("now()"))
    began_at: Mapped[datetime | None]
    applied_at: Mapped[datetime | None]
    """When writing began and ended; in between nobody else wrote the register."""


class ImportRow(Base):
    """What one row of a file would do or did: the register's row as it was and as it becomes, or why it is blocked."""

    __tablename__ = "import_rows"
    __table_args__ = (
        PrimaryKeyConstraint("institution_id", "import_id", "sequence"),
        within("import_id", to="imports"),
        one_of("outcome", ImportOutcome),
        CheckConstraint("(outcome = 'blocked') = (faults <> '[]')", name="blocked_for_a_reason"),
        about(Reach.TENANT, append_only=True, forgets=True),
    )

    institution_id: Mapped[UUID]
    import_id: Mapped[UUID]
    sequence: Mapped[int]
    row_number: Mapped[int | None]
    outcome: Mapped[str]
    faults: Mapped[JsonObject]
    remarks: Mapped[JsonObject]
    target_id: Mapped[UUID | None]
    before: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
    after: Mapped[JsonObject | None] = mapped_column(JSONB(none_as_null=True))
