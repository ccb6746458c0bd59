"""How deliveries are signed, when they are tried again, and when an endpoint is given up."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from x_pilot_api.outbox.schemas import EventKind

SECRET_PREFIX = "whsec_"  # noqa: S105 - what every secret begins with, as Standard Webhooks has it
SECRET_BYTES = 32
SECRETS_AT_ONCE = 2
ROTATION_OVERLAP = timedelta(hours=24)
ENDPOINTS_MAX = 10
REPLAY_MAX = 10_000
GONE = 410

PAUSES = tuple(timedelta(seconds=seconds) for seconds in (5, 60, 300, 1_800, 7_200, 21_600, 54_000))
"""What is waited after each failure: seconds first, then hours; after about a day the delivery has failed."""


def pause_after(attempts: int) -> timedelta | None:
    """Tell how long to wait after so many failed attempts, or nothing when no further one is made."""
    return PAUSES[attempts - 1] if attempts <= len(PAUSES) else None


def is_taken(status: int | None) -> bool:
    """Tell whether an answer takes the delivery; a redirect does not, since none is followed."""
    return status is not None and 200 <= status < 300  # noqa: PLR2004 - what HTTP calls success


def is_given_up(*, failing_since: datetime, at: datetime) -> bool:
    """Tell whether nothing has got through for as long as one delivery is tried."""
    return at - failing_since >= sum(PAUSES, timedelta())


def wants(kinds: Sequence[str], kind: str) -> bool:
    """Tell whether an endpoint gets a kind of event: all unless it named some, and a test always."""
    return not kinds or kind in kinds or kind == EventKind.TEST_SENT


def write_secret(secret: bytes) -> str:
    """Write a secret as its owner is shown it."""
    return SECRET_PREFIX + base64.b64encode(secret).decode()


def headers(event_id: UUID, body: bytes, *, secrets: Sequence[bytes], at: datetime) -> dict[str, str]:
    """Sign a body with every live secret, in the way of Standard Webhooks."""
    seconds = int(at.timestamp())
    content = f"{event_id}.{seconds}.".encode() + body
    signatures = [base64.b64encode(hmac.digest(secret, content, hashlib.sha256)).decode() for secret in secrets]
    return {
        "Content-Type": "application/json",
        "User-Agent": "X-Pilot-Webhooks/1",
        "webhook-id": str(event_id),
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"v1,{signature}" for signature in signatures),
    }
