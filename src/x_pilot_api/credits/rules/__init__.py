"""Decisions about credits, in SQL where they are about many rows: made the same for one and for ten thousand."""

from x_pilot_api.credits.rules.decision import AS_IF_OPEN, IN_FORCE, NOTHING_HELD, decision, stage_decision
from x_pilot_api.credits.rules.posting import (
    AFTER_A_LOSS,
    AWAITING_ACCOUNT,
    DEPOSITS,
    GIVE_WAY,
    GIVING_WAY,
    LOCK_DUE,
    PERSONS_OF_DUE,
    POSTED,
    POSTINGS,
    REVOKED,
    WRITE,
)

__all__ = [
    "AFTER_A_LOSS",
    "AS_IF_OPEN",
    "AWAITING_ACCOUNT",
    "DEPOSITS",
    "GIVE_WAY",
    "GIVING_WAY",
    "IN_FORCE",
    "LOCK_DUE",
    "NOTHING_HELD",
    "PERSONS_OF_DUE",
    "POSTED",
    "POSTINGS",
    "REVOKED",
    "WRITE",
    "decision",
    "stage_decision",
]
