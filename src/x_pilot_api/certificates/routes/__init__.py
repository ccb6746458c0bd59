"""The catalogue, reviews of a college's certificates, and quality feedback."""

from x_pilot_api.certificates.routes import catalogue, feedback, reviews
from x_pilot_api.core.area_router import AreaRouter

router = AreaRouter()
router.gather(catalogue.router, reviews.router, feedback.router)

__all__ = ["router"]
