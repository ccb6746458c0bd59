"""Password and secret hashing with argon2id, off the event loop and never many at once."""

import asyncio
import hashlib
import hmac

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from x_pilot_api.core.errors import Overloaded

# The least OWASP asks for: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
_limit = asyncio.Semaphore(2)
_WAITING_MAX = 40
_waiting = 0
_UNKNOWN = _hasher.hash("nobody has this password")


def hash_secret(secret: str) -> str:
    """Hash a password or a client's secret."""
    return _hasher.hash(secret)


def _matches(stored: str, secret: str) -> bool:
    try:
        return _hasher.verify(stored, secret)
    except (VerificationError, InvalidHashError):
        return False


async def verify(stored: str | None, secret: str) -> bool:
    """Check a secret; an unknown name takes as long as a wrong password."""
    global _waiting  # noqa: PLW0603 - one queue a process
    if _waiting >= _WAITING_MAX:
        raise Overloaded
    _waiting += 1
    try:
        return await _verify_in_turn(stored, secret)
    finally:
        _waiting -= 1


async def _verify_in_turn(stored: str | None, secret: str) -> bool:
    async with _limit:
        matches = await asyncio.to_thread(_matches, stored or _UNKNOWN, secret)
    return matches and stored is not None


def digest_of(secret: str) -> str:
    """Hash a secret that we drew ourselves: nobody guesses 256 random bits, so it need not be slow."""
    return hashlib.sha256(secret.encode()).hexdigest()


def is_digest_of(stored: str | None, secret: str) -> bool:
    """Compare a secret with what is stored of one that we drew."""
    given = digest_of(secret) if secret.isascii() else ""
    return hmac.compare_digest(stored or "-", given)
