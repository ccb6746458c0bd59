"""Texts of several paragraphs, and pieces of them."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

TEXT_MAX = 60_000
LINES_MAX = 2_000


def _clean(text: str) -> str:
    """Write every line's end as one character, in NFC; refuse other control characters and lone surrogates."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    if not any(line.strip() for line in lines):
        raise ValueError("must not be blank")
    if len(lines) > LINES_MAX:
        raise ValueError(f"must not have more than {LINES_MAX} lines")
    if any(unicodedata.category(char) in {"Cc", "Cs"} for line in lines for char in line):
        raise ValueError("must not hold control characters or broken Unicode")
    return unicodedata.normalize("NFC", "\n".join(line.rstrip() for line in lines).strip("\n"))


Paragraphs = Annotated[str, StringConstraints(min_length=1, max_length=TEXT_MAX, strict=True), AfterValidator(_clean)]
"""A text of several lines, each of which is a paragraph."""


class PublicationBody(BaseModel):
    """What comes in says nothing that is not known."""

    model_config = ConfigDict(extra="forbid")


class SegmentOut(BaseModel):
    """A piece of a text, and whether it was searched for."""

    text: str
    is_hit: bool = Field(description="It is to be shown marked")
