"""What is asked and told of results."""

from datetime import datetime
from typing import Annotated, Any, NamedTuple, cast
from uuid import UUID

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WrapValidator,
)

from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import Code, Paragraph
from x_pilot_api.exams.models import Activity, BatchState, Grading, RowOutcome, Standing
from x_pilot_api.exams.schemas.corrections import CorrectionWholeOut

_INT32_MAX = 2**31 - 1

_FIELD_SHOWN_MAX = 100

_EXAMPLE_ROW: dict[str, JsonValue] = {
    "org_result_id": "2026-0001",
    "revision": 1,
    "admission_number": "DEMO-2026-ZNCS-2-00001",
    "document_number": "11010519491231002X",
    "activity": "present",
    "grading": "final",
    "components": {"theory": "86.50", "practical": "78.00"},
    "total": "81.40",
    "passed": True,
}
_EXAMPLE_RESULT: dict[str, JsonValue] = {"exam_plan_id": "0198c0de-0000-7000-8000-000000000001"} | {
    name: value for name, value in _EXAMPLE_ROW.items() if name != "org_result_id"
}


class _Revision(BaseModel):
    revision: int = Field(ge=1, le=_INT32_MAX, description="Counts up; a newer one corrects an older one")
    admission_number: Code
    document_number: Code = Field(repr=False, description="Compared by keyed hash, never shown")
    document_kind: Code = "resident_identity_card"
    activity: Code = Field(description=f"One of {', '.join(Activity)}")
    grading: Code = Field(description=f"One of {', '.join(Grading)}; only final and corrected ones issue a certificate")
    components: dict[Code, Code] = Field(
        default_factory=dict, max_length=20, description="Score by component code, decimal strings with two places"
    )
    total: Code | None = Field(default=None, description="The organisation's own total, checked against ours")
    passed: bool | None = Field(default=None, description="The organisation's own verdict, checked against ours")
    certificate_number: Code | None = Field(default=None, description="The certificate's number where already given")
    reason: Paragraph | None = Field(default=None, description="Why a newer revision differs")


class ResultRowIn(_Revision):
    """One candidate's result in one revision."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [_EXAMPLE_ROW]})

    org_result_id: Code = Field(description="The organisation's own id of this result; unique for ever")


class ResultIn(_Revision):
    """One candidate's result in one revision; the organisation's own id of it is in the path."""

    model_config = ConfigDict(extra="forbid", strict=True, json_schema_extra={"examples": [_EXAMPLE_RESULT]})

    exam_plan_id: UUID = Field(strict=False)


class MalformedRow(BaseModel):
    """A row that does not follow the schema: it is rejected by itself and harms no other."""

    field: str
    detail: str
    org_result_id: str | None


def _shown(field: str) -> str:
    """Write a field's name, which anybody may have made up, so that it can be stored and shown."""
    return "".join(char if char.isprintable() else "\ufffd" for char in field[:_FIELD_SHOWN_MAX])


def _keep_the_others(value: Any, read: ValidatorFunctionWrapHandler) -> Any:  # noqa: ANN401 - decoded JSON
    try:
        return read(value)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        org_result_id = cast("dict[str, object]", value).get("org_result_id") if isinstance(value, dict) else None
        return MalformedRow(
            field=_shown(".".join(str(part) for part in first["loc"])) or "row",
            detail=first["msg"],
            org_result_id=org_result_id[:64]
            if isinstance(org_result_id, str) and org_result_id.isprintable()
            else None,
        )


KeptRow = Annotated[ResultRowIn, WrapValidator(_keep_the_others)]
"""A row, or, where it does not follow the schema, what is wrong with it."""


class ResultBatchIn(BaseModel):
    """A push of results for one plan; each row gets its own outcome."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [{"exam_plan_id": "0198c0de-0000-7000-8000-000000000001", "rows": [_EXAMPLE_ROW]}]
        },
    )

    exam_plan_id: UUID
    rows: list[KeptRow] = Field(min_length=1)


class DownstreamOut(BaseModel):
    """What the batch set off, or would."""

    awards_issued: int
    awards_revoked: int
    results_held: int = Field(description="Final results whose certificates and credits wait until students may see")
    deposits_posted: int
    deposits_pending: int
    deposits_reversed: int
    credit_deposited: HundredthsOut = Field(description="Posted and pending")
    outcomes: dict[str, int] = Field(description="Newly recognised or verified certificates by reason")
    grades_entered: int = Field(description="Course grades that results of a joint exam came to")
    grades_revised: int = Field(description="Those that followed a correction, void ones among them")
    grades_flagged: int = Field(description="Those that somebody had changed, and that were left alone")


class RowOutcomeOut(BaseModel):
    """What became of one row of the pushed file."""

    row: int = Field(description="Its number in what was sent: from 1 in JSON, else the file's own line or row")
    org_result_id: str | None
    outcome: str = Field(examples=["accepted"])
    code: str | None = Field(description="Why it was rejected or quarantined")
    column: str | None = Field(description="The field, or the header it has in the file that was sent")
    detail: str | None = Field(description="The code in words, with its figures")
    result_id: UUID | None


class ResultBatchOut(BaseModel):
    """A batch in numbers; its row outcomes are a list of their own."""

    id: UUID | None = Field(description="Null when only validated")
    exam_plan_id: UUID
    institution_id: UUID
    state: BatchState = Field(description="A file of more rows than one batch holds is `queued` for a job first")
    job_id: UUID | None = Field(description="The job that takes it in, where one does")
    rows: int
    accepted: int
    unchanged: int
    corrected: int
    quarantined: int
    rejected: int
    codes: dict[str, int] = Field(description="Rejected and quarantined rows by code")
    downstream: DownstreamOut
    received_at: datetime | None
    row_outcomes: list[RowOutcomeOut] | None = Field(description="Only in the answer to validate_only")
    corrections: list[CorrectionWholeOut] | None = Field(
        description="Only in the answer to validate_only: what each correction would set off, for the first 1,000"
    )
    row_outcomes_url: str | None


class ResultOut(BaseModel):
    """One revision of a result: what the organisation sent beside what we computed."""

    id: UUID
    exam_plan_id: UUID
    institution_id: UUID
    org_result_id: str
    revision: int
    activity: str
    grading: str
    components: dict[str, HundredthsOut]
    total: HundredthsOut | None = Field(description="By the assessment scheme; null where nothing is judged")
    passed: bool | None
    claimed_total: HundredthsOut | None = Field(description="What the organisation said")
    claimed_passed: bool | None
    certificate_number: str | None
    reason: str | None
    standing: Standing = Field(description="Only an effective revision counts")
    quarantine_code: str | None
    batch_id: UUID
    recorded_at: datetime
    superseded_at: datetime | None


class PutResultOut(BaseModel):
    """What became of one result, and what it set off."""

    outcome: RowOutcome
    code: str | None = Field(description="Why it is quarantined")
    detail: str | None
    batch_id: UUID = Field(description="Under which what was sent is kept")
    downstream: DownstreamOut
    result: ResultOut


class Put(NamedTuple):
    """A result that was put, and whether it is a new one."""

    told: PutResultOut
    is_created: bool
