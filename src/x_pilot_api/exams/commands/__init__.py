"""The deeds on exams: announcing plans, registering, seats and the waiting list, taking in results."""

from x_pilot_api.exams.commands.charging import charge_locked
from x_pilot_api.exams.commands.cohorts import register_cohort
from x_pilot_api.exams.commands.corrections import confirm_correction, propose_correction, refuse_correction
from x_pilot_api.exams.commands.deciding import accept_registrations, lock_registrations, refuse_registrations
from x_pilot_api.exams.commands.files import MEDIA_TYPES, FileKind, kind_of, read_rows
from x_pilot_api.exams.commands.joint import (
    change_joint_exam,
    draft_joint_exam,
    lay_down_joint_exam,
    settle_joint_grade,
    withdraw_joint_exam,
)
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
from x_pilot_api.exams.commands.plans import announce_plan, change_plan, publish_plan
from x_pilot_api.exams.commands.push import push_results
from x_pilot_api.exams.commands.quarantine import confirm_review, decline_review, propose_review
from x_pilot_api.exams.commands.registration_files import read_sheet, register_file
from x_pilot_api.exams.commands.registrations import OwnWish, confirm_registration, register_myself, register_students
from x_pilot_api.exams.commands.running import cancel_plan, extend_plan
from x_pilot_api.exams.commands.single import put_result
from x_pilot_api.exams.commands.sittings import arrange_sitting, cancel_sitting, change_sitting
from x_pilot_api.exams.commands.social import KnownPerson, register_known_people, register_social_candidates
from x_pilot_api.exams.commands.tasklist import note_task_done, tick_task
from x_pilot_api.exams.commands.telling import SEAT_MOVED, tell_of_seats
from x_pilot_api.exams.commands.terms import terms_now
from x_pilot_api.exams.commands.uploads import Reach, Sent, confirm_upload, refuse_upload, upload_results
from x_pilot_api.exams.commands.visibility import lift_embargoes, set_visibility
from x_pilot_api.exams.commands.waiting import decline_offer, offer_free_seats, take_offer, withdraw_registration

__all__ = [
    "MEDIA_TYPES",
    "SEAT_MOVED",
    "FileKind",
    "KnownPerson",
    "OwnWish",
    "Reach",
    "Sent",
    "accept_registrations",
    "announce_plan",
    "arrange_sitting",
    "cancel_plan",
    "cancel_sitting",
    "change_joint_exam",
    "change_plan",
    "change_sitting",
    "charge_locked",
    "confirm_correction",
    "confirm_registration",
    "confirm_review",
    "confirm_upload",
    "decide_objection",
    "decline_offer",
    "decline_review",
    "draft_joint_exam",
    "extend_plan",
    "kind_of",
    "lay_down_batch",
    "lay_down_joint_exam",
    "lift_embargoes",
    "lock_registrations",
    "note_task_done",
    "offer_free_seats",
    "propose_correction",
    "propose_review",
    "publish_notice",
    "publish_plan",
    "push_results",
    "put_result",
    "raise_result_objection",
    "read_rows",
    "read_sheet",
    "refuse_correction",
    "refuse_registrations",
    "refuse_upload",
    "register_cohort",
    "register_file",
    "register_known_people",
    "register_myself",
    "register_social_candidates",
    "register_students",
    "return_objection",
    "review_objection",
    "set_visibility",
    "settle_joint_grade",
    "take_in_laid_down",
    "take_offer",
    "tell_of_seats",
    "terms_now",
    "tick_task",
    "upload_results",
    "withdraw_joint_exam",
    "withdraw_notice",
    "withdraw_objection",
    "withdraw_registration",
]
