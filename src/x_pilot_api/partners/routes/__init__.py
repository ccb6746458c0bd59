"""The evaluation organisations' door."""

from fastapi import APIRouter

from x_pilot_api.partners.routes import events, feedback, results, webhooks

router = APIRouter(prefix="/partner", tags=["partners"])
for part in (results, events, feedback, webhooks):
    router.include_router(part.router)

__all__ = ["router"]
