"""What comes in and goes out about passwords, links and second factors."""

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, SecretStr

from x_pilot_api.identity.password_policy import LENGTH_MAX

Secret = Annotated[SecretStr, Field(min_length=1, max_length=LENGTH_MAX)]


class PasswordChange(BaseModel):
    """The password one has, and the one one wants."""

    model_config = ConfigDict(extra="forbid")

    current_password: Secret
    new_password: Secret = Field(description="12 characters or more, staff 15, and not easily guessed")


class PasswordByLinkIn(BaseModel):
    """The token of a link, and the password chosen by it."""

    model_config = ConfigDict(extra="forbid")

    token: Secret = Field(description="What stands in the link; good once", examples=["xppl_…"])
    new_password: Secret = Field(description="12 characters or more, staff 15, and not easily guessed")


class PasswordLinkOut(BaseModel):
    """A link by which somebody chooses a password; the token is told this once and kept nowhere."""

    token: str = Field(repr=False, description="To be handed to the person, and to nobody else", examples=["xppl_…"])
    expires_at: datetime


class SecondFactorOut(BaseModel):
    """How the caller stands with a second factor."""

    confirmed_at: datetime | None = Field(description="Since when codes are asked for; null means not at all")
    recovery_codes: int = Field(description="How many recovery codes are left", examples=[10])


class EnrolmentOut(BaseModel):
    """What a generator of codes is set up with; told this once."""

    otpauth_uri: str = Field(
        repr=False, description="To be shown as a QR code", examples=["otpauth://totp/X-Pilot:wang?secret=…"]
    )


class CodeIn(BaseModel):
    """One code of a second factor."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(repr=False, pattern="^[0-9]{6}$", examples=["287082"])


class RecoveryCodesOut(BaseModel):
    """Codes that each stand for a lost generator once; told this once."""

    recovery_codes: list[str] = Field(repr=False, examples=[["JBSW-Y3DP-EHPK-3PXP"]])


class ProofIn(BaseModel):
    """A proof of who one is: the password, and a code for whoever has a second factor."""

    model_config = ConfigDict(extra="forbid")

    password: Secret
    otp: Annotated[str, Field(max_length=32)] | None = Field(
        default=None, repr=False, description="Needed with a second factor"
    )
