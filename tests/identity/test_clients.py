"""Machine clients through their life: made, changed, their keys rotated, revoked."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import IntegrityError

from tests.exams import make
from tests.exams.desk import Desk, SignIn
from tests.identity import keys
from tests.identity.keys import Holder
from tests.world import World
from x_pilot_api.core.service import Service
from x_pilot_api.identity.models import Institution, MachineClient

Json = dict[str, Any]
PATH = "/v1/machine-clients"


@pytest.fixture
def desk(client: httpx.AsyncClient, sign_in: SignIn, world: World, service: Service) -> Desk:
    return Desk(client, sign_in, world, service)


async def made(desk: Desk, **wish: object) -> Json:
    body = {"name": "推送", "is_test": False, "scopes": ["plans:read", "results:write"]} | wish
    answer = await desk.client.post(PATH, json=body, headers=desk.sign_in("org_staff"))
    assert answer.status_code == 201, answer.text
    found: Json = answer.json()
    return found


async def change(
    desk: Desk, client_id: str, *, who: str = "org_staff", if_match: str | None, **body: object
) -> httpx.Response:
    headers = desk.sign_in(who) | ({} if if_match is None else {"If-Match": if_match})
    return await desk.client.patch(f"{PATH}/{client_id}", json=body, headers=headers)


async def deed(desk: Desk, path: str, *, who: str = "org_staff", **body: object) -> httpx.Response:
    return await desk.client.post(f"{PATH}/{path}", json=body or None, headers=desk.sign_in(who))


async def add(desk: Desk, client: Json, holder: Holder, **more: str) -> httpx.Response:
    return await deed(desk, f"{client['id']}/keys", public_jwk=holder.public.jwk(), **more)


async def test_a_live_client_works_once_its_first_key_is_approved_and_rotates_by_itself(desk: Desk) -> None:
    client = await made(desk)
    assert client["client_id"].startswith("live_")
    assert (client["client_secret"], client["has_secret"]) == (None, False)
    first, second, third = (Holder(client["client_id"]) for _ in range(3))
    key = (await add(desk, client, first)).json()
    assert (key["state"], key["kid"]) == ("waiting", first.kid)
    assert (await keys.ask(desk.client, first.assertion())).status_code == 401
    approved = await deed(desk, f"{client['id']}/keys/{key['id']}:approve", who="security_admin")
    assert approved.json()["state"] == "live"
    assert (await keys.ask(desk.client, first.assertion())).status_code == 200
    unproved = await add(desk, client, second, rotation_proof=second.vouch(second))
    assert (unproved.status_code, unproved.json()["code"]) == (409, "rotation_proof_refused")
    proved = await add(desk, client, second, rotation_proof=first.vouch(second))
    assert proved.json()["state"] == "live"
    full = await add(desk, client, third, rotation_proof=second.vouch(third))
    assert (full.status_code, full.json()["code"]) == (409, "client_keys_full")
    assert (await deed(desk, f"{client['id']}/keys/{key['id']}:revoke")).json()["state"] == "revoked"
    assert (await keys.ask(desk.client, first.assertion())).status_code == 401
    assert (await keys.ask(desk.client, second.assertion())).status_code == 200
    back = await add(desk, client, first)
    assert (back.status_code, back.json()["code"]) == (409, "client_key_known")
    assert (await add(desk, client, third, rotation_proof=second.vouch(third))).json()["state"] == "live"


async def test_a_proof_is_for_one_key_and_an_assertion_is_no_proof(desk: Desk) -> None:
    client = await made(desk)
    first, second, third = (Holder(client["client_id"]) for _ in range(3))
    async with desk.service.database.transaction() as session:
        await keys.register(session, UUID(client["id"]), first)
    for proof in (
        first.vouch(third),
        first.assertion(new_key=second.kid),
        first.vouch(second, aud="https://other.example"),
        Holder("live_client_1").vouch(second),
    ):
        assert (await add(desk, client, second, rotation_proof=proof)).status_code == 409
    assert (await keys.ask(desk.client, first.vouch(second))).status_code == 401


async def test_a_private_or_foreign_key_is_no_key(desk: Desk) -> None:
    client = await made(desk)
    good = Holder("-").public.jwk()
    unfit: list[Json] = [
        good | {"d": good["x"]},
        good | {"kty": "RSA"},
        good | {"crv": "P-384"},
        good | {"alg": "ES384"},
        good | {"x": good["y"], "y": good["x"]},
        good | {"x": good["x"] + "A"},
        good | {"x": "AAAA"},
        {"kty": "oct", "k": "AAAA"},
        {},
    ]
    for jwk in unfit:
        assert (await deed(desk, f"{client['id']}/keys", public_jwk=jwk)).status_code == 422, jwk


async def test_a_key_lives_for_a_bounded_time(desk: Desk) -> None:
    client, now = await made(desk), datetime.now(UTC)
    for begins, ends in ((0, 401), (-10, -1), (5, 4)):
        period = {
            "not_before": (now + timedelta(days=begins)).isoformat(),
            "not_after": (now + timedelta(days=ends)).isoformat(),
        }
        answer = await add(desk, client, Holder("-"), **period)
        assert (answer.status_code, answer.json()["code"]) == (409, "client_key_period")


async def test_a_secret_is_for_test_clients_and_shown_once(desk: Desk) -> None:
    body = {"name": "x", "is_test": False, "scopes": ["plans:read"], "with_secret": True}
    refused = await desk.client.post(PATH, json=body, headers=desk.sign_in("org_staff"))
    assert refused.status_code == 422
    client = await made(desk, is_test=True, with_secret=True)
    form = {"grant_type": "client_credentials", "client_id": client["client_id"]}
    form |= {"client_secret": client["client_secret"]}
    assert (await desk.client.post("/v1/auth/token", data=form)).status_code == 200
    shown = await desk.get(f"{PATH}/{client['id']}", who="org_staff")
    assert client["client_secret"] not in str(shown)


async def test_narrower_scopes_and_revoking_act_on_tokens_given_out(desk: Desk) -> None:
    client = await made(desk, is_test=True, with_secret=True)
    form = {"grant_type": "client_credentials", "client_id": client["client_id"]}
    token = (await desk.client.post("/v1/auth/token", data=form | {"client_secret": client["client_secret"]})).json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}
    assert (await desk.client.get("/v1/partner/exam-plans", headers=headers)).status_code == 200
    changed = await change(desk, client["id"], if_match="*", scopes=["results:write"])
    assert changed.json()["scopes"] == ["results:write"]
    assert (await desk.client.get("/v1/partner/exam-plans", headers=headers)).status_code == 403
    assert (await deed(desk, f"{client['id']}:revoke")).json()["revoked_at"] is not None
    assert (await desk.client.get("/v1/me", headers=headers)).status_code == 401
    again = await deed(desk, f"{client['id']}:revoke")
    assert (again.status_code, again.json()["code"]) == (409, "client_revoked")


async def test_only_a_security_administrator_lifts_the_duty_to_sign(desk: Desk) -> None:
    client_id = (await made(desk))["id"]

    async def bind(who: str, *, required: bool) -> int:
        return (await change(desk, client_id, who=who, if_match="*", signature_required=required)).status_code

    assert await bind("org_staff", required=True) == 200
    assert await bind("org_staff", required=False) == 409
    assert await bind("security_admin", required=False) == 200


async def test_a_change_names_the_copy_it_was_made_to_and_being_used_is_no_change(desk: Desk) -> None:
    client = await made(desk, is_test=True, with_secret=True)
    path = f"{PATH}/{client['id']}"
    read = (await desk.client.get(path, headers=desk.sign_in("org_staff"))).headers["etag"]
    form = {"grant_type": "client_credentials", "client_id": client["client_id"]}
    await desk.client.post("/v1/auth/token", data=form | {"client_secret": client["client_secret"]})
    assert (await desk.get(path, who="org_staff"))["last_used_at"] is not None
    first = await change(desk, client["id"], if_match=read, name="Ours")
    assert (first.status_code, first.json()["name"]) == (200, "Ours")
    for tag, answered in ((read, (412, "if_match_failed")), (None, (428, "if_match_missing"))):
        late = await change(desk, client["id"], if_match=tag, scopes=["plans:read"])
        assert (late.status_code, late.json()["code"]) == answered
    again = await change(desk, client["id"], if_match=first.headers["etag"], scopes=["plans:read"])
    assert (again.json()["name"], again.json()["scopes"]) == ("Ours", ["plans:read"])


async def test_a_test_client_sees_and_changes_test_data_alone_and_a_live_one_none_of_it(desk: Desk) -> None:
    live, test = await desk.plan(school=0), None
    async with desk.service.database.transaction() as session:
        there = Institution.id == desk.world.schools[1].id
        await session.execute(update(Institution).where(there).values(is_test=True))
    test = await desk.plan(school=1)
    seen: dict[str, set[str]] = {}
    for who in ("machine", "test_machine"):
        page = await desk.get("/v1/partner/exam-plans", who=who)
        seen[who] = {found["id"] for found in page["items"]}
    assert seen == {"machine": {str(live.id)}, "test_machine": {str(test.id)}}
    row = make.row(desk.world, test, 0, document_number=desk.world.schools[1].documents[0])
    assert (await desk.send(test, row, who="machine")).status_code == 404
    assert (await desk.send(live, desk.row(live), who="test_machine")).status_code == 404
    pushed = await desk.send(test, row, who="test_machine")
    assert pushed.status_code == 201, pushed.text
    assert await desk.status(pushed.headers["Location"], who="machine") == 404
    assert await desk.status(pushed.headers["Location"], who="test_machine") == 200


@pytest.mark.parametrize(
    ("column", "value"), [("secret_hash", "x"), ("client_id", "test_x")], ids=["a secret", "the other prefix"]
)
async def test_the_database_keeps_live_clients_apart(desk: Desk, column: str, value: str) -> None:
    values = {"client_id": "live_x", "organisation_id": desk.world.organisations[0].id, "name": "x", "scopes": ["x"]}
    with pytest.raises(IntegrityError):
        async with desk.service.database.transaction() as session:
            await session.execute(insert(MachineClient).values(values | {column: value}))
