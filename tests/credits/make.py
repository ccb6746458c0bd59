"""Drafts to simulate, simulations, and what must not change by them."""

from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from tests.exams.desk import SYSTEM, Desk, Json
from x_pilot_api.core import working
from x_pilot_api.core.audit import AuditEvent
from x_pilot_api.mappings.models import Mapping
from x_pilot_api.worker import TASKS

__all__ = ["SYSTEM", "ask", "deeds", "draft", "kept", "rows", "rule_in_force", "simulate"]

_POSTED = (
    "learning_outcomes", "credit_accounts", "ledger_accounts", "ledger_balances", "journal_entries", "transfers",
    "awards", "outbox_events",
)  # fmt: skip


async def draft(desk: Desk, *, credit: int, version: int = 2, **wish: Any) -> UUID:  # noqa: ANN401
    """Draft another version of the rule for the second level."""
    return await desk.rule(credit=credit, version=version, state="draft", **wish)


async def rule_in_force(desk: Desk, *, state: str = "published") -> UUID:
    """Find the newest rule in a state."""
    async with desk.service.database.transaction(read_only=True, institution_id=desk.world.schools[0].id) as session:
        found = select(Mapping.id).where(Mapping.state == state).order_by(Mapping.version.desc()).limit(1)
        return (await session.scalars(found)).one()


async def ask(desk: Desk, mapping_id: UUID, *, who: str = "registrar", **wish: Any) -> Json:  # noqa: ANN401
    """Ask for a simulation."""
    answer = await desk.client.post(f"/v1/mappings/{mapping_id}:simulate", json=wish, headers=desk.sign_in(who))
    assert answer.status_code == 202, answer.text
    asked: Json = answer.json()
    assert answer.headers["Location"] == f"/v1/jobs/{asked['job_id']}"
    return asked


async def simulate(desk: Desk, mapping_id: UUID, **wish: Any) -> Json:  # noqa: ANN401
    """Simulate as a caller and the worker do, and read what came of it."""
    asked = await ask(desk, mapping_id, **wish)
    await working.attempt(desk.service, TASKS["simulate_mapping"], UUID(asked["job_id"]))
    found: Json = await desk.get(f"/v1/simulations/{asked['id']}")
    assert found["finished_at"] is not None
    return found


async def rows(desk: Desk, simulation: Json, **query: str) -> list[Json]:
    """Read a simulation's rows page by page."""
    found: list[Json] = []
    token: dict[str, str] = {}
    while True:
        page = await desk.get(f"/v1/simulations/{simulation['id']}/rows", page_size=4, **query, **token)
        found += page["items"]
        if page["next_page_token"] is None:
            return found
        token = {"page_token": page["next_page_token"]}


async def kept(desk: Desk) -> dict[str, str]:
    """Take a print of everything that posting writes, whatever row and column."""
    question = "SELECT coalesce(md5(string_agg(t::text, ',' ORDER BY t::text)), '') FROM {} AS t"
    async with desk.service.database.transaction(read_only=True, institution_id=desk.world.schools[0].id) as session:
        return {table: (await session.execute(text(question.format(table)))).scalar_one() for table in _POSTED}


async def deeds(desk: Desk, deed: str) -> list[Json]:
    """Read the details of a deed's audit events."""
    async with desk.service.database.transaction(read_only=True, institution_id=desk.world.schools[0].id) as session:
        return list(await session.scalars(select(AuditEvent.detail).where(AuditEvent.deed == deed)))
