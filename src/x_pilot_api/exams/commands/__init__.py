"""The deeds on exams: announcing plans, registering students, taking in results."""

from x_pilot_api.exams.commands.files import MEDIA_TYPES, FileKind, read_rows
from x_pilot_api.exams.commands.laying_down import lay_down_batch, take_in_laid_down
from x_pilot_api.exams.commands.plans import announce_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.registrations import register_students
from x_pilot_api.exams.commands.single import put_result

__all__ = [
    "MEDIA_TYPES",
    "FileKind",
    "announce_plan",
    "lay_down_batch",
    "push_results",
    "put_result",
    "read_rows",
    "register_students",
    "take_in_laid_down",
]
