"""How often one caller may ask: a bucket that leaks evenly, for each address and for each signed-in caller.

The state is in the process. What it guards is the process, and a counter that several processes share would cost each
request a write; several workers together allow that many times as much, which docs/operations.md says.
"""

import math
from collections import OrderedDict
from dataclasses import dataclass
from time import monotonic
from typing import NoReturn

from starlette.requests import Request

from x_pilot_api.core import metrics, origins
from x_pilot_api.core.errors import RateLimited
from x_pilot_api.core.settings import Settings

_SECONDS = 60
_KEYS_MAX = 50_000
_SIGN_IN = "/v1/auth/token"
_VERIFICATIONS = ("/v1/verify/", "/v1/shared-awards/", "/v/")
"""Where anybody may ask for a person's certificate by a code, which nobody shall try to guess; as data or as a page."""


@dataclass(frozen=True, slots=True)
class Policy:
    """At most so many requests a minute, all at once if need be; 0 lets every request pass."""

    name: str
    quota: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a caller stands after a request."""

    policy: Policy
    passed: bool
    remaining: int
    seconds: int
    """Until the whole quota is there again; for a refused request, until the next one passes."""


class Buckets:
    """Every caller's bucket under one policy: an entry is the moment at which the bucket will be empty again."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self._empty_at: OrderedDict[str, float] = OrderedDict()

    def spend(self, key: str, *, now: float) -> Standing:
        """Take one request of a caller into the bucket, unless it is full."""
        step = _SECONDS / self.policy.quota
        empty_at = max(self._empty_at.get(key, now), now) + step
        over = empty_at - now - _SECONDS
        # A bucket is full to the brim at exactly its quota; less than a thousandth of a request is rounding.
        if over > step / 1_000:
            return Standing(self.policy, passed=False, remaining=0, seconds=math.ceil(over))
        self._empty_at[key] = empty_at
        self._empty_at.move_to_end(key)
        if len(self._empty_at) > _KEYS_MAX:
            # Who asked longest ago has the emptiest bucket, so forgetting it gives the least away.
            self._empty_at.popitem(last=False)
        filled = empty_at - now
        return Standing(
            self.policy,
            passed=True,
            remaining=int((_SECONDS - filled) / step + 1e-6),
            seconds=math.ceil(filled),
        )


class Rates:
    """The policies of one process, and what has been spent under each."""

    def __init__(self, settings: Settings) -> None:
        self.addresses = Buckets(Policy("address", settings.rate_address_per_minute))
        self.sign_ins = Buckets(Policy("sign_in", settings.rate_sign_in_per_minute))
        self.verifications = Buckets(Policy("verification", settings.rate_verification_per_minute))
        self.callers = Buckets(Policy("caller", settings.rate_caller_per_minute))

    def count_address(self, request: Request) -> None:
        """Count a request before anything is known of who asks."""
        key = origins.counted_as(request.client.host if request.client else "-")
        self._count(request, self.addresses, key)
        if request.url.path == _SIGN_IN:
            self._count(request, self.sign_ins, key)
        if request.url.path.startswith(_VERIFICATIONS):
            self._count(request, self.verifications, key)

    def count_caller(self, request: Request, key: str) -> None:
        """Count a request of somebody who is signed in."""
        self._count(request, self.callers, key)

    def _count(self, request: Request, buckets: Buckets, key: str) -> None:
        if not buckets.policy.quota:
            return
        standing = buckets.spend(key, now=monotonic())
        request.scope["x_pilot.standings"].append(standing)
        if not standing.passed:
            _refuse(standing)


def _refuse(standing: Standing) -> NoReturn:
    metrics.rate_refusals.labels(standing.policy.name).inc()
    raise RateLimited(policy=standing.policy.name, quota=standing.policy.quota, seconds=standing.seconds)


def headers_of(standings: list[Standing]) -> list[tuple[bytes, bytes]]:
    """Write where a caller stands under each policy that counted, as the IETF draft spells it."""
    if not standings:
        return []
    policies = ", ".join(f'"{one.policy.name}";q={one.policy.quota};w={_SECONDS}' for one in standings)
    limits = ", ".join(f'"{one.policy.name}";r={one.remaining};t={one.seconds}' for one in standings)
    return [(b"ratelimit-policy", policies.encode()), (b"ratelimit", limits.encode())]
