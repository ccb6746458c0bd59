"""Granting qualifications to many teachers at once, and revoking one."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, clock, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.qualifications import queries, rules
from x_pilot_api.qualifications.models import SeedTeacher, TeacherQualification
from x_pilot_api.qualifications.queries import JudgedGrant
from x_pilot_api.qualifications.rules import QUALIFICATION_WORKFLOW
from x_pilot_api.qualifications.schemas import GrantRowOut, QualificationGrantIn, QualificationGrantOut

_Key = tuple[UUID, UUID]


async def grant_qualifications(
    session: AsyncSession, actor: Actor, *, wish: QualificationGrantIn, today: date
) -> QualificationGrantOut:
    """Grant each teacher each level, in one statement; a row that cannot be granted says why and hinders no other."""
    institution_id = actor.own_institution()
    seed = await _vouching(session, actor, wish.seed_teacher_id, today=today)
    judged = await queries.judge_grants(
        session, actor, teacher_ids=wish.teacher_ids, level_ids=wish.certificate_level_ids, seed=seed
    )
    fit = sorted((row.teacher_id, row.certificate_level_id) for row in judged if row.code is None)
    granted = await _write(session, actor, fit, wish=wish, institution_id=institution_id)
    if granted:
        await audit.record_each(
            session,
            actor,
            "grant_teacher_qualification",
            institution_id=institution_id,
            object_kind=rules.QUALIFICATION_KIND,
            objects={
                qualification_id: audit.Told(
                    {
                        "teacher_id": str(teacher_id),
                        "certificate_level_id": str(level_id),
                        "kind": wish.kind.value,
                        "document": wish.document_number,
                    }
                )
                for (teacher_id, level_id), qualification_id in granted.items()
            },
        )
    return _told(judged, granted)


async def revoke_qualification(
    session: AsyncSession, actor: Actor, *, qualification_id: UUID, reason: str, today: date
) -> TeacherQualification:
    """Let a qualification hold no longer from today on, or not begin at all."""
    held = await queries.lock_qualification(session, actor, qualification_id)
    before = rules.qualification_state(held, today=today)
    target = QUALIFICATION_WORKFLOW.target_of("revoke", state=before)
    held.revoked_on = revoked_on = rules.revoked_from(held, today=today)
    held.revocation_reason, held.revoked_by = reason, actor.id
    await session.flush()
    await audit.record(
        session,
        actor,
        "revoke_teacher_qualification",
        institution_id=held.institution_id,
        object_kind=rules.QUALIFICATION_KIND,
        object_id=held.id,
        detail={"reason": reason, "revoked_on": revoked_on.isoformat()},
        before={"state": before},
        after={"state": target},
    )
    return held


async def _vouching(
    session: AsyncSession, actor: Actor, seed_teacher_id: UUID | None, *, today: date
) -> SeedTeacher | None:
    if seed_teacher_id is None:
        return None
    seed = await queries.hold_seed(session, actor, seed_teacher_id)
    rules.check_vouches(seed, today=today)
    return seed


async def _write(
    session: AsyncSession, actor: Actor, fit: list[_Key], *, wish: QualificationGrantIn, institution_id: UUID
) -> dict[_Key, UUID]:
    """Write what can be granted, in one order, and leave out what overlaps; the exclusion constraint knows."""
    if not fit:
        return {}
    same = {
        "institution_id": institution_id,
        "kind": wish.kind,
        "valid_from": wish.valid_from,
        "valid_until": wish.valid_until,
        "document_number": wish.document_number,
        "seed_teacher_id": wish.seed_teacher_id,
        "granted_by": actor.id,
        "granted_at": clock.now(),
    }
    of = TeacherQualification
    made = await session.execute(
        insert(of)
        .values([same | {"teacher_id": teacher, "certificate_level_id": level} for teacher, level in fit])
        .on_conflict_do_nothing()
        .returning(of.teacher_id, of.certificate_level_id, of.id)
    )
    return {(row.teacher_id, row.certificate_level_id): row.id for row in made.all()}


def _told(judged: list[JudgedGrant], granted: dict[_Key, UUID]) -> QualificationGrantOut:
    language = languages.spoken()
    rows: list[GrantRowOut] = []
    for row in judged:
        qualification_id = granted.get((row.teacher_id, row.certificate_level_id))
        code = None if qualification_id else row.code or rules.OVERLAPS
        rows.append(
            GrantRowOut(
                teacher_id=row.teacher_id,
                certificate_level_id=row.certificate_level_id,
                qualification_id=qualification_id,
                code=code,
                detail=rules.explain(code, language=language) if code else None,
            )
        )
    return QualificationGrantOut(granted=len(granted), refused=len(rows) - len(granted), rows=rows)
