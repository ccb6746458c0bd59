"""Every kind of event an organisation can hear of, and what stands in each."""

from datetime import date, datetime
from enum import StrEnum
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.db import JsonObject
from x_pilot_api.outbox.schemas.exam_days import ExamIncidentDecided, ExamIncidentReported
from x_pilot_api.outbox.schemas.fees import FeeStandardChanged, FeeStandardsSuspended
from x_pilot_api.outbox.schemas.parts import Count, Data
from x_pilot_api.outbox.schemas.settlements import SettlementChanged


class EventKind(StrEnum):
    """What happened; new kinds come, so a reader passes over what it does not know."""

    SITE_LEVEL_CHANGED = "site_level.changed"
    EXAM_PLAN_ANNOUNCED = "exam_plan.announced"
    EXAM_PLAN_EXTENDED = "exam_plan.extended"
    EXAM_PLAN_CANCELLED = "exam_plan.cancelled"
    EXAM_SITTING_ARRANGED = "exam_sitting.arranged"
    EXAM_SITTING_CANCELLED = "exam_sitting.cancelled"
    REGISTRATIONS_ACCEPTED = "registrations.accepted"
    REGISTRATIONS_LOCKED = "registrations.locked"
    REGISTRATIONS_WITHDRAWN = "registrations.withdrawn"
    RESULT_BATCH_TAKEN_IN = "result_batch.taken_in"
    RESULT_QUESTIONED = "result.questioned"
    RESULT_RELEASED = "result.released"
    RESULT_REJECTED = "result.rejected"
    RESULT_OBJECTION_RAISED = "result_objection.raised"
    RESULT_OBJECTION_DECIDED = "result_objection.decided"
    RESULT_OBJECTION_WITHDRAWN = "result_objection.withdrawn"
    AWARDS_ISSUED = "awards.issued"
    AWARDS_REVOKED = "awards.revoked"
    CORRECTIONS_DONE = "corrections.done"
    MAPPING_AGREED = "mapping.agreed"
    MAPPING_REOPENED = "mapping.reopened"
    MAPPING_PUBLISHED = "mapping.published"
    MAPPING_WITHDRAWN = "mapping.withdrawn"
    FEE_STANDARD_CHANGED = "fee_standard.changed"
    FEE_STANDARDS_SUSPENDED = "fee_standards.suspended"
    CONVERSIONS_AWAITING = "conversions.awaiting"
    CONVERSIONS_GRANTED = "conversions.granted"
    CONVERSIONS_FLAGGED = "conversions.flagged"
    CONVERSIONS_ENDED = "conversions.ended"
    FEEDBACK_SENT = "feedback.sent"
    FEEDBACK_REOPENED = "feedback.reopened"
    FEEDBACK_ANSWERED = "feedback.answered"
    FEEDBACK_CLOSED = "feedback.closed"
    CLIENT_KEY_REVOKED = "client_key.revoked"
    WEBHOOK_ENDPOINT_DISABLED = "webhook_endpoint.disabled"
    EXAM_INCIDENT_REPORTED = "exam_incident.reported"
    EXAM_INCIDENT_DECIDED = "exam_incident.decided"
    SETTLEMENT_CHANGED = "settlement.changed"
    TEST_SENT = "test.sent"


class SiteLevelChanged(Data):
    """Something was done about a site's application for a level of the organisation; the object is the site."""

    deed: Literal["apply", "apply_again", "approve", "refuse", "prolong", "suspend", "resume", "withdraw"]
    code: str
    certificate_level_id: UUID
    state: str
    capacity: Count
    valid_from: date
    valid_to: date


class ExamPlanAnnounced(Data):
    """An exam of the organisation was announced; the object is the exam plan."""

    code: str
    certificate_level_ids: list[UUID]
    registration_opens_on: date
    registration_closes_on: date
    exam_on: date


class ExamPlanExtended(Data):
    """Days of an exam of the organisation, which is the object, were put off."""

    code: str
    registration_closes_on: date
    results_due_on: date | None
    objections_until: datetime | None


class ExamPlanCancelled(Data):
    """An exam of the organisation, which is the object, will not be held."""

    code: str
    sittings: Count


class ExamSittingArranged(Data):
    """A sitting, which is the object, was arranged, or arranged anew."""

    exam_plan_id: UUID
    certificate_level_id: UUID
    site_id: UUID
    code: str
    starts_at: datetime
    ends_at: datetime
    seats: Count


class ExamSittingCancelled(Data):
    """A sitting, which is the object, will not be held; so many registrations had a seat in it."""

    exam_plan_id: UUID
    certificate_level_id: UUID
    code: str
    taken: Count


class RegistrationsAccepted(Data):
    """Candidates were registered by one request; the object is the exam plan, whose candidates list names them."""

    registrations: Count


class RegistrationsLocked(Data):
    """A plan's accepted registrations were locked; the object is the exam plan, whose candidates stay as they are."""

    registrations: Count


class RegistrationsWithdrawn(Data):
    """Accepted registrations were withdrawn before the lock; the object is the exam plan."""

    registrations: Count


class ResultBatchTakenIn(Data):
    """A result batch was taken in; the object is the batch, whose rows list says what became of each."""

    exam_plan_id: UUID
    rows: Count
    accepted: Count
    corrected: Count
    unchanged: Count
    quarantined: Count
    rejected: Count


class _OfResult(Data):
    exam_plan_id: UUID
    org_result_id: str
    revision: Count


class ResultQuestioned(_OfResult):
    """An institution asks about a quarantined result, which is the object; `code` says what differs."""

    code: str


class ResultReleased(_OfResult):
    """Two persons confirmed our figures for a quarantined result, which is the object: it counts."""


class ResultRejected(_OfResult):
    """Two persons rejected a quarantined result, which is the object; only a larger revision can replace it."""


class ResultObjectionRaised(_OfResult):
    """Somebody objects to a result; the object is the objection, to be answered by the day it is due."""

    due_on: date


class ResultObjectionDecided(_OfResult):
    """Two persons decided on an objection, which is the object: the result stands, or a new revision was made."""

    state: Literal["upheld", "changed"]


class ResultObjectionWithdrawn(_OfResult):
    """Who raised an objection, which is the object, has withdrawn it."""


class AwardsIssued(Data):
    """Certificates were issued for the results of one batch, which is the object."""

    exam_plan_id: UUID
    awards: Count


class AwardsRevoked(Data):
    """Certificates were taken back by corrections in one batch, which is the object."""

    exam_plan_id: UUID
    awards: Count


class CorrectionsDone(Data):
    """Results or certificates were corrected; the object is the batch that did it, or the one case."""

    cases: Count


class MappingAgreed(Data):
    """A party agreed to a conversion rule, which is the object; `agreed` once both have."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count
    party: Literal["college", "organisation"]
    state: str
    content_hash: str


class MappingReopened(Data):
    """An edit of a conversion rule, which is the object, undid what was agreed: agree to the new content."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count
    content_hash: str


class MappingPublished(Data):
    """A conversion rule, which is the object, was put into force."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count
    effective_from: date
    effective_to: date | None


class MappingWithdrawn(Data):
    """A conversion rule, which is the object, was withdrawn."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count


class ConversionsAwaiting(Data):
    """Conversions of a certificate level, which is the object, wait for the organisation to confirm them."""

    conversions: Count


class ConversionsGranted(Data):
    """Conversions of a certificate level, which is the object, were granted."""

    conversions: Count


class ConversionsFlagged(Data):
    """Granted conversions of a certificate level, which is the object, lost what they rest on and await the office."""

    conversions: Count


class ConversionsEnded(Data):
    """Conversions of a certificate level, which is the object, lapsed or were unwound."""

    conversions: Count


class FeedbackSent(Data):
    """An institution asks for an answer about a certificate's quality; the object is the feedback."""

    certificate_id: UUID
    due_on: date


class FeedbackReopened(Data):
    """An answer does not do, and another one is asked for; the object is the feedback."""

    certificate_id: UUID
    due_on: date


class FeedbackAnswered(Data):
    """The organisation's answer to feedback, which is the object, has come in."""

    certificate_id: UUID


class FeedbackClosed(Data):
    """Feedback, which is the object, is closed: the answer holds."""

    certificate_id: UUID


class ClientKeyRevoked(Data):
    """A key of a machine client, which is the object, no longer opens anything."""

    client_id: str
    key_id: str


class WebhookEndpointDisabled(Data):
    """A webhook endpoint, which is the object, gets no deliveries until somebody enables it."""

    reason: Literal["by_person", "gone", "failing"]


class TestSent(Data):
    """Somebody of the organisation asked for this event to try the way; the object is the organisation."""

    note: str


SCHEMAS: dict[EventKind, type[BaseModel]] = {
    EventKind.SITE_LEVEL_CHANGED: SiteLevelChanged,
    EventKind.EXAM_PLAN_ANNOUNCED: ExamPlanAnnounced,
    EventKind.EXAM_PLAN_EXTENDED: ExamPlanExtended,
    EventKind.EXAM_PLAN_CANCELLED: ExamPlanCancelled,
    EventKind.EXAM_SITTING_ARRANGED: ExamSittingArranged,
    EventKind.EXAM_SITTING_CANCELLED: ExamSittingCancelled,
    EventKind.REGISTRATIONS_ACCEPTED: RegistrationsAccepted,
    EventKind.REGISTRATIONS_LOCKED: RegistrationsLocked,
    EventKind.REGISTRATIONS_WITHDRAWN: RegistrationsWithdrawn,
    EventKind.RESULT_BATCH_TAKEN_IN: ResultBatchTakenIn,
    EventKind.RESULT_QUESTIONED: ResultQuestioned,
    EventKind.RESULT_RELEASED: ResultReleased,
    EventKind.RESULT_REJECTED: ResultRejected,
    EventKind.RESULT_OBJECTION_RAISED: ResultObjectionRaised,
    EventKind.RESULT_OBJECTION_DECIDED: ResultObjectionDecided,
    EventKind.RESULT_OBJECTION_WITHDRAWN: ResultObjectionWithdrawn,
    EventKind.AWARDS_ISSUED: AwardsIssued,
    EventKind.AWARDS_REVOKED: AwardsRevoked,
    EventKind.CORRECTIONS_DONE: CorrectionsDone,
    EventKind.MAPPING_AGREED: MappingAgreed,
    EventKind.MAPPING_REOPENED: MappingReopened,
    EventKind.MAPPING_PUBLISHED: MappingPublished,
    EventKind.MAPPING_WITHDRAWN: MappingWithdrawn,
    EventKind.FEE_STANDARD_CHANGED: FeeStandardChanged,
    EventKind.FEE_STANDARDS_SUSPENDED: FeeStandardsSuspended,
    EventKind.CONVERSIONS_AWAITING: ConversionsAwaiting,
    EventKind.CONVERSIONS_GRANTED: ConversionsGranted,
    EventKind.CONVERSIONS_FLAGGED: ConversionsFlagged,
    EventKind.CONVERSIONS_ENDED: ConversionsEnded,
    EventKind.FEEDBACK_SENT: FeedbackSent,
    EventKind.FEEDBACK_REOPENED: FeedbackReopened,
    EventKind.FEEDBACK_ANSWERED: FeedbackAnswered,
    EventKind.FEEDBACK_CLOSED: FeedbackClosed,
    EventKind.CLIENT_KEY_REVOKED: ClientKeyRevoked,
    EventKind.WEBHOOK_ENDPOINT_DISABLED: WebhookEndpointDisabled,
    EventKind.EXAM_INCIDENT_REPORTED: ExamIncidentReported,
    EventKind.EXAM_INCIDENT_DECIDED: ExamIncidentDecided,
    EventKind.SETTLEMENT_CHANGED: SettlementChanged,
    EventKind.TEST_SENT: TestSent,
}


def written(kind: str, data: JsonObject) -> str:
    """Write an event's data the way its kind promises; anything else would be a defect of ours."""
    return SCHEMAS[EventKind(kind)].model_validate(data).model_dump_json()


class EventOut(BaseModel):
    """One event, the same in the feed and in a webhook's body.

    `type` says which schema `data` follows: `exam_plan.announced` follows ExamPlanAnnounced, and so on.
    """

    id: UUID = Field(description="Stays the same however often the event is delivered: the webhook-id")
    type: str = Field(description="What happened; pass over what you do not know", examples=["result_batch.taken_in"])
    timestamp: datetime
    institution_id: UUID | None = Field(description="Null where no institution is concerned")
    is_test: bool = Field(description="It concerns a test institution, or came of a test-mode client")
    by_organisation: bool = Field(description="The organisation's own people or clients caused it")
    object_kind: str = Field(examples=["result_batch"])
    object_id: UUID
    data: JsonObject
