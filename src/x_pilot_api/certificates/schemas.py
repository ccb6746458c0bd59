"""What is told of the catalogue's certificates."""

from uuid import UUID

from pydantic import BaseModel, Field

from x_pilot_api.core.quantities import HundredthsOut


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
    """How a level is assessed: the latest version of its scheme."""

    id: UUID
    version: int
    combination: str = Field(examples=["weighted_sum"], description="weighted_sum or every_component")
    exam_form: str = Field(examples=["computer"])
    pass_mark: HundredthsOut | None = Field(description="The weighted total to reach; null when each part must pass")
    components: list[ComponentOut]


class LevelOut(BaseModel):
    """One level of a certificate."""

    id: UUID
    level: str = Field(examples=["2"], description="1 elementary, 2 intermediate, 3 advanced")
    scheme: SchemeOut | None = Field(description="Null until an assessment scheme is published")


class CertificateOut(BaseModel):
    """One certificate of the national catalogue, shared by all institutions."""

    id: UUID
    name: str = Field(examples=["智能财税职业技能等级证书"])
    batch: str | None = Field(description="The national batch it was announced with")
    basis: str = Field(description="The document it rests on")
    organisation: CertificateOrganisationOut
    levels: list[LevelOut]
