"""Mail over a real server: proven addresses only, tried again when put off, stopped when refused, and kept private."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from tests.canaries import EAR
from tests.exams.desk import set_clock
from tests.inbox.box import ADDRESS, FIGURES, KIND, SAID, Box
from tests.inbox.post_office import SECRET, SENDER, PostOffice, text_of
from x_pilot_api import serving
from x_pilot_api.core import clock
from x_pilot_api.core.mail import Fate, Letter, MailSecurity
from x_pilot_api.core.service import Service
from x_pilot_api.core.settings import Settings
from x_pilot_api.inbox import commands
from x_pilot_api.inbox.commands import Posted
from x_pilot_api.inbox.models import Mail, MailAddress

LETTER = Letter(uuid4(), ADDRESS, "标题 / a title", "正文\n\nA text\n")


async def code_of(box: Box, mailing: Service, office: PostOffice, who: str = "student") -> str:
    """Give an address and read the code that comes to it."""
    given = await box.ask(who, "PUT", "mail-address", {"address": ADDRESS})
    assert given.status_code == 202, given.text
    assert await box.work(mailing, "send_mail_code") == 1
    (code,) = {word for word in text_of(office.taken[-1]).split() if word.rstrip(".;").isdigit()} - {"30"}
    return code.rstrip(".;")


async def proven(box: Box, mailing: Service, office: PostOffice, who: str = "student") -> None:
    """Give an address, prove it, and choose to be mailed."""
    code = await code_of(box, mailing, office, who)
    assert (await box.ask(who, "POST", "mail-address:confirm", {"code": code})).status_code == 204
    await box.choose(KIND.code, who=who)
    office.taken.clear()


async def mails(box: Box) -> list[Mail]:
    async with box.service.database.transaction() as session:
        return list(await session.scalars(select(Mail).order_by(Mail.id)))


async def test_a_message_is_mailed_to_a_proven_address_once(
    box: Box, mailing: Service, post_office: PostOffice
) -> None:
    await proven(box, mailing, post_office)
    await box.send("student", "registrar")
    assert await box.work(mailing, "send_mails") == 1
    (letter,) = post_office.taken
    assert (letter["From"], letter["To"], letter["Subject"]) == (SENDER, ADDRESS, f"{SAID.zh} / {SAID.en}")
    assert letter["Auto-Submitted"] == "auto-generated"
    (mail,) = await mails(box)
    assert (mail.state, mail.attempts, letter["Message-ID"]) == ("sent", 1, f"<{mail.id}@school.example>")
    assert FIGURES["certificate"] in text_of(letter)
    assert await box.work(mailing, "send_mails") == 0


async def test_nothing_is_mailed_unasked_or_to_an_address_that_is_not_proven(
    box: Box, mailing: Service, post_office: PostOffice
) -> None:
    await code_of(box, mailing, post_office)
    await box.choose(KIND.code)
    await box.send("student")
    await proven(box, mailing, post_office, "registrar")
    await box.choose(KIND.code, who="registrar", by_mail=False)
    await box.send("registrar")
    assert (await mails(box), await box.jobs("send_mails")) == ([], [])


async def test_a_mail_that_is_put_off_is_tried_again_later_and_then_sent(
    box: Box, mailing: Service, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    await proven(box, mailing, post_office)
    await box.send("student")
    post_office.answers = ["451 later, please"]
    await box.work(mailing, "send_mails")
    (mail,) = await mails(box)
    assert (mail.state, mail.attempts, mail.last_status) == ("waiting", 1, 451)
    (again,) = await box.jobs("send_mails")
    assert again.due_at == mail.next_attempt_at > clock.now() + timedelta(seconds=30)
    await box.work(mailing, "send_mails")
    assert post_office.taken == [], "it is not due yet"
    set_clock(monkeypatch, mail.next_attempt_at)
    await box.work(mailing, "send_mails")
    assert len(post_office.taken) == 1
    assert [mail.state for mail in await mails(box)] == ["sent"]


async def test_a_mail_is_given_up_after_enough_tries(
    box: Box, mailing: Service, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    await proven(box, mailing, post_office)
    await box.send("student")
    post_office.answers = ["451 later, please"] * 20
    (mail,) = await mails(box)
    while await box.jobs("send_mails"):
        await box.work(mailing, "send_mails")
        (mail,) = await mails(box)
        set_clock(monkeypatch, mail.next_attempt_at)
    assert (mail.state, mail.attempts) == ("failed", 7)


async def test_an_address_that_is_refused_gets_no_more_mail_and_says_so(
    box: Box, mailing: Service, post_office: PostOffice
) -> None:
    await proven(box, mailing, post_office)
    await box.send("student")
    await box.send("student")
    post_office.answers = ["550 no such mailbox"]
    await box.work(mailing, "send_mails")
    assert [mail.state for mail in await mails(box)] == ["refused", "dropped"]
    told = await box.get("mail-address")
    assert told["address"] == ADDRESS
    assert told["refused_at"] is not None
    await box.send("student")
    assert len(await mails(box)) == 2


async def test_a_letter_that_is_refused_says_nothing_about_its_address(
    box: Box, mailing: Service, post_office: PostOffice
) -> None:
    await proven(box, mailing, post_office)
    await box.send("student")
    post_office.of_letters = ["554 not like this"]
    await box.work(mailing, "send_mails")
    assert [(mail.state, mail.last_status) for mail in await mails(box)] == [("refused", 554)]
    assert (await box.get("mail-address"))["refused_at"] is None


async def test_wrong_codes_end_the_code_and_an_old_one_is_no_longer_good(
    box: Box, mailing: Service, post_office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = await code_of(box, mailing, post_office)
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    for _ in range(5):
        refused = await box.ask("student", "POST", "mail-address:confirm", {"code": wrong})
        assert (refused.status_code, refused.json()["code"]) == (409, "mail_code_refused")
    assert (await box.ask("student", "POST", "mail-address:confirm", {"code": code})).status_code == 409
    soon = await box.ask("student", "PUT", "mail-address", {"address": ADDRESS})
    assert (soon.status_code, soon.json()["code"]) == (429, "mail_code_too_soon")
    assert 0 < int(soon.headers["Retry-After"]) <= 60
    now = clock.now()
    set_clock(monkeypatch, now + timedelta(minutes=2))
    code = await code_of(box, mailing, post_office)
    assert (await box.ask("student_2", "POST", "mail-address:confirm", {"code": code})).status_code == 409
    set_clock(monkeypatch, now + timedelta(minutes=40))
    monkeypatch.undo()
    set_clock(monkeypatch, now + timedelta(minutes=4))
    assert (await box.ask("student", "POST", "mail-address:confirm", {"code": code})).status_code == 204


async def test_an_address_is_sealed_and_nobody_elses_to_read(
    box: Box, mailing: Service, post_office: PostOffice
) -> None:
    await proven(box, mailing, post_office)
    async with box.service.database.transaction() as session:
        (row,) = await session.scalars(select(MailAddress))
    assert ADDRESS.encode() not in row.sealed_address
    assert (await box.get("mail-address", who="registrar"))["address"] is None
    assert (await box.ask("student", "DELETE", "mail-address")).status_code == 204
    assert (await box.get("mail-address"))["address"] is None
    await box.send("student")
    assert await mails(box) == []
    assert not [line for line in EAR.logged if ADDRESS in line], "no log holds an address"


async def test_without_a_mail_server_an_address_is_refused_and_a_batch_waits_for_an_operator(box: Box) -> None:
    refused = await box.ask("student", "PUT", "mail-address", {"address": ADDRESS})
    assert (refused.status_code, refused.json()["code"]) == (409, "mail_not_configured")


async def test_a_batch_left_without_a_server_is_a_dead_letter_that_says_why(
    box: Box, mailing: Service, post_office: PostOffice
) -> None:
    await proven(box, mailing, post_office)
    await box.send("student")
    (job,) = await box.jobs("send_mails")
    await box.work(replace(mailing, mailer=None), "send_mails")
    async with box.service.database.transaction() as session:
        await session.refresh(found := await session.get_one(type(job), job.id))
    assert (found.state, found.problem) == ("failed", {"code": "mail_not_configured"})


async def test_a_private_server_is_spoken_to_in_private_and_signed_in_to(post_office: PostOffice) -> None:
    post_office.is_private = True
    (sent,) = await post_office.mailer().send([LETTER])
    assert sent.fate is Fate.TAKEN
    (wrong,) = await post_office.mailer(password="another one").send([LETTER])
    assert (wrong.fate, wrong.error) == (Fate.LATER, "sign_in")
    assert len(post_office.taken) == 1


async def test_a_server_that_offers_no_privacy_is_not_spoken_to_in_the_clear(post_office: PostOffice) -> None:
    (sent,) = await post_office.mailer(security=MailSecurity.STARTTLS).send([LETTER])
    assert sent.fate is Fate.LATER
    assert post_office.taken == []


async def test_a_server_nobody_trusts_learns_nothing(post_office: PostOffice) -> None:
    post_office.is_private = True
    stranger = replace(post_office.mailer(), trust=None)
    (sent,) = await stranger.send([LETTER])
    assert (sent.fate, post_office.taken) == (Fate.LATER, [])
    assert SECRET not in repr(stranger)


async def test_a_server_that_is_not_there_puts_everything_off(post_office: PostOffice) -> None:
    gone = post_office.mailer()
    await post_office.close()
    sent = await gone.send([LETTER, LETTER])
    assert [one.fate for one in sent] == [Fate.LATER, Fate.LATER]
    await post_office.open()


async def test_what_one_letter_meets_says_nothing_of_the_next(post_office: PostOffice) -> None:
    post_office.answers = ["550 unknown", "250 OK", "451 busy", "250 OK"]
    sent = await post_office.mailer().send([LETTER] * 4)
    assert [one.fate for one in sent] == [Fate.ADDRESS_REFUSED, Fate.TAKEN, Fate.LATER, Fate.TAKEN]
    assert len(post_office.taken) == 2


def test_settings_keep_mail_private() -> None:
    with pytest.raises(ValidationError, match="this machine"):
        Settings(smtp_host="mail.example", smtp_security=MailSecurity.NONE)
    settings = Settings(smtp_host="127.0.0.1", smtp_security=MailSecurity.NONE, smtp_username="a")
    made = serving.mailer_of(settings)
    assert made is not None
    assert (made.host, made.port, made.security) == ("127.0.0.1", 587, MailSecurity.NONE)
    assert serving.mailer_of(Settings()) is None


async def test_a_claim_is_leased_so_that_two_senders_share_no_mail(
    box: Box, mailing: Service, post_office: PostOffice
) -> None:
    await proven(box, mailing, post_office)
    await box.send("student")
    (mail,) = await mails(box)
    institution_id, now = mail.institution_id, clock.now()

    async def claim(at: datetime) -> list[Posted] | None:
        return await commands.claim(
            session, institution_id=institution_id, batch_id=mail.batch_id, sealer=mailing.sealer, at=at
        )

    async with box.service.database.transaction(institution_id=institution_id) as session:
        first = await claim(now)
        assert first is not None
        assert len(first) == 1
        assert await claim(now) is None
        assert await claim(now + timedelta(minutes=6)) is not None, "who was killed half-way keeps nobody's mail"
