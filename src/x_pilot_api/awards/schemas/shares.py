"""What is asked and told of links by which certificates are shown."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from x_pilot_api.awards.models import ClientKind, ShareField

VIEWS_MAX = 10_000


class AwardShareIn(BaseModel):
    """A link to one certificate: what it shows, how long, how often."""

    model_config = ConfigDict(extra="forbid")

    fields: set[ShareField] = Field(min_length=1, examples=[["full_name", "certificate", "level"]])
    expires_at: AwareDatetime = Field(description="At most a year from now")
    views_max: Annotated[int, Field(strict=True, ge=1, le=VIEWS_MAX)] | None = Field(
        default=None, description="How often it may be looked at; looks at the same instant may be a few more"
    )


class AwardShareOut(BaseModel):
    """One link; its secret is not told again."""

    id: UUID
    award_id: UUID
    fields: list[ShareField]
    created_at: datetime
    expires_at: datetime
    views_max: int | None
    views: int
    last_seen_at: datetime | None
    recalled_at: datetime | None
    is_open: bool


class AwardShareMadeOut(BaseModel):
    """A new link with its secret, which is told this once."""

    share: AwardShareOut
    token: str = Field(repr=False, description="Opens GET /v1/shared-awards/{token}; kept only as a hash")
    path: str = Field(repr=False, examples=["/v1/shared-awards/4132010001-…"])
    page_path: str = Field(
        repr=False, examples=["/v/shared/4132010001-…"], description="The page for people, to be passed on"
    )

    @classmethod
    def of(cls, share: AwardShareOut, token: str) -> Self:
        """Tell a new link with the two addresses that its secret opens."""
        return cls(share=share, token=token, path=f"/v1/shared-awards/{token}", page_path=f"/v/shared/{token}")


class AwardShareViewOut(BaseModel):
    """One look at a shared certificate."""

    seen_at: datetime
    client_kind: ClientKind
