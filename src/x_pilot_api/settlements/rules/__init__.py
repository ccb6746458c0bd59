"""The state machine of settlements, whose agreement one needs, and what follows from figures alone."""

from x_pilot_api.settlements.rules.settlements import (
    AUDIT_KIND,
    OPEN,
    WORKFLOW,
    Party,
    allowed_deeds,
    check_agreement,
    has_agreed,
    party_of,
)

__all__ = [
    "AUDIT_KIND",
    "OPEN",
    "WORKFLOW",
    "Party",
    "allowed_deeds",
    "check_agreement",
    "has_agreed",
    "party_of",
]
