"""Money on the ground: at each place a student's guaranteed attempt and a charge, with a voucher that waits."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz import spaces
from tests.authz.canaries import mark
from tests.authz.made import Made
from tests.world import World
from x_pilot_api.charges.models import (
    Charge,
    Guarantee,
    GuaranteeEvent,
    PayerRule,
    Payment,
    PaymentCallback,
    ReliefRule,
)
from x_pilot_api.core.row_security import act_within
from x_pilot_api.exams.models import Registration

_SINCE = date(2026, 1, 1)
_TWENTY_THIRTY = date(2030, 1, 1)


async def lay(session: AsyncSession, world: World, made: Made, *, place: tuple[int, int, int]) -> None:
    """Let the place's student have used their attempt, and owe half of what an exam costs."""
    school, college, organisation = place
    there, who = world.schools[school], organisation if college == 0 else 0
    student_id = (there.students if college == 0 else made.siblings[school])[who]
    owner = f"s{school + 1}p{college}n{who}"
    await act_within(session, institution_id=there.id)
    plan = made.plans[school, organisation]
    registration_id = await spaces.registration_of(
        session, institution_id=there.id, exam_plan_id=plan.id, student_id=student_id
    )
    registration = (await session.scalars(select(Registration).where(Registration.id == registration_id))).one()
    await _guarantee(session, registration, student_id=student_id, owner=owner)
    charge_id, payment_id = uuid4(), uuid4()
    session.add(
        Charge(
            institution_id=there.id,
            id=charge_id,
            organisation_id=world.organisations[organisation].id,
            registration_id=registration.id,
            exam_plan_id=plan.id,
            certificate_level_id=registration.certificate_level_id,
            college_id=there.colleges[college],
            student_id=student_id,
            exam_form="computer",
            fee_standard_id=made.standards[school, organisation],
            payer="student",
            amount_fen=1_000,
            paid_fen=500,
            entry_id=uuid4(),
        )
    )
    await session.flush()
    clerk = ("coordinator", "sibling_coordinator")[college] if school == 0 else "coordinator_2"
    session.add(
        Payment(
            institution_id=there.id,
            id=payment_id,
            charge_id=charge_id,
            channel="voucher",
            amount_fen=100,
            document_number=f"收{mark(owner)}",
            paid_on=_SINCE,
            recorded_by=world.callers[clerk].id,
        )
    )
    await session.flush()
    made.tills[place] = {"charge": charge_id, "payment": payment_id, "callback": made.callbacks[school]}
    made.owners |= {charge_id: owner, payment_id: owner}


async def _guarantee(session: AsyncSession, registration: Registration, *, student_id: UUID, owner: str) -> None:
    at = {"institution_id": registration.institution_id, "registration_id": registration.id}
    guarantee = Guarantee(id=uuid4(), student_id=student_id, state="used", **at)
    session.add(guarantee)
    await session.flush()
    session.add(
        GuaranteeEvent(
            guarantee_id=guarantee.id,
            number=1,
            deed="use",
            cause="attendance",
            state="used",
            absences=0,
            actor_id=uuid4(),
            reason=mark(owner),
            **at,
        )
    )
    await session.flush()


async def rules(session: AsyncSession, world: World, made: Made) -> None:
    """Let each school rule who pays and who is let off one day, and have something said by the gateway for its desk."""
    for serial, school in enumerate(world.schools):
        owner = f"s{serial + 1}"
        await act_within(session, institution_id=school.id)
        since = {"institution_id": school.id, "effective_from": _TWENTY_THIRTY, "recorded_by": uuid4()}
        ids = {"callback": uuid4(), "payer": uuid4(), "relief": uuid4()}
        session.add_all(
            [
                PayerRule(id=ids["payer"], payer="college", document_number=f"文{mark(owner)}", **since),
                ReliefRule(
                    id=ids["relief"],
                    kind="waiver",
                    group_code=mark(owner),
                    group_name=f"群体{mark(owner)}",
                    share=5_000,
                    document_number=f"文{mark(owner)}",
                    **since,
                ),
                PaymentCallback(
                    institution_id=school.id,
                    id=ids["callback"],
                    event_id=mark(owner),
                    order_id=mark(owner),
                    amount_fen=1,
                    currency="CNY",
                    outcome="kept",
                    reason="order_unknown",
                ),
            ]
        )
        made.callbacks[serial] = ids["callback"]
        made.owners |= dict.fromkeys(ids.values(), owner)
    await session.flush()
