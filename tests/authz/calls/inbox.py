"""How the operations of the inbox are asked for."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.authz.calls.asking import Call, get, post
from tests.authz.ground import Corner
from tests.authz.spaces import CODE

_PREFERENCES = [{"kind": "award.issued", "by_mail": True, "by_sms": False}]

CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "list_messages": lambda _: get("/v1/me/messages", page_size=100),
    "count_messages": lambda _: get("/v1/me/messages:count"),
    "mark_messages_read": lambda at: post("/v1/me/messages:mark-read", message_ids=[str(at.message_id)]),
    "list_message_preferences": lambda _: get("/v1/me/message-preferences"),
    "choose_messages": lambda _: replace(post("/v1/me/message-preferences", preferences=_PREFERENCES), method="PATCH"),
    "get_mail_address": lambda _: get("/v1/me/mail-address"),
    "give_mail_address": lambda _: replace(post("/v1/me/mail-address", address="me@school.example"), method="PUT"),
    "confirm_mail_address": lambda _: post("/v1/me/mail-address:confirm", code=CODE),
    "remove_mail_address": lambda _: Call("DELETE", "/v1/me/mail-address"),
}
