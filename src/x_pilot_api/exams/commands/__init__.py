"""The deeds on exams: announcing plans, registering students, taking in results."""

from x_pilot_api.exams.commands.plans import announce_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.registrations import register_students

__all__ = ["announce_plan", "push_results", "register_students"]
