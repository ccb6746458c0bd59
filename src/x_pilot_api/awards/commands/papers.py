"""Issuing certificates anew by two persons, and moving their papers on, many at once."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.awards import queries, rules
from x_pilot_api.awards.commands import issuing, numbering, telling
from x_pilot_api.awards.errors import NumberTaken, PrintRefused, ReissueOpen, ReissueOwnRequest
from x_pilot_api.awards.errors.papers import PAPER_ELSEWHERE, PAPER_UNKNOWN
from x_pilot_api.awards.models import (
    Award,
    AwardCopy,
    AwardReissue,
    PrintState,
    ReissueState,
)
from x_pilot_api.awards.schemas import PrintDeedIn, PrintDeedOut, ReissueIn
from x_pilot_api.core import audit, clock, db, languages
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import Fault
from x_pilot_api.core.row_security import act_for
from x_pilot_api.identity import queries as identity
from x_pilot_api.registry import queries as registry

_REASONS_SHOWN_MAX = 1_000
_BORNE = "SELECT :institution_id, CAST(:organisation_id AS uuid), CAST(:number AS text), CAST(:award_id AS uuid)"
_CODE = text(f"SELECT {issuing.CODE} FROM institutions AS institution WHERE institution.id = :institution_id")
_MOVE = text("""
WITH moved AS (
    UPDATE awards SET print_state = :state
    WHERE institution_id = :institution_id AND id = ANY(CAST(:award_ids AS uuid[]))
    RETURNING id, copies, print_state)
INSERT INTO award_print_changes (institution_id, award_id, copy_serial, state, changed_at, actor_id)
SELECT :institution_id, id, copies, print_state, :now, :actor_id FROM moved ORDER BY id
""")
_PERSON = "SELECT CAST(:identity_document_id AS uuid)"


async def propose_reissue(session: AsyncSession, actor: Actor, *, award_id: UUID, wish: ReissueIn) -> AwardReissue:
    """Propose another paper for a valid certificate; somebody else issues it."""
    award = await queries.get_award(session, actor, award_id, lock=True)
    rules.AWARD_WORKFLOW.target_of("propose_reissue", state=award.state)
    existing = await queries.find_open(session, award)
    if existing is not None:
        raise ReissueOpen(reissue_id=str(existing.id))
    made = await session.scalars(
        insert(AwardReissue)
        .values(
            institution_id=award.institution_id,
            award_id=award.id,
            state=ReissueState.PROPOSED,
            proposed_by=actor.id,
            **wish.model_dump(),
        )
        .returning(AwardReissue)
    )
    reissue = made.one()
    await _record(session, actor, "propose_reissue", reissue, {"ground": reissue.ground})
    return reissue


async def refuse_reissue(session: AsyncSession, actor: Actor, *, reissue_id: UUID, reason: str) -> AwardReissue:
    """Refuse another paper; whoever proposed it may take it back like this."""
    reissue = await queries.lock_reissue(session, await queries.get_reissue(session, actor, reissue_id))
    reissue.state = rules.REISSUE_WORKFLOW.target_of("refuse", state=reissue.state)
    reissue.decided_by, reissue.decided_at, reissue.decision_reason = actor.id, clock.now(), reason
    await session.flush()
    await _record(session, actor, "refuse_reissue", reissue, {})
    return reissue


async def confirm_reissue(session: AsyncSession, actor: Actor, *, reissue_id: UUID) -> AwardReissue:
    """Issue another paper as a second person: a new number and code, the first date kept, the old code led on."""
    found = await queries.get_reissue(session, actor, reissue_id)
    await act_for(session, actor, institution_id=found.institution_id)
    award = await queries.get_award(session, actor, found.award_id)
    # Whatever revokes the certificate locks its holder first, and so must this.
    await registry.lock_persons(
        session,
        documents=_PERSON,
        values={"institution_id": award.institution_id, "identity_document_id": award.identity_document_id},
    )
    award = await queries.get_award(session, actor, found.award_id, lock=True)
    reissue = await queries.lock_reissue(session, found)
    target = rules.REISSUE_WORKFLOW.target_of("confirm", state=reissue.state)
    if reissue.proposed_by == actor.id:
        raise ReissueOwnRequest
    rules.AWARD_WORKFLOW.target_of("propose_reissue", state=award.state)
    former = await queries.newest_paper(session, award)
    copy = await _issue_copy(session, actor, award, reissue, holder_name=reissue.holder_name or former.holder_name)
    reissue.state, reissue.decided_by, reissue.decided_at = target, actor.id, copy.issued_at
    award.copies = copy.serial
    await session.flush()
    if award.print_state != PrintState.TO_PRINT:
        await _move_papers(session, actor, [award.id], institution_id=award.institution_id, state=PrintState.TO_PRINT)
    await _record(session, actor, "confirm_reissue", reissue, {"copy": copy.serial})
    await telling.tell_holder(session, telling.AWARD_REISSUED, institution_id=award.institution_id, award_id=award.id)
    return reissue


async def _issue_copy(
    session: AsyncSession, actor: Actor, award: Award, reissue: AwardReissue, *, holder_name: str
) -> AwardCopy:
    level = (await queries.describe_levels(session, [award.certificate_level_id]))[award.certificate_level_id]
    values = {"institution_id": award.institution_id, "organisation_id": level.organisation_id, "award_id": award.id}
    number = reissue.number or await _next_number(session, actor, award, organisation_id=level.organisation_id)
    borne = text(issuing.REGISTER.format(borne=_BORNE))
    if not await db.write(session, borne, values | {"number": number}):
        raise NumberTaken(number=number)
    code = (await session.execute(_CODE, {"institution_id": award.institution_id})).scalar_one()
    made = await session.scalars(
        insert(AwardCopy)
        .values(
            institution_id=award.institution_id,
            award_id=award.id,
            serial=award.copies + 1,
            reissue_id=reissue.id,
            holder_name=holder_name,
            number=number,
            verification_code=code,
            issued_at=clock.now(),
            actor_id=actor.id,
        )
        .returning(AwardCopy)
    )
    return made.one()


async def _next_number(session: AsyncSession, actor: Actor, award: Award, *, organisation_id: UUID) -> str:
    """Take a number by the pattern of the day the certificate counts from; without one, after the first number."""
    found = (await queries.find_patterns(session, [award.certificate_level_id], on=award.issued_on)).get(
        award.certificate_level_id
    )
    if found is None:
        return f"{award.number}-R{award.copies + 1}"
    institution = await identity.get_institution(session, award.institution_id)
    occasion = rules.Occasion(year=award.issued_on.year, level=found.level, institution=institution.code)
    (number,) = await numbering.take_numbers(
        session,
        actor,
        institution_id=award.institution_id,
        organisation_id=organisation_id,
        pattern=found.pattern,
        occasion=occasion,
        wanted=1,
    )
    return number


async def _record(
    session: AsyncSession, actor: Actor, deed: str, reissue: AwardReissue, detail: dict[str, object]
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=reissue.institution_id,
        object_kind="award_reissue",
        object_id=reissue.id,
        detail={"award_id": str(reissue.award_id)} | detail,
        after={"state": reissue.state},
    )


async def move_papers(session: AsyncSession, actor: Actor, *, wish: PrintDeedIn) -> PrintDeedOut:
    """Move the papers of many certificates on, all of them or none."""
    statement = (
        queries.awards_visible_to(actor)
        .where(Award.id.in_(wish.award_ids))
        .order_by(Award.institution_id, Award.id)
        .with_for_update(key_share=True, of=Award)
        .execution_options(populate_existing=True)
    )
    found = {award.id: award for award in (await session.scalars(statement)).all()}
    deed = rules.PAPER_WORKFLOW.deeds[wish.deed]
    faults = _faults(wish, found, sources=deed.sources)
    if faults:
        raise PrintRefused(count=len(faults), deed=wish.deed, faults=faults[:_REASONS_SHOWN_MAX])
    state = PrintState(deed.target)
    for institution_id in sorted({award.institution_id for award in found.values()}):
        ids = [award.id for award in found.values() if award.institution_id == institution_id]
        await _move_papers(session, actor, ids, institution_id=institution_id, state=state)
    return PrintDeedOut(changed=len(found), print_state=state)


def _faults(wish: PrintDeedIn, found: dict[UUID, Award], *, sources: frozenset[str]) -> list[Fault]:
    faults: list[Fault] = []
    for place, award_id in enumerate(wish.award_ids):
        award = found.get(award_id)
        if award is not None and award.print_state in sources:
            continue
        item = PAPER_UNKNOWN if award is None else PAPER_ELSEWHERE
        detail = item.detail.said_in(languages.spoken())
        if award is not None:
            detail = detail.format(state=award.print_state, deed=wish.deed)
        faults.append({"pointer": f"/award_ids/{place}", "code": item.code, "detail": detail})
    return faults


async def _move_papers(
    session: AsyncSession, actor: Actor, ids: Sequence[UUID], *, institution_id: UUID, state: PrintState
) -> None:
    values = {
        "institution_id": institution_id,
        "award_ids": list(ids),
        "state": state,
        "now": clock.now(),
        "actor_id": actor.id,
    }
    await session.execute(_MOVE, values)
    await audit.record(
        session,
        actor,
        "move_papers",
        institution_id=institution_id,
        object_kind="awards",
        object_id=min(ids),
        detail={"papers": len(ids), "print_state": state},
    )
