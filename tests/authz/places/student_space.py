"""The bodies of a student's own space."""

from tests.authz.places.place import Place
from x_pilot_api.awards.schemas import AwardShareIn
from x_pilot_api.credits.schemas import ConversionCourseIn, ConversionsIn, ConversionWish
from x_pilot_api.exams.schemas import ObjectionToResultIn
from x_pilot_api.student_space.schemas import (
    OwnConversionWithdrawalIn,
    OwnOffsetsIn,
    OwnOffsetWish,
    OwnReasonIn,
    OwnRegistrationIn,
)

PLACES = (
    # Where they are registered already it would be refused.
    Place("register_myself", "student", OwnRegistrationIn, "registrations", relation="other_organisation"),
    Place("withdraw_own_registration", "student", OwnReasonIn, "registrations"),
    Place("request_own_conversions", "student", ConversionsIn, "conversions"),
    Place("request_own_conversions", "student", ConversionWish, "conversions", within=("wishes",)),
    Place("request_own_conversions", "student", ConversionCourseIn, "conversion_courses", within=("wishes", "courses")),
    Place("request_own_offsets", "student", OwnOffsetsIn, "conversions"),
    Place("request_own_offsets", "student", OwnOffsetWish, "conversion_courses", within=("wishes",)),
    Place("withdraw_own_conversion", "student", OwnConversionWithdrawalIn, "conversions"),
    Place("raise_own_objection", "student", ObjectionToResultIn, "result_objections"),
    Place("share_own_award", "student", AwardShareIn, "award_shares"),
)
