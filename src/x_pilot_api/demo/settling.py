"""The money of the demonstration's exam: attempts granted, registrations locked and charged, a settlement agreed to."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges import commands as charges
from x_pilot_api.core.actors import Actor
from x_pilot_api.demo.keys import Keys
from x_pilot_api.exams import commands as exams
from x_pilot_api.exams.models import ExamPlan
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.identity.models import Role

Headers = dict[str, str]


async def grant_attempts(session: AsyncSession, keys: Keys) -> None:
    """Grant the students of the pilot their guaranteed attempts, as the nightly job does."""
    office = keys.actor(Role.REGISTRAR)
    await charges.grant_guarantees(session, office, institution_id=keys.institution_id)


async def lock_and_charge(session: AsyncSession, organisation: Actor, *, plan: ExamPlan, timezone: str) -> None:
    """Lock a plan's registrations on the day after they close, which charges them at the published fee."""
    day = plan.registration_closes_on + timedelta(days=1)
    terms = Terms(datetime.combine(day, time(4), tzinfo=UTC), timezone=timezone, offer_hours=48)
    locked = await exams.lock_registrations(session, organisation, plan=plan, terms=terms)
    assert not locked.charged.uncharged  # noqa: S101 - every level of the demonstration's exam has a fee


async def settle(client: httpx.AsyncClient, plan_id: UUID | str, *, office: Headers, organisation: Headers) -> Any:  # noqa: ANN401 - JSON
    """Draw the plan's settlement up and let both sides agree to it, unless there is one from an earlier run."""
    found = _read(await client.get("/v1/settlements", params={"exam_plan_id": str(plan_id)}, headers=office))["items"]
    if found:
        return found[0]
    drawn = _read(await client.post(f"/v1/exam-plans/{plan_id}/settlements", headers=office))
    path = f"/v1/settlements/{drawn['id']}"
    shown = _read(await client.post(f"{path}:propose", headers=office))
    agreement = {"content_hash": shown["content_hash"]}
    _read(await client.post(f"{path}:agree", json=agreement, headers=office))
    return _read(await client.post(f"{path}:agree", json=agreement, headers=organisation))


def _read(answer: httpx.Response) -> dict[str, Any]:
    answer.raise_for_status()
    found: dict[str, Any] = answer.json()
    return found
