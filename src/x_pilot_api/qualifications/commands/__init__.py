"""The deeds on categories, seed teachers, consortia and qualifications."""

from x_pilot_api.qualifications.commands.categories import change_category, create_category
from x_pilot_api.qualifications.commands.consortia import (
    add_member,
    close_consortium,
    end_member,
    found_consortium,
    hand_over_lead,
)
from x_pilot_api.qualifications.commands.granting import grant_qualifications, revoke_qualification
from x_pilot_api.qualifications.commands.seeds import (
    certify_seed,
    decline_seed,
    nominate_seed,
    renew_seed,
    revoke_seed,
)

__all__ = [
    "add_member",
    "certify_seed",
    "change_category",
    "close_consortium",
    "create_category",
    "decline_seed",
    "end_member",
    "found_consortium",
    "grant_qualifications",
    "hand_over_lead",
    "nominate_seed",
    "renew_seed",
    "revoke_qualification",
    "revoke_seed",
]
