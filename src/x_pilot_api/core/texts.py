"""Strings from outside: bounded, printable, in one Unicode form, harmless to what stores or shows them."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, BaseModel, Field, StringConstraints

from x_pilot_api.core.languages import Both


def clean(text: str) -> str:
    """Put a string into NFC; refuse a blank one, control characters and lone surrogates, which break things."""
    if not text.strip():
        raise ValueError("must not be blank")
    if text.isascii() and text.isprintable():
        return text
    if any(unicodedata.category(char) in {"Cc", "Cs"} for char in text):
        raise ValueError("must not hold control characters or broken Unicode")
    return unicodedata.normalize("NFC", text)


def clean_lines(text: str) -> str:
    """Put a text of several lines into one form: each line is clean, and blank ones part paragraphs."""
    if not text.strip():
        raise ValueError("must not be blank")
    return "\n".join(clean(line) if line.strip() else "" for line in text.split("\n"))


Code = Annotated[str, StringConstraints(min_length=1, max_length=64, strict=True), AfterValidator(clean)]
"""A short code: a number or name that identifies something, always a string."""

Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strict=True), AfterValidator(clean)]
"""One line of text, such as a name."""

Paragraph = Annotated[str, StringConstraints(min_length=1, max_length=2_000, strict=True), AfterValidator(clean)]
"""A longer remark or reason."""


class BothOut(BaseModel):
    """One text in both languages."""

    zh: str = Field(serialization_alias="zh-CN")
    en: str


def in_both(said: Both) -> BothOut:
    """Answer with a sentence in both languages."""
    return BothOut(zh=said.zh, en=said.en)
