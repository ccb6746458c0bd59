"""How the operations of jobs are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, deed, get, list_of
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_jobs": lambda at: list_of(at, "/v1/jobs"),
    "get_job": lambda at: get(f"/v1/jobs/{at.job_ids['queued']}"),
    # A job that has ended is told in one event, so that the stream ends too.
    "follow_job": lambda at: get(f"/v1/jobs/{at.job_ids['failed']}/events"),
    "cancel_job": lambda at: deed(f"/v1/jobs/{at.job_ids['queued']}:cancel"),
    "retry_job": lambda at: deed(f"/v1/jobs/{at.job_ids['failed']}:retry"),
}
