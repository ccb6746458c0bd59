"""The deeds on exams: announcing plans, registering, seats and the waiting list, taking in results."""

from x_pilot_api.exams.commands.cohorts import register_cohort
from x_pilot_api.exams.commands.deciding import accept_registrations, lock_registrations, refuse_registrations
from x_pilot_api.exams.commands.files import read_sheet, register_file
from x_pilot_api.exams.commands.plans import announce_plan, change_plan, publish_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.registrations import OwnWish, confirm_registration, register_myself, register_students
from x_pilot_api.exams.commands.running import cancel_plan, extend_plan
from x_pilot_api.exams.commands.sittings import arrange_sitting, cancel_sitting, change_sitting
from x_pilot_api.exams.commands.social import register_social_candidates
from x_pilot_api.exams.commands.tasklist import note_task_done, tick_task
from x_pilot_api.exams.commands.waiting import decline_offer, offer_free_seats, take_offer, withdraw_registration

__all__ = [
    "OwnWish",
    "accept_registrations",
    "announce_plan",
    "arrange_sitting",
    "cancel_plan",
    "cancel_sitting",
    "change_plan",
    "change_sitting",
    "confirm_registration",
    "decline_offer",
    "extend_plan",
    "lock_registrations",
    "note_task_done",
    "offer_free_seats",
    "publish_plan",
    "push_results",
    "read_sheet",
    "refuse_registrations",
    "register_cohort",
    "register_file",
    "register_myself",
    "register_social_candidates",
    "register_students",
    "take_offer",
    "tick_task",
    "withdraw_registration",
]
