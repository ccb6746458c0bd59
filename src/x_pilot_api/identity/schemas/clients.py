"""What comes in and goes out about machine clients and their keys."""

from datetime import datetime
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from x_pilot_api.core.texts import Line
from x_pilot_api.core.tokens import PublicKey

Scope = Literal["plans:read", "candidates:read", "results:write", "events:read", "certificates:read"]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=5)]
_KID_EXAMPLE = "oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U"
_JWK_EXAMPLE = {
    "kty": "EC",
    "crv": "P-256",
    "x": "usWxHK2PmfnHKwXPS54m0kTcGJ90UiglWiGahtagnv8",
    "y": "IBOL-C3BttVivg-lSreASjpkttcsz-1rb7btKLv8EX4",
}


class MachineClientIn(BaseModel):
    """A client to make for one's own organisation."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Line = Field(examples=["结果推送"])
    is_test: bool = Field(description="Works on test institutions alone; else on live ones alone. Never changes")
    scopes: Scopes
    with_secret: bool = Field(default=False, description="Only a test client can have a secret beside its keys")

    @model_validator(mode="after")
    def keep_secrets_out_of_live_use(self) -> Self:
        """Refuse a secret for a live client, since a secret can be copied unseen and both sides know it."""
        if self.with_secret and not self.is_test:
            raise ValueError("only a test client can have a secret")
        return self


class MachineClientChange(BaseModel):
    """What of a client can be changed; what is left out stays."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: Line | None = None
    scopes: Scopes | None = Field(default=None, description="A narrower list acts at once, on tokens given out too")
    signature_required: bool | None = Field(default=None, description="Lifted by a security administrator alone")


class MachineClientOut(BaseModel):
    """One system of an evaluation organisation."""

    id: UUID
    client_id: str = Field(examples=["live_k3v7q2m9x4ab"])
    organisation_id: UUID
    name: str
    is_test: bool
    has_secret: bool = Field(description="True only for a test client")
    scopes: list[str] = Field(examples=[["plans:read", "results:write"]])
    signature_required: bool = Field(description="Its result batches are refused unless signed by RFC 9421")
    revoked_at: datetime | None
    last_used_at: datetime | None = Field(description="To the minute")


class MachineClientMadeOut(MachineClientOut):
    """A client just made, with what is shown this once."""

    client_secret: str | None = Field(repr=False, description="Shown this once; null unless asked for")


def _public_key(given: dict[str, str]) -> dict[str, str]:
    return PublicKey.from_jwk(given).jwk()


class ClientKeyIn(BaseModel):
    """A public key to add."""

    model_config = ConfigDict(extra="forbid")

    public_jwk: Annotated[dict[str, str], AfterValidator(_public_key)] = Field(
        description="A P-256 public key as a JSON Web Key: kty, crv, x, y; never d", examples=[_JWK_EXAMPLE]
    )
    not_before: datetime | None = Field(default=None, description="From when it counts; null means now")
    not_after: datetime | None = Field(default=None, description="Until when; null means a year; at most 400 days")
    rotation_proof: str | None = Field(
        default=None,
        max_length=4096,
        description="A JWT of type key-rotation+jwt, like a client assertion with new_key, the thumbprint of the new"
        " key, signed by a key that counts now: the new key then needs nobody's approval",
    )

    @model_validator(mode="after")
    def know_the_offset(self) -> Self:
        """Refuse an instant that nobody can place."""
        for instant in (self.not_before, self.not_after):
            if instant is not None and instant.tzinfo is None:
                raise ValueError("an instant needs an offset, such as +08:00")
        return self


class ClientKeyOut(BaseModel):
    """One public key of a client."""

    id: UUID
    kid: str = Field(description="RFC 7638 thumbprint, which is the kid and keyid to use", examples=[_KID_EXAMPLE])
    public_jwk: dict[str, str] = Field(examples=[_JWK_EXAMPLE])
    state: str = Field(description="waiting (for approval), coming, live, over or revoked", examples=["live"])
    not_before: datetime
    not_after: datetime
    added_at: datetime
    approved_at: datetime | None
    revoked_at: datetime | None
