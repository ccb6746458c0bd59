"""Signed checkpoints in the C2SP forms signed-note and tlog-checkpoint: short texts under an Ed25519 signature."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

_ED25519 = b"\x01"
_ROOT_BYTES = 32
_DASH = "\N{EM DASH}"


class NoteError(ValueError):
    """The note is not what it should be: torn, forged, or of another log."""


@dataclass(frozen=True)
class Checkpoint:
    """What a log was at one moment: which log, how many leaves, and their root."""

    origin: str
    size: int
    root: bytes

    def written(self) -> str:
        """Write the text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def _key_hash(name: str, public: bytes) -> bytes:
    return sha256(name.encode() + b"\n" + _ED25519 + public).digest()[:4]


class LogKey:
    """The key that signs checkpoints."""

    def __init__(self, private: Ed25519PrivateKey, retired: Sequence[bytes] = ()) -> None:
        self._private = private
        self.retired = tuple(retired)
        self.public = private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)

    def __repr__(self) -> str:
        """Show nothing of the key itself."""
        return "LogKey()"

    @classmethod
    def generate(cls) -> "LogKey":
        """Make a new key."""
        return cls(Ed25519PrivateKey.generate())

    @property
    def publics(self) -> tuple[bytes, ...]:
        """Give the public keys that have signed checkpoints, oldest first, ours last."""
        return (*self.retired, self.public)

    @classmethod
    def from_pem(cls, pem: bytes, retired: Sequence[bytes] = ()) -> "LogKey":
        """Read a key."""
        private = load_pem_private_key(pem, password=None)
        if not isinstance(private, Ed25519PrivateKey):
            raise ValueError("it must be an Ed25519 private key")  # noqa: TRY004 - the content is wrong, not a type
        return cls(private, retired)

    def to_pem(self) -> bytes:
        """Write the key."""
        return self._private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def verifier(self, name: str, note: str) -> str:
        """Write the public key that signed a note, under the log's name, as verifiers of signed notes take it."""
        try:
            public = self.publics[read_signed(note, origin=name, publics=self.publics)[1]]
        except NoteError:
            # Ours then, by which anybody sees that the note is not good.
            public = self.public
        return f"{name}+{_key_hash(name, public).hex()}+{base64.b64encode(_ED25519 + public).decode()}"

    def sign(self, checkpoint: Checkpoint) -> str:
        """Write a checkpoint with its signature, under the log's origin as the key's name."""
        text, name = checkpoint.written(), checkpoint.origin
        signature = _key_hash(name, self.public) + self._private.sign(text.encode())
        return f"{text}\n{_DASH} {name} {base64.b64encode(signature).decode()}\n"


def read(note: str, *, origin: str, publics: Sequence[bytes]) -> Checkpoint:
    """Read a checkpoint of a log, if one of these keys has signed it."""
    return read_signed(note, origin=origin, publics=publics)[0]


def read_signed(note: str, *, origin: str, publics: Sequence[bytes]) -> tuple[Checkpoint, int]:
    """Read a checkpoint of a log, and tell which of these keys has signed it."""
    text, separator, signatures = note.rpartition("\n\n")
    text += "\n"
    if not separator:
        raise NoteError("the note carries no signature")
    signer = _signer(text, signatures, origin=origin, publics=publics)
    lines = text.splitlines()
    try:
        found_origin, size, root = lines
        checkpoint = Checkpoint(found_origin, int(size), base64.b64decode(root, validate=True))
    except (ValueError, binascii.Error):
        raise NoteError("the note is no checkpoint") from None
    if checkpoint.origin != origin or checkpoint.written() != text or len(checkpoint.root) != _ROOT_BYTES:
        raise NoteError("the note is no checkpoint of this log")
    return checkpoint, signer


def _signer(text: str, signatures: str, *, origin: str, publics: Sequence[bytes]) -> int:
    """Find a signature of one of the keys among the note's, check it, and tell whose it is."""
    known = {_key_hash(origin, public): index for index, public in enumerate(publics)}
    for line in signatures.splitlines():
        dash, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        if dash != _DASH or name != origin:
            continue
        try:
            signature = base64.b64decode(encoded, validate=True)
            index = known.get(signature[:4])
            if index is not None:
                Ed25519PublicKey.from_public_bytes(publics[index]).verify(signature[4:], text.encode())
                return index
        except (binascii.Error, InvalidSignature):
            break
    raise NoteError("the note is not signed by the log's key")
