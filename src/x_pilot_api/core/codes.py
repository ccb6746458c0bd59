"""Short signed codes for paper: some bytes and an ES256 signature, in characters that a QR code writes compactly.

They are no JSON Web Tokens: those are three times as long. What is signed begins with the use of the code, so that no
code can be taken for a token or for a code of another use.
"""

import base64
from itertools import count
from typing import Final

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils

from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.tokens import COORDINATE_BYTES, SIGNATURE_BYTES, PublicKey, SigningKey

_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""How many private keys the curve P-256 has, and one more."""
_GROUP: Final = 8
"""Characters that five bytes become in base 32."""


class CodeUnsound(Exception):
    """Somebody gave a code that is none of ours, or was signed by another key."""


class CodeKey:
    """A key of one use and one subject, derived from the installation's lookup key: it needs no place of its own.

    It lasts as long as the lookup key does, so that paper stays good while other keys take turns.
    """

    def __init__(self, sealer: Sealer, use: str, subject: bytes) -> None:
        self._prefix: Final = f"x-pilot/{use}\0".encode()
        self._key: Final = SigningKey(ec.derive_private_key(_scalar(sealer, use, subject), ec.SECP256R1()))
        self._public: Final = PublicKey.from_jwk(self._key.public_jwk())

    def write(self, content: bytes) -> str:
        """Sign some bytes and write both down; the same bytes give the same code."""
        scheme = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = utils.decode_dss_signature(self._key.private_key.sign(self._prefix + content, scheme))
        signature = b"".join(half.to_bytes(COORDINATE_BYTES, "big") for half in (r, s))
        return base64.b32encode(content + signature).decode().rstrip("=")

    def read(self, code: str) -> bytes:
        """Give the bytes of a code that this key signed."""
        content, signature = unpacked(code)
        if not self._public.verifies(signature, self._prefix + content):
            raise CodeUnsound
        return content

    def public_jwk(self) -> dict[str, str]:
        """Give the public half, by which a device checks codes while it is offline."""
        return self._public.jwk()


def unpacked(code: str) -> tuple[bytes, bytes]:
    """Part a code into its bytes and its signature, which nobody has checked yet."""
    try:
        packed = base64.b32decode(code + "=" * (-len(code) % _GROUP))
    except ValueError:
        raise CodeUnsound from None
    # One spelling only: stray last bits would give one code many.
    if len(packed) <= SIGNATURE_BYTES or base64.b32encode(packed).decode().rstrip("=") != code:
        raise CodeUnsound
    return packed[:-SIGNATURE_BYTES], packed[-SIGNATURE_BYTES:]


def _scalar(sealer: Sealer, use: str, subject: bytes) -> int:
    # A hash beyond the last private key, one in four milliards, is passed over.
    for turn in count():
        number = int.from_bytes(sealer.keyed_hash(f"code/{use}", subject + turn.to_bytes(2, "big")), "big")
        if 0 < number < _ORDER:
            return number
    raise AssertionError
