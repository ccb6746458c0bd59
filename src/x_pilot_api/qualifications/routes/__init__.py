"""Seed teachers, training consortia, and who may teach or examine which level."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.qualifications.routes import categories, consortia, qualifications, seeds

router = AreaRouter()
router.gather(categories.router, seeds.router, consortia.router, qualifications.router)
