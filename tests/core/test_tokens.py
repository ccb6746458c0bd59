"""What strangers may send instead of a token, and what the service's own tokens must go on doing."""

import base64
import hashlib
import json
import runpy
from collections.abc import Mapping
from dataclasses import FrozenInstanceError
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from hypothesis import given, settings
from hypothesis import strategies as st
from jose import JWTError, jwk, jwt

from tests.core import hostile_tokens as hostile
from x_pilot_api.core import tokens

ISSUING: Final = tokens.TokenIssuer(issuer=hostile.ISSUER, keys=[hostile.KEY, hostile.OLD_KEY])


def verify(token: Any, issuer: tokens.TokenIssuer = ISSUING, now: datetime = hostile.NOW) -> Mapping[str, Any]:  # noqa: ANN401
    return issuer.verify(token, typ=hostile.TYP, audience=hostile.AUDIENCE, now=now, max_lifetime=hostile.HOUR)


def issue(issuer: tokens.TokenIssuer = ISSUING, **changes: Any) -> str:  # noqa: ANN401
    wanted: dict[str, Any] = {
        "typ": hostile.TYP,
        "audience": hostile.AUDIENCE,
        "subject": "person-7",
        "lifetime": hostile.HOUR,
        "now": hostile.NOW,
        "claims": {},
    }
    return issuer.issue(**{**wanted, **changes})


@pytest.mark.parametrize(("token", "reason"), [pytest.param(t, r, id=name) for name, t, r in hostile.HOSTILE])
def test_a_hostile_token_is_refused_for_its_own_fault(token: object, reason: str) -> None:
    with pytest.raises(tokens.TokenError) as refusal:
        verify(token)
    assert refusal.value.reason == reason
    assert str(refusal.value) == reason, "no part of the token may reach a log"
    assert (refusal.value.__cause__, refusal.value.__context__) == (None, None), "nor by way of an earlier error"


def test_the_corpus_names_each_of_its_tokens_once() -> None:
    assert len({name for name, _, _ in hostile.HOSTILE}) == len(hostile.HOSTILE) >= 41


def test_no_flipped_bit_is_accepted() -> None:
    accepted: list[tuple[int, int]] = []
    for position, letter in enumerate(hostile.GOOD):
        for bit in range(8):
            try:
                verify(f"{hostile.GOOD[:position]}{chr(ord(letter) ^ (1 << bit))}{hostile.GOOD[position + 1 :]}")
            except tokens.TokenError:
                continue
            accepted.append((position, bit))
    assert verify(hostile.GOOD)
    assert accepted == []


def test_plain_python_jose_accepts_or_chokes_on_tokens_that_are_refused_here() -> None:
    key, accepted, choked = jwk.construct(hostile.KEY.public_jwk(), "ES256"), set[str](), set[str]()
    # The tokens were made when their file was read, which in a long run of tests is a while ago.
    options = {"leeway": 24 * 3_600}
    for name, token, _ in hostile.HOSTILE:
        try:
            jwt.decode(
                token, key, algorithms=["ES256"], audience=hostile.AUDIENCE, issuer=hostile.ISSUER, options=options
            )
        except JWTError:
            continue
        except Exception:  # noqa: BLE001  # Whatever is not its own error would have become a 500.
            choked.add(name)
        else:
            accepted.add(name)
    assert accepted >= {"header with crit", "typ of an assertion", "claims with sub twice", "exp missing"}
    assert choked >= {"exp null", "exp 1e400", "header nested 50,000 deep", "None"}


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    token=st.text(st.characters())
    | st.lists(st.binary(max_size=90).map(hostile.b64), min_size=2, max_size=6).map(".".join)
)
def test_any_text_is_refused_with_nothing_but_a_token_error(token: str) -> None:
    with pytest.raises(tokens.TokenError):
        verify(token)


@settings(deadline=None)
@given(header=st.binary() | json_values.map(lambda value: json.dumps(value).encode()), claims=st.binary())
def test_any_signed_bytes_are_refused_with_nothing_but_a_token_error(header: bytes, claims: bytes) -> None:
    for token in (hostile.signed(header), hostile.signed(claims=claims)):
        with pytest.raises(tokens.TokenError):
            verify(token)


@settings(deadline=None)
@given(
    header=st.dictionaries(st.sampled_from(["alg", "kid", "typ", "crit"]), json_values, max_size=2),
    claims=st.dictionaries(st.sampled_from(["iss", "aud", "sub", "jti", "iat", "nbf", "exp", "n"]), json_values),
)
def test_whatever_members_are_signed_only_a_sound_token_is_accepted(
    header: dict[str, object], claims: dict[str, object]
) -> None:
    try:
        accepted = verify(hostile.signed(hostile.head(**header), hostile.body(**claims)))
    except tokens.TokenError:
        return
    assert header == {}
    assert (accepted["iss"], accepted["aud"]) == (hostile.ISSUER, hostile.AUDIENCE)
    assert {type(accepted[name]) for name in ("iat", "nbf", "exp")} == {int}
    assert accepted["sub"]
    assert accepted["jti"]


def test_a_good_token_gives_back_what_it_was_issued_with() -> None:
    claims = {"scope": ["marks:read", "marks:write"], "name": "\u674e\u96f7", "level": {"of": 3, "share": 0.5}}
    accepted = verify(issue(claims=claims))
    times = {"iat": hostile.EPOCH, "nbf": hostile.EPOCH, "exp": hostile.EPOCH + 3600}
    own = {"iss": hostile.ISSUER, "aud": hostile.AUDIENCE, "sub": "person-7", "jti": accepted["jti"], **times}
    assert accepted == {**claims, **own}


def test_the_header_of_a_token_says_how_it_is_signed_and_what_it_is() -> None:
    header = json.loads(base64.urlsafe_b64decode(issue().split(".")[0] + "=="))
    assert header == {"alg": "ES256", "kid": hostile.KEY.kid, "typ": hostile.TYP}


def test_no_two_tokens_share_an_id() -> None:
    assert len({verify(issue())["jti"] for _ in range(20)}) == 20


def test_issuing_leaves_the_given_claims_as_they_were() -> None:
    claims = {"scope": ["marks:read"]}
    issue(claims=claims)
    assert claims == {"scope": ["marks:read"]}


@pytest.mark.parametrize("name", ["iss", "aud", "sub", "iat", "nbf", "exp", "jti"])
def test_claims_cannot_override_what_the_issuer_sets(name: str) -> None:
    with pytest.raises(ValueError, match=name):
        issue(claims={name: "mine"})


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        pytest.param({"typ": ""}, "header", id="no type"),
        pytest.param({"audience": ""}, "audience", id="no audience"),
        pytest.param({"subject": ""}, "subject", id="no subject"),
        pytest.param({"lifetime": timedelta(0)}, "expired", id="no life"),
        pytest.param({"lifetime": -hostile.HOUR}, "expired", id="dead before it was born"),
        pytest.param({"now": hostile.NOW.replace(tzinfo=None)}, "clock", id="naive time"),
        pytest.param({"claims": {"n": float("nan")}}, "json", id="not a number"),
        pytest.param({"claims": {"n": "\ud800"}}, "json", id="lone surrogate"),
        pytest.param({"claims": {"n": [[[[[[[[0]]]]]]]]}}, "json", id="too deep"),
        pytest.param({"claims": {"n": "x" * 4000}}, "shape", id="too long"),
    ],
)
def test_a_token_that_would_be_refused_is_never_issued(changes: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValueError, match=f"would be refused: {reason}"):
        issue(**changes)


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(
            hostile.signed(claims=hostile.body(iat=hostile.EPOCH + 30, nbf=hostile.EPOCH + 30)),
            id="clocks half a minute apart",
        ),
        pytest.param(hostile.signed(claims=hostile.body(exp=hostile.EPOCH + 1)), id="the last second"),
        pytest.param(hostile.signed(claims=hostile.body(exp=hostile.EPOCH + 3600)), id="the longest lifetime"),
        pytest.param(
            hostile.signed(claims=hostile.with_member(hostile.body(), b'"n":' + hostile.nested(6))),
            id="the deepest claims",
        ),
        pytest.param(hostile.padded(4096), id="the longest text"),
    ],
)
def test_a_token_at_the_edge_of_what_is_allowed_is_accepted(token: str) -> None:
    assert verify(token)["sub"] == "person-7"


def test_a_token_is_over_at_the_very_instant_it_expires() -> None:
    token = issue(lifetime=timedelta(seconds=60))
    assert verify(token, now=hostile.NOW + timedelta(seconds=59.999))
    with pytest.raises(tokens.TokenError, match="expired"):
        verify(token, now=hostile.NOW + timedelta(seconds=60))


def test_a_naive_clock_verifies_nothing() -> None:
    with pytest.raises(tokens.TokenError, match="clock"):
        verify(hostile.GOOD, now=hostile.NOW.replace(tzinfo=None))


def test_an_error_nobody_foresaw_is_a_refusal_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ISSUING, "_ring", None)
    with pytest.raises(tokens.TokenError, match="unreadable"):
        verify(hostile.GOOD)


def test_the_mirrored_signature_of_a_token_keeps_its_id_so_only_ids_may_be_denied() -> None:
    signature = base64.urlsafe_b64decode(hostile.TAIL + "==")
    s = hostile.P256_ORDER - int.from_bytes(signature[32:], "big")
    twin = f"{hostile.HEAD}.{hostile.BODY}.{hostile.b64(signature[:32] + s.to_bytes(32, 'big'))}"
    assert twin != hostile.GOOD
    assert verify(twin)["jti"] == verify(hostile.GOOD)["jti"]


def test_an_old_key_goes_on_verifying_while_it_is_listed_second() -> None:
    old = issue(tokens.TokenIssuer(issuer=hostile.ISSUER, keys=[hostile.OLD_KEY]))
    assert verify(old, ISSUING)
    assert json.loads(base64.urlsafe_b64decode(issue(ISSUING).split(".")[0] + "=="))["kid"] == hostile.KEY.kid


def test_a_dropped_key_verifies_no_longer() -> None:
    old = issue(tokens.TokenIssuer(issuer=hostile.ISSUER, keys=[hostile.OLD_KEY]))
    with pytest.raises(tokens.TokenError, match="key"):
        verify(old, tokens.TokenIssuer(issuer=hostile.ISSUER, keys=[hostile.KEY]))


@pytest.mark.parametrize(
    ("issuer", "keys"),
    [("", [hostile.KEY]), (hostile.ISSUER, []), (hostile.ISSUER, [hostile.KEY, hostile.OLD_KEY, hostile.KEY])],
)
def test_an_issuer_needs_a_name_and_each_key_once(issuer: str, keys: list[tokens.SigningKey]) -> None:
    with pytest.raises(ValueError, match="a name and at least one key"):
        tokens.TokenIssuer(issuer=issuer, keys=keys)


def test_the_published_keys_hold_nothing_private_and_the_signing_key_comes_first() -> None:
    published = ISSUING.jwks()["keys"]
    assert published == [hostile.KEY.public_jwk(), hostile.OLD_KEY.public_jwk()]
    for key in published:
        assert key.keys() == {"kty", "crv", "x", "y", "kid", "alg", "use"}


def test_changing_the_published_keys_changes_nothing_in_the_issuer() -> None:
    ISSUING.jwks()["keys"][0]["x"] = "gone"
    assert ISSUING.jwks()["keys"][0] == hostile.KEY.public_jwk()


def test_a_coordinate_that_begins_with_zeros_is_published_at_full_width() -> None:
    keys = (ec.derive_private_key(number, ec.SECP256R1()) for number in range(1, 9999))
    short = next(key for key in keys if key.public_key().public_numbers().x < 2**248)
    published = tokens.SigningKey(short).public_jwk()
    assert published["x"] == hostile.b64(short.public_key().public_numbers().x.to_bytes(32, "big"))
    assert published["x"].startswith("A")


def test_a_key_is_named_by_the_thumbprint_of_its_public_half() -> None:
    jwk_of = hostile.KEY.public_jwk()
    canonical = f'{{"crv":"P-256","kty":"EC","x":"{jwk_of["x"]}","y":"{jwk_of["y"]}"}}'
    assert hostile.KEY.kid == jwk_of["kid"] == hostile.b64(hashlib.sha256(canonical.encode()).digest())


def test_a_key_comes_back_from_its_pem_with_its_name() -> None:
    again = tokens.SigningKey.from_pem(hostile.KEY.to_pem())
    assert again == hostile.KEY
    assert again.to_pem() == hostile.KEY.to_pem()
    assert hostile.KEY.to_pem().startswith(b"-----BEGIN PRIVATE KEY-----")


def pem_of(key: PrivateKeyTypes, password: bytes | None = None) -> bytes:
    hiding = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, hiding)


@pytest.mark.parametrize(
    "pem",
    [
        pytest.param(pem_of(rsa.generate_private_key(65537, 2048)), id="RSA"),
        pytest.param(pem_of(ec.generate_private_key(ec.SECP384R1())), id="P-384"),
        pytest.param(pem_of(ec.generate_private_key(ec.SECP521R1())), id="P-521"),
        pytest.param(pem_of(ec.generate_private_key(ec.SECP256K1())), id="the Koblitz curve"),
        pytest.param(pem_of(ed25519.Ed25519PrivateKey.generate()), id="Ed25519"),
        pytest.param(pem_of(hostile.KEY.private_key, b"secret"), id="encrypted"),
        pytest.param(hostile.PUBLIC_PEM, id="a public key"),
        pytest.param(base64.b64decode("".join(hostile.KEY.to_pem().decode().splitlines()[1:-1])), id="DER"),
        pytest.param(hostile.KEY.to_pem()[:100], id="cut off"),
        pytest.param(b"", id="empty"),
        pytest.param(None, id="None"),
    ],
)
def test_only_a_plain_p256_private_key_is_taken_from_a_pem(pem: bytes) -> None:
    with pytest.raises(ValueError, match="not an unencrypted P-256 private key") as refusal:
        tokens.SigningKey.from_pem(pem)
    assert refusal.value.__context__ is None, "the parser's own error may quote the file"


def test_a_key_never_shows_its_private_part() -> None:
    secret = hostile.KEY.private_key.private_numbers().private_value
    shown = f"{hostile.KEY!r} {hostile.KEY!s} {hostile.KEY} {[hostile.KEY]} {ISSUING!r} {ISSUING.jwks()}"
    for spelling in (str(secret), f"{secret:x}", hostile.b64(secret.to_bytes(32, "big")), "PRIVATE"):
        assert spelling not in shown
    assert repr(hostile.KEY) == f"SigningKey(kid='{hostile.KEY.kid}')"


def test_a_key_cannot_be_renamed() -> None:
    with pytest.raises(FrozenInstanceError):
        hostile.KEY.kid = hostile.OLD_KEY.kid  # pyright: ignore[reportAttributeAccessIssue]  # Just what is tried here.


def test_without_the_cryptography_backend_nothing_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jwk, "get_key", dict[str, str]().get)
    with pytest.raises(RuntimeError, match="cryptography backend"):
        runpy.run_path(str(tokens.__file__))
