"""The routes of awards."""

from fastapi import APIRouter

from x_pilot_api.awards.routes import codes, lives, numbers, shares

router = APIRouter(tags=["awards"])
for part in (lives, codes, numbers, shares):
    router.include_router(part.router)
