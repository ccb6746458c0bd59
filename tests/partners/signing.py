"""A client's hand: it signs a push as RFC 9421 says, or gets one part of it wrong."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from tests.core.hostile_tokens import raw
from tests.identity import keys
from tests.identity.keys import Holder
from x_pilot_api.core import clock, signatures

PATH = "/v1/partner/result-batches"
COVERED = ("@method", "@target-uri", "content-digest", "content-type", "idempotency-key")


@dataclass(frozen=True)
class Pushed:
    """What goes over the wire."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    def but(self, **headers: str | None) -> "Pushed":
        """Change some headers, or leave them out."""
        changed = {**self.headers, **{name.replace("_", "-"): value for name, value in headers.items()}}
        return replace(self, headers={name: value for name, value in changed.items() if value is not None})


@dataclass(frozen=True)
class Hand:
    """How a request is signed; each part can be got wrong by itself."""

    holder: Holder
    covered: tuple[str, ...] = COVERED
    method: str = "POST"
    target: str = keys.ISSUER + PATH
    age: int = 0
    nonce: str | None = None
    keyid: str | None = None
    alg: str = '"ecdsa-p256-sha256"'
    more: str = ""

    def sign(self, body: bytes, *, path: str = PATH, media: str = "application/json") -> Pushed:
        """Sign a push as RFC 9421 says."""
        headers = {
            "content-type": media,
            "content-digest": signatures.digest_of(body),
            "idempotency-key": uuid4().hex,
        }
        values = headers | {"@method": self.method, "@target-uri": self.target, "@authority": "x-pilot.test"}
        parameters = (
            f"({' '.join(chr(34) + name + chr(34) for name in self.covered)})"
            f';created={int(clock.now().timestamp()) - self.age};nonce="{self.nonce or uuid4().hex}"'
            f';keyid="{self.keyid or self.holder.kid}";alg={self.alg}{self.more}'
        )
        base = "\n".join(f'"{name}": {values[name]}' for name in self.covered) + f'\n"@signature-params": {parameters}'
        signed = raw(self.holder.key.private_key.sign(base.encode(), ec.ECDSA(hashes.SHA256())))
        more = {"signature-input": f"sig={parameters}", "signature": f"sig=:{base64.b64encode(signed).decode()}:"}
        return Pushed(path, headers | more, body)
