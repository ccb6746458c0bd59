"""Seed teachers, training consortia, and who may teach or examine which level."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.qualifications.routes import categories, consortia, qualifications, seeds

router = AreaRouter(tags=["qualifications"])
for part in (categories, seeds, consortia, qualifications):
    router.include_router(part.router)
