"""What is told of evaluation organisations."""

from uuid import UUID

from pydantic import BaseModel, Field


class OrganisationOut(BaseModel):
    """One evaluation organisation."""

    id: UUID
    name: str = Field(examples=["中联集团教育科技有限公司"])
