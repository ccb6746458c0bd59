"""Personal data at rest: sealed with AES-256-GCM, found again by a keyed hash, never by its plain text."""

import hashlib
import hmac
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from x_pilot_api.core.errors import AppError, Guide
from x_pilot_api.core.languages import Both

_NONCE_BYTES = 12
KEY_BYTES: Final = 32


class DataKeyUnknown(AppError):
    """What is to be opened was sealed with a key that is not there."""

    code = "data_key_unknown"
    status = 500
    title_zh, title_en = "缺少数据密钥", "A data key is missing"
    detail_zh = "有数据以密钥 {key_id} 封存，而本服务没有该密钥。"
    detail_en = "Something is sealed with the data key {key_id}, which this service does not have."
    guide = Guide(
        cause=Both(
            "该密钥的文件已从数据密钥文件夹中删除，或本进程使用了另一个文件夹。",
            "The key's file was removed from the folder of data keys, or this process reads another folder.",
        ),
        fix=Both(
            "请运维人员把该密钥文件放回；只有 x-pilot keys status 显示为 0 行的密钥才可删除。",
            "An operator puts the file back; only a key with 0 rows in `x-pilot keys status` may be removed.",
        ),
        example={"key_id": "5f8a1c0d2b7e4a96"},
    )


def _derived(key: bytes, use: str) -> bytes:
    return hmac.digest(key, f"x-pilot/{use}/1".encode(), hashlib.sha256)


def id_of(key: bytes) -> str:
    """Name a data key without saying anything about it."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a data key must be {KEY_BYTES} bytes")
    return _derived(key, "name").hex()[:16]


def lookup_key_of(key: bytes) -> bytes:
    """Derive the lookup key of an installation that has one key for everything; nothing leads back from it."""
    return _derived(key, "lookup")


@dataclass(frozen=True)
class Sealer:
    """Seals with one data key and opens what any key it knows has sealed; the key's id is stored beside it.

    Data keys take turns. What data are found by is made with a key of its own, which stays.
    """

    key: bytes = field(repr=False)
    others: tuple[bytes, ...] = field(default=(), repr=False)
    lookup_key: bytes | None = field(default=None, repr=False)
    key_id: str = field(init=False)
    _ciphers: Mapping[str, AESGCM] = field(init=False, repr=False)
    _lookup: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if self.lookup_key is not None and len(self.lookup_key) != KEY_BYTES:
            raise ValueError(f"the lookup key must be {KEY_BYTES} bytes")
        # Each use has a key of its own, so that none of them says anything about another.
        ciphers = {id_of(key): AESGCM(_derived(key, "seal")) for key in (self.key, *self.others)}
        object.__setattr__(self, "key_id", id_of(self.key))
        object.__setattr__(self, "_ciphers", ciphers)
        object.__setattr__(self, "_lookup", self.lookup_key or lookup_key_of(self.key))

    @property
    def key_ids(self) -> tuple[str, ...]:
        """Name every key whose work can be opened, the one that seals first."""
        return tuple(self._ciphers)

    @property
    def installation(self) -> str:
        """Name what stays when data keys take turns."""
        return _derived(self._lookup, "installation").hex()[:16]

    def seal(self, plain: bytes, *, context: str) -> bytes:
        """Seal bytes so that they open only under the same context, such as the table they belong to."""
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._ciphers[self.key_id].encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, *, key_id: str, context: str) -> bytes:
        """Open what a key has sealed; a wrong context or a changed byte raises InvalidTag."""
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise DataKeyUnknown(key_id=key_id)
        return cipher.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], context.encode())

    def lookup_hash(self, kind: str, number: str) -> bytes:
        """Hash a document number so that equal numbers can be found without any being readable."""
        return hmac.digest(self._lookup, f"{kind}\n{number}".encode(), "sha256")

    def keyed_hash(self, use: str, data: bytes) -> bytes:
        """Hash bytes for one use, so that nobody without the key can compute it or compare it with another use's."""
        return hmac.digest(_derived(self._lookup, f"hash/{use}"), data, "sha256")
