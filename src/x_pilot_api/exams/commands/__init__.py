"""The deeds on exams: announcing and running plans, arranging sittings, registering students, taking in results."""

from x_pilot_api.exams.commands.plans import announce_plan, change_plan, publish_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.registrations import register_students
from x_pilot_api.exams.commands.running import cancel_plan, extend_plan
from x_pilot_api.exams.commands.sittings import arrange_sitting, cancel_sitting, change_sitting
from x_pilot_api.exams.commands.tasklist import tick_task

__all__ = [
    "announce_plan",
    "arrange_sitting",
    "cancel_plan",
    "cancel_sitting",
    "change_plan",
    "change_sitting",
    "extend_plan",
    "publish_plan",
    "push_results",
    "register_students",
    "tick_task",
]
