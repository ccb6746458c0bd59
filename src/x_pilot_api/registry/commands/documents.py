"""Keeping the identity documents of people who are no students: sealed, each once, found again by their hashes."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.sealing import Sealer
from x_pilot_api.registry.models import IdentityDocument
from x_pilot_api.registry.rules import documents


class Given(NamedTuple):
    """A document as somebody wrote it; its number has been read and found sound."""

    kind: str
    number: str

    def __repr__(self) -> str:
        """Show nothing of the number."""
        return f"Given({self.kind})"


def hash_of(given: Given, sealer: Sealer) -> bytes:
    """Find the hash a document is known by."""
    return sealer.lookup_hash(given.kind, documents.read(given.kind, given.number).number)


async def keep_documents(
    session: AsyncSession, *, institution_id: UUID, given: Sequence[Given], sealer: Sealer
) -> dict[bytes, UUID]:
    """Keep the documents that are not known yet, sealed, and find all of them by their hashes."""
    rows = {
        hash_of(document, sealer): {
            "institution_id": institution_id,
            "kind": document.kind,
            "sealed_number": sealer.seal(number.encode(), context=IdentityDocument.__tablename__),
            "key_id": sealer.key_id,
            "lookup_hash": hash_of(document, sealer),
            "masked_number": documents.mask(number),
        }
        for document in given
        for number in (documents.read(document.kind, document.number).number,)
    }
    # In one order, so that two lists of the same people never wait for each other in a ring.
    ordered = [rows[lookup_hash] for lookup_hash in sorted(rows)]
    if not ordered:
        return {}
    await session.execute(insert(IdentityDocument).values(ordered).on_conflict_do_nothing())
    found = select(IdentityDocument.lookup_hash, IdentityDocument.id).where(
        IdentityDocument.institution_id == institution_id, IdentityDocument.lookup_hash.in_(list(rows))
    )
    return {row.lookup_hash: row.id for row in (await session.execute(found)).all()}
