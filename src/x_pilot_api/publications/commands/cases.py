"""A typical case from a college's draft to everybody: written, submitted, assessed, decided on, published."""

from uuid import UUID

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import audit, changes, clock, db, etags
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.errors import NotFound
from x_pilot_api.publications.errors import CaseOpinionGiven
from x_pilot_api.publications.models import CaseDecision, CaseOpinion, TypicalCase
from x_pilot_api.publications.queries import cases as queries
from x_pilot_api.publications.queries import places
from x_pilot_api.publications.rules import cases as rules
from x_pilot_api.publications.schemas.cases import CaseOpinionIn, TypicalCaseChange, TypicalCaseIn


async def begin_case(session: AsyncSession, actor: Actor, *, wish: TypicalCaseIn) -> TypicalCase:
    """Begin a case of one's own college."""
    if actor.institution_id is None or wish.college_id not in actor.college_ids:
        raise NotFound(what="college", zh="学院")
    await _check_certificate(session, wish)
    case = TypicalCase(**wish.model_dump(), institution_id=actor.institution_id, state=rules.CASE.initial)
    session.add(case)
    await session.flush()
    await session.refresh(case)
    await _record(session, actor, "begin_typical_case", case, before=None)
    return case


async def change_case(
    session: AsyncSession, actor: Actor, *, case_id: UUID, wish: TypicalCaseChange, if_match: str | None
) -> TypicalCase:
    """Write a case anew in place of what was read."""
    case = await _lock_own(session, actor, case_id, if_match=if_match)
    target = rules.CASE.target_of("change", state=case.state)
    await _check_certificate(session, wish)
    before = _standing(case)
    case.title, case.summary, case.body = wish.title, wish.summary, wish.body
    case.certificate_id, case.state = wish.certificate_id, target
    await session.flush()
    await _record(session, actor, "change_typical_case", case, before=before)
    return case


async def submit_case(session: AsyncSession, actor: Actor, *, case_id: UUID, if_match: str | None) -> TypicalCase:
    """Give a case to the office as it was read; it holds no personal data."""
    case = await _lock_own(session, actor, case_id, if_match=if_match)
    target = rules.CASE.target_of("submit", state=case.state)
    rules.check_no_person(title=case.title, summary=case.summary, body=case.body)
    before = _standing(case)
    case.state, case.submissions = target, case.submissions + 1
    case.submitted_by, case.submitted_at = actor.id, clock.now()
    await session.flush()
    await _record(session, actor, "submit_typical_case", case, before=before)
    return case


async def assess_case(session: AsyncSession, actor: Actor, *, case_id: UUID, wish: CaseOpinionIn) -> TypicalCase:
    """Say what one thinks of a submission, once."""
    case = await queries.lock_case(session, queries.visible_cases(actor), case_id)
    rules.CASE.target_of("assess", state=case.state)
    said = insert(CaseOpinion).values(
        **wish.model_dump(),
        institution_id=case.institution_id,
        typical_case_id=case.id,
        submission=case.submissions,
        person_id=actor.id,
    )
    if not await db.write(session, said.on_conflict_do_nothing(constraint="case_opinions_one_a_person_key")):
        raise CaseOpinionGiven(submission=case.submissions)
    await audit.record(
        session,
        actor,
        "assess_typical_case",
        institution_id=case.institution_id,
        object_kind=rules.CASE_KIND,
        object_id=case.id,
        detail={"submission": case.submissions, "recommends": wish.recommends},
    )
    return case


async def send_back(session: AsyncSession, actor: Actor, *, case_id: UUID, comment: str) -> TypicalCase:
    """Send a case back to its college with what is to be mended."""
    return await _decide(session, actor, "send_back", case_id=case_id, comment=comment)


async def accept(session: AsyncSession, actor: Actor, *, case_id: UUID, comment: str | None) -> TypicalCase:
    """Accept a case as typical; its words are settled by it."""
    return await _decide(session, actor, "accept", case_id=case_id, comment=comment)


async def publish(session: AsyncSession, actor: Actor, *, case_id: UUID, comment: str | None) -> TypicalCase:
    """Let everybody read a case."""
    return await _decide(session, actor, "publish", case_id=case_id, comment=comment)


async def take_down(session: AsyncSession, actor: Actor, *, case_id: UUID, comment: str) -> TypicalCase:
    """Take a case from everybody's sight, with the reason."""
    return await _decide(session, actor, "take_down", case_id=case_id, comment=comment)


async def _decide(session: AsyncSession, actor: Actor, deed: str, *, case_id: UUID, comment: str | None) -> TypicalCase:
    case = await queries.lock_case(session, queries.visible_cases(actor), case_id)
    target = rules.CASE.target_of(deed, state=case.state)
    before = _standing(case)
    case.state, case.comment = target, comment
    if deed == "publish":
        case.published_at = clock.now()
    await session.flush()
    session.add(
        CaseDecision(
            institution_id=case.institution_id,
            typical_case_id=case.id,
            submission=case.submissions,
            state=target,
            comment=comment,
            decided_by=actor.id,
        )
    )
    await session.flush()
    await _record(session, actor, f"{deed}_typical_case", case, before=before)
    return case


async def _lock_own(session: AsyncSession, actor: Actor, case_id: UUID, *, if_match: str | None) -> TypicalCase:
    case = await queries.lock_case(session, queries.own_cases(actor), case_id)
    etags.check(await queries.tell_case(session, actor, case), if_match=if_match)
    return case


async def _check_certificate(session: AsyncSession, wish: TypicalCaseChange) -> None:
    if wish.certificate_id is not None:
        asked = [wish.certificate_id]
        places.check_all_found(asked, await places.find_certificates(session, asked))


def _standing(case: TypicalCase) -> audit.State:
    return changes.fields_of(case, "title", "state", "submissions", "certificate_id")


async def _record(
    session: AsyncSession, actor: Actor, deed: str, case: TypicalCase, *, before: audit.State | None
) -> None:
    await audit.record(
        session,
        actor,
        deed,
        institution_id=case.institution_id,
        object_kind=rules.CASE_KIND,
        object_id=case.id,
        detail={"submission": case.submissions},
        before=before,
        after=_standing(case),
    )
