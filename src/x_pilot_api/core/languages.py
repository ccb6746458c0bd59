"""The two languages of every sentence the service says, and which one the caller reads."""

from contextvars import ContextVar
from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """A language the service speaks, as Content-Language spells it."""

    ZH = "zh-CN"
    EN = "en"


class Both(NamedTuple):
    """One sentence in both languages."""

    zh: str
    en: str

    def said_in(self, language: Language) -> str:
        """Give the sentence in one of them."""
        return self.en if language is Language.EN else self.zh


_spoken: ContextVar[Language] = ContextVar("language", default=Language.ZH)


def asked_for(accept_language: str) -> Language:
    """Read Accept-Language: Chinese is the default, English when it is asked for first."""
    first = accept_language.partition(",")[0].strip().lower()
    return Language.EN if first.startswith("en") else Language.ZH


def speak(language: Language) -> None:
    """Choose the language of the request being answered."""
    _spoken.set(language)


def spoken() -> Language:
    """Tell the language of the request being answered."""
    return _spoken.get()
