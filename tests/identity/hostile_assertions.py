"""Assertions that prove nothing: each is signed by a real key and has one fault."""

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives.asymmetric import ec

from tests.core.hostile_tokens import b64, nested, on_curve, rs256, with_member
from tests.identity.keys import ISSUER, LEFT_OUT, Holder
from x_pilot_api.core import clock

Hostile = tuple[str, str]


@dataclass(frozen=True)
class Cast:
    """The client whose key is good, and those who are somebody else or not (any more) what they say."""

    good: Holder
    other_client: Holder
    stranger: Holder
    revoked: Holder
    over: Holder
    coming: Holder
    waiting: Holder
    of_revoked_client: Holder


def assertions(cast: Cast) -> Iterator[Hostile]:
    """Tell them all, each with its name."""
    yield from _algorithms(cast.good)
    yield from _headers(cast)
    yield from _claims(cast.good)
    yield from _times(cast.good)
    yield from _shapes(cast.good)
    yield from _keys(cast)


def _algorithms(good: Holder) -> Iterator[Hostile]:
    text = f"{b64(good.head(alg='none'))}.{b64(good.claims())}"
    yield "alg none without a signature", f"{text}."
    for alg in ("none", "HS256", "RS256", "PS256", "ES384", "ES256K", "es256", "EdDSA"):
        yield f"alg {alg}", good.sign(good.head(alg=alg), good.claims())
    yield "an RS256 token", rs256(2048)
    yield "an ES256 token on another curve", on_curve(ec.SECP256K1(), 32, kid=good.kid, typ="JWT")


def _headers(cast: Cast) -> Iterator[Hostile]:
    good, stranger = cast.good, cast.stranger
    for name, kid in {"a path": "../../dev/null", "SQL": "' OR 1=1 --", "a URL": "https://evil.example/k"}.items():
        yield f"kid is {name}", good.sign(good.head(kid=kid), good.claims())
    for name, kid in {"left out": LEFT_OUT, "null": None, "a list": [good.kid], "empty": "", "a number": 7}.items():
        yield f"kid is {name}", good.sign(good.head(kid=kid), good.claims())
    yield "kid with a NUL", good.sign(good.head(kid=f"{good.kid}\0"), good.claims())
    yield "kid of the other client", good.sign(good.head(kid=cast.other_client.kid), good.claims())
    for name, value in {
        "jwk": stranger.public.jwk(),
        "jku": "https://evil.example/jwks",
        "x5u": "https://evil.example/c",
        "x5c": ["MIIB"],
        "crit": ["exp"],
        "b64": False,
        "zip": "DEF",
    }.items():
        yield f"header with {name}", good.sign(good.head(**{name: value}), good.claims())
    yield (
        "the stranger's key in the header",
        stranger.sign(stranger.head(jwk=stranger.public.jwk()), _claims_as(stranger, good)),
    )
    for typ in ("at+jwt", "key-rotation+jwt", "jwt", "", None, LEFT_OUT):
        yield f"typ {'left out' if typ is LEFT_OUT else typ!r}", good.sign(good.head(typ=typ), good.claims())
    twice = with_member(good.head(), f'"kid":"{good.kid}"'.encode())
    yield "header with kid twice", good.sign(twice, good.claims())
    yield "header nested deep", good.sign(nested(900), good.claims())


def _claims_as(signer: Holder, claimed: Holder) -> bytes:
    return signer.claims(iss=claimed.client_id, sub=claimed.client_id)


def _claims(good: Holder) -> Iterator[Hostile]:
    audiences: dict[str, object] = {
        "a list of it": [ISSUER],
        "a list of it and another": [ISSUER, "https://other.example"],
        "the token endpoint": f"{ISSUER}/v1/auth/token",
        "the issuer with a stroke": f"{ISSUER}/",
        "in capitals": ISSUER.upper(),
        "another": "https://other.example",
        "empty": "",
        "null": None,
        "left out": LEFT_OUT,
    }
    for name, audience in audiences.items():
        yield f"aud is {name}", good.assertion(aud=audience)
    for claim in ("iss", "sub"):
        for name, value in {"left out": LEFT_OUT, "another's": "live_client_2", "a list": [good.client_id]}.items():
            yield f"{claim} is {name}", good.assertion(**{claim: value})
    for name, jti in {"left out": LEFT_OUT, "empty": "", "a number": 7, "long": "x" * 256, "a NUL": "a\0b"}.items():
        yield f"jti is {name}", good.assertion(jti=jti)
    for member in (b'"sub":"live_client_2"', b'"aud":"https://other.example"', b'"exp":99999999999', b'"n":NaN'):
        yield f"claims with {member.decode()} beside", good.sign(good.head(), with_member(good.claims(), member))


def _times(good: Holder) -> Iterator[Hostile]:
    now = int(clock.now().timestamp())
    times: dict[str, dict[str, object]] = {
        "of 61 seconds": {"iat": now, "exp": now + 61},
        "of an hour": {"exp": now + 3600},
        "over": {"iat": now - 60, "exp": now - 1},
        "without an end": {"exp": LEFT_OUT},
        "without a beginning": {"iat": LEFT_OUT},
        "of the future": {"iat": now + 900, "exp": now + 950},
        "not yet valid": {"nbf": now + 900},
        "ending as text": {"exp": str(now + 60)},
        "ending as true": {"exp": True},
        "ending as a float": {"exp": now + 60.0},
        "ending before it begins": {"iat": now + 20, "exp": now + 10},
        "ending beyond any clock": {"exp": 10**300},
        "begun beyond any clock": {"iat": -(10**300)},
    }
    for name, changes in times.items():
        yield f"an assertion {name}", good.assertion(**changes)


def _shapes(good: Holder) -> Iterator[Hostile]:
    whole = good.assertion()
    head, body, tail = whole.split(".")
    yield "empty", ""
    yield "no token at all", "hello"
    yield "two parts", f"{head}.{body}"
    yield "four parts", f"{whole}.{tail}"
    yield "padded", f"{head}.{body}.{tail}=="
    yield "with junk in the signature", f"{head}.{body}.!{tail[1:]}"
    yield "a signature of nothing", f"{head}.{body}.{b64(bytes(64))}"
    yield "a signature cut short", f"{head}.{body}.{tail[:-3]}"
    yield "not ASCII", f"{head}.{body}.{tail}\u00e9"
    yield "too long", good.assertion(pad="x" * 4000)
    yield "claims of another assertion", f"{head}.{good.assertion().split('.')[1]}.{tail}"
    yield "claims that are a list", good.sign(good.head(), b"[]")
    yield "claims that are no JSON", good.sign(good.head(), b"{")


def _keys(cast: Cast) -> Iterator[Hostile]:
    good = cast.good
    for name in ("stranger", "other_client", "revoked", "over", "coming", "waiting"):
        holder: Holder = getattr(cast, name)
        yield f"the client's name under a key that is {name}", holder.sign(holder.head(), _claims_as(holder, good))
    yield "a key of a revoked client", cast.of_revoked_client.assertion()
    yield (
        "the stranger's signature under the good key's name",
        cast.stranger.sign(good.head(), _claims_as(cast.stranger, good)),
    )
