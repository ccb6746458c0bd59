"""Tokens as strangers send them, each with one fault, and the reason it must be refused for."""

import base64
import hmac
import json
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from x_pilot_api.core import tokens

# The clock is the real one only because python-jose, which is compared below, cannot be given another.
NOW: Final = datetime.now(UTC).replace(microsecond=0)
EPOCH: Final = int(NOW.timestamp())
ISSUER, AUDIENCE, TYP = "https://pilot.example", "https://pilot.example/api", "at+jwt"
HOUR: Final = timedelta(hours=1)
KEY, OLD_KEY, STRANGER = (tokens.SigningKey.generate() for _ in range(3))
P256_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
LEFT_OUT: Final = object()

Hostile = tuple[str, Any, str]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def written(members: Mapping[str, object]) -> bytes:
    return json.dumps({name: value for name, value in members.items() if value is not LEFT_OUT}).encode()


def head(**changes: object) -> bytes:
    return written({"alg": "ES256", "kid": KEY.kid, "typ": TYP, **changes})


def body(**changes: object) -> bytes:
    times = {"iat": EPOCH, "nbf": EPOCH, "exp": EPOCH + 600}
    return written({"iss": ISSUER, "aud": AUDIENCE, "sub": "person-7", "jti": "a1", **times, **changes})


def raw(der: bytes, width: int = 32) -> bytes:
    r, s = decode_dss_signature(der)
    return r.to_bytes(width, "big") + s.to_bytes(width, "big")


def signed(header: bytes | None = None, claims: bytes | None = None, key: tokens.SigningKey = KEY) -> str:
    """Sign anything at all with a real key, so that only the one fault of a hostile token can have it refused."""
    text = f"{b64(head() if header is None else header)}.{b64(body() if claims is None else claims)}"
    return f"{text}.{b64(raw(key.private_key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))))}"


def hs256(secret: bytes) -> str:
    text = f"{b64(head(alg='HS256'))}.{b64(body())}"
    return f"{text}.{b64(hmac.digest(secret, text.encode(), 'sha256'))}"


def rs256(bits: int, **header: object) -> str:
    text = f"{b64(head(**{'alg': 'RS256', **header}))}.{b64(body())}"
    key = rsa.generate_private_key(65537, bits)
    return f"{text}.{b64(key.sign(text.encode(), padding.PKCS1v15(), hashes.SHA256()))}"


def on_curve(curve: ec.EllipticCurve, width: int, **header: object) -> str:
    text = f"{b64(head(**header))}.{b64(body())}"
    return f"{text}.{b64(raw(ec.generate_private_key(curve).sign(text.encode(), ec.ECDSA(hashes.SHA256())), width))}"


def padded(length: int) -> str:
    """Sign a token that is good but for its length, which is the given one or up to two characters more."""
    missing = (length - len(signed(claims=body(pad="")))) * 3 // 4
    return next(
        token for pad in range(missing - 4, missing + 4) if len(token := signed(claims=body(pad="x" * pad))) >= length
    )


def nested(depth: int) -> bytes:
    return b'{"alg":' + b"[" * depth + b"]" * depth + b"}"


def with_member(document: bytes, member: bytes) -> bytes:
    return document[:-1] + b"," + member + b"}"


GOOD: Final = signed()
HEAD, BODY, TAIL = GOOD.split(".")
PUBLIC: Final = KEY.private_key.public_key()
PUBLIC_PEM, PUBLIC_DER = (
    PUBLIC.public_bytes(encoding, serialization.PublicFormat.SubjectPublicKeyInfo)
    for encoding in (serialization.Encoding.PEM, serialization.Encoding.DER)
)


def hostile_algorithms() -> Iterator[Hostile]:
    yield "alg none without signature", f"{b64(head(alg='none'))}.{BODY}.", "algorithm"
    yield "alg nOnE without signature", f"{b64(head(alg='nOnE'))}.{BODY}.", "algorithm"
    yield "alg none with signature", signed(head(alg="none")), "algorithm"
    yield "HS256 keyed by the public key in PEM", hs256(PUBLIC_PEM), "algorithm"
    yield "HS256 keyed by the public key in DER", hs256(PUBLIC_DER), "algorithm"
    yield "HS256 keyed by the JWK", hs256(json.dumps(KEY.public_jwk()).encode()), "algorithm"
    yield "HS256 with an empty secret", hs256(b""), "algorithm"
    yield "HMAC signature called ES256", f"{HEAD}.{BODY}.{hs256(PUBLIC_DER).split('.')[2]}", "signature"
    yield "RS256 of 2048 bits", rs256(2048), "algorithm"
    yield "RS256 of 1024 bits", rs256(1024), "algorithm"
    yield "RSA signature called ES256", rs256(1024, alg="ES256"), "signature"
    yield "ES384", on_curve(ec.SECP384R1(), 48, alg="ES384"), "algorithm"
    yield "ES512", on_curve(ec.SECP521R1(), 66, alg="ES512"), "algorithm"
    yield "ES256 with a P-521 key", on_curve(ec.SECP521R1(), 66), "signature"
    yield "ES256 on the Koblitz curve", on_curve(ec.SECP256K1(), 32), "signature"
    yield "ES384 with our own key", signed(head(alg="ES384")), "algorithm"
    yield "alg in lower case", signed(head(alg="es256")), "algorithm"
    yield "alg as a list", signed(head(alg=["ES256"])), "header"
    yield "alg null", signed(head(alg=None)), "header"
    yield "alg missing", signed(head(alg=LEFT_OUT)), "header"


def hostile_headers() -> Iterator[Hostile]:
    stranger = STRANGER.public_jwk()
    yield "kid of nobody", signed(head(kid=STRANGER.kid), key=STRANGER), "key"
    yield "kid of another of our keys", signed(head(kid=OLD_KEY.kid)), "signature"
    yield "our kid with a stranger's key", signed(key=STRANGER), "signature"
    yield "kid is a path", signed(head(kid="../../../../dev/null")), "key"
    yield "kid is SQL", signed(head(kid="x' union select 'k")), "key"
    yield "kid is a URL", signed(head(kid="https://evil.example/k")), "key"
    yield "kid with a trailing NUL", signed(head(kid=f"{KEY.kid}\0")), "key"
    yield "kid with a lone surrogate", signed(head(kid="\ud800")), "json"
    kids: dict[str, object] = {"empty": "", "null": None, "a number": 0, "a list": [KEY.kid], "an object": {}}
    for name, kid in kids.items():
        yield f"kid {name}", signed(head(kid=kid)), "header"
    for name, typ in {"JWT": "JWT", "of an assertion": "client-assertion+jwt", "in capitals": TYP.upper()}.items():
        yield f"typ {name}", signed(head(typ=typ)), "type"
    for name in ("kid", "typ"):
        yield f"{name} missing", signed(head(**{name: LEFT_OUT})), "header"
    yield "typ null", signed(head(typ=None)), "header"
    extras = {"crit": ["exp"], "jku": "https://evil.example/jwks", "jwk": stranger, "x5u": "https://evil.example/c"}
    for name, value in {**extras, "x5c": ["MIIB"], "b64": False, "zip": "DEF", "cty": "JWT", "ALG": "ES256"}.items():
        yield f"header with {name}", signed(head(**{name: value})), "header"
    yield "stranger's key in the jwk header", signed(head(jwk=stranger, kid=STRANGER.kid), key=STRANGER), "header"
    yield "header with alg twice", signed(with_member(head(alg="none"), b'"alg":"ES256"')), "json"
    yield "header with kid twice", signed(with_member(head(), f'"kid":"{KEY.kid}"'.encode())), "json"
    yield "header nested 50,000 deep", signed(nested(50_000)), "shape"
    yield "header nested as deep as fits", signed(nested(1200)), "json"
    yield "header nested nine deep", signed(nested(8)), "json"
    yield "header with 1e400", signed(with_member(head(), b'"n":1e400')), "json"
    yield "header in UTF-16", signed(head().decode().encode("utf-16")), "json"
    yield "header with a byte order mark", signed(b"\xef\xbb\xbf" + head()), "json"
    yield "header not UTF-8", signed(head().replace(b"at+", b"\xff")), "json"
    yield "header followed by more", signed(head() + b"{}"), "json"
    for name, text in {"a list": b"[]", "a string": b'"alg"', "null": b"null", "no JSON": b"{", "empty": b""}.items():
        yield f"header is {name}", signed(text), "json"


def hostile_claims() -> Iterator[Hostile]:
    reasons = {"iss": "issuer", "aud": "audience", "sub": "subject", "jti": "id"}
    faults: dict[str, object] = {"missing": LEFT_OUT, "null": None, "a list": [AUDIENCE], "an object": {}}
    for name in ("iss", "aud", "sub", "jti", "iat", "nbf", "exp"):
        for fault, value in faults.items():
            yield f"{name} {fault}", signed(claims=body(**{name: value})), reasons.get(name, "times")
    for name, reason in reasons.items():
        yield f"{name} empty", signed(claims=body(**{name: ""})), reason
        yield f"{name} a number", signed(claims=body(**{name: 7})), reason
    yield "iss of somebody else", signed(claims=body(iss="https://evil.example")), "issuer"
    yield "iss with a slash more", signed(claims=body(iss=ISSUER + "/")), "issuer"
    yield "aud of somebody else", signed(claims=body(aud="https://other.example")), "audience"
    yield "aud of which ours is a part", signed(claims=body(aud=AUDIENCE + "/v2")), "audience"
    yield "aud with ours among others", signed(claims=body(aud=["https://other.example", AUDIENCE])), "audience"
    yield "claims with exp twice", signed(claims=with_member(body(exp=EPOCH - 1), b'"exp":%d' % (EPOCH + 9))), "json"
    yield "claims with sub twice", signed(claims=with_member(body(), b'"sub":"admin"')), "json"
    yield "claims with a nested name twice", signed(claims=with_member(body(), b'"a":[{"b":1,"b":2}]')), "json"
    yield "claims with a name twice by escape", signed(claims=with_member(body(), b'"\\u0073ub":"admin"')), "json"
    for value in (b"NaN", b"Infinity", b"-Infinity", b"1e400", b"[-1e400]"):
        yield f"claims with {value.decode()}", signed(claims=with_member(body(), b'"n":' + value)), "json"
    yield "claims with a lone surrogate", signed(claims=body(name="\udfff")), "json"
    yield "claims with a lone surrogate as a name", signed(claims=body(**{"\ud800": 1})), "json"
    yield "claims not UTF-8", signed(claims=body().replace(b"person", b"\xc3(")), "json"
    yield "claims nested nine deep", signed(claims=with_member(body(), b'"n":' + nested(7))), "json"
    yield "claims nested as deep as fits", signed(claims=with_member(body(), b'"n":' + nested(1000))), "json"
    for name, text in {"a list": b"[]", "a number": b"1", "null": b"null", "text": b"hello", "empty": b""}.items():
        yield f"claims are {name}", signed(claims=text), "json"


def hostile_times() -> Iterator[Hostile]:
    for name in ("iat", "nbf", "exp"):
        for fault, value in {"a string": str(EPOCH + 9), "a float": EPOCH + 9.0, "true": True, "empty": ""}.items():
            yield f"{name} {fault}", signed(claims=body(**{name: value})), "times"
        yield f"{name} 1e400", signed(claims=body(**{name: 0}).replace(b": 0", b": 1e400")), "json"
        yield f"{name} 1e9", signed(claims=body(**{name: 0}).replace(b": 0", b": 1e9")), "times"
    for name in ("iat", "nbf"):
        yield f"{name} in the future", signed(claims=body(**{name: EPOCH + 31})), "early"
        yield f"{name} in the far future", signed(claims=body(**{name: 10**300})), "early"
    yield "exp just now", signed(claims=body(exp=EPOCH)), "expired"
    yield "exp a year ago", signed(claims=body(exp=EPOCH - 31_536_000)), "expired"
    yield "exp zero", signed(claims=body(exp=0)), "expired"
    yield "exp negative", signed(claims=body(exp=-(10**300))), "expired"
    yield "exp in the far future", signed(claims=body(exp=253_402_300_800)), "lifetime"
    yield "exp beyond any clock", signed(claims=body(exp=10**300)), "lifetime"
    yield "lifetime a second too long", signed(claims=body(exp=EPOCH + 3601)), "lifetime"
    yield "issued long ago for a long time", signed(claims=body(iat=0)), "lifetime"
    yield "exp before iat", signed(claims=body(iat=EPOCH + 20, exp=EPOCH + 10)), "lifetime"


def hostile_texts() -> Iterator[Hostile]:
    last = TAIL[:-1] + chr(ord(TAIL[-1]) + 1)
    unsafe = next(token for _ in range(99) if "-" in (token := signed()).split(".")[2] and "_" in token.split(".")[2])
    for name, token in {
        "padding": GOOD + "==",
        "padding in the header": f"{HEAD}=.{BODY}.{TAIL}",
        "junk in the signature": f"{HEAD}.{BODY}.{TAIL[:9]}!{TAIL[9:]}",
        "junk in the header": f"{HEAD[:9]}~{HEAD[9:]}.{BODY}.{TAIL}",
        "the alphabet of plain base64": unsafe.replace("-", "+").replace("_", "/"),
        "non-canonical last character": f"{HEAD}.{BODY}.{last}",
        "one character less": GOOD[:-1],
        "space before": " " + GOOD,
        "newline behind": GOOD + "\n",
        "carriage return inside": GOOD[:80] + "\r\n" + GOOD[80:],
        "NUL behind": GOOD + "\0",
        "quotes around": f'"{GOOD}"',
        "Bearer in front": f"Bearer {GOOD}",
        "non-ASCII letter": GOOD.replace("e", "\u0435", 1),
        "full-width dots": GOOD.replace(".", "\uff0e"),
        "lone surrogate behind": GOOD + "\ud800",
        "empty": "",
        "dots only": "..",
        "one segment": HEAD,
        "two segments": f"{HEAD}.{BODY}",
        "four segments": GOOD + ".",
        "five segments (JWE)": f"{b64(written({'alg': 'dir', 'enc': 'A256GCM'}))}..{TAIL[:16]}.{BODY}.{TAIL[:22]}",
        "five of our segments": f"{GOOD}.{BODY}.{TAIL}",
        "JSON serialisation": json.dumps({"protected": HEAD, "payload": BODY, "signature": TAIL}),
        "a little too long": padded(4097),
        "a megabyte": signed(claims=body(pad="x" * 750_000)),
        "a million dots": "." * 1_000_000,
        "bytes": GOOD.encode(),
        "None": None,
        "an integer": 7,
        "a list": [GOOD],
        "a tuple of segments": (HEAD, BODY, TAIL),
    }.items():
        yield name, token, "json" if name == "dots only" else "shape"


def hostile_signatures() -> Iterator[Hostile]:
    der = KEY.private_key.sign(f"{HEAD}.{BODY}".encode(), ec.ECDSA(hashes.SHA256()))
    signature = base64.urlsafe_b64decode(TAIL + "==")
    for name, value in {
        "empty": b"",
        "zero": bytes(64),
        "all ones": b"\xff" * 64,
        "the order of the curve": P256_ORDER.to_bytes(32, "big") * 2,
        "halved": signature[:32],
        "doubled": signature * 2,
        "a byte shorter": signature[:-1],
        "a byte longer": signature + b"\0",
        "wider": b"\0" + signature[:32] + b"\0" + signature[32:],
        "turned around": signature[32:] + signature[:32],
        "in DER": der,
    }.items():
        yield f"signature {name}", f"{HEAD}.{BODY}.{b64(value)}", "signature"
    other = signed(claims=body(sub="admin")).split(".")
    yield "signature a character longer", GOOD + "A", "signature"
    yield "payload swapped", f"{HEAD}.{other[1]}.{TAIL}", "signature"
    yield "signature swapped", f"{HEAD}.{BODY}.{other[2]}", "signature"
    yield "payload detached", f"{HEAD}..{TAIL}", "signature"
    yield "claims not read before the signature", f"{HEAD}.{b64(b'{')}.{TAIL}", "signature"


HOSTILE: Final[list[Hostile]] = [
    *hostile_algorithms(), *hostile_headers(), *hostile_claims(), *hostile_times(), *hostile_texts(),
    *hostile_signatures(),
]  # fmt: skip
