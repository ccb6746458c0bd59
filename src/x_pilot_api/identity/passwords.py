"""Password and secret hashing with argon2id, off the event loop and never many at once."""

import asyncio
import base64
import hashlib
import hmac
import os
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from x_pilot_api.core.errors import Overloaded

P = ParamSpec("P")
Done = TypeVar("Done")

# The least OWASP asks for: 19 MiB, two passes, one lane.
_hasher = PasswordHasher(memory_cost=19_456, time_cost=2, parallelism=1)
_limit = asyncio.Semaphore(2)
_WAITING_MAX = 40
_DRAWN_BYTES = 32
_waiting = 0
_UNKNOWN = _hasher.hash("nobody has this password")


def _bytes_of(secret: str) -> bytes:
    # JSON can hold half of a character, which no other encoding takes: it is a wrong password like any other.
    return secret.encode(errors="surrogatepass")


def hash_secret(secret: str) -> str:
    """Hash a password or a client's secret."""
    return _hasher.hash(_bytes_of(secret))


def _matches(stored: str, secret: str) -> bool:
    try:
        return _hasher.verify(stored, _bytes_of(secret))
    except (VerificationError, InvalidHashError):
        return False


async def verify(stored: str | None, secret: str) -> bool:
    """Check a secret; an unknown name takes as long as a wrong password."""
    matches = await _in_turn(_matches, stored or _UNKNOWN, secret)
    return matches and stored is not None


async def hash_in_turn(secret: str) -> str:
    """Hash a secret off the event loop, waiting like whoever has one checked."""
    return await _in_turn(hash_secret, secret)


async def _in_turn(work: Callable[P, Done], *args: P.args, **kwargs: P.kwargs) -> Done:
    global _waiting  # noqa: PLW0603 - one queue a process
    if _waiting >= _WAITING_MAX:
        raise Overloaded
    _waiting += 1
    try:
        async with _limit:
            return await asyncio.to_thread(work, *args, **kwargs)
    finally:
        _waiting -= 1


def is_outdated(stored: str) -> bool:
    """Tell whether a secret was hashed with other parameters than today's."""
    return _hasher.check_needs_rehash(stored)


def draw(mark: str = "") -> str:
    """Draw a secret of 256 random bits."""
    return written(mark, os.urandom(_DRAWN_BYTES))


def written(mark: str, secret: bytes) -> str:
    """Write a secret so that it fits anywhere, marked, so that a scanner for leaked secrets can know one."""
    return mark + base64.urlsafe_b64encode(secret).rstrip(b"=").decode()


def drawn_hash(secret: str) -> bytes:
    """Hash a secret that we drew ourselves: nobody guesses 256 random bits, so it need not be slow."""
    return hashlib.sha256(_bytes_of(secret)).digest()


def digest_of(secret: str) -> str:
    """Write the hash of a secret that we drew, where it is kept as text."""
    return drawn_hash(secret).hex()


def is_digest_of(stored: str | None, secret: str) -> bool:
    """Compare a secret with what is stored of one that we drew."""
    return hmac.compare_digest(stored or "-", digest_of(secret))
