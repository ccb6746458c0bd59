"""The bodies of joint exams."""

from tests.authz.places.place import Place
from x_pilot_api.exams.schemas import JointExamBandIn, JointExamIn, JointExamTerms, JointSettlementIn

PLACES = (
    Place("draft_joint_exam", "registrar", JointExamIn, "joint_exams"),
    Place("draft_joint_exam", "registrar", JointExamBandIn, "joint_exam_bands", within=("bands",)),
    Place("change_joint_exam", "registrar", JointExamTerms, "joint_exams"),
    Place("change_joint_exam", "registrar", JointExamBandIn, "joint_exam_bands", within=("bands",)),
    Place("settle_joint_grade", "registrar", JointSettlementIn, "joint_grades"),
)
