"""What analytics tell: figures by group, and the rows behind one of them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.analytics.models import AnalyticsBy, Figure
from x_pilot_api.core.quantities import HundredthsOut


class ShareOut(BaseModel):
    """A rate with what it is made of; null when there is nothing to divide by."""

    numerator: int
    denominator: int
    percent: HundredthsOut | None = Field(description="Null where the denominator is 0", examples=["87.50"])


class AnalyticsRowsOut(BaseModel):
    """The figures of one group; each opens its rows by `GET /v1/analytics/rows`."""

    candidates: int = Field(description="Results in effect: of everybody who was registered and is reported")
    attended: int = Field(description="Of these: who came, also who broke the rules there")
    judged: int = Field(description="Of these: who was present and has a final result")
    passed: int
    student_candidates: int = Field(description="Results in effect of students, social candidates left out")
    certificates: int = Field(description="Certificates of students that stand, by the month they were issued in")
    students: int = Field(description="Enrolled students of pilot programmes, as of now; of no certificate or month")
    accounts: int = Field(description="Of these: who has an open credit account, as of now")
    credits_recognised: HundredthsOut = Field(description="Credits that certificates brought, by the month of the exam")
    credits_pending: HundredthsOut = Field(description="Credits that wait for the end of objections")
    credits_converted: HundredthsOut = Field(description="Credits that granted conversions use, by the month granted")
    conversions: int = Field(description="Conversions that are granted and stand")
    guarantees: int = Field(description="Guaranteed attempts that were granted, as of now; of no certificate or month")
    guarantees_used: int = Field(description="Of these: used by an exam that was sat, as of now")


class AnalyticsGroupOut(BaseModel):
    """One group, or all of them together: its rates and what they are made of."""

    group_id: str | None = Field(
        description="Id of what is grouped by; a year or month as written; null for what belongs to none of them"
    )
    name: str | None = Field(description="Null for what belongs to none: social candidates have no programme")
    attainment: ShareOut = Field(description="Students' certificates that stand, of students' results in effect")
    pass_rate: ShareOut = Field(description="Passed, of who was present and has a final result")
    attendance: ShareOut = Field(description="Who came, of everybody who was registered and is reported")
    account_opening: ShareOut = Field(
        description="Open accounts, of enrolled students of pilot programmes; as of now, and null beside a certificate"
    )
    guarantee_coverage: ShareOut = Field(
        description="Guaranteed attempts that are used, of those granted; as of now, and null beside a certificate"
    )
    figures: AnalyticsRowsOut


class AnalyticsOut(BaseModel):
    """How the pilot is going, by group and altogether; exact at the moment it was asked for."""

    by: AnalyticsBy
    groups: list[AnalyticsGroupOut] = Field(description="By name; months and years in their order")
    total: AnalyticsGroupOut


class AnalyticsRowOut(BaseModel):
    """One row behind a figure: whose, where, what for, when, and how much it adds."""

    figure: Figure
    object_kind: str = Field(examples=["result"], description="result, award, student, or another thing")
    object_id: UUID
    student_id: UUID | None = Field(description="Null for a social candidate")
    student_number: str | None
    name: str
    college_id: UUID | None
    college_name: str | None
    programme_id: UUID | None
    programme_name: str | None
    certificate_level_id: UUID | None
    certificate_name: str | None
    level: str | None
    happened_on: date | None = Field(description="Of the exam, the issue or the grant; null for what is as of now")
    amount: int = Field(description="1, or hundredths of a credit")
