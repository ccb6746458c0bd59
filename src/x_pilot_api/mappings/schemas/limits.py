"""What the limits of policy look like outside."""

from datetime import date, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.certificates.models import Level
from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Line, Paragraph
from x_pilot_api.mappings.models import LimitCode
from x_pilot_api.registry.models import CourseCategory

_FIGURE = {
    LimitCode.PER_CERTIFICATE: "credit",
    LimitCode.CREDIT_BANK: "credit",
    LimitCode.SHARE_OF_GRADUATION: "percent",
    LimitCode.LEVEL_CATEGORIES: "categories",
    LimitCode.HIGHEST_LEVEL: "family",
    LimitCode.NOTICE_DAYS: "days",
}
"""The field in which a limit has its figure; the others say all by their code."""

_SCOPES = {
    "certificate_level_id": frozenset({LimitCode.PER_CERTIFICATE, LimitCode.CREDIT_BANK}),
    "certificate_id": frozenset({LimitCode.HIGHEST_LEVEL}),
    "level": frozenset({LimitCode.LEVEL_CATEGORIES}),
}
_NEEDED_SCOPES = {LimitCode.HIGHEST_LEVEL: "certificate_id", LimitCode.LEVEL_CATEGORIES: "level"}

Percent = Annotated[int, Field(strict=True, ge=0, le=100, examples=[50])]


class PolicyLimitIn(BaseModel):
    """One version of a limit to load, with the document that sets it or waives it."""

    model_config = ConfigDict(extra="forbid")

    code: LimitCode
    certificate_level_id: UUID | None = Field(
        default=None, description="For `per_certificate` and `credit_bank`; null: for every level without its own"
    )
    certificate_id: UUID | None = Field(default=None, description="For `highest_level`: a certificate of the family")
    level: Level | None = Field(default=None, description="For `level_categories`")
    is_waived: bool = Field(default=False, description="True: the document sets the limit aside; then no figure")
    credit: HundredthsIn | None = Field(default=None, description="For `per_certificate` and `credit_bank`: at most")
    percent: Percent | None = Field(default=None, description="For `share_of_graduation`: at most, in percent")
    days: Annotated[int, Field(strict=True, ge=1, le=365)] | None = Field(
        default=None, description="For `notice_days`: at least"
    )
    categories: list[CourseCategory] | None = Field(
        default=None, min_length=1, max_length=3, description="For `level_categories`: what the level converts"
    )
    family: Line | None = Field(
        default=None, description="For `highest_level`: the same name for certificates that count as similar"
    )
    document_number: Line = Field(examples=["苏财院教〔2026〕12号"])
    note: Paragraph | None = None
    effective_from: Day
    effective_to: Day | None = Field(default=None, description="The first day it no longer holds; null is open")

    @model_validator(mode="after")
    def _fits_its_code(self) -> Self:
        figure = None if self.is_waived else _FIGURE.get(self.code)
        for name in sorted(set(_FIGURE.values())):
            if (getattr(self, name) is not None) != (name == figure):
                raise ValueError(f"{name} must be {'given' if name == figure else 'left out'} for {self.code.value}")
        for name, codes in _SCOPES.items():
            if getattr(self, name) is not None and self.code not in codes:
                raise ValueError(f"{name} must be left out for {self.code.value}")
            if getattr(self, name) is None and _NEEDED_SCOPES.get(self.code) == name:
                raise ValueError(f"{name} must be given for {self.code.value}")
        if self.effective_to is not None and self.effective_to <= self.effective_from:
            raise ValueError("effective_to must be after effective_from")
        return self


class LimitWithdrawalIn(BaseModel):
    """Why a limit is withdrawn before it takes effect."""

    model_config = ConfigDict(extra="forbid")

    reason: Paragraph


class PolicyLimitOut(BaseModel):
    """One version of a limit of policy; it never changes, a later one follows it."""

    id: UUID
    institution_id: UUID
    code: LimitCode
    version: int
    certificate_level_id: UUID | None
    certificate_id: UUID | None
    level: str | None
    is_waived: bool
    credit: HundredthsOut | None
    percent: int | None
    days: int | None
    categories: list[str] | None
    family: str | None
    saying: str = Field(description="What it asks, in words", examples=["每个证书最多转换 8.00 学分。"])
    document_number: str
    note: str | None
    effective_from: date
    effective_to: date | None = Field(description="The first day it no longer holds; null is open")
    loaded_by: UUID | None
    recorded_at: datetime
    withdrawn_at: datetime | None
