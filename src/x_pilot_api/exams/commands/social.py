"""Registering social candidates: people who are no students of the institution, by name and identity document."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
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
from x_pilot_api.registry.models import IdentityDocument, Student
from x_pilot_api.registry.rules import documents

_CONTEXT = "identity_documents"
"""What a sealed number belongs to."""


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
    hashes = [
        sealer.lookup_hash(person.document_kind, documents.read(person.document_kind, person.document_number).number)
        for person in people
    ]
    known = await _documents(session, plan, people, hashes, sealer)
    students = await _students(session, plan, list(known.values()))
    wishes = [
        Wish(
            certificate_level_id=person.certificate_level_id,
            student_id=students.get(known[lookup_hash]),
            sitting_id=person.sitting_id,
            channel=Channel.SOCIAL,
            college_id=college_id,
            document_id=None if known[lookup_hash] in students else known[lookup_hash],
            holder_name=person.name,
            employer=person.employer,
        )
        for person, lookup_hash in zip(people, hashes, strict=True)
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


async def _documents(
    session: AsyncSession, plan: ExamPlan, people: Sequence[SocialCandidateIn], hashes: Sequence[bytes], sealer: Sealer
) -> dict[bytes, UUID]:
    """Keep the documents that are not known yet, sealed, and find all of them."""
    rows = {
        lookup_hash: {
            "institution_id": plan.institution_id,
            "kind": person.document_kind,
            "sealed_number": sealer.seal(number.encode(), context=_CONTEXT),
            "key_id": sealer.key_id,
            "lookup_hash": lookup_hash,
            "masked_number": documents.mask(number),
        }
        for person, lookup_hash in zip(people, hashes, strict=True)
        for number in (documents.read(person.document_kind, person.document_number).number,)
    }
    # In one order, so that two lists of the same people never wait for each other in a ring.
    ordered = [rows[lookup_hash] for lookup_hash in sorted(rows)]
    await session.execute(insert(IdentityDocument).values(ordered).on_conflict_do_nothing())
    found = select(IdentityDocument.lookup_hash, IdentityDocument.id).where(
        IdentityDocument.institution_id == plan.institution_id, IdentityDocument.lookup_hash.in_(hashes)
    )
    return {row.lookup_hash: row.id for row in (await session.execute(found)).all()}


async def _students(session: AsyncSession, plan: ExamPlan, document_ids: Sequence[UUID]) -> dict[UUID, UUID]:
    found = select(Student.identity_document_id, Student.id).where(
        Student.institution_id == plan.institution_id, Student.identity_document_id.in_(document_ids)
    )
    return {row.identity_document_id: row.id for row in (await session.execute(found)).all()}
