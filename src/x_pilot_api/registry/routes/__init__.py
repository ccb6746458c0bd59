"""The pages of the register."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.registry.routes import courses, documents, grades, people, programmes, teaching

router = AreaRouter()
router.gather(programmes.router, courses.router, people.router, teaching.router, documents.router, grades.router)

__all__ = ["router"]
