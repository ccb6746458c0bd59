"""A person's messages are theirs, in order, counted, marked, kept for a while; and each kind has its words."""

import string
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from tests.exams.desk import set_clock
from tests.inbox.box import FIGURES, KIND, SAID, Box
from x_pilot_api.core import clock
from x_pilot_api.core.languages import Both
from x_pilot_api.identity.models import Person
from x_pilot_api.inbox import commands, rules
from x_pilot_api.inbox.rules import MessageKind


async def test_messages_come_newest_first_and_say_what_they_are_about(box: Box) -> None:
    first, second = await box.send("student"), await box.send("student")
    found = await box.messages()
    assert [it["object_id"] for it in found] == [str(second), str(first)]
    assert (found[0]["kind"], found[0]["object_kind"]) == (KIND.code, "learning_outcome")
    assert (found[0]["title"], found[0]["read_at"]) == (SAID.zh, None)
    english = await box.get("messages", Accept_Language="en")
    assert english["items"][0]["title"] == SAID.en


async def test_pages_of_messages_lose_and_repeat_none(box: Box) -> None:
    sent = [str(await box.send("student")) for _ in range(5)]
    seen: list[str] = []
    query = "?page_size=2"
    while True:
        page = await box.get(f"messages{query}")
        seen += [it["object_id"] for it in page["items"]]
        if page["next_page_token"] is None:
            break
        query = f"?page_size=2&page_token={page['next_page_token']}"
    assert seen == sent[::-1]
    assert (await box.ask("student", "GET", "messages?page_token=WyIxIl0")).status_code == 400


async def test_a_message_is_seen_counted_and_marked_by_its_person_alone(box: Box) -> None:
    await box.send("student")
    (message,) = await box.messages()
    for who in ("student_2", "registrar", "operator", "org_staff"):
        assert await box.messages(who) == []
        assert await box.mark(who, message_ids=[message["id"]]) == {"marked": 0, "unread": 0}
    assert (await box.messages())[0]["read_at"] is None
    assert (await box.ask("machine", "GET", "messages")).status_code == 403


async def test_who_acts_in_one_school_does_not_see_what_another_one_says(box: Box) -> None:
    await box.send("student", school=1)
    await box.send("org_staff", school=1)
    assert await box.messages("student") == []
    assert len(await box.messages("org_staff")) == 1, "an organisation's staff work across schools"


async def test_messages_are_marked_one_by_one_or_up_to_one(box: Box) -> None:
    for _ in range(4):
        await box.send("student")
    newest, *older = [it["id"] for it in await box.messages()]
    assert await box.mark(message_ids=[newest]) == {"marked": 1, "unread": 3}
    assert await box.mark(message_ids=[newest]) == {"marked": 0, "unread": 3}
    assert await box.mark(up_to_id=older[1]) == {"marked": 2, "unread": 1}
    assert [it["id"] for it in await box.messages(query="?is_unread=true")] == [older[0]]
    assert await box.mark(message_ids=[str(uuid4())]) == {"marked": 0, "unread": 1}


async def test_the_number_of_unread_messages_is_told_again_only_when_it_changed(box: Box) -> None:
    await box.send("student")
    first = await box.ask("student", "GET", "messages:count")
    tag = first.headers["etag"]
    assert first.json() == {"unread": 1}
    assert (await box.ask("student", "GET", "messages:count", If_None_Match=tag)).status_code == 304
    await box.send("student")
    assert (await box.ask("student", "GET", "messages:count", If_None_Match=tag)).json() == {"unread": 2}


async def test_what_is_to_be_shown_later_is_not_there_before(box: Box, monkeypatch: pytest.MonkeyPatch) -> None:
    now = clock.now()
    await box.send_later("student", now + timedelta(minutes=1))
    assert await box.messages() == []
    assert (await box.get("messages:count"))["unread"] == 0
    assert await box.mark(up_to_id="ffffffff-ffff-7fff-bfff-ffffffffffff") == {"marked": 0, "unread": 0}
    set_clock(monkeypatch, now + timedelta(minutes=2))
    (message,) = await box.messages()
    assert message["read_at"] is None


async def test_messages_are_forgotten_when_they_have_had_their_time(box: Box, session: AsyncSession) -> None:
    await box.send("student")
    later = clock.now() + timedelta(days=1)
    assert await commands.forget_messages(session, before=later - timedelta(days=2)) == 0
    assert await commands.forget_messages(session, before=later) == 1
    assert await commands.forget_messages(session, before=later) == 0
    assert await box.messages() == []


async def test_nobody_is_told_anything_who_is_kept_out(box: Box, session: AsyncSession) -> None:
    person_id, school = box.world.callers["student"].id, box.world.schools[0]
    await session.execute(update(Person).where(Person.id == person_id).values(disabled_at=clock.now()))
    sent = await commands.send_to(
        session,
        KIND,
        institution_id=school.id,
        object_kind="learning_outcome",
        object_id=uuid4(),
        person_ids=[person_id, uuid4()],
        figures=FIGURES,
    )
    assert sent == 0


async def test_one_chooses_which_kinds_are_mailed(box: Box) -> None:
    kinds = {it["kind"]: it["by_mail"] for it in (await box.get("message-preferences"))["items"]}
    assert kinds.keys() >= {"result.received", "award.issued", "credits.posted", "review.assigned", "feedback.due"}
    assert not any(kinds.values()), "nobody is mailed unasked"
    chosen = (await box.choose("award.issued", "credits.posted")).json()["items"]
    assert {it["kind"] for it in chosen if it["by_mail"]} == {"award.issued", "credits.posted"}
    chosen = (await box.choose("award.issued", by_mail=False)).json()["items"]
    assert {it["kind"] for it in chosen if it["by_mail"]} == {"credits.posted"}
    assert not any(it["by_mail"] for it in (await box.get("message-preferences", who="registrar"))["items"])


async def test_a_kind_that_is_none_and_a_gateway_that_is_none_are_refused(box: Box) -> None:
    unknown = await box.choose("award.lost")
    assert (unknown.status_code, unknown.json()["code"]) == (409, "message_kind_unknown")
    by_sms = {"preferences": [{"kind": "award.issued", "by_mail": False, "by_sms": True}]}
    refused = await box.ask("student", "PATCH", "message-preferences", by_sms)
    assert (refused.status_code, refused.json()["code"]) == (409, "sms_not_configured")


def _figures_of(said: Both) -> set[str]:
    return {name for words in said for _, name, _, _ in string.Formatter().parse(words) if name}


@pytest.mark.parametrize("kind", rules.known_kinds(), ids=lambda kind: kind.code)
def test_every_kind_speaks_only_of_figures_it_is_sent_with(kind: MessageKind) -> None:
    assert _figures_of(kind.title) | _figures_of(kind.text) <= kind.example.keys()
    title, words = rules.words(kind.code, dict(kind.example))
    assert all("{" not in said for said in (*title, *words))
    assert not {"name", "number", "score", "total"} & kind.example.keys(), "no person's data are in a message"


def test_two_kinds_of_one_code_are_refused_and_a_kind_that_went_is_told_as_one() -> None:
    with pytest.raises(ValueError, match=r"credits\.posted"):
        rules.know(MessageKind(KIND.code, SAID, SAID, SAID, {}))
    title, _ = rules.words("no.longer", {"any": "figure"})
    assert title == Both("通知", "A message")
