"""What comes in and goes out about messages, and how persons want to hear of them."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

MARKED_MAX = 500


class MessageOut(BaseModel):
    """One message, in the language asked for."""

    id: UUID
    kind: str = Field(examples=["result.received"], description="New kinds come; a client shows what it does not know")
    title: str
    text: str
    object_kind: str | None = Field(examples=["registration"], description="What it is about; null for nothing to open")
    object_id: UUID | None
    sent_at: datetime
    read_at: datetime | None = Field(description="Null while unread")


class UnreadCountOut(BaseModel):
    """How many messages wait to be read."""

    unread: int


class MessagesReadIn(BaseModel):
    """Which messages were read: some by their ids, or all up to one."""

    model_config = ConfigDict(extra="forbid")

    message_ids: list[UUID] = Field(default=[], max_length=MARKED_MAX)
    up_to_id: UUID | None = Field(default=None, description="This message and every one before it")


class MarkedOut(BaseModel):
    """How many messages were marked, and how many are left unread."""

    marked: int
    unread: int


class PreferenceOut(BaseModel):
    """How the caller wants to hear of one kind of message; in the inbox it always is."""

    kind: str = Field(examples=["result.received"])
    name: str
    by_mail: bool


class PreferencesOut(BaseModel):
    """Every kind of message there is."""

    items: list[PreferenceOut]


class PreferenceIn(BaseModel):
    """How to hear of one kind of message beside the inbox."""

    model_config = ConfigDict(extra="forbid")

    kind: str = Field(max_length=64, examples=["result.received"])
    by_mail: bool
    by_sms: bool = Field(default=False, description="Refused where no gateway for text messages is connected")


class PreferencesIn(BaseModel):
    """The choices to change; a kind left out stays as it is."""

    model_config = ConfigDict(extra="forbid")

    preferences: list[PreferenceIn] = Field(min_length=1, max_length=100)


_ADDRESS = r"^[A-Za-z0-9._%+-]{1,64}@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}$"
Address = Annotated[str, Field(max_length=254, pattern=_ADDRESS, repr=False, examples=["li.hua@example.edu.cn"])]


class MailAddressIn(BaseModel):
    """A mail address of the caller's."""

    model_config = ConfigDict(extra="forbid")

    address: Address


class MailCodeIn(BaseModel):
    """The code that was mailed."""

    model_config = ConfigDict(extra="forbid")

    code: str = Field(repr=False, pattern="^[0-9]{8}$", examples=["20260318"])


class MailAddressOut(BaseModel):
    """The caller's mail address."""

    address: str | None = Field(repr=False, description="Null while none was given")
    confirmed_at: datetime | None = Field(description="Mail goes to it since then; null until its code came back")
    refused_at: datetime | None = Field(description="Since when the receiving server refuses it; give another one")
