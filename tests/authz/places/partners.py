"""The bodies of partners."""

from tests.authz.places.place import Place
from x_pilot_api.exams.schemas import ResultBatchIn, ResultIn, ResultRowIn
from x_pilot_api.partners.schemas import ReplayIn, WebhookEndpointChange, WebhookEndpointIn

PLACES = (
    Place("create_webhook_endpoint", "org_staff", WebhookEndpointIn, "webhook_endpoints"),
    Place("change_webhook_endpoint", "org_staff", WebhookEndpointChange, "webhook_endpoints"),
    Place("replay_webhook_events", "org_staff", ReplayIn, "webhook_deliveries"),
    Place("push_result_batch", "machine", ResultBatchIn, "result_batches"),
    Place("put_partner_result", "machine", ResultIn, "results"),
    Place("push_result_batch", "machine", ResultRowIn, "results", within=("rows",)),
)
