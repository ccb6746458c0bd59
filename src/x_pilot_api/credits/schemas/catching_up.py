"""What is asked and told of catching up on rules that were published late."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from x_pilot_api.core.quantities import HundredthsOut


class CatchUpIn(BaseModel):
    """Whose certificates to weigh by the rules of now; left out, everybody's."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"programme_id": "0198c0de-0000-7000-8000-000000000001"}]}
    )

    programme_id: UUID | None = None
    certificate_level_id: UUID | None = None


class CatchUpConfirmIn(CatchUpIn):
    """The very run that was previewed, named by its digest."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"examples": [{"digest": "9f2c…"}]})

    digest: str = Field(min_length=64, max_length=64, pattern="^[0-9a-f]{64}$")


class GainOut(BaseModel):
    """One certificate that a rule published late would bring credits for."""

    outcome_id: UUID
    student_id: UUID
    award_id: UUID
    certificate_level_id: UUID
    mapping_id: UUID
    credit: HundredthsOut
    is_pending: bool = Field(description="Objections are still possible: it posts when they end")


class CatchUpOut(BaseModel):
    """What a catch-up run would do; nothing is posted until its digest is confirmed."""

    certificates: int
    students: int
    credit: HundredthsOut
    gains: list[GainOut] = Field(description="The first 100, by outcome")
    digest: str = Field(description="Confirm with it; it stands for exactly these gains")


class CatchUpAskedOut(BaseModel):
    """A confirmed run on its way."""

    job_id: UUID
    certificates: int
    credit: HundredthsOut
