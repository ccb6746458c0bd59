"""The evaluation organisations' door."""

from x_pilot_api.core.area_router import AreaRouter
from x_pilot_api.partners.routes import clients, events, feedback, result_files, results, webhooks

router = AreaRouter()
router.gather(
    # Of the two that take batches the one for files comes first; it lets everything else pass.
    result_files.router,
    result_files.beside,
    results.router,
    events.router,
    feedback.router,
    webhooks.router,
    clients.router,
)

__all__ = ["router"]
