"""The story of a delivery, told to a real receiver over TLS, and what an organisation does about it."""

import base64
import dataclasses
import json
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from standardwebhooks import Webhook, WebhookVerificationError
from structlog.testing import capture_logs

from tests.partners import receiver as receivers
from tests.partners.posting import Json, Post
from x_pilot_api.core import clock
from x_pilot_api.core.outbound import Answer, HttpSender
from x_pilot_api.partners import commands, rules, tasks
from x_pilot_api.partners.models import WebhookCursor, WebhookSecret


def verifies(secret: str, headers: dict[str, str], body: bytes) -> bool:
    """Ask the standard's own library."""
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return False
    return True


async def test_an_event_is_delivered_signed_and_the_same_as_in_the_feed(post: Post) -> None:
    endpoint_id, secret = await post.create()
    told = await post.feeding.tell()
    await post.work()
    (headers,), (body,) = post.receiver.headers, post.receiver.bodies
    assert verifies(secret, headers, body)
    assert not verifies(secret, headers, body.replace(b"test.sent", b"test.lost"))
    assert not verifies(rules.write_secret(bytes(32)), headers, body)
    assert headers["webhook-id"] == str(told)
    assert headers["host"] == post.receiver.host.removeprefix("https://")
    feed = await post.client.get("/v1/partner/events", headers=post.headers("machine"))
    assert json.loads(body) in feed.json()["items"]
    log = await post.log(endpoint_id)
    assert (log["delivery"]["state"], log["delivery"]["event_id"]) == ("delivered", str(told))
    assert [(it["status"], it["error"]) for it in log["attempts"]] == [(204, None)]


async def test_nothing_is_sent_twice_once_it_is_taken(post: Post) -> None:
    await post.create()
    told = [str(await post.feeding.tell()) for _ in range(30)]
    for _ in range(3):
        await post.work()
    assert sorted(post.receiver.ids()) == sorted(told)


async def test_a_failed_delivery_is_tried_again_later_under_the_same_id(post: Post) -> None:
    endpoint_id, secret = await post.create()
    told = await post.feeding.tell()
    post.receiver.answers = [500, 302]
    await post.work()
    await post.work()
    assert post.receiver.ids() == [str(told)]
    for pause in rules.PAUSES[:2]:
        post.pass_time(pause)
        await post.work()
    assert post.receiver.ids() == [str(told)] * 3
    assert all(base64.b64decode(headers["webhook-signature"].removeprefix("v1,")) for headers in post.receiver.headers)
    assert len({headers["webhook-timestamp"] for headers in post.receiver.headers}) == 3
    log = await post.log(endpoint_id)
    assert [it["status"] for it in log["attempts"]] == [500, 302, 204]
    assert log["delivery"]["state"] == "delivered"
    found = await post.ask("GET", f"/{endpoint_id}")
    assert found["failing_since"] is None
    assert secret not in str(found)


async def test_an_endpoint_that_answers_410_gets_nothing_more(post: Post) -> None:
    endpoint_id, _ = await post.create()
    await post.feeding.tell()
    post.receiver.answers = [410]
    await post.work()
    await post.feeding.tell()
    await post.work()
    assert len(post.receiver.headers) == 1
    assert (await post.ask("GET", f"/{endpoint_id}"))["disabled_reason"] == "gone"
    feed = await post.client.get("/v1/partner/events", headers=post.headers("machine"))
    disabled = [it for it in feed.json()["items"] if it["type"] == "webhook_endpoint.disabled"]
    assert [(it["object_id"], it["data"]) for it in disabled] == [(endpoint_id, {"reason": "gone"})]


async def test_an_endpoint_that_fails_for_a_day_is_disabled_with_a_notice(post: Post) -> None:
    endpoint_id, _ = await post.create()
    await post.feeding.tell()
    post.receiver.answers = [500] * 20
    await post.work()
    with capture_logs() as logged:
        for pause in rules.PAUSES:
            assert (await post.ask("GET", f"/{endpoint_id}"))["disabled_at"] is None
            post.pass_time(pause)
            await post.work()
    assert len(post.receiver.headers) == 1 + len(rules.PAUSES)
    found = await post.ask("GET", f"/{endpoint_id}")
    assert found["disabled_reason"] == "failing"
    assert (await post.log(endpoint_id))["delivery"]["state"] == "failed"
    notices = [it for it in logged if it["event"] == "webhook_endpoint_disabled"]
    assert [(it["log_level"], it["reason"]) for it in notices] == [("warning", "failing")]


def test_tries_go_on_for_about_a_day_and_each_pause_is_longer() -> None:
    assert timedelta(hours=22) < sum(rules.PAUSES, timedelta()) < timedelta(hours=26)
    assert list(rules.PAUSES) == sorted(set(rules.PAUSES))


async def test_during_a_rotation_deliveries_carry_both_signatures(post: Post) -> None:
    endpoint_id, first = await post.create()
    rotated = await post.ask("POST", f"/{endpoint_id}:rotate-secret")
    second = rotated["secret"]
    assert datetime.fromisoformat(rotated["previous_valid_until"]) > clock.now()
    await post.feeding.tell()
    await post.work()
    headers, body = post.receiver.headers[-1], post.receiver.bodies[-1]
    assert len(headers["webhook-signature"].split()) == 2
    assert verifies(first, headers, body)
    assert verifies(second, headers, body)
    third = (await post.ask("POST", f"/{endpoint_id}:rotate-secret"))["secret"]
    await post.feeding.tell()
    await post.work()
    headers, body = post.receiver.headers[-1], post.receiver.bodies[-1]
    assert [verifies(secret, headers, body) for secret in (first, second, third)] == [False, True, True]
    post.pass_time(rules.ROTATION_OVERLAP)
    await post.feeding.tell()
    await post.work()
    assert len(post.receiver.headers[-1]["webhook-signature"].split()) == 1


async def test_secrets_lie_sealed(post: Post) -> None:
    _, secret = await post.create()
    plain = base64.b64decode(secret.removeprefix("whsec_"))
    async with post.service.database.transaction() as session:
        stored = (await session.scalars(select(WebhookSecret))).one()
    assert plain not in stored.sealed_secret
    assert post.service.sealer.open(stored.sealed_secret, key_id=stored.key_id, context="webhook_secrets") == plain


async def test_who_is_killed_after_sending_sends_again_under_the_same_id(post: Post) -> None:
    endpoint_id, _ = await post.create()
    told = await post.feeding.tell()
    await tasks.send_news(post.service)
    async with post.service.database.transaction() as session:
        (parcel,) = await commands.claim(
            session, endpoint_id=UUID(endpoint_id), sealer=post.service.sealer, at=clock.now()
        )
    # It is sent, and then nothing is written down: the process is no more.
    await tasks.send(post.service, parcel)
    await post.work()
    assert post.receiver.ids() == [str(told)]
    post.pass_time(timedelta(minutes=2))
    await post.work()
    assert post.receiver.ids() == [str(told)] * 2
    assert (await post.log(endpoint_id))["delivery"]["state"] == "delivered"


async def test_two_workers_share_the_work_and_do_none_of_it_twice(post: Post) -> None:
    endpoint_id, _ = await post.create()
    for _ in range(5):
        await post.feeding.tell()
    await tasks.send_news(post.service)
    claimed: list[UUID] = []
    async with post.service.database.transaction() as one, post.service.database.transaction() as other:
        for session in (one, other):
            parcels = await commands.claim(
                session, endpoint_id=UUID(endpoint_id), sealer=post.service.sealer, at=clock.now()
            )
            claimed += [parcel.event_id for parcel in parcels]
    assert len(claimed) == len(set(claimed)) == 5


async def test_one_delivery_and_a_period_are_sent_again(post: Post) -> None:
    endpoint_id, _ = await post.create()
    since = clock.now()
    told = [str(await post.feeding.tell()) for _ in range(3)]
    await post.work()
    delivery_id = (await post.log(endpoint_id))["delivery"]["id"]
    again = await post.ask("POST", f"/{endpoint_id}/deliveries/{delivery_id}:replay")
    assert (again["state"], again["attempts"]) == ("waiting", 0)
    await post.work()
    assert post.receiver.ids()[3:] == [again["event_id"]]
    period: Json = {"since": since.isoformat(), "until": (clock.now() + timedelta(seconds=1)).isoformat()}
    assert await post.ask("POST", f"/{endpoint_id}:replay", **period) == {"deliveries": 3}
    await post.work()
    assert sorted(post.receiver.ids()[4:]) == sorted(told)
    log = await post.log(endpoint_id)
    assert len(log["attempts"]) == 3


async def test_what_happened_while_an_endpoint_was_disabled_can_be_replayed(post: Post) -> None:
    endpoint_id, _ = await post.create()
    since = clock.now().isoformat()
    await post.ask("POST", f"/{endpoint_id}:disable")
    told = await post.feeding.tell()
    await post.work()
    period: Json = {"since": since, "until": (clock.now() + timedelta(seconds=1)).isoformat()}
    refused = await post.ask("POST", f"/{endpoint_id}:replay", expect=409, **period)
    assert refused["code"] == "webhook_endpoint_disabled"
    await post.ask("POST", f"/{endpoint_id}:enable")
    await post.work()
    assert post.receiver.ids() == []
    await post.ask("POST", f"/{endpoint_id}:replay", **period)
    await post.work()
    assert str(told) in post.receiver.ids()


async def test_an_endpoint_gets_the_kinds_it_asked_for_and_every_test(post: Post) -> None:
    endpoint_id, _ = await post.create(kinds=["awards.issued"])
    other_id, _ = await post.create(is_test=True)
    await post.ask("POST", f"/{other_id}:disable")
    test = await post.ask("POST", f"/{endpoint_id}:test", expect=201)
    await post.work()
    assert post.receiver.ids() == [test["id"]]
    changed = await post.ask("PATCH", f"/{endpoint_id}", kinds=["mapping.agreed"], description="other")
    assert (changed["kinds"], changed["description"]) == (["mapping.agreed"], "other")


async def test_live_and_test_endpoints_get_their_own(post: Post) -> None:
    await post.create(is_test=True)
    await post.feeding.tell(school=0)
    of_test = await post.feeding.tell(school=None, is_test=True)
    await post.work()
    assert post.receiver.ids() == [str(of_test)]


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("http://partner.example/in", "not_https"),
        ("https://partner.example:8443/in", "port"),
        ("https://127.0.0.1/in", "host"),
        ("https://localhost/in", "host"),
        ("https://me@partner.example/in", "malformed"),
    ],
)
async def test_an_address_that_cannot_be_called_is_refused_with_the_reason(post: Post, url: str, why: str) -> None:
    refused = await post.ask("POST", "", expect=409, url=url, description="d")
    assert (refused["code"], refused["figures"]["why"]) == ("webhook_address_refused", why)
    endpoint_id, _ = await post.create()
    await post.ask("PATCH", f"/{endpoint_id}", expect=409, url=url)


async def test_a_name_that_turns_to_an_inner_address_is_not_called(post: Post) -> None:
    endpoint_id, _ = await post.create(url="https://turned.example/in")
    await post.feeding.tell()
    await post.work()
    assert post.receiver.headers == []
    assert [it["error"] for it in (await post.log(endpoint_id))["attempts"]] == ["closed_address"]


async def test_a_receiver_nobody_vouches_for_is_not_sent_to(post: Post) -> None:
    endpoint_id, _ = await post.create()
    post.service = dataclasses.replace(post.service, sender=HttpSender(receivers.resolve))
    await post.feeding.tell()
    await post.work()
    assert post.receiver.headers == []
    assert [it["error"] for it in (await post.log(endpoint_id))["attempts"]] == ["tls"]


async def test_no_connection_is_held_while_sending(post: Post) -> None:
    await post.create()
    await post.feeding.tell()
    held: list[int] = []

    class Looking:
        async def post(self, url: str, **_: object) -> Answer:
            assert url
            held.append(post.service.database.engine.pool.checkedout())  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType, reportUnknownArgumentType]
            return Answer(204, None, 1)

    post.service = dataclasses.replace(post.service, sender=Looking())  # pyright: ignore[reportArgumentType]
    await post.work()
    assert held == [0]


async def test_another_organisation_finds_neither_endpoint_nor_deliveries(post: Post) -> None:
    endpoint_id, _ = await post.create()
    await post.feeding.tell()
    await post.work()
    delivery_id = (await post.log(endpoint_id))["delivery"]["id"]
    for method, path, body in (
        ("GET", "", {}),
        ("PATCH", "", {"description": "x"}),
        ("POST", ":disable", {}),
        ("POST", ":enable", {}),
        ("POST", ":rotate-secret", {}),
        ("POST", ":test", {}),
        ("POST", ":replay", {"since": "2026-01-01T00:00:00Z", "until": "2026-01-02T00:00:00Z"}),
        ("GET", "/deliveries", {}),
        ("GET", f"/deliveries/{delivery_id}", {}),
        ("POST", f"/deliveries/{delivery_id}:replay", {}),
    ):
        await post.ask(method, f"/{endpoint_id}{path}", who="org_staff_2", expect=404, **body)
    other = (await post.ask("POST", "", who="org_staff_2", expect=201, url=post.receiver.url, description="d"))[
        "endpoint"
    ]["id"]
    await post.ask("GET", f"/{other}/deliveries/{delivery_id}", who="org_staff_2", expect=404)
    await post.ask("GET", f"/{endpoint_id}/deliveries/{uuid4()}", expect=404)


async def test_there_are_at_most_ten_endpoints(post: Post) -> None:
    for _ in range(rules.ENDPOINTS_MAX):
        await post.create()
    refused = await post.ask("POST", "", expect=409, url=post.receiver.url, description="d")
    assert refused["code"] == "webhook_endpoints_too_many"
    listed = await post.ask("GET", "?page_size=3")
    assert (len(listed["items"]), listed["next_page_token"] is None) == (3, False)


async def test_in_a_restored_database_deliveries_go_on_and_nothing_old_is_sent(post: Post) -> None:
    post.monkeypatch.setattr("x_pilot_api.partners.commands.deliveries._OVERLAP", timedelta())
    before = [await post.feeding.tell() for _ in range(2)]
    await post.create()
    sent = await post.feeding.tell()
    await post.work()
    async with post.service.database.transaction() as session:
        # The transactions of another server were counted further than ours are now.
        await session.execute(update(WebhookCursor).values(lineage="1", xid=10**9))
    unsent = await post.feeding.tell()
    await post.work()
    assert post.receiver.ids() == [str(sent), str(unsent)]
    assert not {str(event) for event in before} & set(post.receiver.ids())
