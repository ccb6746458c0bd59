"""Finding outside parties, what is written and said between them and us, and whom they want trained."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.certificates.models import Certificate, CertificateLevel
from x_pilot_api.core import lookups
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.pagination import PageWish, page_of
from x_pilot_api.guidance.errors import PartiesUnknown
from x_pilot_api.guidance.models import (
    Consultation,
    ConsultationParty,
    Correspondence,
    DemandGroup,
    DemandState,
    LetterDirection,
    Medium,
    OutsideParty,
    PartyKind,
    TrainingDemand,
)
from x_pilot_api.guidance.queries import reach
from x_pilot_api.guidance.rules import parties as rules
from x_pilot_api.guidance.schemas.parties import CorrespondenceOut, OutsidePartyOut, TrainingDemandOut


async def get_party(session: AsyncSession, actor: Actor, party_id: UUID, *, lock: bool = False) -> OutsideParty:
    """Read one party of the register, locked when it is to be changed."""
    statement = reach.parties_visible_to(actor).where(OutsideParty.id == party_id)
    return await lookups.get_one(session, statement, what="outside party", zh="单位", lock=lock)


async def check_parties(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> None:
    """Refuse parties that are not in the register."""
    statement = reach.parties_visible_to(actor).with_only_columns(OutsideParty.id).where(OutsideParty.id.in_(ids))
    unknown = sorted(set(ids) - set((await session.scalars(statement)).all()))
    if unknown:
        raise PartiesUnknown(party_ids=", ".join(str(each) for each in unknown))


async def list_parties(
    session: AsyncSession, actor: Actor, *, kind: PartyKind | None, named: str | None, wish: PageWish
) -> tuple[Sequence[OutsideParty], str | None]:
    """List the register of outside parties by name."""
    statement = reach.parties_visible_to(actor)
    if kind is not None:
        statement = statement.where(OutsideParty.kind == kind)
    if named is not None:
        statement = statement.where(OutsideParty.name.contains(named, autoescape=True))
    return await page_of(session, statement, order=(OutsideParty.name, OutsideParty.id), wish=wish)


async def _count(session: AsyncSession, counted: Select[UUID, int]) -> dict[UUID, int]:
    return {row[0]: row[1] for row in await session.execute(counted)}


async def describe_parties(
    session: AsyncSession, actor: Actor, rows: Sequence[OutsideParty], *, today: date
) -> list[OutsidePartyOut]:
    """Tell parties with how much the actor sees of them, in four statements however many there are."""
    ids = reach.ids_of(rows)
    consultations = reach.visible_to(actor, Consultation).with_only_columns(Consultation.id)
    met = await _count(
        session,
        select(ConsultationParty.party_id, func.count())
        .where(
            ConsultationParty.institution_id == actor.institution_id,
            ConsultationParty.party_id.in_(ids),
            ConsultationParty.consultation_id.in_(consultations),
        )
        .group_by(ConsultationParty.party_id),
    )
    letters = reach.visible_to(actor, Correspondence).where(Correspondence.party_id.in_(ids))
    per_party = letters.with_only_columns(Correspondence.party_id, func.count()).group_by(Correspondence.party_id)
    written = await _count(session, per_party)
    waiting = await _count(session, per_party.where(_unanswered(today)))
    unmet = await _count(
        session,
        reach.visible_to(actor, TrainingDemand)
        .where(TrainingDemand.party_id.in_(ids), TrainingDemand.state == DemandState.UNMET)
        .with_only_columns(TrainingDemand.party_id, func.count())
        .group_by(TrainingDemand.party_id),
    )
    return [
        OutsidePartyOut(
            id=row.id,
            name=row.name,
            kind=PartyKind(row.kind),
            credit_code=row.credit_code,
            remark=row.remark,
            consultations=met.get(row.id, 0),
            correspondence=written.get(row.id, 0),
            unanswered=waiting.get(row.id, 0),
            unmet_demands=unmet.get(row.id, 0),
        )
        for row in rows
    ]


def _unanswered(today: date) -> ColumnElement[bool]:
    return and_(Correspondence.answered_by_id.is_(None), Correspondence.answer_due_on < today)


async def lock_letter(session: AsyncSession, actor: Actor, letter_id: UUID, *, party_id: UUID) -> Correspondence:
    """Lock one visible letter, mail or call of a party that is to be answered."""
    statement = reach.visible_to(actor, Correspondence).where(
        Correspondence.id == letter_id, Correspondence.party_id == party_id
    )
    return await lookups.get_one(session, statement, what="correspondence", zh="往来", lock=True)


async def list_correspondence(
    session: AsyncSession,
    actor: Actor,
    *,
    party_id: UUID | None,
    direction: LetterDirection | None,
    unanswered_on: date | None,
    wish: PageWish,
) -> tuple[Sequence[Correspondence], str | None]:
    """List visible letters, mails and calls by their day."""
    statement = reach.visible_to(actor, Correspondence)
    if party_id is not None:
        statement = statement.where(Correspondence.party_id == party_id)
    if direction is not None:
        statement = statement.where(Correspondence.direction == direction)
    if unanswered_on is not None:
        statement = statement.where(_unanswered(unanswered_on))
    return await page_of(session, statement, order=(Correspondence.sent_on, Correspondence.id), wish=wish)


async def _name_parties(session: AsyncSession, actor: Actor, ids: Collection[UUID]) -> dict[UUID, str]:
    statement = reach.parties_visible_to(actor).where(OutsideParty.id.in_(ids))
    found = await session.execute(statement.with_only_columns(OutsideParty.id, OutsideParty.name))
    return {row.id: row.name for row in found}


async def describe_correspondence(
    session: AsyncSession, actor: Actor, rows: Sequence[Correspondence], *, today: date
) -> list[CorrespondenceOut]:
    """Tell letters, mails and calls, and when each was answered."""
    parties = await _name_parties(session, actor, {row.party_id for row in rows})
    colleges = await reach.name_colleges(session, actor.institution_id, {row.college_id for row in rows})
    answers = await session.execute(
        select(Correspondence.id, Correspondence.sent_on).where(
            Correspondence.institution_id == actor.institution_id,
            Correspondence.id.in_([row.answered_by_id for row in rows if row.answered_by_id]),
        )
    )
    answered: dict[UUID | None, date] = {row.id: row.sent_on for row in answers}
    return [
        CorrespondenceOut(
            id=row.id,
            party_id=row.party_id,
            party_name=parties[row.party_id],
            college_id=row.college_id,
            college_name=colleges.get(row.college_id),
            direction=LetterDirection(row.direction),
            medium=Medium(row.medium),
            sent_on=row.sent_on,
            subject=row.subject,
            reference_number=row.reference_number,
            summary=row.summary,
            answer_due_on=row.answer_due_on,
            answered_by_id=row.answered_by_id,
            answered_on=answered.get(row.answered_by_id),
            is_unanswered=rules.is_unanswered(row, today=today),
        )
        for row in rows
    ]


async def list_demands(
    session: AsyncSession, actor: Actor, *, party_id: UUID | None, state: DemandState | None, wish: PageWish
) -> tuple[Sequence[TrainingDemand], str | None]:
    """List visible wishes for training, the oldest first."""
    statement = reach.visible_to(actor, TrainingDemand)
    if party_id is not None:
        statement = statement.where(TrainingDemand.party_id == party_id)
    if state is not None:
        statement = statement.where(TrainingDemand.state == state)
    return await page_of(session, statement, order=(TrainingDemand.id,), wish=wish)


async def describe_demands(
    session: AsyncSession, actor: Actor, rows: Sequence[TrainingDemand]
) -> list[TrainingDemandOut]:
    """Tell wishes for training with the names of party and level."""
    parties = await _name_parties(session, actor, {row.party_id for row in rows})
    colleges = await reach.name_colleges(session, actor.institution_id, {row.college_id for row in rows})
    named = await session.execute(
        select(CertificateLevel.id, CertificateLevel.level, Certificate.name)
        .join(Certificate, Certificate.id == CertificateLevel.certificate_id)
        .where(CertificateLevel.id.in_({row.certificate_level_id for row in rows}))
    )
    levels = {row.id: row for row in named}
    return [
        TrainingDemandOut(
            id=row.id,
            party_id=row.party_id,
            party_name=parties[row.party_id],
            college_id=row.college_id,
            college_name=colleges.get(row.college_id),
            demand_group=DemandGroup(row.demand_group),
            certificate_level_id=row.certificate_level_id,
            certificate_name=levels[row.certificate_level_id].name,
            level=levels[row.certificate_level_id].level,
            head_count=row.head_count,
            wanted_from=row.wanted_from,
            wanted_to=row.wanted_to,
            state=DemandState(row.state),
            met_by=row.met_by,
            allowed_deeds=rules.demand_deeds(actor, row),
        )
        for row in rows
    ]
