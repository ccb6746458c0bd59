"""The deeds on assessment sites: a college offers them, the organisation decides per level."""

from x_pilot_api.sites.commands.deciding import (
    apply_again,
    approve_level,
    prolong_level,
    refuse_level,
    resume_level,
    suspend_level,
    withdraw_level,
)
from x_pilot_api.sites.commands.offering import add_room, apply_for_level, change_room, change_site, offer_site

__all__ = [
    "add_room",
    "apply_again",
    "apply_for_level",
    "approve_level",
    "change_room",
    "change_site",
    "offer_site",
    "prolong_level",
    "refuse_level",
    "resume_level",
    "suspend_level",
    "withdraw_level",
]
