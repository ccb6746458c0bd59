"""What is asked and told of the catalogue's certificates."""

from datetime import date
from typing import Annotated, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.certificates.models import Combination, ExamForm, Level
from x_pilot_api.core.days import Day
from x_pilot_api.core.quantities import HundredthsIn, HundredthsOut
from x_pilot_api.core.texts import Code, Line

COMPONENTS_MAX = 20
_WHOLE = 100
_MARK_MAX_HUNDREDTHS = 100_000


def _mark(value: int) -> int:
    if value > _MARK_MAX_HUNDREDTHS:
        raise ValueError("must be at most 1000.00")
    return value


def _positive(value: int) -> int:
    if value == 0:
        raise ValueError("must be above 0")
    return value


Mark = Annotated[HundredthsIn, AfterValidator(_mark)]


class _Body(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CertificateIn(_Body):
    """A certificate standard to enter in the catalogue."""

    organisation_id: UUID = Field(description="The evaluation organisation behind it")
    name: Line = Field(examples=["智能财税职业技能等级证书"])
    batch: Code | None = Field(default=None, description="The national batch it was announced with")
    basis: Line = Field(description="The document it rests on")
    levels: list[Level] = Field(default=[], max_length=len(Level), description="The levels it has; more can follow")


class CertificateChange(_Body):
    """What to change of a certificate; what is left out stays, and its organisation always does."""

    name: Line | None = None
    batch: Code | None = None
    basis: Line | None = None


class LevelIn(_Body):
    """A level to add to a certificate."""

    level: Level


class ComponentIn(_Body):
    """One part of an assessment."""

    code: Code = Field(examples=["theory"])
    name: Line = Field(examples=["理论"])
    weight_percent: int = Field(strict=True, ge=0, le=_WHOLE, examples=[40])
    full_mark: Annotated[Mark, AfterValidator(_positive)]
    pass_mark: Mark | None = Field(default=None, description="The score to reach in this part alone")

    @model_validator(mode="after")
    def _reachable(self) -> Self:
        if self.pass_mark is not None and self.pass_mark > self.full_mark:
            raise ValueError("pass_mark must not be above full_mark")
        return self


class SchemeIn(_Body):
    """How a level is assessed from a day on; plans announced before keep the version they were announced with."""

    effective_from: Day = Field(description="Not before the day of the version before it")
    combination: Combination
    exam_form: ExamForm
    pass_mark: Mark | None = Field(default=None, description="The weighted total to reach; for weighted_sum alone")
    components: list[ComponentIn] = Field(min_length=1, max_length=COMPONENTS_MAX)

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if (self.combination is Combination.WEIGHTED_SUM) != (self.pass_mark is not None):
            raise ValueError("pass_mark is for weighted_sum, and needed there")
        if self.pass_mark is not None and self.pass_mark > _WHOLE * 100:
            raise ValueError("pass_mark must be at most 100.00")
        if len({component.code for component in self.components}) < len(self.components):
            raise ValueError("components must name no code twice")
        if sum(component.weight_percent for component in self.components) != _WHOLE:
            raise ValueError("the components' weights must add up to 100")
        if self.combination is Combination.EVERY_COMPONENT and any(it.pass_mark is None for it in self.components):
            raise ValueError("every_component needs a pass_mark for each component")
        return self


class CertificateOrganisationOut(BaseModel):
    """The evaluation organisation behind a certificate."""

    id: UUID
    name: str = Field(examples=["中联集团教育科技有限公司"])


class ComponentOut(BaseModel):
    """One part of an assessment."""

    code: str = Field(examples=["theory"])
    name: str = Field(examples=["理论"])
    weight_percent: int = Field(examples=[40])
    full_mark: HundredthsOut = Field(description="The most that can be scored in this part")
    pass_mark: HundredthsOut | None = Field(description="The score to reach in this part alone; null if there is none")


class SchemeOut(BaseModel):
    """How a level is assessed, in one version of its scheme."""

    id: UUID
    version: int
    combination: str = Field(examples=["weighted_sum"], description="weighted_sum or every_component")
    exam_form: str = Field(examples=["computer"])
    effective_from: date | None = Field(description="The first day it counts; null for one that always did")
    pass_mark: HundredthsOut | None = Field(description="The weighted total to reach; null when each part must pass")
    components: list[ComponentOut]


class LevelOut(BaseModel):
    """One level of a certificate."""

    id: UUID
    level: str = Field(examples=["2"], description="1 elementary, 2 intermediate, 3 advanced")
    scheme: SchemeOut | None = Field(description="Its latest version; null until an assessment scheme is published")


class CertificateOut(BaseModel):
    """One certificate of the national catalogue, shared by all institutions."""

    id: UUID
    name: str = Field(examples=["智能财税职业技能等级证书"])
    batch: str | None = Field(description="The national batch it was announced with")
    basis: str = Field(description="The document it rests on")
    organisation: CertificateOrganisationOut
    levels: list[LevelOut]


class SchemesOut(BaseModel):
    """All versions of a level's assessment scheme, the newest first."""

    certificate_level_id: UUID
    schemes: list[SchemeOut]
