"""What the office does with submitted data: send them back, or accept them and grant participation by a document."""

from datetime import date
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.participations import commands as participations
from x_pilot_api.programme_data import queries, rules
from x_pilot_api.programme_data.errors import GrantsUnfit
from x_pilot_api.programme_data.models import ProgrammeReturn, ProgrammeReturnDecision
from x_pilot_api.programme_data.rules import WORKFLOW
from x_pilot_api.programme_data.schemas import AcceptanceIn


async def send_back(session: AsyncSession, actor: Actor, *, return_id: UUID, comment: str) -> ProgrammeReturn:
    """Send a programme's data back with a comment; what was granted before stays until they are accepted again."""
    data = await queries.get_return(session, actor, return_id, lock=True)
    target, before = WORKFLOW.target_of("send_back", state=data.state), data.state
    data.state, data.comment = target, comment
    await _decide(session, actor, "send_back_programme_return", data, before=before)
    return data


async def accept_return(
    session: AsyncSession, actor: Actor, *, return_id: UUID, wish: AcceptanceIn, today: date
) -> ProgrammeReturn:
    """Accept a programme's data by a document; it takes part with the levels that it asked for."""
    data = await queries.get_return(session, actor, return_id, lock=True)
    target, before = WORKFLOW.target_of("accept", state=data.state), data.state
    asked = {level.certificate_level_id: level.quota_asked for level in await queries.list_levels(session, data)}
    granted = {grant.certificate_level_id: grant.quota for grant in wish.grants}
    unfit = sorted(granted.keys() - asked.keys())
    if unfit:
        raise GrantsUnfit(level_ids=", ".join(str(each) for each in unfit))
    round_ = await queries.get_round_of(session, data)
    quotas = {level_id: granted.get(level_id, quota) for level_id, quota in asked.items()}
    await participations.grant_participations(
        session,
        actor,
        place=participations.Place(
            institution_id=data.institution_id,
            academic_year=round_.academic_year,
            college_id=data.college_id,
            programme_id=data.programme_id,
            asked_by=data.submitted_by or actor.id,
        ),
        grants={level_id: participations.Grant(asked[level_id], quota) for level_id, quota in quotas.items()},
        decision_document=wish.decision_document,
        today=today,
    )
    data.state, data.comment = target, wish.comment
    await _decide(
        session,
        actor,
        "accept_programme_return",
        data,
        before=before,
        granted={str(level_id): quota for level_id, quota in quotas.items()},
        decision_document=wish.decision_document,
    )
    return data


async def _decide(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    data: ProgrammeReturn,
    *,
    before: str,
    granted: dict[str, int] | None = None,
    decision_document: str | None = None,
) -> None:
    await session.flush()
    session.add(
        ProgrammeReturnDecision(
            institution_id=data.institution_id,
            programme_return_id=data.id,
            version=data.version,
            state=data.state,
            comment=data.comment,
            decision_document=decision_document,
            granted=granted or {},
            decided_by=actor.id,
        )
    )
    await session.flush()
    await audit.record(
        session,
        actor,
        deed,
        institution_id=data.institution_id,
        object_kind=rules.RETURN_KIND,
        object_id=data.id,
        detail={"version": data.version, "granted": granted or {}},
        before={"state": before},
        after={"state": data.state},
    )
