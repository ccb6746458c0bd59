"""What every caller of the service should do: whoever is told to come back comes back and asks the same again."""

import asyncio
from http import HTTPStatus

import httpx

_TIMES = 6


class Patient(httpx.AsyncHTTPTransport):
    """Sends again what was answered 503, as long after as the answer says; what failed so was not carried out."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, a few times if need be."""
        for _ in range(_TIMES):
            answer = await super().handle_async_request(request)
            if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE or "Retry-After" not in answer.headers:
                return answer
            await answer.aclose()
            await asyncio.sleep(int(answer.headers["Retry-After"]))
        return await super().handle_async_request(request)
