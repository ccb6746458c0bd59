"""The deeds of social service."""

from x_pilot_api.social_training.commands.attendance import record_attendance, withdraw_participant
from x_pilot_api.social_training.commands.classes import (
    cancel_class,
    change_class,
    create_class,
    finish_class,
    open_class,
    start_class,
)
from x_pilot_api.social_training.commands.enrolling import Given, enrol_participants, from_list, from_sheet
from x_pilot_api.social_training.commands.examining import register_class
from x_pilot_api.social_training.commands.ratios import load_ratio
from x_pilot_api.social_training.commands.recording import change_work, log_work, refuse_work, withdraw_work
from x_pilot_api.social_training.commands.verifying import reverse_work, verify_work

__all__ = [
    "Given",
    "cancel_class",
    "change_class",
    "change_work",
    "create_class",
    "enrol_participants",
    "finish_class",
    "from_list",
    "from_sheet",
    "load_ratio",
    "log_work",
    "open_class",
    "record_attendance",
    "refuse_work",
    "register_class",
    "reverse_work",
    "start_class",
    "verify_work",
    "withdraw_participant",
    "withdraw_work",
]
