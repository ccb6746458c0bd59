"""What an organisation's webhook endpoint receives: one operation for each kind of event, for the API's documents."""

from collections.abc import Awaitable, Callable
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, create_model

from x_pilot_api.outbox.schemas import SCHEMAS, EventKind, EventOut

router = APIRouter(tags=["webhooks"])


def _body(kind: EventKind, data: type[BaseModel]) -> type[BaseModel]:
    said: dict[str, Any] = {"type": (Literal[kind.value], ...), "data": (data, ...)}
    return create_model(f"{data.__name__}EventOut", __base__=EventOut, __doc__=data.__doc__, **said)


def _receiver(body: type[BaseModel]) -> Callable[[Any], Awaitable[None]]:
    async def receive(event: Any) -> None:  # noqa: ANN401 - the model is set below
        _ = event

    receive.__annotations__["event"] = body
    return receive


for each, schema in SCHEMAS.items():
    router.add_api_route(
        each.value,
        _receiver(_body(each, schema)),
        methods=["POST"],
        status_code=204,
        name=f"receive_{each.value.replace('.', '_')}",
        summary=each.value,
        description=f"{schema.__doc__}\n\nHeaders `webhook-id`, `webhook-timestamp` and `webhook-signature` as in "
        "Standard Webhooks. Any 2xx within 15 seconds takes it; 410 ends all deliveries to the endpoint.",
    )
