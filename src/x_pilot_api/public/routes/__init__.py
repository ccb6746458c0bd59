"""What everybody may see: whether a certificate is genuine, and by which rules an institution converts."""

from fastapi import APIRouter

from x_pilot_api.public.routes import mappings, results, shares, verification

router = APIRouter(tags=["public"])
for part in (mappings, results, verification, shares):
    router.include_router(part.router)

__all__ = ["router"]
