"""The deeds of teacher training, one function each."""

from x_pilot_api.training.commands.completing import (
    confirm_outside_training,
    record_outside_training,
    refuse_outside_training,
    reopen_enrolment,
    reverse_completion,
)
from x_pilot_api.training.commands.cycles import load_requirement, open_cycles
from x_pilot_api.training.commands.enrolling import (
    answer_survey,
    enrol_teachers,
    record_results,
    withdraw_enrolment,
)
from x_pilot_api.training.commands.holding import record_teacher_certificate, remove_teacher_certificate
from x_pilot_api.training.commands.projects import (
    cancel_project,
    change_places,
    change_project,
    close_project,
    draft_project,
    publish_project,
)

__all__ = [
    "answer_survey",
    "cancel_project",
    "change_places",
    "change_project",
    "close_project",
    "confirm_outside_training",
    "draft_project",
    "enrol_teachers",
    "load_requirement",
    "open_cycles",
    "publish_project",
    "record_outside_training",
    "record_results",
    "record_teacher_certificate",
    "refuse_outside_training",
    "remove_teacher_certificate",
    "reopen_enrolment",
    "reverse_completion",
    "withdraw_enrolment",
]
