"""The institution's rules of who pays and who is let off, each with its document; what was charged stays as it was."""

from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.dialects.postgresql import insert as insert_unless
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.charges.errors import RuleOverlaps
from x_pilot_api.charges.models import PayerRule, ReliefMember, ReliefRule
from x_pilot_api.charges.schemas import PayerRuleIn, ReliefRuleIn
from x_pilot_api.core import audit, db
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.registry import queries as registry
from x_pilot_api.registry.models import Student

_ONE_AT_A_TIME = "payer_rules_no_overlap_excl"


async def set_payer_rule(session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: PayerRuleIn) -> PayerRule:
    """Rule who pays from a day on, by a document."""
    if wish.college_id is not None:
        await registry.get_college(session, actor, wish.college_id)
    values = wish.model_dump() | {"institution_id": institution_id, "recorded_by": actor.id}
    try:
        async with db.attempt(session):
            rule = (await session.scalars(insert(PayerRule).values(values).returning(PayerRule))).one()
    except IntegrityError as error:
        if db.refused_by(error)[0] != _ONE_AT_A_TIME:
            raise
        raise RuleOverlaps(from_on=wish.effective_from.isoformat()) from None
    await _record(session, actor, "set_payer_rule", "payer_rule", rule, {"payer": rule.payer})
    return rule


async def set_relief_rule(
    session: AsyncSession, actor: Actor, *, institution_id: UUID, wish: ReliefRuleIn
) -> ReliefRule:
    """Rule what a group of students is let off from a day on, by a document that names them."""
    visible = registry.visible_students(actor).where(Student.id.in_(wish.student_ids))
    if len((await session.scalars(visible.with_only_columns(Student.id))).all()) != len(wish.student_ids):
        raise NotFound(what="student", zh="学生")
    values = wish.model_dump(exclude={"student_ids"}) | {"institution_id": institution_id, "recorded_by": actor.id}
    made = await session.scalars(
        insert_unless(ReliefRule).values(values).on_conflict_do_nothing().returning(ReliefRule)
    )
    rule = made.one_or_none()
    if rule is None:
        raise RuleOverlaps(from_on=wish.effective_from.isoformat())
    members = [
        {"institution_id": institution_id, "relief_rule_id": rule.id, "student_id": student_id}
        for student_id in wish.student_ids
    ]
    await session.execute(insert(ReliefMember), members)
    await _record(session, actor, "set_relief_rule", "relief_rule", rule, {"students": len(members)})
    return rule


async def _record(
    session: AsyncSession,
    actor: Actor,
    deed: str,
    kind: str,
    rule: PayerRule | ReliefRule,
    figures: dict[str, object],
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=rule.institution_id,
        object_kind=kind,
        object_id=rule.id,
        detail=figures | {"document_number": rule.document_number, "from": rule.effective_from.isoformat()},
    )
