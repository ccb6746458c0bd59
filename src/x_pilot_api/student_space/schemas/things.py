"""What a student is told of themself: few fields, one answer a screen."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.awards.schemas import AwardShareOut
from x_pilot_api.charges.schemas import GuaranteeOut
from x_pilot_api.core.quantities import HundredthsOut
from x_pilot_api.core.texts import BothOut
from x_pilot_api.inbox.schemas import MessageOut
from x_pilot_api.student_space.schemas.asked import OwnConversionOut, OwnObjectionOut


class ThingKind(StrEnum):
    """What a change is of; new kinds come, and a device passes over what it does not know."""

    STUDENT = "student"
    REGISTRATION = "registration"
    RESULT = "result"
    AWARD = "award"
    CREDIT_ACCOUNT = "credit_account"
    OUTCOME = "learning_outcome"
    SUBMISSION = "submitted_outcome"
    GUARANTEE = "guarantee"
    MESSAGE = "message"
    CONVERSION = "conversion"
    AWARD_SHARE = "award_share"
    OBJECTION = "result_objection"


class GoneReason(StrEnum):
    """Why something is no longer there for the student."""

    WITHDRAWN = "withdrawn"
    NOT_VISIBLE = "not_visible"


class OwnStudentOut(BaseModel):
    """Who the student is in the register."""

    id: UUID
    student_number: str
    name: str
    programme_name: str
    class_name: str
    entry_year: int
    status: str = Field(examples=["enrolled"])


class OwnSittingOut(BaseModel):
    """When and where the student sits the exam; the room and the seat once tickets are handed out."""

    starts_at: datetime
    ends_at: datetime
    site_name: str
    address: str
    room: str | None = Field(examples=["机房三（B203）"])
    seat: int | None


class OwnRegistrationOut(BaseModel):
    """One registration of the student's."""

    id: UUID
    exam_plan_id: UUID
    exam_name: str
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    state: str = Field(examples=["accepted"])
    admission_number: str | None
    registration_closes_on: date
    exam_on: date
    offered_until: datetime | None = Field(description="Until then an offered seat has to be taken")
    reason: str | None = Field(description="Why it was refused or withdrawn")
    sitting: OwnSittingOut | None = Field(description="Null until one is given; a cancelled one is none")
    has_ticket: bool = Field(description="The admission ticket can be had")
    allowed_deeds: list[str] = Field(examples=[["confirm", "withdraw"]])


class OwnResultOut(BaseModel):
    """One result the student may see, in short."""

    registration_id: UUID = Field(description="The registration it is of; there is one result in effect for each")
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    exam_name: str
    exam_on: date
    activity: str = Field(examples=["present"], description="present, absent, excused or breach")
    grading: str = Field(examples=["final"], description="final, corrected or voided")
    total: HundredthsOut | None
    passed: bool | None
    revision: int
    received_at: datetime


class OwnComponentOut(BaseModel):
    """One component of the assessment, with what the student reached in it."""

    code: str = Field(examples=["theory"])
    name: str
    score: HundredthsOut | None = Field(description="Null if the organisation sent none")
    full_mark: HundredthsOut
    weight_percent: int
    pass_mark: HundredthsOut | None = Field(description="What this component alone has to reach; null for nothing")


class SetOffOut(BaseModel):
    """What a result set off: its certificate, and what that brought."""

    award_id: UUID
    award_number: str
    award_state: str = Field(examples=["valid"])
    outcome_reason: str | None = Field(
        examples=["deposited"], description="Why the credits are what they are; `:explain` says it in full"
    )
    credit: HundredthsOut


class OwnResultExplainedOut(OwnResultOut):
    """One result with how it came about and what followed."""

    components: list[OwnComponentOut]
    combination: str = Field(examples=["weighted_sum"])
    pass_mark: HundredthsOut
    says: BothOut
    set_off: SetOffOut | None = Field(description="Null while nothing followed")


class OwnAwardOut(BaseModel):
    """One certificate of the student's, with what lets others verify it."""

    id: UUID
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    organisation_name: str
    number: str
    verification_code: str
    verify_path: str = Field(description="What a QR code leads to, after the installation's address")
    issued_on: date
    state: str = Field(examples=["valid"])
    revoked_at: datetime | None
    revoked_reason: str | None


class OwnEntryOut(BaseModel):
    """One movement on the credit account."""

    seq: int
    recorded_at: datetime
    kind: str = Field(examples=["deposit"])
    phase: str = Field(examples=["single"])
    amount: HundredthsOut = Field(description="Positive in, negative out")
    available_after: HundredthsOut


class OwnAccountOut(BaseModel):
    """The credit account in figures, with its last movements."""

    id: UUID
    state: str = Field(examples=["active"])
    opened_at: datetime
    closed_at: datetime | None
    accumulated: HundredthsOut
    pending: HundredthsOut = Field(description="Credits that post when an objection window ends")
    held: HundredthsOut
    available: HundredthsOut
    last_entries: list[OwnEntryOut] = Field(description="The newest first")
    entries_path: str = Field(description="Lists every movement")


class OwnOutcomeOut(BaseModel):
    """One certificate and the credits it brought."""

    id: UUID
    award_id: UUID
    certificate_level_id: UUID
    certificate_name: str
    level: str = Field(examples=["2"])
    state: str = Field(examples=["recognised"])
    reason: str = Field(examples=["deposited"])
    credit: HundredthsOut
    due_at: datetime | None = Field(description="When pending credits post")


class OwnRegistrationsOut(BaseModel):
    """The student's registrations."""

    items: list[OwnRegistrationOut]


class OwnResultsOut(BaseModel):
    """The student's results that may be seen."""

    items: list[OwnResultOut]


class OwnAwardsOut(BaseModel):
    """The student's certificates."""

    items: list[OwnAwardOut]


class OwnSubmissionOut(BaseModel):
    """One outcome from a course or a training, in the fewest words."""

    id: UUID
    kind: str = Field(examples=["training"])
    evidence: str = Field(description="The course, or the document's number")
    state: str = Field(examples=["recognised"])
    credit: HundredthsOut
    expired: HundredthsOut
    expires_on: date | None = Field(description="What is unspent then runs out")
    end_reason: str | None


class OwnOutcomesOut(BaseModel):
    """What came of each of the student's certificates, and of their outcomes from courses and training."""

    items: list[OwnOutcomeOut]
    submitted: list[OwnSubmissionOut] = Field(description="Beside certificates, the last submitted first")


class OwnLackOut(BaseModel):
    """One category of courses that is not complete."""

    category: str = Field(examples=["core"])
    left: HundredthsOut | None = Field(description="Null when the plan does not say how much is needed")
    compulsory_left: int = Field(description="Compulsory courses that are not passed")
    convertible: HundredthsOut = Field(description="How much of it certificates could stand for")


class OwnLevelOut(BaseModel):
    """How far the student is with one certificate level."""

    certificate_level_id: UUID
    certificate_name: str
    level: str
    stage: str = Field(examples=["passed"], description="registered, sat, passed or awarded")
    deposited: HundredthsOut


class OwnProgressOut(BaseModel):
    """What the student still lacks for the diploma, and how far each certificate is."""

    required: HundredthsOut | None
    earned: HundredthsOut
    converted: HundredthsOut
    left: HundredthsOut | None
    lacks: list[OwnLackOut]
    certificates: list[OwnLevelOut]
    missing: list[str] = Field(description="Codes of what is not known, so that part of this cannot be told")


class NextKind(StrEnum):
    """What comes next for a student."""

    REGISTRATION_CLOSES = "registration_closes"
    EXAM = "exam"
    CREDITS_POST = "credits_post"


class NextOut(BaseModel):
    """One thing that comes, and on what day."""

    kind: NextKind
    on: date
    title: str
    object_kind: ThingKind
    object_id: UUID


class OwnCreditOut(BaseModel):
    """The credit account in three figures."""

    accumulated: HundredthsOut
    pending: HundredthsOut
    available: HundredthsOut


class OverviewOut(BaseModel):
    """A student's first screen."""

    student: OwnStudentOut
    next: list[NextOut] = Field(description="What comes, the nearest first; at most ten")
    registrations: int = Field(description="Those that stand")
    awards: int = Field(description="Those that are valid")
    credit: OwnCreditOut | None = Field(description="Null while no account is open")
    unread: int


Thing = (
    OwnStudentOut
    | OwnRegistrationOut
    | OwnResultOut
    | OwnAwardOut
    | OwnAccountOut
    | OwnOutcomeOut
    | OwnSubmissionOut
    | GuaranteeOut
    | MessageOut
    | OwnConversionOut
    | AwardShareOut
    | OwnObjectionOut
)


class ChangeOut(BaseModel):
    """One thing of the student's that changed, as it is now, or that it is no longer there."""

    kind: ThingKind
    id: UUID = Field(description="Stays the same; what has it on the device is replaced or removed")
    changed_at: datetime = Field(description="When it changed at the latest; to the minute, since it is the feed's")
    is_gone: bool
    gone_reason: GoneReason | None
    object: Thing | None = Field(description="As its own screen tells it; null when it is gone")


class ChangesOut(BaseModel):
    """What changed, and where to go on."""

    generated_at: datetime = Field(
        description="The server's time; good as modified_since, if less exact than the token"
    )
    messages_kept_since: datetime = Field(description="Messages sent before were forgotten; forget them too")
    items: list[ChangeOut]
    next_modified_since: str = Field(description="To be sent the next time; opaque")
    has_more: bool = Field(description="There is more already: ask again at once")
