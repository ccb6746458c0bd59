"""Asking for conversions: credits are held from the moment they are asked for, one wish or ten thousand at once."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.credits import queries, rules
from x_pilot_api.credits.commands import conversion_staging, conversion_telling
from x_pilot_api.credits.models import ChainStep
from x_pilot_api.credits.schemas import ConversionsIn, ConversionsRequestedOut, OffsetsIn
from x_pilot_api.ledger import commands as ledger
from x_pilot_api.ledger.models import Unit
from x_pilot_api.registry import queries as registry

CONVERTED = "converted"
"""The institution's account that used credits go to."""


async def request_conversions(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, asked: ConversionsIn, today: date
) -> ConversionsRequestedOut:
    """Ask for outcomes' credits to stand for courses; a student for themself, a college for its own students."""
    places = list(range(1, len(asked.wishes) + 1))
    lines = [(place, wish, line) for place, wish in zip(places, asked.wishes, strict=True) for line in wish.courses]
    columns: dict[str, Any] = {
        "line_places": [place for place, _, _ in lines],
        "numbers": list(range(1, len(lines) + 1)),
        "line_outcome_ids": [wish.outcome_id for _, wish, _ in lines],
        "course_ids": [line.course_id for _, _, line in lines],
        "line_credits": [line.credit for _, _, line in lines],
    }
    outcome_ids = [wish.outcome_id for wish in asked.wishes]
    own = await queries.list_own_students(session, actor, outcome_ids=outcome_ids)
    await _lock(session, institution_id, own)
    values = {"institution_id": institution_id}
    await session.execute(text(rules.use_lines()), values | columns)
    wishes = {"places": places, "outcome_ids": outcome_ids, "own_student_ids": own}
    await session.execute(text(rules.USE_WISHES), values | wishes)
    await conversion_staging.weigh(session, asked=len(places))
    await session.execute(text(rules.limits_on_uses(when_granted=False)), values | {"today": today})
    return await _request(session, actor, institution_id=institution_id, asked=len(places), today=today)


async def request_offsets(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, asked: OffsetsIn, today: date
) -> ConversionsRequestedOut:
    """Ask for passed courses to stand for parts of an assessment."""
    places = list(range(1, len(asked.wishes) + 1))
    lines = [
        (place, wish, course) for place, wish in zip(places, asked.wishes, strict=True) for course in wish.course_ids
    ]
    columns: dict[str, Any] = {
        "line_places": [place for place, _, _ in lines],
        "numbers": list(range(1, len(lines) + 1)),
        "line_student_ids": [wish.student_id for _, wish, _ in lines],
        "line_mapping_ids": [wish.mapping_id for _, wish, _ in lines],
        "course_ids": [course for _, _, course in lines],
    }
    student_ids = [wish.student_id for wish in asked.wishes]
    own = await queries.list_own_students(session, actor, student_ids=student_ids)
    await _lock(session, institution_id, own)
    values = {"institution_id": institution_id}
    await session.execute(text(rules.OFFSET_LINES), values | columns)
    wishes = {
        "places": places,
        "student_ids": student_ids,
        "mapping_ids": [wish.mapping_id for wish in asked.wishes],
        "own_student_ids": own,
    }
    await session.execute(text(rules.OFFSET_WISHES), values | wishes | {"today": today})
    await conversion_staging.weigh(session, asked=len(places))
    return await _request(session, actor, institution_id=institution_id, asked=len(places), today=today)


async def _lock(session: AsyncSession, institution_id: UUID, student_ids: Sequence[UUID]) -> None:
    """Let one deed at a time look at what these students have used, and use more of it."""
    await registry.lock_persons(
        session,
        documents=rules.PERSONS_OF_STUDENTS,
        values={"institution_id": institution_id, "own_student_ids": student_ids},
    )
    await conversion_staging.empty(session)


async def _request(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, asked: int, today: date
) -> ConversionsRequestedOut:
    values: dict[str, Any] = {"institution_id": institution_id}
    await session.execute(text(rules.guard()), values | {"today": today})
    await session.execute(text(rules.OUTCOMES_GUARD), values)
    await conversion_staging.refuse_all_if_any(session, asked=asked, pointer="wishes")
    chain = await queries.find_chain(session, institution_id=institution_id, on=today)
    cause = uuid4()
    held = await _hold(session, actor, institution_id=institution_id, cause=cause)
    stored = {"steps": list(chain.steps), "policy_version": chain.version, "actor_id": actor.id}
    await session.execute(text(rules.STORE_CONVERSIONS), values | stored)
    await session.execute(text(rules.STORE_CONVERSION_LINES), values)
    await conversion_telling.tell(session, actor, "request", institution_id=institution_id)
    ids = await conversion_telling.list_ids(session)
    await audit.record(
        session,
        actor,
        "request_conversions",
        institution_id=institution_id,
        object_kind=rules.CONVERSIONS_KIND,
        object_id=cause,
        detail={"conversions": len(ids), "credit_hundredths": held},
    )
    return ConversionsRequestedOut(
        requested=len(ids), credit_held=held, awaits=ChainStep(chain.steps[0]), conversion_ids=list(ids)
    )


async def _hold(session: AsyncSession, actor: Actor, *, institution_id: UUID, cause: UUID) -> int:
    """Hold the credits asked for, and let the outcomes say that they are used."""
    held = await conversion_telling.sum_credits(session)
    if not held:
        return 0
    converted_id = await ledger.ensure_institution_account(
        session, actor, institution_id=institution_id, unit=Unit.CREDIT, kind=CONVERTED
    )
    await ledger.begin_staging(session)
    await session.execute(text(rules.HOLDS), {"converted_account_id": converted_id})
    await db.write(session, text(rules.TAKE), {"institution_id": institution_id})
    await ledger.post_staged(session, actor, institution_id=institution_id, cause=cause)
    return held
