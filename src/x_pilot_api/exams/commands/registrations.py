"""Registering for a plan: students by their college, whose confirmation it holds, or a student themself."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.exams import queries, rules
from x_pilot_api.exams.commands import admitting, judging
from x_pilot_api.exams.models import Channel, ExamPlan, Registration, RegistrationState
from x_pilot_api.exams.queries.judging import Wish
from x_pilot_api.exams.rules import registration_life
from x_pilot_api.exams.rules.registration_life import REGISTRATION, Terms
from x_pilot_api.exams.schemas import RegistrationsOut, RegistrationWish
from x_pilot_api.registry import queries as registry
from x_pilot_api.tallies import commands as tallies

# Who sat an exam as a social candidate before enrolling is a student's candidate from now on.
_CANDIDATES = text("""
INSERT INTO candidates (institution_id, identity_document_id, student_id, name, employer)
SELECT DISTINCT ON (identity_document_id) :institution_id, identity_document_id, student_id, holder_name, employer
FROM staged_registrations ORDER BY identity_document_id
ON CONFLICT (institution_id, identity_document_id) DO UPDATE
SET student_id = coalesce(candidates.student_id, excluded.student_id),
    employer = coalesce(excluded.employer, candidates.employer)
WHERE candidates.student_id IS NULL
""")

_BECOMING = text("""
SELECT candidate.identity_document_id FROM candidates AS candidate
JOIN staged_registrations AS staged ON staged.identity_document_id = candidate.identity_document_id
WHERE candidate.institution_id = :institution_id AND candidate.student_id IS NULL AND staged.student_id IS NOT NULL
""")
_DOCUMENTS = """
SELECT id FROM identity_documents
WHERE institution_id = :institution_id AND id = ANY(CAST(:documents AS uuid[]))
"""
_OF_DOCUMENTS = "candidate.identity_document_id = ANY(CAST(:documents AS uuid[]))"

_REGISTER = text("""
INSERT INTO registrations (institution_id, id, exam_plan_id, certificate_level_id, candidate_id, college_id, channel,
    state, confirmed_at, wished_at, wished_sitting_id, changed_at)
SELECT :institution_id, staged.registration_id, :exam_plan_id, staged.certificate_level_id, candidate.id,
    staged.college_id, staged.channel, CAST(:state AS text),
    CASE WHEN CAST(:state AS text) = 'confirmed' THEN CAST(:at AS timestamptz) END, :at, staged.sitting_id, :at
FROM staged_registrations AS staged
JOIN candidates AS candidate ON candidate.institution_id = :institution_id
    AND candidate.identity_document_id = staged.identity_document_id
ORDER BY staged.row_number
""")


@dataclass(frozen=True)
class OwnWish:
    """What a student registers for; `college_id` names who registers them in the social channel, if not their own."""

    certificate_level_id: UUID
    sitting_id: UUID | None = None
    channel: Channel = Channel.STUDENT
    college_id: UUID | None = None


async def register_students(
    session: AsyncSession,
    actor: Actor,
    *,
    plan: ExamPlan,
    wishes: list[RegistrationWish],
    terms: Terms,
    channel: Channel = Channel.STUDENT,
    college_id: UUID | None = None,
) -> RegistrationsOut:
    """Register students for levels of a plan that is locked by the caller; `terms.at` is when they confirmed.

    All are accepted at once, as the college does it on their behalf; who finds no seat waits.
    """
    judging.check_open(plan, terms)
    if college_id is not None:
        await queries.check_college(session, actor, college_id)
    asked = [
        Wish(
            certificate_level_id=wish.certificate_level_id,
            student_id=wish.student_id,
            sitting_id=wish.sitting_id,
            channel=channel,
            college_id=college_id if channel == Channel.SOCIAL else None,
        )
        for wish in wishes
    ]
    columns = await queries.columns_of(session, actor, asked)
    await judging.stage(session, plan=plan, columns=columns, terms=terms)
    await judging.refuse_if_any(session, asked=len(asked))
    return await register_staged(session, actor, plan=plan, terms=terms)


async def register_staged(
    session: AsyncSession, actor: Actor, *, plan: ExamPlan, terms: Terms, deed: str = "register_students"
) -> RegistrationsOut:
    """Register whom nothing refuses, and accept them."""
    await write_staged(session, plan=plan, state=RegistrationState.CONFIRMED, terms=terms)
    return await admitting.admit_staged(session, actor, plan=plan, terms=terms, deed=deed)


async def write_staged(session: AsyncSession, *, plan: ExamPlan, state: RegistrationState, terms: Terms) -> None:
    """Write the staged registrations, and the candidates that are not there yet."""
    values = {"institution_id": plan.institution_id}
    becoming = {"documents": list((await session.scalars(_BECOMING, values)).all())}
    if becoming["documents"]:
        # What they sat before counts for their programme from now on; a push on them comes before or after.
        await registry.lock_persons(session, documents=_DOCUMENTS, values=values | becoming)
        async with tallies.changing(session, rules.RESULTS, **values, rows=_OF_DOCUMENTS, values=becoming):
            await session.execute(_CANDIDATES, values)
    else:
        await session.execute(_CANDIDATES, values)
    await session.execute(_REGISTER, values | {"exam_plan_id": plan.id, "state": state, "at": terms.at})


async def register_myself(
    session: AsyncSession, actor: Actor, *, exam_plan_id: UUID, wish: OwnWish, terms: Terms
) -> Registration:
    """Let a student draft their own registration; the quota has its say when the college accepts it."""
    if actor.student_id is None:
        raise NotFound(what="student", zh="学生")
    plan = await queries.get_plan(session, actor, exam_plan_id)
    judging.check_open(plan, terms)
    asked = Wish(
        certificate_level_id=wish.certificate_level_id,
        student_id=actor.student_id,
        sitting_id=wish.sitting_id,
        channel=wish.channel,
        college_id=wish.college_id if wish.channel == Channel.SOCIAL else None,
    )
    columns = await queries.columns_of(session, actor, [asked])
    await judging.stage(session, plan=plan, columns=columns, terms=terms, takes_places=False)
    await judging.refuse_if_any(session, asked=1)
    await write_staged(session, plan=plan, state=RegistrationState.DRAFT, terms=terms)
    (registration_id,) = (await session.scalars(text("SELECT registration_id FROM staged_registrations"))).all()
    registration = await queries.get_registration(session, actor, registration_id)
    await _record(session, actor, "register_myself", registration)
    return registration


async def confirm_registration(
    session: AsyncSession, actor: Actor, *, registration_id: UUID, terms: Terms
) -> Registration:
    """Confirm a drafted registration; its turn for a seat counts from now on."""
    registration = await queries.get_registration(session, actor, registration_id, lock=True)
    target = REGISTRATION.target_of("confirm", state=registration.state)
    judging.check_open(await queries.get_plan(session, actor, registration.exam_plan_id), terms)
    registration.state, registration.confirmed_at = target, terms.at
    registration.wished_at = registration.changed_at = terms.at
    await session.flush()
    await _record(session, actor, "confirm_registration", registration)
    return registration


async def _record(session: AsyncSession, actor: Actor, deed: str, registration: Registration) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=registration.institution_id,
        object_kind=registration_life.AUDIT_KIND,
        object_id=registration.id,
        detail={"exam_plan_id": str(registration.exam_plan_id), "channel": registration.channel},
    )
