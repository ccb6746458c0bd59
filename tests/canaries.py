"""What no log and no refusal may hold, looked for in everything that a run of the tests makes the service say.

Each test answers for what was logged and refused while it ran; the embedded PostgreSQL's log and the logs of servers in
processes of their own are read when the run ends. A pattern finds what nobody thought of listing: any resident number
whose check digit holds, any token, secret or private key, and the names and secrets of the tests' own people.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from fastapi import Request
from fastapi.responses import Response

from x_pilot_api.core import problems
from x_pilot_api.core.errors import AppError

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9X](?![0-9A-Za-z])"
)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SECRETS = {
    "a token": re.compile(r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{20,}"),
    "a refresh token or a link": re.compile(r"\bxp(?:rt|pl)_[\w-]{16,}"),
    "a webhook's secret": re.compile(r"\bwhsec_[\w+/=-]{16,}"),
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a database's password": re.compile(r"postgresql(?:\+asyncpg)?://[^:/@\s]+:[^@\s*]+@"),
    "a password of the tests": re.compile(r"what the test clients know"),
    "a second factor's secret": re.compile(r"JBSWY3DPEHPK3PXP|otpauth://"),
}
_NAME = re.compile(r"学生[0-9]{2}(?![0-9])")
_READ_MAX = 64 * 1024 * 1024


def _is_resident_number(text: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(text, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == text[17]


def secrets_in(text: str) -> Iterator[str]:
    """Tell what kinds of secrets and numbers a text holds, without repeating them."""
    if any(_is_resident_number(found) for found in _NUMBER.findall(text)):
        yield "a resident identity number"
    yield from (kind for kind, pattern in _SECRETS.items() if pattern.search(text))


def personal_in(text: str) -> Iterator[str]:
    """Tell what a log holds that it must not; people's names may be in answers, but in no log."""
    yield from secrets_in(text)
    if _NAME.search(text):
        yield "a person's name"


class Ear:
    """Hears every line that the service logs in this process, and every refusal it answers with."""

    def __init__(self) -> None:
        self.logged: list[str] = []
        self.refused: list[str] = []

    def line(self, _logger: object, _name: str, event: Any) -> Any:  # noqa: ANN401 - structlog's processors hand on anything
        """Hear a line as it is written."""
        self.logged.append(str(event))
        return event

    def refusal(self, render: Callable[..., Response]) -> Callable[..., Response]:
        """Hear every refusal that is rendered."""

        def heard(request: Request, error: AppError, *, status: int | None = None) -> Response:
            answer = render(request, error, status=status)
            self.refused.append(bytes(answer.body).decode())
            return answer

        return heard

    def listen(self) -> None:
        """Listen from now on."""
        known = structlog.get_config()["processors"]
        structlog.configure(processors=[*known, self.line])
        problems.render = self.refusal(problems.render)

    def faults(self, sections: Iterable[tuple[str, str]] = ()) -> list[str]:
        """Tell what was heard since the last time that must not be said; `sections` is what pytest caught besides."""
        logged, refused = [*self.logged, *(text for _, text in sections)], self.refused
        self.logged, self.refused = [], []
        return sorted(
            {f"a log holds {kind}" for text in logged for kind in personal_in(text)}
            | {f"a refusal holds {kind}" for text in refused for kind in secrets_in(text)}
        )


EAR = Ear()


def judge(report: pytest.TestReport) -> None:
    """Let a test fail that made the service say what it must not."""
    faults = EAR.faults(report.sections)
    if faults and report.passed:
        report.outcome, report.longrepr = "failed", "\n".join(faults)


def read_logs(files: Iterable[Path]) -> None:
    """Read logs that were written to files, and fail if one holds what it must not."""
    faults = [
        f"{file.name} holds {kind}"
        for file in files
        if file.is_file() and file.stat().st_size <= _READ_MAX
        for kind in personal_in(file.read_text(encoding="utf-8", errors="replace"))
    ]
    assert not faults, "\n".join(faults)
