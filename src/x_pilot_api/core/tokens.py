"""The only door to python-jose: every JSON Web Token of the service is made and read here, by ES256 and nothing else.

By itself python-jose takes tokens with members named twice, unknown critical headers or no expiry, and some make it
raise errors not its own. So tokens are read strictly here; it only writes them and checks a signature by a known key.
"""

import base64
import hashlib
import json
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, Literal, Self, cast

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, utils
from jose import jwk, jws
from jose.backends.base import Key
from jose.backends.cryptography_backend import CryptographyECKey
from pydantic import JsonValue

Claims = Mapping[str, JsonValue]
Reason = Literal[
    "shape", "json", "header", "algorithm", "type", "key", "signature", "issuer", "audience", "subject", "id",
    "clock", "times", "expired", "early", "lifetime", "unreadable",
]  # fmt: skip

ALGORITHM: Final = "ES256"
CURVE: Final = "secp256r1"
MAX_CHARACTERS: Final = 4096
MAX_DEPTH: Final = 8
SEGMENTS: Final = 3
SIGNATURE_BYTES: Final = 64
COORDINATE_BYTES: Final = 32
JTI_MAX: Final = 255
LEEWAY_SECONDS: Final = 30
TIMES: Final = ("iat", "nbf", "exp")
OWN_CLAIMS: Final = frozenset({"iss", "aud", "sub", "jti", *TIMES})
NOT_A_KEY: Final = "not an unencrypted P-256 private key in PEM form"
NOT_A_PUBLIC_KEY: Final = "not the public half of a P-256 key as a JSON Web Key"
NO_KEYS: Final = "a token issuer needs a name and at least one key, each key once"
WRONG_BACKEND: Final = "python-jose must use its cryptography backend for ES256"

# Without its cryptography extra python-jose falls back to a pure Python curve, whose timing gives private keys away.
if jwk.get_key(ALGORITHM) is not CryptographyECKey:
    raise RuntimeError(WRONG_BACKEND)


class TokenError(Exception):
    """The token is not one of ours, or no longer valid."""

    def __init__(self, reason: Reason) -> None:
        # The reason is all it says, so that no part of a token can reach a log.
        super().__init__(reason)
        self.reason: Reason = reason


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A P-256 private key, named by the RFC 7638 thumbprint of its public half."""

    kid: str = field(init=False)
    private_key: ec.EllipticCurvePrivateKey = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.private_key.curve.name != CURVE:
            raise ValueError(NOT_A_KEY)
        # Named by what it is, so that no two keys can be given one name.
        point = json.dumps(self._public_point(), sort_keys=True, separators=(",", ":"))
        object.__setattr__(self, "kid", _encode(hashlib.sha256(point.encode()).digest()))

    @classmethod
    def generate(cls) -> Self:
        """Make a new key."""
        return cls(ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_pem(cls, pem: bytes) -> Self:
        """Read an unencrypted private key, refusing every other kind of key and curve."""
        try:
            key = serialization.load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            key = None
        if isinstance(key, ec.EllipticCurvePrivateKey):
            return cls(key)
        # Raised out here, so that the parser's own error, which may quote the file, does not travel along.
        raise ValueError(NOT_A_KEY)

    def to_pem(self) -> bytes:
        """Write the private key as unencrypted PKCS #8."""
        return self.private_key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def public_jwk(self) -> dict[str, str]:
        """Give the public half as a JSON Web Key."""
        return {**self._public_point(), "kid": self.kid, "alg": ALGORITHM, "use": "sig"}

    def _public_point(self) -> dict[str, str]:
        # Exactly the members that RFC 7638 takes the thumbprint of, and each coordinate at its full width.
        point = self.private_key.public_key().public_numbers()
        x, y = (_encode(coordinate.to_bytes(32, "big")) for coordinate in (point.x, point.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


@dataclass(frozen=True, slots=True)
class _Ring:
    """Keys as they are used: the name and the signer of the first, and what checks a signature by each."""

    kid: str
    signer: Key
    public: list[dict[str, str]]
    verifiers: dict[str, Key]

    @classmethod
    def of(cls, keys: Sequence[SigningKey]) -> Self:
        if not keys or len({key.kid for key in keys}) != len(keys):
            raise ValueError(NO_KEYS)
        public = [key.public_jwk() for key in keys]
        # Built once, since reading a key costs more than using it.
        # Public halves only, so that what a stranger sends never meets a private key.
        verifiers = {key["kid"]: jwk.construct(dict(key), ALGORITHM) for key in public}
        return cls(keys[0].kid, jwk.construct(keys[0].to_pem(), ALGORITHM), public, verifiers)


@dataclass(frozen=True, slots=True)
class PublicKey:
    """Somebody else's P-256 public key, named by its RFC 7638 thumbprint."""

    kid: str = field(init=False)
    public_key: ec.EllipticCurvePublicKey = field(repr=False, compare=False)

    def __post_init__(self) -> None:
        point = json.dumps(self._point(), sort_keys=True, separators=(",", ":"))
        object.__setattr__(self, "kid", _encode(hashlib.sha256(point.encode()).digest()))

    @classmethod
    def from_jwk(cls, given: Mapping[str, object]) -> Self:
        """Read a JSON Web Key of exactly the kind we take; one that holds a private half is refused too."""
        if given.keys() - {"kid", "alg", "use", "key_ops"} != {"kty", "crv", "x", "y"}:
            raise ValueError(NOT_A_PUBLIC_KEY)
        fits = (given["kty"], given["crv"]) == ("EC", "P-256") and given.get("alg", ALGORITHM) == ALGORITHM
        try:
            x, y = (_decode(value) if isinstance(value := given[name], str) else b"" for name in ("x", "y"))
            numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(x, "big"), int.from_bytes(y, "big"), ec.SECP256R1())
            # The curve's own check: a point beside it is nobody's key.
            key = numbers.public_key() if fits and len(x) == len(y) == COORDINATE_BYTES else None
        except (ValueError, TokenError):
            key = None
        if key is None:
            raise ValueError(NOT_A_PUBLIC_KEY)
        return cls(key)

    def jwk(self) -> dict[str, str]:
        """Give the key as a JSON Web Key, without anything that was not its own."""
        return self._point()

    def _point(self) -> dict[str, str]:
        point = self.public_key.public_numbers()
        x, y = (_encode(coordinate.to_bytes(COORDINATE_BYTES, "big")) for coordinate in (point.x, point.y))
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def verifies(self, signature: bytes, data: bytes) -> bool:
        """Tell whether the key's owner signed these bytes; the signature is r and s side by side."""
        if len(signature) != SIGNATURE_BYTES:
            return False
        r, s = (int.from_bytes(half, "big") for half in (signature[:COORDINATE_BYTES], signature[COORDINATE_BYTES:]))
        try:
            self.public_key.verify(utils.encode_dss_signature(r, s), data, ec.ECDSA(hashes.SHA256()))
        except InvalidSignature:
            return False
        return True


class TokenIssuer:
    """Issues tokens with its first key, and takes back those signed with any of its keys."""

    def __init__(self, *, issuer: str, keys: Sequence[SigningKey]) -> None:
        if not issuer:
            raise ValueError(NO_KEYS)
        self._issuer: Final = issuer
        self._ring = _Ring.of(keys)

    def use(self, keys: Sequence[SigningKey]) -> None:
        """Issue and take back by these keys from now on; they are put in place as one."""
        if [key.kid for key in keys] != [key["kid"] for key in self._ring.public]:
            self._ring = _Ring.of(keys)

    def issue(
        self, *, typ: str, audience: str, subject: str, lifetime: timedelta, now: datetime, claims: Claims
    ) -> str:
        """Sign a token of the given type that is valid from now on, for whole seconds."""
        if overridden := OWN_CLAIMS & claims.keys():
            message = f"claims that the issuer sets itself: {', '.join(sorted(overridden))}"
            raise ValueError(message)
        iat, jti = int(now.timestamp()), uuid.uuid4().hex
        exp = iat + int(lifetime.total_seconds())
        own = {"iss": self._issuer, "aud": audience, "sub": subject, "iat": iat, "nbf": iat, "exp": exp, "jti": jti}
        payload = json.dumps({**claims, **own}, separators=(",", ":")).encode()
        # python-jose adds alg to these headers; a payload of bytes it signs as it stands.
        ring = self._ring
        token = jws.sign(payload, ring.signer, headers={"kid": ring.kid, "typ": typ}, algorithm=ALGORITHM)
        try:
            _ = self.verify(token, typ=typ, audience=audience, now=now, max_lifetime=lifetime)
        except TokenError as error:
            message = f"such a token would be refused: {error.reason}"
            raise ValueError(message) from None
        return token

    def verify(
        self,
        token: str,
        *,
        typ: str,
        audience: str | frozenset[str],
        now: datetime,
        max_lifetime: timedelta,
    ) -> Claims:
        """Give the claims of a token that is ours, of this type, for one of these audiences and valid now."""
        try:
            claims = self._signed_claims(token, typ)
            self._check_names(claims, frozenset({audience}) if isinstance(audience, str) else audience)
            _check_times(claims, now, max_lifetime)
        except Exception as error:  # noqa: BLE001  # A stranger chooses the token: whatever it breaks must not be a 500.
            reason = error.reason if isinstance(error, TokenError) else "unreadable"
        else:
            return claims
        # Raised out here, so that no chained error carries the token's text into a log.
        raise TokenError(reason)

    def jwks(self) -> dict[str, list[dict[str, str]]]:
        """Give the public keys as a JSON Web Key Set, the signing key first."""
        return {"keys": [dict(key) for key in self._ring.public]}

    def _signed_claims(self, token: object, typ: str) -> dict[str, JsonValue]:
        head, body, tail = _segments(token)
        key = self._key_for(_parse_object(_decode(head)), typ)
        payload, signature = _decode(body), _decode(tail)
        signed = len(signature) == SIGNATURE_BYTES and key.verify(f"{head}.{body}".encode("ascii"), signature)
        _refuse("signature", unless=signed)
        # Only now, so that nobody without a key can make us parse claims.
        return _parse_object(payload)

    def _key_for(self, header: dict[str, JsonValue], typ: str) -> Key:
        _refuse("header", unless=header.keys() == {"alg", "kid", "typ"} and all(map(_is_name, header.values())))
        _refuse("algorithm", unless=header["alg"] == ALGORITHM)
        _refuse("type", unless=header["typ"] == typ)
        verifiers = self._ring.verifiers
        _refuse("key", unless=header["kid"] in verifiers)
        return verifiers[str(header["kid"])]

    def _check_names(self, claims: dict[str, JsonValue], audiences: frozenset[str]) -> None:
        _refuse("issuer", unless=claims.get("iss") == self._issuer)
        _refuse("audience", unless=_is_name(claims.get("aud")) and claims["aud"] in audiences)
        _refuse("subject", unless=_is_name(claims.get("sub")))
        _refuse("id", unless=_is_name(claims.get("jti")))


def key_named_by(token: object, *, types: frozenset[str]) -> str:
    """Name the key that somebody else's token says it was signed by; nothing of its claims is read yet."""
    try:
        header = _parse_object(_decode(_segments(token)[0]))
        _refuse("header", unless=header.keys() <= {"alg", "kid", "typ"} and all(map(_is_name, header.values())))
        _refuse("algorithm", unless=header.get("alg") == ALGORITHM)
        _refuse("type", unless=header.get("typ") in types)
        kid = str(header.get("kid", ""))
        _refuse("key", unless=kid.isascii() and kid.isprintable() and kid != "")
    except TokenError as error:
        reason = error.reason
    else:
        return kid
    raise TokenError(reason)


def verify_foreign(
    token: str, *, key: PublicKey, subject: str, audience: str, now: datetime, max_lifetime: timedelta
) -> Claims:
    """Give the claims of a token that somebody else made about themselves, for us alone, and that is valid now."""
    try:
        head, body, tail = _segments(token)
        signed = key.verifies(_decode(tail), f"{head}.{body}".encode("ascii"))
        _refuse("signature", unless=signed)
        claims = _parse_object(_decode(body))
        _refuse("issuer", unless=claims.get("iss") == subject)
        _refuse("subject", unless=claims.get("sub") == subject)
        # One string and not a list: a token that is for us and for somebody else could be used by either at the other.
        _refuse("audience", unless=_is_name(claims.get("aud")) and claims["aud"] == audience)
        jti = claims.get("jti")
        _refuse("id", unless=isinstance(jti, str) and 0 < len(jti) <= JTI_MAX and jti.isprintable())
        _check_times({"nbf": claims.get("iat"), **claims}, now, max_lifetime)
    except Exception as error:  # noqa: BLE001  # A stranger chooses the token: whatever it breaks must not be a 500.
        reason = error.reason if isinstance(error, TokenError) else "unreadable"
    else:
        return claims
    raise TokenError(reason)


def _refuse(reason: Reason, *, unless: bool) -> None:
    if not unless:
        raise TokenError(reason)


def _check_times(claims: dict[str, JsonValue], now: datetime, max_lifetime: timedelta) -> None:
    # A naive time would be taken for one in the server's own zone, and shift every expiry.
    _refuse("clock", unless=now.utcoffset() is not None)
    # Compared by exact type, because True is an int to isinstance.
    times = [value for name in TIMES if type(value := claims.get(name)) is int]
    _refuse("times", unless=len(times) == len(TIMES))
    iat, nbf, exp = times
    _refuse("expired", unless=exp > now.timestamp())
    _refuse("early", unless=max(iat, nbf) <= now.timestamp() + LEEWAY_SECONDS)
    _refuse("lifetime", unless=0 < exp - iat <= max_lifetime.total_seconds())


def _is_name(value: JsonValue) -> bool:
    return isinstance(value, str) and value != ""


def _segments(token: object) -> list[str]:
    segments = token.split(".") if isinstance(token, str) and token.isascii() and len(token) <= MAX_CHARACTERS else []
    # Five segments would be an encrypted token, which the service neither makes nor reads.
    _refuse("shape", unless=len(segments) == SEGMENTS)
    return segments


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode("ascii")


def _decode(segment: str) -> bytes:
    # One canonical spelling only: padding, junk and stray last bits would give one token many.
    try:
        data = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except ValueError:
        data = b""
    _refuse("shape", unless=_encode(data) == segment)
    return data


def _parse_object(data: bytes) -> dict[str, JsonValue]:
    try:
        # Decoded first, because from bytes json.loads would also guess UTF-16 and UTF-32.
        value: JsonValue = json.loads(data.decode(), object_pairs_hook=_members)
        # Written once more, because the writer refuses what the reader lets through: NaN, 1e400 and lone surrogates.
        _ = json.dumps(value, ensure_ascii=False, allow_nan=False).encode()
        sound = isinstance(value, dict) and _depth(value) <= MAX_DEPTH
    except (ValueError, RecursionError):
        value, sound = {}, False
    _refuse("json", unless=sound)
    return cast("dict[str, JsonValue]", value)


def _members(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    members = dict(pairs)
    # Readers disagree on whether the first or the last of two wins, so such a token could mean two things.
    _refuse("json", unless=len(members) == len(pairs))
    return members


def _depth(value: JsonValue) -> int:
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return 1 + max(map(_depth, inner), default=0)
