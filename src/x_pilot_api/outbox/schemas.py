"""Every kind of event an organisation can hear of, and what stands in each."""

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.db import JsonObject

Count = Annotated[int, Field(ge=0)]


class EventKind(StrEnum):
    """What happened; new kinds come, so a reader passes over what it does not know."""

    EXAM_PLAN_ANNOUNCED = "exam_plan.announced"
    REGISTRATIONS_ACCEPTED = "registrations.accepted"
    RESULT_BATCH_TAKEN_IN = "result_batch.taken_in"
    AWARDS_ISSUED = "awards.issued"
    AWARDS_REVOKED = "awards.revoked"
    MAPPING_AGREED = "mapping.agreed"
    MAPPING_REOPENED = "mapping.reopened"
    MAPPING_PUBLISHED = "mapping.published"
    MAPPING_WITHDRAWN = "mapping.withdrawn"
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
    TEST_SENT = "test.sent"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid")


class ExamPlanAnnounced(_Data):
    """An exam of the organisation was announced; the object is the exam plan."""

    code: str
    certificate_level_ids: list[UUID]
    registration_opens_on: date
    registration_closes_on: date
    exam_on: date


class RegistrationsAccepted(_Data):
    """Candidates were registered by one request; the object is the exam plan, whose candidates list names them."""

    registrations: Count


class ResultBatchTakenIn(_Data):
    """A result batch was taken in; the object is the batch, whose rows list says what became of each."""

    exam_plan_id: UUID
    rows: Count
    accepted: Count
    corrected: Count
    unchanged: Count
    quarantined: Count
    rejected: Count


class AwardsIssued(_Data):
    """Certificates were issued for the results of one batch, which is the object."""

    exam_plan_id: UUID
    awards: Count


class AwardsRevoked(_Data):
    """Certificates were taken back by corrections in one batch, which is the object."""

    exam_plan_id: UUID
    awards: Count


class MappingAgreed(_Data):
    """A party agreed to a conversion rule, which is the object; `agreed` once both have."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count
    party: Literal["college", "organisation"]
    state: str
    content_hash: str


class MappingReopened(_Data):
    """An edit of a conversion rule, which is the object, undid what was agreed: agree to the new content."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count
    content_hash: str


class MappingPublished(_Data):
    """A conversion rule, which is the object, was put into force."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count
    effective_from: date
    effective_to: date | None


class MappingWithdrawn(_Data):
    """A conversion rule, which is the object, was withdrawn."""

    programme_id: UUID
    certificate_level_id: UUID
    version: Count


class FeeStandardsSuspended(_Data):
    """A new cost ceiling, which is the object, suspended fee standards of one institution for the certificates."""

    ceiling_fen: Count
    standards: Count


class ConversionsAwaiting(_Data):
    """Conversions of a certificate level, which is the object, wait for the organisation to confirm them."""

    conversions: Count


class ConversionsGranted(_Data):
    """Conversions of a certificate level, which is the object, were granted."""

    conversions: Count


class ConversionsFlagged(_Data):
    """Granted conversions of a certificate level, which is the object, lost what they rest on and await the office."""

    conversions: Count


class ConversionsEnded(_Data):
    """Conversions of a certificate level, which is the object, lapsed or were unwound."""

    conversions: Count


class FeedbackSent(_Data):
    """An institution asks for an answer about a certificate's quality; the object is the feedback."""

    certificate_id: UUID
    due_on: date


class FeedbackReopened(_Data):
    """An answer does not do, and another one is asked for; the object is the feedback."""

    certificate_id: UUID
    due_on: date


class FeedbackAnswered(_Data):
    """The organisation's answer to feedback, which is the object, has come in."""

    certificate_id: UUID


class FeedbackClosed(_Data):
    """Feedback, which is the object, is closed: the answer holds."""

    certificate_id: UUID


class ClientKeyRevoked(_Data):
    """A key of a machine client, which is the object, no longer opens anything."""

    client_id: str
    key_id: str


class WebhookEndpointDisabled(_Data):
    """A webhook endpoint, which is the object, gets no deliveries until somebody enables it."""

    reason: Literal["by_person", "gone", "failing"]


class TestSent(_Data):
    """Somebody of the organisation asked for this event to try the way; the object is the organisation."""

    note: str


SCHEMAS: dict[EventKind, type[BaseModel]] = {
    EventKind.EXAM_PLAN_ANNOUNCED: ExamPlanAnnounced,
    EventKind.REGISTRATIONS_ACCEPTED: RegistrationsAccepted,
    EventKind.RESULT_BATCH_TAKEN_IN: ResultBatchTakenIn,
    EventKind.AWARDS_ISSUED: AwardsIssued,
    EventKind.AWARDS_REVOKED: AwardsRevoked,
    EventKind.MAPPING_AGREED: MappingAgreed,
    EventKind.MAPPING_REOPENED: MappingReopened,
    EventKind.MAPPING_PUBLISHED: MappingPublished,
    EventKind.MAPPING_WITHDRAWN: MappingWithdrawn,
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
