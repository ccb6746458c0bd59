"""The deeds on exams: announcing plans, registering, seats and the waiting list, taking in results."""

from x_pilot_api.exams.commands.cohorts import register_cohort
from x_pilot_api.exams.commands.deciding import accept_registrations, lock_registrations, refuse_registrations
from x_pilot_api.exams.commands.files import read_sheet, register_file
from x_pilot_api.exams.commands.plans import announce_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.registrations import (
    OwnWish,
    confirm_registration,
    register_myself,
    register_students,
)
from x_pilot_api.exams.commands.social import register_social_candidates
from x_pilot_api.exams.commands.waiting import decline_offer, offer_free_seats, take_offer, withdraw_registration

__all__ = [
    "OwnWish",
    "accept_registrations",
    "announce_plan",
    "confirm_registration",
    "decline_offer",
    "lock_registrations",
    "offer_free_seats",
    "push_results",
    "read_sheet",
    "refuse_registrations",
    "register_cohort",
    "register_file",
    "register_myself",
    "register_social_candidates",
    "register_students",
    "take_offer",
    "withdraw_registration",
]
