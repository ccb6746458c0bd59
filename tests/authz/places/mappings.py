"""The bodies of mappings."""

from collections.abc import Callable
from dataclasses import replace

from tests.authz.calls import CALLS, Call, Json
from tests.authz.ground import Corner
from tests.authz.places.place import Place
from x_pilot_api.mappings.schemas import (
    AgreementIn,
    AnswerIn,
    FilingIn,
    LimitWithdrawalIn,
    MappingChange,
    MappingCourseIn,
    MappingCoverageIn,
    MappingGradeIn,
    MappingIn,
    MappingOffsetIn,
    MappingUnitIn,
    NoticeIn,
    ObjectionIn,
    PolicyLimitIn,
    PublicationIn,
    WithdrawalIn,
)


def _grades(_: Corner) -> Json:
    return {"grades": [{"score_from": "60.00", "grade": "合格"}]}


def _units(corner: Corner) -> Json:
    covered_by = [{"course_id": str(corner.course_id), "percent": 50}]
    return {"units": [{"code": "U1", "name": "单元", "weight_percent": 100, "covered_by": covered_by}]}


def _offsets(corner: Corner) -> Json:
    offset = {"component_code": "theory", "course_id": str(corner.course_id), "share_percent": 50}
    return {"offsets": [offset]}


def _backwards(corner: Corner) -> Json:
    return {"direction": "course_to_assessment"} | _offsets(corner)


def _with(operation: str, more: Callable[[Corner], Json], *, state: str = "draft") -> Callable[[Corner], Call]:
    """Ask for an operation with something more in its body; an edit is of the rule in a state."""

    def ask(corner: Corner) -> Call:
        call = CALLS[operation](corner)
        path = f"/v1/mappings/{corner.mappings[state]}" if operation == "edit_mapping" else call.path
        return replace(call, path=path, body=(call.body or {}) | more(corner))

    return ask


def _terms(operation: str, offsets: Callable[[Corner], Call]) -> tuple[Place, ...]:
    who, units = "registrar", _with(operation, _units)
    return (
        Place(operation, who, MappingCourseIn, "mapping_courses", within=("courses",)),
        Place(operation, who, MappingGradeIn, "mapping_grades", ("grades",), _with(operation, _grades)),
        Place(operation, who, MappingOffsetIn, "mapping_offsets", ("offsets",), offsets),
        Place(operation, who, MappingUnitIn, "mapping_units", ("units",), units),
        Place(operation, who, MappingCoverageIn, "mapping_coverages", ("units", "covered_by"), units),
    )


PLACES = (
    Place("propose_mapping", "registrar", MappingIn, "mappings"),
    *_terms("propose_mapping", _with("propose_mapping", _backwards)),
    Place("edit_mapping", "registrar", MappingChange, "mappings"),
    # The agreed rule of the ground is one from courses to the assessment.
    *_terms("edit_mapping", _with("edit_mapping", _offsets, state="agreed")),
    Place("agree_mapping", "coordinator", AgreementIn, "mappings"),
    Place("file_mapping", "registrar", FilingIn, "mappings"),
    Place("open_mapping_notice", "registrar", NoticeIn, "mapping_notices"),
    Place("raise_objection", "student", ObjectionIn, "mapping_objections"),
    Place("answer_objection", "registrar", AnswerIn, "mapping_objections"),
    Place("publish_mapping", "registrar", PublicationIn, "mappings"),
    Place("withdraw_mapping", "registrar", WithdrawalIn, "mappings"),
    Place("load_policy_limit", "registrar", PolicyLimitIn, "policy_limits"),
    Place("withdraw_policy_limit", "registrar", LimitWithdrawalIn, "policy_limits"),
)
