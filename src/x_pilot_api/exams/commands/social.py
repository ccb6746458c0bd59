"""Registering social candidates: people who are no students of the institution, by name and identity document."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import ITEM_CODES, Fault
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exams import queries
from x_pilot_api.exams.commands import judging, registrations
from x_pilot_api.exams.errors import RegistrationsRefused
from x_pilot_api.exams.models import Channel, ExamPlan
from x_pilot_api.exams.queries.judging import Wish
from x_pilot_api.exams.rules.registration_life import Terms
from x_pilot_api.exams.schemas import RegistrationsOut, SocialCandidateIn
from x_pilot_api.registry import commands as registry
from x_pilot_api.registry.models import Student
from x_pilot_api.registry.rules import documents


@dataclass(frozen=True)
class KnownPerson:
    """Somebody whose document is kept already, for one level."""

    document_id: UUID
    name: str = field(repr=False)
    certificate_level_id: UUID
    employer: str | None = field(default=None, repr=False)
    sitting_id: UUID | None = None


async def register_social_candidates(
    session: AsyncSession,
    actor: Actor,
    *,
    plan: ExamPlan,
    college_id: UUID,
    people: Sequence[SocialCandidateIn],
    sealer: Sealer,
    terms: Terms,
) -> RegistrationsOut:
    """Register people through a college the actor acts for, all or none, without a quota; the caller locks the plan.

    Whoever is a student here is registered as one, in the social channel.
    """
    judging.check_open(plan, terms)
    await queries.check_college(session, actor, college_id)
    _refuse_bad_numbers(people)
    given = [registry.Given(person.document_kind, person.document_number) for person in people]
    kept = await registry.keep_documents(session, institution_id=plan.institution_id, given=given, sealer=sealer)
    known = [
        KnownPerson(
            document_id=kept[registry.hash_of(document, sealer)],
            name=person.name,
            certificate_level_id=person.certificate_level_id,
            employer=person.employer,
            sitting_id=person.sitting_id,
        )
        for person, document in zip(people, given, strict=True)
    ]
    return await _register(session, actor, plan=plan, college_id=college_id, people=known, terms=terms)


async def register_known_people(
    session: AsyncSession,
    actor: Actor,
    *,
    plan: ExamPlan,
    college_id: UUID,
    people: Sequence[KnownPerson],
    terms: Terms,
) -> RegistrationsOut:
    """Register people whose documents are kept already as social candidates, all or none; the caller locks the plan."""
    judging.check_open(plan, terms)
    await queries.check_college(session, actor, college_id)
    return await _register(session, actor, plan=plan, college_id=college_id, people=people, terms=terms)


async def _register(
    session: AsyncSession,
    actor: Actor,
    *,
    plan: ExamPlan,
    college_id: UUID,
    people: Sequence[KnownPerson],
    terms: Terms,
) -> RegistrationsOut:
    students = await _students(session, plan, [person.document_id for person in people])
    wishes = [
        Wish(
            certificate_level_id=person.certificate_level_id,
            student_id=students.get(person.document_id),
            sitting_id=person.sitting_id,
            channel=Channel.SOCIAL,
            college_id=college_id,
            document_id=None if person.document_id in students else person.document_id,
            holder_name=person.name,
            employer=person.employer,
        )
        for person in people
    ]
    columns = await queries.columns_of(session, actor, wishes)
    await judging.stage(session, plan=plan, columns=columns, terms=terms)
    await judging.refuse_if_any(session, asked=len(wishes), list_name="candidates")
    return await registrations.register_staged(
        session, actor, plan=plan, terms=terms, deed="register_social_candidates"
    )


def _refuse_bad_numbers(people: Sequence[SocialCandidateIn]) -> None:
    language = languages.spoken()
    faults: list[Fault] = []
    for place, person in enumerate(people):
        _, fault = documents.read(person.document_kind, person.document_number)
        if fault is not None:
            faults.append(
                {
                    "pointer": f"/candidates/{place}/document_number",
                    "row": place + 1,
                    "code": fault,
                    "detail": ITEM_CODES[fault].detail.said_in(language),
                }
            )
    if faults:
        raise RegistrationsRefused(asked=len(people), refused=len(faults), faults=faults)


async def _students(session: AsyncSession, plan: ExamPlan, document_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    found = select(Student.identity_document_id, Student.id).where(
        Student.institution_id == plan.institution_id, Student.identity_document_id.in_(document_ids)
    )
    return {row.identity_document_id: row.id for row in (await session.execute(found)).all()}
