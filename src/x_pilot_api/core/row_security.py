"""Row-level security, the second net: a statement that forgot its WHERE still finds nobody else's people.

The first net is the areas' queries. This one is laid under the tables that say `row_security=True`: the database shows
and takes a row only if its institution is the one the transaction acts within, and its organisation too where an
organisation acts. A transaction that says neither sees no row at all.
"""

from collections.abc import Iterable, Iterator
from uuid import UUID

from sqlalchemy import MetaData, Table, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor

INSTITUTION = "app.institution"
ORGANISATION = "app.organisation"
POLICY = "acting_within"

_SET = text(
    f"SELECT set_config('{INSTITUTION}', :institution, true), set_config('{ORGANISATION}', :organisation, true)"
)


async def act_within(
    session: AsyncSession, *, institution_id: UUID | None = None, organisation_id: UUID | None = None
) -> None:
    """Say whom the rest of this transaction acts for; it ends with the transaction, whatever the pool does."""
    values = {"institution": str(institution_id or ""), "organisation": str(organisation_id or "")}
    await session.execute(_SET, values)


async def act_for(session: AsyncSession, actor: Actor, *, institution_id: UUID | None = None) -> None:
    """Act for whom the actor acts; who belongs to no institution names the one a deed is about."""
    await act_within(
        session, institution_id=actor.institution_id or institution_id, organisation_id=actor.organisation_id
    )


def secured(metadata: MetaData) -> list[Table]:
    """List the tables that have the second net."""
    return [table for table in metadata.sorted_tables if table.info["facts"].get("row_security")]


LIFT = f"""
DO $$ DECLARE net record; BEGIN
    FOR net IN SELECT polrelid::regclass AS name FROM pg_policy WHERE polname = '{POLICY}' LOOP
        EXECUTE format('DROP POLICY {POLICY} ON %s', net.name);
        EXECUTE format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY', net.name);
    END LOOP;
END $$
"""
"""Take the net away, so that a migration can move rows and columns; `laid` puts it back in the same transaction."""


def laid(tables: Iterable[Table]) -> Iterator[str]:
    """Lay the net under tables, for their owner too."""
    for table in tables:
        rule = condition(table)
        yield f"CREATE POLICY {POLICY} ON {table.name} USING ({rule}) WITH CHECK ({rule})"
        yield f"ALTER TABLE {table.name} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY"


def condition(table: Table) -> str:
    """Say which rows of a table a transaction may meet."""
    within, by = _said(INSTITUTION), _said(ORGANISATION)
    if "organisation_id" not in table.columns:
        return f"institution_id = {within}"
    # An organisation works across institutions; where it acts within one, both have to fit.
    return (
        f"(institution_id = {within} OR {within} IS NULL AND {by} IS NOT NULL) "
        f"AND (organisation_id = {by} OR {by} IS NULL)"
    )


def _said(setting: str) -> str:
    """Read what a transaction said, once a statement: as a sub-select, which Citus would need written plain.

    What was set in an earlier transaction of the connection reads as an empty text, not as null.
    """
    return f"(SELECT nullif(current_setting('{setting}', true), '')::uuid)"
