"""The bodies of social service."""

from tests.authz.places.place import Place
from x_pilot_api.social_training.schemas import (
    AttendanceRowIn,
    AttendancesIn,
    ClassExamIn,
    SocialClassChange,
    SocialClassIn,
    SocialClassReasonIn,
    SocialParticipantIn,
    SocialParticipantsIn,
    WorkloadRatioIn,
    WorkloadReasonIn,
    WorkloadRecordChange,
    WorkloadRecordIn,
    WorkloadVerificationIn,
)

PLACES = (
    Place("create_social_class", "coordinator", SocialClassIn, "social_classes"),
    Place("change_social_class", "coordinator", SocialClassChange, "social_classes"),
    Place("cancel_social_class", "coordinator", SocialClassReasonIn, "social_classes"),
    Place("withdraw_social_participant", "coordinator", SocialClassReasonIn, "social_participants"),
    Place("register_social_class", "coordinator", ClassExamIn, "social_registrations"),
    Place("enrol_social_participants", "coordinator", SocialParticipantsIn, "social_participants"),
    Place(
        "enrol_social_participants", "coordinator", SocialParticipantIn, "social_participants", within=("participants",)
    ),
    Place("record_social_attendance", "coordinator", AttendancesIn, "social_participants"),
    Place("record_social_attendance", "coordinator", AttendanceRowIn, "social_participants", within=("rows",)),
    Place("log_workload", "teacher", WorkloadRecordIn, "workload_records"),
    Place("change_workload", "teacher", WorkloadRecordChange, "workload_records"),
    Place("verify_workload", "coordinator", WorkloadVerificationIn, "workload_records"),
    Place("refuse_workload", "coordinator", WorkloadReasonIn, "workload_records"),
    Place("reverse_workload", "coordinator", WorkloadReasonIn, "workload_records"),
    Place("load_workload_ratio", "registrar", WorkloadRatioIn, "workload_ratios"),
)
