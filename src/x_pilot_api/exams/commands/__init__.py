"""The deeds on exams: announcing plans, registering students, taking in results, correcting what came of them."""

from x_pilot_api.exams.commands.corrections import confirm_correction, propose_correction, refuse_correction
from x_pilot_api.exams.commands.plans import announce_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.registrations import register_students

__all__ = [
    "announce_plan",
    "confirm_correction",
    "propose_correction",
    "push_results",
    "refuse_correction",
    "register_students",
]
