"""The life of a seed teacher: nominated by a college, answered by the office, renewed or revoked."""

from datetime import date
from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.qualifications import queries, rules
from x_pilot_api.qualifications.errors import NominationOpen, SeedTermOverlaps
from x_pilot_api.qualifications.models import SeedTeacher, StoredSeedState
from x_pilot_api.qualifications.rules import SEED_WORKFLOW
from x_pilot_api.qualifications.schemas import SeedCertificationIn, SeedNominationIn, SeedRenewalIn
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Teacher

_ONE_TERM = "seed_teachers_one_term_at_a_time_excl"


async def nominate_seed(session: AsyncSession, actor: Actor, *, wish: SeedNominationIn) -> SeedTeacher:
    """Nominate a teacher of one's own college."""
    teacher = await _own_teacher(session, actor, wish.teacher_id)
    category = await queries.get_category(session, actor, wish.certificate_category_id)
    return await _nominate(
        session,
        actor,
        "nominate_seed_teacher",
        SeedTeacher(
            institution_id=teacher.institution_id,
            teacher_id=teacher.id,
            certificate_category_id=category.id,
            tier=wish.tier,
        ),
        evidence=wish,
    )


async def renew_seed(
    session: AsyncSession, actor: Actor, *, seed_id: UUID, wish: SeedRenewalIn, today: date
) -> SeedTeacher:
    """Nominate a seed teacher for another term; the one there is goes on to its last day."""
    seed = await queries.get_seed(session, actor, seed_id, lock=True)
    SEED_WORKFLOW.target_of("renew", state=rules.seed_state(seed, today=today))
    teacher = await _own_teacher(session, actor, seed.teacher_id)
    return await _nominate(
        session,
        actor,
        "renew_seed_teacher",
        SeedTeacher(
            institution_id=seed.institution_id,
            teacher_id=teacher.id,
            certificate_category_id=seed.certificate_category_id,
            tier=seed.tier,
            renews_id=seed.id,
        ),
        evidence=wish,
    )


async def certify_seed(
    session: AsyncSession, actor: Actor, *, seed_id: UUID, wish: SeedCertificationIn, today: date
) -> SeedTeacher:
    """Certify a nominated teacher for a term, by a document; a second person does it."""
    seed = await queries.get_seed(session, actor, seed_id, lock=True)
    SEED_WORKFLOW.target_of("certify", state=rules.seed_state(seed, today=today))
    rules.check_second(actor, seed)
    rules.check_term(wish.valid_until, today=today)
    before = _standing(seed)
    _decide(seed, actor, StoredSeedState.CERTIFIED)
    seed.document_number, seed.valid_from, seed.valid_until = wish.document_number, wish.valid_from, wish.valid_until
    try:
        async with db.attempt(session):
            await session.flush()
    except IntegrityError as error:
        if db.refused_by(error)[0] != _ONE_TERM:
            raise
        raise SeedTermOverlaps(
            valid_from=wish.valid_from.isoformat(), valid_until=wish.valid_until.isoformat()
        ) from None
    await _record(session, actor, "certify_seed_teacher", seed, before=before)
    return seed


async def decline_seed(session: AsyncSession, actor: Actor, *, seed_id: UUID, reason: str, today: date) -> SeedTeacher:
    """Do not certify a nominated teacher, and say why."""
    seed = await queries.get_seed(session, actor, seed_id, lock=True)
    SEED_WORKFLOW.target_of("decline", state=rules.seed_state(seed, today=today))
    rules.check_second(actor, seed)
    before = _standing(seed)
    _decide(seed, actor, StoredSeedState.DECLINED)
    seed.reason = reason
    await session.flush()
    await _record(session, actor, "decline_seed_teacher", seed, before=before)
    return seed


async def revoke_seed(session: AsyncSession, actor: Actor, *, seed_id: UUID, reason: str, today: date) -> SeedTeacher:
    """End a term before its last day; what the seed teacher vouched for stays until it is revoked itself."""
    seed = await queries.get_seed(session, actor, seed_id, lock=True)
    SEED_WORKFLOW.target_of("revoke", state=rules.seed_state(seed, today=today))
    before = _standing(seed)
    seed.state, seed.reason, seed.revoked_on = StoredSeedState.REVOKED, reason, today
    await session.flush()
    await _record(session, actor, "revoke_seed_teacher", seed, before=before)
    return seed


async def _own_teacher(session: AsyncSession, actor: Actor, teacher_id: UUID) -> Teacher:
    """Read an active teacher of a college the actor acts for."""
    teacher = await registry.get_teacher(session, actor, teacher_id)
    if teacher.college_id not in actor.college_ids or not teacher.is_active:
        raise NotFound(what="teacher", zh="教师")
    return teacher


async def _nominate(
    session: AsyncSession, actor: Actor, deed: str, seed: SeedTeacher, *, evidence: SeedRenewalIn | SeedNominationIn
) -> SeedTeacher:
    made = await session.scalars(
        insert(SeedTeacher)
        .values(
            institution_id=seed.institution_id,
            teacher_id=seed.teacher_id,
            certificate_category_id=seed.certificate_category_id,
            tier=seed.tier,
            renews_id=seed.renews_id,
            evidence=evidence.evidence,
            evidence_references=evidence.evidence_references,
            nominated_by=actor.id,
            nominated_at=clock.now(),
        )
        .on_conflict_do_nothing()
        .returning(SeedTeacher)
    )
    nominated = made.one_or_none()
    if nominated is None:
        raise NominationOpen
    await _record(session, actor, deed, nominated, before=None)
    return nominated


def _decide(seed: SeedTeacher, actor: Actor, state: StoredSeedState) -> None:
    seed.state, seed.decided_by, seed.decided_at = state, actor.id, clock.now()


def _standing(seed: SeedTeacher) -> audit.State:
    return changes.fields_of(seed, "state", "valid_from", "valid_until", "revoked_on", "reason")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, seed: SeedTeacher, *, before: audit.State | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=seed.institution_id,
        object_kind=rules.SEED_KIND,
        object_id=seed.id,
        detail={
            "teacher_id": str(seed.teacher_id),
            "tier": seed.tier,
            "renews_id": str(seed.renews_id) if seed.renews_id else None,
            "document": seed.document_number,
        },
        before=before,
        after=_standing(seed),
    )
