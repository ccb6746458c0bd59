"""Plans with locked candidates, what they are charged and whether they came, to settle in tests."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.certificates.make import SignIn
from tests.exam_days import make as days
from tests.fees import make as fees
from tests.world import World
from x_pilot_api.charges.models import Charge, ChargeRefund, ChargeRelief, Guarantee, GuaranteeEvent, Payment
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.service import Service
from x_pilot_api.exam_days.models import Attendance, CheckIn, CheckInDevice, ExamIncident, IncidentConsequence
from x_pilot_api.exams.models import Candidate, Registration, SittingRoom

FEE = 41_500
LOCKED_AT = datetime(2026, 6, 1, tzinfo=UTC)
Json = dict[str, Any]


@dataclass
class Exam:
    """A plan's sitting with locked candidates, and the fee standard they are charged by."""

    day: days.Day
    organisation_id: UUID
    standard_id: UUID
    device_id: UUID
    colleges: list[UUID]
    charges: dict[int, UUID] = field(default_factory=dict[int, UUID])

    @property
    def plan_id(self) -> UUID:
        return self.day.plan.id

    def number(self, index: int) -> str:
        """Tell an admission number."""
        return self.day.plan.admission_numbers[index]


async def exam(session: AsyncSession, world: World, service: Service, *, school: int = 0, candidates: int = 4) -> Exam:
    """Make a plan with so many locked candidates, by turns of both colleges; nothing is charged yet."""
    day = await days.day(session, world, service.sealer, school=school, candidates=candidates)
    await session.execute(
        update(Registration)
        .where(Registration.institution_id == day.institution_id, Registration.exam_plan_id == day.plan.id)
        .values(state="locked", locked_at=LOCKED_AT)
    )
    ceiling = await fees.store_ceiling(session, exam_form=_form(school), effective_from=date(2026, 1, 1))
    standard = await fees.store_standard(
        session, world, ceiling_id=ceiling, school=school, fee_fen=FEE, state="published", exam_form=_form(school)
    )
    device_id = uuid4()
    session.add(
        CheckInDevice(
            institution_id=day.institution_id,
            id=device_id,
            sitting_id=day.sitting_id,
            name="平板",
            revision=1,
            listed_by=uuid4(),
        )
    )
    await session.flush()
    there = world.schools[school]
    return Exam(day, world.organisations[0].id, standard, device_id, there.colleges)


def _form(school: int) -> str:
    return ("computer", "paper")[school]


async def charge(
    session: AsyncSession,
    it: Exam,
    index: int,
    *,
    payer: str = "institution",
    amount: int = FEE,
    cancelled: bool = False,
    **more: object,
) -> UUID:
    """Charge one candidate, as the lock does."""
    registration = await _registration(session, it, index)
    values: Json = {
        "institution_id": it.day.institution_id,
        "organisation_id": it.organisation_id,
        "registration_id": registration.id,
        "exam_plan_id": it.plan_id,
        "certificate_level_id": registration.certificate_level_id,
        "college_id": registration.college_id,
        "student_id": await _student_of(session, registration),
        "exam_form": "computer",
        "fee_standard_id": it.standard_id,
        "payer": payer,
        "amount_fen": amount,
        "entry_id": uuid4(),
        "state": "cancelled" if cancelled else "open",
        "cancelled_at": func.clock_timestamp() if cancelled else None,
    }
    made = (await session.scalars(insert(Charge).values(values | more).returning(Charge.id))).one()
    it.charges[index] = made
    return made


async def _registration(session: AsyncSession, it: Exam, index: int) -> Registration:
    return await session.get_one(Registration, (it.day.institution_id, it.day.registrations[index]))


async def _student_of(session: AsyncSession, registration: Registration) -> UUID | None:
    candidate = await session.get_one(Candidate, (registration.institution_id, registration.candidate_id))
    return candidate.student_id


async def relieve(session: AsyncSession, it: Exam, index: int, *, kind: str, amount: int) -> None:
    """Waive or subsidise a part of a charge."""
    column = {"waiver": "waived_fen", "subsidy": "subsidised_fen"}[kind]
    await _grow(session, it, index, column, amount)
    given = {"kind": kind, "amount_fen": amount, "document_number": "免〔2026〕1号", "reason": "困难学生"}
    await _add(session, ChargeRelief, it, index, **given, entry_id=uuid4(), actor_id=uuid4())


async def pay(session: AsyncSession, it: Exam, index: int, *, amount: int) -> None:
    """Let money come for a charge."""
    await _grow(session, it, index, "paid_fen", amount)
    paid = {"channel": "voucher", "state": "settled", "amount_fen": amount, "document_number": f"收{uuid4().hex[:6]}"}
    by = {"paid_on": date(2026, 6, 2), "recorded_by": uuid4(), "decided_by": uuid4(), "entry_id": uuid4()}
    await _add(session, Payment, it, index, **paid, **by, decided_at=func.clock_timestamp())


async def refund(session: AsyncSession, it: Exam, index: int, *, amount: int) -> None:
    """Give money back and cancel the charge."""
    charge_id = it.charges[index]
    gone = {"refunded_fen": amount, "state": "cancelled", "cancelled_at": func.clock_timestamp()}
    await session.execute(update(Charge).where(Charge.id == charge_id).values(gone))
    given = {"cause": "sitting_cancelled", "amount_fen": amount, "reason": "场次取消"}
    await _add(session, ChargeRefund, it, index, **given, entry_id=uuid4(), actor_id=uuid4())


async def give_back(session: AsyncSession, it: Exam, index: int, *, amount: int) -> None:
    """Give a part back of a charge that stands."""
    await _grow(session, it, index, "refunded_fen", amount)
    given = {"cause": "overcharge", "amount_fen": amount, "reason": "多收", "entry_id": uuid4(), "actor_id": uuid4()}
    await _add(session, ChargeRefund, it, index, **given)


async def cancel(session: AsyncSession, it: Exam, index: int) -> None:
    """Cancel a charge of which nothing was paid."""
    gone = {"state": "cancelled", "cancelled_at": func.clock_timestamp()}
    await session.execute(update(Charge).where(Charge.id == it.charges[index]).values(gone))


async def _grow(session: AsyncSession, it: Exam, index: int, column: str, amount: int) -> None:
    charge = await session.get_one(Charge, (it.day.institution_id, it.charges[index]), populate_existing=True)
    setattr(charge, column, getattr(charge, column) + amount)
    borne = charge.waived_fen + charge.subsidised_fen + charge.paid_fen
    charge.state = "settled" if borne == charge.amount_fen else "open"
    await session.flush()


async def _add(session: AsyncSession, table: Any, it: Exam, index: int, **values: object) -> None:  # noqa: ANN401 - a model
    named = {"institution_id": it.day.institution_id, "charge_id": it.charges[index]}
    await session.execute(insert(table).values(named | values))


async def attend(session: AsyncSession, it: Exam, index: int, *, state: str = "present") -> None:
    """Take down whether a candidate was there."""
    key = {"institution_id": it.day.institution_id, "registration_id": it.day.registrations[index]}
    known = await session.get(Attendance, (key["institution_id"], key["registration_id"]))
    if known is not None:
        known.state = state
        await session.flush()
        return
    room = await session.scalar(select(SittingRoom.room_id).where(SittingRoom.sitting_id == it.day.sitting_id).limit(1))
    check_in = uuid4()
    session.add(
        CheckIn(
            **key,
            id=check_in,
            sitting_id=it.day.sitting_id,
            device_id=it.device_id,
            room_id=room,
            nonce=uuid4(),
            claim=state if state != "disputed" else "present",
            by_ticket=True,
            seen_at=days.STARTS_AT,
            skew_seconds=0,
            received_by=uuid4(),
        )
    )
    await session.flush()
    session.add(
        Attendance(**key, sitting_id=it.day.sitting_id, check_in_id=check_in, state=state, seen_at=days.STARTS_AT)
    )
    await session.flush()


async def excuse(session: AsyncSession, it: Exam, index: int) -> None:
    """Let an incident have kept a candidate from the exam."""
    incident_id, key = uuid4(), {"institution_id": it.day.institution_id}
    named = {"sitting_id": it.day.sitting_id, "registration_id": it.day.registrations[index]}
    said = {"category": "illness", "occurred_at": days.STARTS_AT, "sealed_note": b"-", "key_id": "-"}
    by = {"reported_by": uuid4(), "decided_by": uuid4(), "decided_at": func.clock_timestamp(), "state": "confirmed"}
    of = {"id": incident_id, "organisation_id": it.organisation_id, "consequence": "restores_guarantee"}
    await session.execute(insert(ExamIncident).values(key | named | said | by | of))
    follows = {"incident_id": incident_id, "registration_id": named["registration_id"], "kind": "restores_guarantee"}
    await session.execute(insert(IncidentConsequence).values(key | follows))


async def use_guarantee(session: AsyncSession, it: Exam, index: int) -> None:
    """Let a candidate's guaranteed attempt be used up by this exam."""
    registration = await _registration(session, it, index)
    guarantee_id, key = uuid4(), {"institution_id": it.day.institution_id}
    student = await _student_of(session, registration)
    held = {"state": "used", "registration_id": registration.id}
    await session.execute(insert(Guarantee).values(key | held | {"id": guarantee_id, "student_id": student}))
    event = {"number": 1, "deed": "use", "cause": "attendance", "absences": 0, "actor_id": uuid4()}
    await session.execute(insert(GuaranteeEvent).values(key | held | event | {"guarantee_id": guarantee_id}))


@dataclass
class Desk:
    """The service, the world in it, and a way to be anybody."""

    client: httpx.AsyncClient
    sign_in: SignIn
    world: World
    service: Service

    async def exam(self, **wish: Any) -> Exam:  # noqa: ANN401 - handed on
        """Make a plan with locked candidates, see exam."""
        async with self.service.database.transaction() as session:
            await act_within(session, institution_id=self.world.schools[int(wish.get("school", 0))].id)
            return await exam(session, self.world, self.service, **wish)

    async def change(self, it: Exam, deed: Any, index: int, **how: object) -> None:  # noqa: ANN401 - one of the above
        """Change something that another area's people would change."""
        async with self.service.database.transaction(institution_id=it.day.institution_id) as session:
            await deed(session, it, index, **how)

    async def get(self, path: str, *, who: str = "registrar", **query: str | int) -> Any:  # noqa: ANN401 - JSON
        """Read something that is there."""
        answer = await self.client.get(path, params=query, headers=self.sign_in(who))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def ask(self, path: str, body: Json | None = None, *, who: str = "registrar") -> httpx.Response:
        """Post something and give whatever is answered."""
        return await self.client.post(path, json=body, headers=self.sign_in(who))

    async def drawn(self, it: Exam) -> Json:
        """Draw a plan's settlement up."""
        answer = await self.ask(f"/v1/exam-plans/{it.plan_id}/settlements")
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def done(self, settlement: Json, deed: str, body: Json | None = None, *, who: str = "registrar") -> Json:
        """Do something about a settlement."""
        answer = await self.ask(f"/v1/settlements/{settlement['id']}:{deed}", body, who=who)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def agreed(self, settlement: Json) -> Json:
        """Let both sides agree to a draft."""
        return await self.agreed_to(await self.done(settlement, "propose"))

    async def agreed_to(self, shown: Json) -> Json:
        """Let both sides agree to what was proposed."""
        agreement = {"content_hash": shown["content_hash"]}
        await self.done(shown, "agree", agreement)
        return await self.done(shown, "agree", agreement, who="org_staff")
