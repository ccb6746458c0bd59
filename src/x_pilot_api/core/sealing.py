"""Personal data at rest: sealed with AES-256-GCM, found again by a keyed hash, never by its plain text."""

import hashlib
import hmac
import os
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE_BYTES = 12
KEY_BYTES = 32


@dataclass(frozen=True)
class Sealer:
    """Seals and opens bytes with the installation's key; `key_id` is stored beside what it sealed."""

    key: bytes = field(repr=False)
    key_id: str = field(init=False)
    _cipher: AESGCM = field(init=False, repr=False)
    _lookup_key: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if len(self.key) != KEY_BYTES:
            raise ValueError(f"the data key must be {KEY_BYTES} bytes")
        # Three uses, three keys, so that none of them says anything about another.
        object.__setattr__(self, "key_id", self._derived("name").hex()[:16])
        object.__setattr__(self, "_cipher", AESGCM(self._derived("seal")))
        object.__setattr__(self, "_lookup_key", self._derived("lookup"))

    def _derived(self, use: str) -> bytes:
        return hmac.digest(self.key, f"x-pilot/{use}/1".encode(), hashlib.sha256)

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """Seal bytes so that they open only under the same context, such as the column they belong to."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, *, context: str) -> bytes:
        """Open what `seal` made; a wrong key, context or changed byte raises InvalidTag."""
        return self._cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context.encode())

    def lookup_hash(self, kind: str, number: str) -> bytes:
        """Hash a document number so that equal numbers can be found without any being readable."""
        return hmac.digest(self._lookup_key, f"{kind}\n{number}".encode(), "sha256")

    def keyed_hash(self, use: str, data: bytes) -> bytes:
        """Hash bytes for one use, so that nobody without the key can compute it or compare it with another use's."""
        return hmac.digest(self._derived(f"hash/{use}"), data, "sha256")
