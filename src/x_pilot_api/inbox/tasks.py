"""Mailing what was sent, mailing codes, and forgetting old messages."""

from datetime import timedelta
from uuid import UUID, uuid4

from x_pilot_api.core import attempts, clock, jobs, logs
from x_pilot_api.core.jobs import Job
from x_pilot_api.core.mail import Fate, Letter, Mailer
from x_pilot_api.core.service import Service
from x_pilot_api.inbox import commands, queries
from x_pilot_api.inbox.errors import MailNotConfigured


class MailDelayed(Exception):
    """The mail server could not take a code now: the job is tried again."""


def _mailer(service: Service) -> Mailer:
    if service.mailer is None:
        raise MailNotConfigured
    return service.mailer


async def send_mails(service: Service, job: Job) -> None:
    """Mail what is due of a batch; for what has to wait another job is made, due when the first of it is."""
    mailer = _mailer(service)
    institution_id, batch_id = UUID(job.arguments["institution_id"]), UUID(job.arguments["batch_id"])
    while True:
        async with service.database.transaction(institution_id=institution_id) as session:
            posted = await commands.claim(
                session, institution_id=institution_id, batch_id=batch_id, sealer=service.sealer, at=clock.now()
            )
        if posted is None:
            break
        # Nothing is held while the server is spoken to.
        sent = await mailer.send([one.letter for one in posted])
        async with service.database.transaction(institution_id=institution_id) as session:
            await commands.keep_fates(session, institution_id=institution_id, posted=posted, sent=sent, at=clock.now())
    async with service.database.transaction(institution_id=institution_id) as session:
        due_at = await queries.next_attempt_at(session, institution_id=institution_id, batch_id=batch_id)
        if due_at is not None:
            await jobs.enqueue(
                session, "send_mails", arguments=job.arguments, institution_id=institution_id, due_at=due_at
            )
        await attempts.finish(session, job)


async def send_mail_code(service: Service, job: Job) -> None:
    """Mail a code to an address that is to be proven; each try has a code of its own, and the last one counts."""
    mailer, person_id = _mailer(service), UUID(job.arguments["person_id"])
    async with service.database.transaction() as session:
        made = await commands.make_code(session, person_id=person_id, sealer=service.sealer, at=clock.now())
    if made is None:
        return
    address, code = made
    letter = Letter(
        reference=uuid4(),
        recipient=address,
        subject="X-Pilot 邮箱验证码 / X-Pilot mail code",
        text=f"您的邮箱验证码为 {code}，30 分钟内有效。若非本人操作，请忽略。\n\n"
        f"Your code is {code}; it is good for 30 minutes. If you did not ask for it, do nothing.\n",
    )
    (sent,) = await mailer.send([letter])
    if sent.fate is Fate.LATER:
        raise MailDelayed
    if sent.fate is not Fate.TAKEN:
        async with service.database.transaction() as session:
            await commands.refuse_address(session, person_id=person_id, status=sent.status, at=clock.now())


async def forget_messages(service: Service, job: Job) -> None:
    """Remove messages that have been kept as long as the settings say, a slice in each transaction."""
    before, forgotten = clock.now() - timedelta(days=service.settings.messages_kept_days), 0
    while True:
        async with service.database.transaction() as session:
            here = await commands.forget_messages(session, before=before)
        if not here:
            break
        forgotten += here
    logs.logger.info("messages_forgotten", job=str(job.id), messages=forgotten)
