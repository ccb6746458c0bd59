"""The expected answers, and trying every one of them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.authz import calls, canaries, codes
from tests.authz import ground as grounds
from tests.authz.calls import Call
from tests.authz.ground import Corner, Ground

FOLDER = Path(__file__).with_name("expected")
RELATIONS = (*grounds.PLACES,)
ANONYMOUS, MACHINE = "anonymous", "machine"
MACHINES = frozenset({MACHINE, "test_machine"})
NOT_APPLICABLE = "n/a:"
NOT_FOUND = 404


@dataclass(frozen=True)
class Table:
    """What is expected: for each operation and relation the status each caller gets, or why there is none."""

    callers: tuple[str, ...]
    rows: Mapping[tuple[str, str], Mapping[str, int]]
    excused: Mapping[tuple[str, str], str]

    def operations(self) -> set[str]:
        """List the operations that have a row."""
        return {operation for operation, _ in (*self.rows, *self.excused)}

    def relations(self, operation: str) -> dict[str, Mapping[str, int]]:
        """Find an operation's rows by their relation."""
        return {relation: row for (named, relation), row in self.rows.items() if named == operation}

    def cells(self) -> Iterator[tuple[str, str, str, int]]:
        """Walk operation, relation, caller and expected status."""
        for (operation, relation), row in self.rows.items():
            for caller, status in row.items():
                yield operation, relation, caller, status


def stated() -> str:
    """Put the areas' files together, behind the one that names the callers."""
    callers, *areas = sorted(FOLDER.glob("*.txt"))
    return "".join(file.read_text(encoding="utf-8") for file in (callers, *areas))


def read(text: str) -> Table:
    """Read the table: a line that names the callers, then an operation, a relation and a status for each caller.

    Where a relation means nothing to an operation the line says `n/a:` and why; it may name several relations.
    """
    callers: tuple[str, ...] = ()
    rows: dict[tuple[str, str], Mapping[str, int]] = {}
    excused: dict[tuple[str, str], str] = {}
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        operation, relations, *rest = words
        if not callers:
            callers = tuple(rest)
            continue
        for relation in relations.split(","):
            if (operation, relation) in rows.keys() | excused.keys():
                raise ValueError(f"{operation} {relation} stands there twice")
            if rest[:1] == [NOT_APPLICABLE]:
                excused[operation, relation] = " ".join(rest[1:])
            else:
                rows[operation, relation] = dict(zip(callers, map(int, rest), strict=True))
    return Table(callers, rows, excused)


@dataclass(frozen=True)
class Desk:
    """The service and a way to ask it as anybody, each time as if nothing had been asked before."""

    ground: Ground
    client: httpx.AsyncClient
    connection: AsyncConnection
    sign_in: Callable[[str], dict[str, str]]

    async def ask(self, caller: str, call: Call) -> httpx.Response:
        """Send one request and take back what it did."""
        savepoint = await self.connection.begin_nested()
        try:
            return await self.send(caller, call)
        finally:
            await savepoint.rollback()

    async def send(self, caller: str, call: Call) -> httpx.Response:
        """Send one request and let what it did stand."""
        headers = {} if caller == ANONYMOUS else self.sign_in(caller)
        return await self.client.request(
            call.method,
            call.path,
            params=dict(call.query),
            json=call.body,
            data=dict(call.form) if call.form else None,
            headers=headers | calls.headers_of(call),
        )

    async def wrong_cells(self, operation: str, rows: Mapping[str, Mapping[str, int]]) -> list[str]:
        """Try an operation's cells, and say of each that is wrong what is wrong with it."""
        found: list[str] = []
        for relation, row in rows.items():
            corner = calls.corner_of(self.ground.corners, relation)
            for caller, expected in row.items():
                says = await self._what_is_wrong(operation, corner, caller, expected)
                found += [f"{operation} | {relation} | {caller}: {saying}" for saying in says]
        return found

    async def _what_is_wrong(self, operation: str, corner: Corner, caller: str, expected: int) -> list[str]:
        call = calls.CALLS[operation](corner)
        answer = await self.ask(caller, call)
        says = [*(str(leak) for leak in self.leaks(caller, call, answer)), *codes.unknown(answer)]
        if answer.status_code != expected:
            says.append(f"answered {answer.status_code}, expected {expected}: {answer.text[:500]}")
        elif expected == NOT_FOUND:
            # Whoever may not know of a thing must not learn of it by how it is refused.
            absent = await self.ask(caller, calls.CALLS[operation](grounds.nowhere(corner, self.ground.corners["own"])))
            if _refusal(answer) != _refusal(absent):
                says.append(f"refused as {_refusal(answer)}, but what does not exist as {_refusal(absent)}")
        return says

    def leaks(self, caller: str, call: Call, answer: httpx.Response) -> list[canaries.Leak]:
        """List what an answer told that was not the caller's to know."""
        return canaries.leaks(
            f"{answer.text} {dict(answer.headers)}",
            asked=call.asked,
            told=canaries.told_to(caller) | call.shown,
            hinted=canaries.hinted_to(caller),
            ids=self.ground.ids,
        )


def _refusal(answer: httpx.Response) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    return {key: value for key, value in body.items() if key not in {"request_id", "instance"}}
