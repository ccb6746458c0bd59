"""A message to everybody, an address of theirs that waits for its code, and each student's registration."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from tests.authz.canaries import mark
from tests.authz.makings import Made
from tests.world import World
from x_pilot_api.core import clock
from x_pilot_api.core.mail import Fate, Letter, Sent
from x_pilot_api.core.row_security import act_within
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.exams.models import Candidate, Registration
from x_pilot_api.identity.models import Person
from x_pilot_api.inbox.models import MailAddress, Message

CODE = "20260318"


class Mailing:
    """A mailer that takes everything and sends nothing: no job is done here."""

    async def send(self, letters: Sequence[Letter]) -> list[Sent]:
        """Take letters."""
        return [Sent(Fate.TAKEN) for _ in letters]


async def inboxes(session: AsyncSession, sealer: Sealer, world: World, made: Made) -> None:
    """Tell everybody something, and let everybody have given an address a while ago."""
    people = set((await session.scalars(select(Person.id))).all())
    now = clock.now()
    for who, caller in world.callers.items():
        if caller.id not in people:
            continue
        institution_id = caller.institution_id or world.schools[0].id
        message = Message(
            institution_id=institution_id,
            person_id=caller.id,
            batch_id=uuid4(),
            kind="credits.posted",
            figures={"credit": "1.00", "certificate": mark(f"me_{who}"), "level": "2"},
            shown_from=now - timedelta(days=1),
        )
        address = MailAddress(
            person_id=caller.id,
            sealed_address=sealer.seal(f"{mark(f'me_{who}')}@school.example".encode(), context="mail_addresses"),
            key_id=sealer.key_id,
            asked_at=now - timedelta(days=1),
            code_hash=sealer.keyed_hash("mail_code", caller.id.bytes + CODE.encode()),
            code_expires_at=now + timedelta(days=365),
        )
        session.add_all([message, address])
        await session.flush()
        made.messages[who], made.owners[message.id] = message.id, f"me_{who}"


async def registration_of(session: AsyncSession, *, institution_id: UUID, exam_plan_id: UUID, student_id: UUID) -> UUID:
    """Find a student's registration in a plan."""
    await act_within(session, institution_id=institution_id)
    found = (
        select(Registration.id)
        .join(Candidate, Candidate.id == Registration.candidate_id)
        .where(Registration.exam_plan_id == exam_plan_id, Candidate.student_id == student_id)
    )
    return (await session.scalars(found)).one()
