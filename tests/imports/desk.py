"""Importing over the API as somebody, the worker's part done by hand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx

from x_pilot_api.core import attempts
from x_pilot_api.core.service import Service
from x_pilot_api.imports import tasks as imports

SignIn = Callable[[str], dict[str, str]]
TASKS = {"import_table": imports.import_table, "undo_import": imports.undo_import}


@dataclass
class Desk:
    """Somebody who imports."""

    client: httpx.AsyncClient
    service: Service
    headers: dict[str, str]

    async def send(self, body: bytes, *, kind: str = "students", **query: str) -> httpx.Response:
        """Send a file."""
        headers = self.headers | {"Content-Type": "application/octet-stream"}
        return await self.client.post("/v1/imports", params={"kind": kind, **query}, content=body, headers=headers)

    async def work(self, job_id: str) -> None:
        """Do a job as the worker does; a refusal ends it."""
        async with self.service.database.transaction() as session:
            job = await attempts.take(session, UUID(job_id))
        assert job is not None
        try:
            await TASKS[job.kind](self.service, job)
        except Exception as error:
            async with self.service.database.transaction() as session:
                await attempts.fail(session, job, error)
            raise

    async def preview(self, body: bytes, *, kind: str = "students", **query: str) -> dict[str, Any]:
        """Send a file and have it previewed."""
        sent = await self.send(body, kind=kind, **query)
        assert sent.status_code == 202, sent.text
        assert sent.headers["Location"] == f"/v1/jobs/{sent.json()['job_id']}"
        await self.work(sent.json()["job_id"])
        return await self.read(sent.json()["import_id"])

    async def read(self, import_id: str) -> dict[str, Any]:
        """Read an import."""
        answer = await self.client.get(f"/v1/imports/{import_id}", headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def rows(self, import_id: str, **query: str) -> list[dict[str, Any]]:
        """Read what becomes of an import's rows."""
        answer = await self.client.get(f"/v1/imports/{import_id}/rows", params=query, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.json()["items"]

    async def confirm(self, preview: dict[str, Any], *, digest: str | None = None) -> httpx.Response:
        """Confirm a preview."""
        return await self.client.post(
            f"/v1/imports/{preview['id']}:confirm", json={"digest": digest or preview["digest"]}, headers=self.headers
        )

    async def apply(self, preview: dict[str, Any]) -> dict[str, Any]:
        """Confirm a preview and have it applied."""
        confirmed = await self.confirm(preview)
        assert confirmed.status_code == 202, confirmed.text
        await self.work(preview["job_id"])
        return await self.read(preview["id"])

    async def undo(self, applied: dict[str, Any]) -> httpx.Response:
        """Ask for an import to be undone, and have it done."""
        answer = await self.client.post(f"/v1/imports/{applied['id']}:undo", headers=self.headers)
        if answer.status_code == 202:
            await self.work(answer.json()["job_id"])
        return answer
