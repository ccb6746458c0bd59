"""What is asked and told of evaluation organisations."""

from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field
from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from x_pilot_api.core.texts import Code, Line


def _checked(code: str) -> str:
    """Let a unified social credit code pass as it is written on the licence, and nothing that only resembles one."""
    try:
        same = uscc.validate(code) == code
    except ValidationError as error:
        raise ValueError(f"is no unified social credit code: {error}") from None
    if not same:
        raise ValueError("must be written in 18 capital letters and digits, without separators")
    return code


CreditCode = Annotated[Code, AfterValidator(_checked)]


class OrganisationIn(BaseModel):
    """An evaluation organisation to enter."""

    model_config = ConfigDict(extra="forbid")

    name: Line = Field(examples=["中联集团教育科技有限公司"])
    credit_code: CreditCode | None = Field(
        default=None,
        description="Unified social credit code (GB 32100-2015), its check digit right",
        examples=["91350100M000100Y43"],
    )


class OrganisationChange(BaseModel):
    """What to change of an organisation; what is left out stays."""

    model_config = ConfigDict(extra="forbid")

    name: Line | None = None
    credit_code: CreditCode | None = None


class OrganisationOut(BaseModel):
    """One evaluation organisation."""

    id: UUID
    name: str = Field(examples=["中联集团教育科技有限公司"])
    credit_code: str | None = Field(description="Unified social credit code; null while nobody entered it")
