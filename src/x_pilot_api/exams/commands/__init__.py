"""The deeds on exams: announcing plans, registering students, taking in results."""

from x_pilot_api.exams.commands.files import MEDIA_TYPES, FileKind, kind_of, read_rows
from x_pilot_api.exams.commands.laying_down import lay_down_batch, take_in_laid_down
from x_pilot_api.exams.commands.objections import (
    decide_objection,
    publish_notice,
    raise_result_objection,
    return_objection,
    review_objection,
    withdraw_notice,
    withdraw_objection,
)
from x_pilot_api.exams.commands.plans import announce_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.quarantine import confirm_review, decline_review, propose_review
from x_pilot_api.exams.commands.registrations import register_students
from x_pilot_api.exams.commands.single import put_result
from x_pilot_api.exams.commands.uploads import Reach, Sent, confirm_upload, refuse_upload, upload_results
from x_pilot_api.exams.commands.visibility import lift_embargoes, set_visibility

__all__ = [
    "MEDIA_TYPES",
    "FileKind",
    "Reach",
    "Sent",
    "announce_plan",
    "confirm_review",
    "confirm_upload",
    "decide_objection",
    "decline_review",
    "kind_of",
    "lay_down_batch",
    "lift_embargoes",
    "propose_review",
    "publish_notice",
    "push_results",
    "put_result",
    "raise_result_objection",
    "read_rows",
    "refuse_upload",
    "register_students",
    "return_objection",
    "review_objection",
    "set_visibility",
    "take_in_laid_down",
    "upload_results",
    "withdraw_notice",
    "withdraw_objection",
]
