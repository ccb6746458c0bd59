"""Signed requests: one profile of RFC 9421, read by its library and held to what we ask for.

A signature covers the method, the address as the public knows it, the digest of the exact bytes, their type and the
key of the effect; it says when it was made, by which key, and carries a nonce. Whether the nonce is new is for whoever
keeps them to say.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final, Literal

from http_message_signatures.algorithms import ECDSA_P256_SHA256  # pyright: ignore[reportPrivateImportUsage]
from http_message_signatures.resolvers import MappingKeyResolver
from http_message_signatures.signatures import HTTPMessageVerifier

from x_pilot_api.core.tokens import PublicKey

COMPONENTS: Final = frozenset({"@method", "@target-uri", "content-digest", "content-type", "idempotency-key"})
PARAMETERS: Final = frozenset({"created", "nonce", "keyid", "alg"})
WINDOW_SECONDS: Final = 300
HEADERS: Final = ("content-digest", "content-type", "idempotency-key", "signature", "signature-input")
_HEADER_MAX: Final = 2_048
_NONCE_MIN, _NONCE_MAX = 8, 128

Fault = Literal[
    "header_missing", "header_repeated", "header_too_long", "digest", "input_unreadable", "components", "parameters",
    "algorithm", "nonce", "created", "key", "signature", "nonce_used",
]  # fmt: skip


class SignatureFault(Exception):
    """The signature does not hold, for one of a few reasons that hold nothing of what was sent."""

    def __init__(self, reason: Fault) -> None:
        super().__init__(reason)
        self.reason: Fault = reason


@dataclass(frozen=True)
class SignedRequest:
    """A request with a signature, as it came: `url` is where the public finds us, not what the caller called us."""

    method: str
    url: str
    headers: Mapping[str, list[str]] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True)
class Signature:
    """A signature that holds: what was signed, by which key, and what is to be used once."""

    kid: str
    nonce: str
    expires_at: datetime
    value: bytes
    base: str


class _Message:
    """A request in the shape the library asks for."""

    def __init__(self, request: SignedRequest) -> None:
        self.method = request.method
        self.url = request.url
        self.headers = {name: request.headers[name][0] for name in HEADERS}


class _Verifier(HTTPMessageVerifier):
    """The library's verifier, held to our profile and our clock."""

    def __init__(self, keys: Mapping[str, PublicKey], now: datetime) -> None:
        known = {kid: key.public_key for kid, key in keys.items()}
        super().__init__(
            signature_algorithm=ECDSA_P256_SHA256,
            key_resolver=MappingKeyResolver(public_keys=known, private_keys={}),
        )
        self.known = known
        self.now = now
        self.was_read = False

    def validate_created_and_expires(self, sig_input: Any, max_age: timedelta | None = None) -> None:  # noqa: ANN401 - the library's
        """Hold what a signature says of itself to the profile, before any key is tried."""
        assert max_age is None  # noqa: S101 - ours is one window to both sides
        self.was_read = True
        said: dict[str, object] = dict(sig_input.params)
        covered = [str(component) for component in sig_input]
        _refuse("components", unless=sorted(covered) == sorted(f'"{name}"' for name in COMPONENTS))
        _refuse("parameters", unless=said.keys() == PARAMETERS)
        _refuse("algorithm", unless=said["alg"] == ECDSA_P256_SHA256.algorithm_id)
        nonce, created = said["nonce"], said["created"]
        _refuse("nonce", unless=isinstance(nonce, str) and _NONCE_MIN <= len(nonce) <= _NONCE_MAX)
        _refuse("created", unless=type(created) is int and abs(created - self.now.timestamp()) <= WINDOW_SECONDS)
        _refuse("key", unless=said["keyid"] in self.known)


def _refuse(reason: Fault, *, unless: bool) -> None:
    if not unless:
        raise SignatureFault(reason)


def verify(request: SignedRequest, *, keys: Mapping[str, PublicKey], now: datetime) -> Signature:
    """Check a signed request by the keys that count for its caller; the digest first, over the bytes as they came."""
    for name in HEADERS:
        values = request.headers.get(name, [])
        _refuse("header_missing", unless=bool(values))
        _refuse("header_repeated", unless=len(values) == 1)
        _refuse("header_too_long", unless=len(values[0]) <= _HEADER_MAX)
    _refuse("digest", unless=request.headers["content-digest"][0] == digest_of(request.body))
    verifier = _Verifier(keys, now)
    try:
        (result,) = verifier.verify(_Message(request), max_age=None, body=request.body)  # pyright: ignore[reportUnknownMemberType]
    except SignatureFault:
        raise
    except Exception:  # noqa: BLE001  # A stranger chooses the headers: whatever they break must not be a 500.
        reason: Fault = "signature" if verifier.was_read else "input_unreadable"
    else:
        said = result.parameters
        expires_at = datetime.fromtimestamp(int(said["created"]), tz=UTC) + timedelta(seconds=WINDOW_SECONDS)
        base = "\n".join(f"{name}: {value}" for name, value in result.covered_components.items())
        tail = request.headers["signature"][0].split(":")
        return Signature(str(said["keyid"]), str(said["nonce"]), expires_at, base64.b64decode(tail[1]), base)
    raise SignatureFault(reason)


def digest_of(body: bytes) -> str:
    """Write the Content-Digest of some bytes, in the one spelling that is taken."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(body).digest()).decode()}:"


def still_holds(*, base: str, value: bytes, body: bytes, key: PublicKey) -> bool:
    """Tell whether what was kept of a signed request is what was signed: its base by the key, its bytes by the base."""
    return key.verifies(value, base.encode()) and f'"content-digest": {digest_of(body)}' in base.split("\n")
