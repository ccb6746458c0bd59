"""A student's first screen, and what comes next."""

from datetime import date
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core.actors import Actor
from x_pilot_api.inbox import queries as inbox
from x_pilot_api.student_space.queries import accounts, exams, owning
from x_pilot_api.student_space.queries.owning import Own
from x_pilot_api.student_space.schemas import (
    NextKind,
    NextOut,
    OverviewOut,
    OwnCreditOut,
    OwnOutcomeOut,
    OwnRegistrationOut,
    ThingKind,
)

_NEXT_MAX = 10
_OPEN = {"draft", "confirmed", "accepted", "locked"}


async def read_overview(session: AsyncSession, actor: Actor, own: Own, *, today: date, timezone: str) -> OverviewOut:
    """Read everything of the first screen."""
    student = await owning.get_student(session, own)
    registrations = [it for it in await exams.list_registrations(session, actor, own) if it.state in _OPEN]
    account = await accounts.find_account(session, own)
    outcomes = await accounts.list_outcomes(session, own)
    awards = await owning.list_awards(session, own)
    coming = [*_of_exams(registrations), *_of_credits(outcomes, timezone)]
    return OverviewOut(
        student=student,
        next=sorted((it for it in coming if it.on >= today), key=lambda it: (it.on, it.kind, it.object_id))[:_NEXT_MAX],
        registrations=len(registrations),
        awards=sum(award.state == "valid" for award in awards),
        credit=OwnCreditOut.model_validate(account, from_attributes=True) if account else None,
        unread=await inbox.count_unread(session, actor),
    )


def _of_exams(registrations: list[OwnRegistrationOut]) -> list[NextOut]:
    """Name the exams that come, and the ends of registrations that are not settled yet."""
    found: list[NextOut] = []
    for it in registrations:
        title = f"{it.certificate_name} {it.level}"
        told = {"title": title, "object_kind": ThingKind.REGISTRATION, "object_id": it.id}
        found.append(NextOut.model_validate(told | {"kind": NextKind.EXAM, "on": it.exam_on}))
        if it.state == "draft":
            closes = {"kind": NextKind.REGISTRATION_CLOSES, "on": it.registration_closes_on}
            found.append(NextOut.model_validate(told | closes))
    return found


def _of_credits(outcomes: list[OwnOutcomeOut], timezone: str) -> list[NextOut]:
    """Name the days on which pending credits post."""
    return [
        NextOut(
            kind=NextKind.CREDITS_POST,
            on=it.due_at.astimezone(ZoneInfo(timezone)).date(),
            title=f"{it.certificate_name} {it.level}",
            object_kind=ThingKind.OUTCOME,
            object_id=it.id,
        )
        for it in outcomes
        if it.reason == "deposit_pending" and it.due_at is not None
    ]
