"""How the operations of credits are asked for."""

from collections.abc import Callable, Mapping

from tests.authz.calls.asking import Call, get, post
from tests.authz.ground import Corner

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "open_credit_accounts": lambda at: post("/v1/credit-accounts:open", student_ids=[str(at.spare_student_id)]),
    "get_credit_account": lambda at: get(f"/v1/students/{at.student_id}/credit-account"),
    "list_credit_entries": lambda at: get(f"/v1/credit-accounts/{at.account_id}/entries"),
}
