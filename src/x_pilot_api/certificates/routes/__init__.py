"""The catalogue, reviews of a college's certificates, and quality feedback."""

from fastapi import APIRouter

from x_pilot_api.certificates.routes import catalogue, feedback, reviews

router = APIRouter(tags=["certificates"])
for part in (catalogue, reviews, feedback):
    router.include_router(part.router)

__all__ = ["router"]
