"""The deeds on the catalogue, on reviews of a college's certificates, and on quality feedback."""

from x_pilot_api.certificates.commands.catalogue import (
    add_level,
    change_certificate,
    delete_certificate,
    delete_level,
    enter_certificate,
    publish_scheme,
)
from x_pilot_api.certificates.commands.exits import (
    exit_certificate,
    propose_exit,
    retain_certificate,
)
from x_pilot_api.certificates.commands.feedback import (
    answer_feedback,
    change_feedback,
    close_feedback,
    give_feedback,
    reopen_feedback,
    send_feedback,
    verify_feedback,
)
from x_pilot_api.certificates.commands.proposals import (
    assign_experts,
    begin_review,
    change_review,
    propose_review,
    set_policy,
    submit_review,
)
from x_pilot_api.certificates.commands.voting import (
    conclude_review,
    excuse_expert,
    vote_in_review,
)

__all__ = [
    "add_level",
    "answer_feedback",
    "assign_experts",
    "begin_review",
    "change_certificate",
    "change_feedback",
    "change_review",
    "close_feedback",
    "conclude_review",
    "delete_certificate",
    "delete_level",
    "enter_certificate",
    "excuse_expert",
    "exit_certificate",
    "give_feedback",
    "propose_exit",
    "propose_review",
    "publish_scheme",
    "reopen_feedback",
    "retain_certificate",
    "send_feedback",
    "set_policy",
    "submit_review",
    "verify_feedback",
    "vote_in_review",
]
