"""Who sees which typical case, and telling of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, id_after, token_after
from x_pilot_api.identity.models import Person
from x_pilot_api.publications.models import CaseDecision, CaseOpinion, TypicalCase, TypicalCaseState
from x_pilot_api.publications.queries import places
from x_pilot_api.publications.rules import cases as rules
from x_pilot_api.publications.schemas.cases import (
    CaseDecisionOut,
    CaseOpinionOut,
    TypicalCaseBriefOut,
    TypicalCaseOut,
)

_SEE_ALL = frozenset({"registrar", "auditor"})
_REVIEW = frozenset({"registrar", "auditor", "expert"})
_PUBLISHED = TypicalCase.state == TypicalCaseState.PUBLISHED


def visible_cases(actor: Actor) -> Select[TypicalCase]:
    """Select the cases an actor may see: what is published, a college's own, and what experts are asked about."""
    if actor.institution_id is None:
        return select(TypicalCase).where(false())
    own = select(TypicalCase).where(TypicalCase.institution_id == actor.institution_id)
    if actor.roles & _SEE_ALL:
        return own
    bounds: list[ColumnElement[bool]] = [_PUBLISHED]
    if actor.college_ids:
        bounds.append(TypicalCase.college_id.in_(actor.college_ids))
    if "expert" in actor.roles:
        bounds.append(TypicalCase.state.in_([TypicalCaseState.SUBMITTED, TypicalCaseState.ACCEPTED]))
    return own.where(or_(*bounds))


def own_cases(actor: Actor) -> Select[TypicalCase]:
    """Select the cases an actor writes."""
    return visible_cases(actor).where(TypicalCase.college_id.in_(actor.college_ids))


async def lock_case(session: AsyncSession, statement: Select[TypicalCase], case_id: UUID) -> TypicalCase:
    """Lock one of some cases."""
    locked = statement.where(TypicalCase.id == case_id).with_for_update(key_share=True)
    return await lookups.get_one(
        session, locked.execution_options(populate_existing=True), what="typical case", zh="典型案例"
    )


async def get_case(session: AsyncSession, actor: Actor, case_id: UUID) -> TypicalCase:
    """Read one visible case."""
    return await lookups.get_one(
        session, visible_cases(actor).where(TypicalCase.id == case_id), what="typical case", zh="典型案例"
    )


async def list_cases(
    session: AsyncSession,
    actor: Actor,
    *,
    state: TypicalCaseState | None,
    college_id: UUID | None,
    wish: PageWish,
) -> tuple[list[TypicalCaseBriefOut], str | None]:
    """List visible cases, the newest first."""
    statement = visible_cases(actor)
    if state is not None:
        statement = statement.where(TypicalCase.state == state)
    if college_id is not None:
        statement = statement.where(TypicalCase.college_id == college_id)
    if wish.after is not None:
        statement = statement.where(TypicalCase.id < id_after(wish))
    rows = (await session.scalars(statement.order_by(TypicalCase.id.desc()).limit(wish.size + 1))).all()
    shown = rows[: wish.size]
    token = token_after(str(shown[-1].id)) if len(rows) > wish.size else None
    return await describe_cases(session, actor, shown), token


async def describe_cases(
    session: AsyncSession, actor: Actor, cases: Sequence[TypicalCase]
) -> list[TypicalCaseBriefOut]:
    """Tell cases of one institution with their names and how many recommend them, however many they are."""
    if not cases:
        return []
    there = cases[0].institution_id
    colleges = await places.find_colleges(session, there, {case.college_id for case in cases})
    certificates = await places.find_certificates(
        session, {case.certificate_id for case in cases if case.certificate_id is not None}
    )
    counted = await _counted(session, actor, cases)
    told: list[TypicalCaseBriefOut] = []
    for case in cases:
        said_for, said_against, mine = counted.get(case.id, (0, 0, 0))
        told.append(
            TypicalCaseBriefOut(
                id=case.id,
                college_id=case.college_id,
                college_name=colleges[case.college_id],
                certificate_id=case.certificate_id,
                certificate_name=None if case.certificate_id is None else certificates[case.certificate_id],
                title=case.title,
                summary=case.summary,
                state=TypicalCaseState(case.state),
                submissions=case.submissions,
                submitted_at=case.submitted_at,
                published_at=case.published_at,
                comment=case.comment,
                opinions_for=said_for,
                opinions_against=said_against,
                allowed_deeds=rules.allowed_deeds(actor, case, has_assessed=mine > 0),
            )
        )
    return told


async def _counted(
    session: AsyncSession, actor: Actor, cases: Sequence[TypicalCase]
) -> dict[UUID, tuple[int, int, int]]:
    """Count who recommends each case's present submission, who does not, and whether the actor said anything."""
    of_now = tuple_(CaseOpinion.typical_case_id, CaseOpinion.submission)
    statement = (
        select(
            CaseOpinion.typical_case_id,
            func.count().filter(CaseOpinion.recommends),
            func.count().filter(~CaseOpinion.recommends),
            func.count().filter(CaseOpinion.person_id == actor.id),
        )
        .where(
            CaseOpinion.institution_id == cases[0].institution_id,
            of_now.in_([(case.id, case.submissions) for case in cases]),
        )
        .group_by(CaseOpinion.typical_case_id)
    )
    return {row[0]: (row[1], row[2], row[3]) for row in (await session.execute(statement)).all()}


async def tell_case(session: AsyncSession, actor: Actor, case: TypicalCase) -> TypicalCaseOut:
    """Tell one case with what was thought of it, for reviewers, and what was decided."""
    (brief,) = await describe_cases(session, actor, [case])
    decisions = await session.scalars(
        select(CaseDecision)
        .where(CaseDecision.institution_id == case.institution_id, CaseDecision.typical_case_id == case.id)
        .order_by(CaseDecision.id)
    )
    return TypicalCaseOut(
        **brief.model_dump(),
        body=case.body,
        opinions=await _opinions(session, case) if actor.roles & _REVIEW else [],
        decisions=[CaseDecisionOut.model_validate(row, from_attributes=True) for row in decisions.all()],
    )


async def _opinions(session: AsyncSession, case: TypicalCase) -> list[CaseOpinionOut]:
    statement = (
        select(CaseOpinion, Person.name)
        .join(Person, Person.id == CaseOpinion.person_id)
        .where(CaseOpinion.institution_id == case.institution_id, CaseOpinion.typical_case_id == case.id)
        .order_by(CaseOpinion.id)
    )
    return [
        CaseOpinionOut(
            submission=opinion.submission,
            person_name=name,
            recommends=opinion.recommends,
            opinion=opinion.opinion,
            given_at=opinion.given_at,
        )
        for opinion, name in (await session.execute(statement)).all()
    ]


async def list_published(
    session: AsyncSession, *, institution_id: UUID | None, wish: PageWish
) -> tuple[Sequence[TypicalCase], str | None]:
    """List the cases that everybody may read, the newest first."""
    statement = select(TypicalCase).where(_PUBLISHED)
    if institution_id is not None:
        statement = statement.where(TypicalCase.institution_id == institution_id)
    if wish.after is not None:
        statement = statement.where(TypicalCase.id < id_after(wish))
    rows = (await session.scalars(statement.order_by(TypicalCase.id.desc()).limit(wish.size + 1))).all()
    shown = rows[: wish.size]
    return shown, token_after(str(shown[-1].id)) if len(rows) > wish.size else None


async def get_published(session: AsyncSession, case_id: UUID) -> TypicalCase:
    """Read one case that everybody may read."""
    return await lookups.get_one(
        session,
        select(TypicalCase).where(and_(_PUBLISHED, TypicalCase.id == case_id)),
        what="typical case",
        zh="典型案例",
    )
