"""Signed pushes: what a key signed is taken in once, as it was signed; what was changed on the way is not."""

import base64
import json
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from fastapi.routing import APIRoute, request_response
from sqlalchemy import select, update

from tests.exams import make
from tests.exams.desk import Desk
from tests.identity import keys
from tests.identity.keys import Holder
from tests.partners.signing import COVERED, PATH, Hand, Pushed
from x_pilot_api import app
from x_pilot_api.core import signatures
from x_pilot_api.core.tokens import PublicKey
from x_pilot_api.exams.models import ResultBatch
from x_pilot_api.identity.models import MachineClient
from x_pilot_api.partners import routes as partners
from x_pilot_api.partners.routes.signed import DigestFirst


@dataclass
class Table:
    """A desk at which the first organisation's system has a key and signs."""

    desk: Desk
    plan: make.Plan
    holder: Holder

    def body(self, index: int = 0) -> bytes:
        """Write a push of one row."""
        rows = [self.desk.row(self.plan, index)]
        return json.dumps({"exam_plan_id": str(self.plan.id), "rows": rows}).encode()

    async def send(self, pushed: Pushed, *, who: str = "machine") -> httpx.Response:
        """Send what was signed."""
        headers = {**pushed.headers, **self.desk.sign_in(who)}
        return await self.desk.client.post(pushed.path, content=pushed.body, headers=headers)

    async def reason(self, pushed: Pushed) -> str:
        """Send what must be refused, and tell why it was."""
        answer = await self.send(pushed)
        found = answer.json()
        return str(found["figures"].get("reason", found["code"])) if answer.status_code == 401 else answer.text[:200]


@pytest.fixture
async def table(desk: Desk) -> Table:
    plan = await desk.plan()
    holder = Holder("live_client_1")
    async with desk.service.database.transaction() as session:
        await keys.register(session, desk.world.organisations[0].machine_client_id, holder)
    return Table(desk, plan, holder)


async def test_a_signed_batch_is_kept_so_that_it_can_be_verified_again(table: Table) -> None:
    answer = await table.send(Hand(table.holder).sign(table.body()))
    assert answer.status_code == 201, answer.text
    own = table.desk.world.schools[0].id
    async with table.desk.service.database.transaction(read_only=True, institution_id=own) as session:
        batch = (await session.scalars(select(ResultBatch))).one()
    body = table.desk.service.sealer.open(batch.sealed_body, key_id=batch.key_id, context="result_batches")
    assert batch.signature_base is not None
    assert batch.signature is not None
    base, value, key = batch.signature_base, batch.signature, table.holder.public
    assert body == table.body()
    assert signatures.still_holds(base=base, value=value, body=body, key=key)
    assert not signatures.still_holds(base=base, value=value, body=body + b" ", key=key)
    assert not signatures.still_holds(base=base.replace("POST", "PUT"), value=value, body=body, key=key)
    assert not signatures.still_holds(base=base, value=value, body=body, key=Holder("-").public)


async def test_a_client_signs_if_it_likes_until_it_must(table: Table) -> None:
    unsigned = dict.fromkeys(("signature", "signature_input", "content_digest"))
    assert (await table.send(Hand(table.holder).sign(table.body()).but(**unsigned))).status_code == 201
    async with table.desk.service.database.transaction() as session:
        mine = MachineClient.id == table.desk.world.organisations[0].machine_client_id
        await session.execute(update(MachineClient).where(mine).values(signature_required=True))
    assert await table.reason(Hand(table.holder).sign(table.body(1)).but(**unsigned)) == "signature_missing"
    assert (await table.send(Hand(table.holder).sign(table.body(1)))).status_code == 201


def _tampered(table: Table) -> Iterator[tuple[str, Pushed, str]]:
    """Tamper with a good push in every way: on its way, with what it covers, and with the signature itself."""
    yield from _changed_on_the_way(table)
    yield from _signed_otherwise(table)
    yield from _spoilt_signatures(table)


def _changed_on_the_way(table: Table) -> Iterator[tuple[str, Pushed, str]]:
    mine, body = table.holder, table.body()
    good = Hand(mine).sign(body)
    other = Hand(mine).sign(table.body(1))
    yield "another body", replace(good, body=table.body(1)), "digest"
    yield "a space more", replace(good, body=body + b" "), "digest"
    yield (
        "another body with its digest",
        replace(good.but(content_digest=other.headers["content-digest"]), body=other.body),
        "signature",
    )
    for name, digest in {
        "of SHA-512": "sha-512=:AAAA:",
        "empty": "",
        "of nothing": "sha-256=::",
        "twice": f"{good.headers['content-digest']}, {good.headers['content-digest']}",
    }.items():
        yield f"a digest {name}", good.but(content_digest=digest), "digest"
    for name in ("content_digest", "signature", "signature_input"):
        yield f"{name} left out", good.but(**{name: None}), "header_missing"
    yield "the key of another effect", good.but(idempotency_key=uuid4().hex), "signature"
    yield "another query", replace(good, path=f"{PATH}?atomic=true"), "signature"
    yield "a content type with a parameter", good.but(content_type="application/json; charset=utf-8"), "signature"


def _signed_otherwise(table: Table) -> Iterator[tuple[str, Pushed, str]]:
    mine, body = table.holder, table.body()
    yield "signed for another method", Hand(mine, method="PUT").sign(body), "signature"
    for name, target in {
        "path": f"{keys.ISSUER}/v1/partner/other",
        "host": f"http://x-pilot.test{PATH}",
        "scheme": f"http://{keys.ISSUER.partition('://')[2]}{PATH}",
        "port": f"{keys.ISSUER}:8443{PATH}",
        "query": f"{keys.ISSUER}{PATH}?validate_only=true",
    }.items():
        yield f"signed for another {name}", Hand(mine, target=target).sign(body), "signature"
    for name in COVERED:
        less = tuple(covered for covered in COVERED if covered != name)
        yield f"{name} not covered", Hand(mine, covered=less).sign(body), "components"
    yield "more covered", Hand(mine, covered=(*COVERED, "@authority")).sign(body), "components"
    yield "nothing covered", Hand(mine, covered=()).sign(body), "components"
    for age in (301, 3600, -400, 10**9, -(10**12)):
        yield f"made {age} seconds ago", Hand(mine, age=age).sign(body), "created"
    yield "a short nonce", Hand(mine, nonce="short").sign(body), "nonce"
    yield "a long nonce", Hand(mine, nonce="x" * 129).sign(body), "nonce"
    for alg in ("ed25519", "hmac-sha256", "rsa-pss-sha512", "ecdsa-p384-sha384", "none", "ES256"):
        yield f"alg {alg}", Hand(mine, alg=f'"{alg}"').sign(body), "algorithm"
    yield "alg as a token", Hand(mine, alg="1").sign(body), "input_unreadable"
    yield "an end besides", Hand(mine, more=";expires=99999999999").sign(body), "parameters"
    yield "a tag besides", Hand(mine, more=';tag="x"').sign(body), "parameters"


def _spoilt_signatures(table: Table) -> Iterator[tuple[str, Pushed, str]]:
    mine, body = table.holder, table.body()
    good = Hand(mine).sign(body)
    other = Hand(mine).sign(table.body(1))
    yield "the key of nobody", Hand(Holder("-")).sign(body), "key"
    yield "the key's name with a path", Hand(mine, keyid="../k").sign(body), "key"
    yield "another's signature under my key's name", Hand(Holder("-"), keyid=mine.kid).sign(body), "signature"
    yield "the signature of another push", good.but(signature=other.headers["signature"]), "signature"
    yield "a signature of zeros", good.but(signature=f"sig=:{base64.b64encode(bytes(64)).decode()}:"), "signature"
    yield "a signature cut short", good.but(signature="sig=:AAAA:"), "signature"
    yield "a signature of text", good.but(signature='sig="hello"'), "input_unreadable"
    yield "another label", good.but(signature=good.headers["signature"].replace("sig=", "sig2=")), "input_unreadable"
    yield (
        "two signatures",
        good.but(
            signature=f"{good.headers['signature']}, b=:AAAA:",
            signature_input=f"{good.headers['signature-input']}, b=()",
        ),
        "input_unreadable",
    )
    yield "an input that is none", good.but(signature_input="sig=((("), "input_unreadable"
    yield "a very long input", good.but(signature_input="sig=" + "x" * 3000), "header_too_long"


async def test_every_tampered_push_is_refused_for_its_own_reason(table: Table) -> None:
    cases = list(_tampered(table))
    assert len({name for name, _, _ in cases}) == len(cases) >= 40
    found = {name: (await table.reason(pushed), expected) for name, pushed, expected in cases}
    assert {name: pair for name, pair in found.items() if pair[0] != pair[1]} == {}
    assert (await table.send(Hand(table.holder).sign(table.body()))).status_code == 201


@asynccontextmanager
async def without_comparing_first(table: Table, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[None]:
    """Serve with routes that read a body as JSON before anything else, as the framework does."""
    for route in partners.router.routes:
        if isinstance(route, DigestFirst):
            monkeypatch.setattr(route, "app", request_response(APIRoute.get_route_handler(route)))
    transport = httpx.ASGITransport(app=app.create_app(table.desk.service))
    async with httpx.AsyncClient(transport=transport, base_url="http://x-pilot.test") as client:
        table.desk.client = client
        yield


@pytest.mark.parametrize(("honest", "told"), [(False, "digest"), (True, "")], ids=["another digest", "its own digest"])
async def test_the_digest_is_compared_before_the_bytes_are_read_as_json(table: Table, honest: bool, told: str) -> None:
    pushed = Hand(table.holder).sign(b'{"exam_plan_id": [[[')
    sent = pushed if honest else replace(pushed, body=pushed.body + b"[")
    answer = await table.send(sent)
    assert answer.status_code == (400 if honest else 401), answer.text
    assert answer.json()["figures"].get("reason", "") == told


async def test_bytes_read_before_their_digest_was_compared_would_be_seen(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    pushed = Hand(table.holder).sign(b'{"exam_plan_id": [[[')
    async with without_comparing_first(table, monkeypatch):
        assert (await table.send(replace(pushed, body=pushed.body + b"["))).status_code == 400


async def test_a_nonce_counts_once_and_a_key_only_for_its_own_client(table: Table) -> None:
    first = Hand(table.holder, nonce="the same nonce").sign(table.body())
    assert (await table.send(first)).status_code == 201
    assert await table.reason(first) == "nonce_used"
    assert await table.reason(Hand(table.holder, nonce="the same nonce").sign(table.body(1))) == "nonce_used"
    others = await table.send(Hand(table.holder).sign(table.body(1)), who="machine_2")
    assert (others.status_code, others.json()["figures"]["reason"]) == (401, "key")


async def test_a_digest_that_is_not_checked_would_be_seen(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    honest: Callable[..., signatures.Signature] = signatures.verify

    def lax(request: signatures.SignedRequest, **how: Any) -> signatures.Signature:  # noqa: ANN401 - handed on
        body = next(body for body in bodies if signatures.digest_of(body) == request.headers["content-digest"][0])
        return honest(replace(request, body=body), **how)

    bodies = [table.body(), table.body(1)]
    monkeypatch.setattr(signatures, "verify", lax)
    forged = replace(Hand(table.holder).sign(bodies[0]), body=bodies[1])
    async with without_comparing_first(table, monkeypatch):
        assert (await table.send(forged)).status_code == 201


def test_the_example_of_the_rfc_verifies() -> None:
    """RFC 9421, appendix B.2.4, with the key of B.1.3."""
    key = serialization.load_pem_public_key(
        b"-----BEGIN PUBLIC KEY-----\n"
        b"MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEqIVYZVLCrPZHGHjP17CTW0/+D9Lf\n"
        b"w0EkjqF7xB4FivAxzic30tMM4GF+hR6Dxh71Z50VGGdldkkDXZCnTNnoXQ==\n"
        b"-----END PUBLIC KEY-----\n"
    )
    assert isinstance(key, ec.EllipticCurvePublicKey)
    base = (
        '"@status": 200\n"content-type": application/json\n"content-digest": sha-512=:mEWXIS7MaLRuGgxOBdODa3xqM1XdEvxo'
        'YhvlCFJ41QJgJc4GTsPp29l5oGX69wWdXymyU0rjJuahq4l5aGgfLQ==:\n"content-length": 23\n'
        '"@signature-params": ("@status" "content-type" "content-digest" "content-length")'
        ';created=1618884473;keyid="test-key-ecc-p256"'
    )
    value = base64.b64decode("wNmSUAhwb5LxtOtOpNa6W5xj067m5hFrj0XQ4fvpaCLx0NKocgPquLgyahnzDnDAUy5eCdlYUEkLIj+32oiasw==")
    assert PublicKey(key).verifies(value, base.encode())
    assert not PublicKey(key).verifies(value, base.replace("200", "201").encode())
