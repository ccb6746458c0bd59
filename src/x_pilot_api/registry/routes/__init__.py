"""The pages of the register."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.registry.routes import courses, documents, grades, people, programmes, teaching

router = AreaRouter()
for part in (programmes, courses, people, teaching, documents, grades):
    router.include_router(part.router)

__all__ = ["router"]
