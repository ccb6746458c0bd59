"""Who may be tried: the file from which the sign-in page offers the made-up people."""

import json

from x_pilot_api.core import webui
from x_pilot_api.core.settings import Settings
from x_pilot_api.demo.dataset import build_dataset
from x_pilot_api.demo.people import everybody

PATH = "/demo-users.json"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


def with_users(pages: webui.Files, password: str, settings: Settings) -> webui.Files:
    """Add the file; the password is in it only where nobody but this machine can ask for it."""
    people = [
        {"username": it.username, "name": it.display_name, "role": it.role, "scope": list(it.scope_names)}
        for it in everybody(build_dataset())
    ]
    told = {"users": people, "password": password if settings.host in _LOOPBACK else None}
    return {**pages, PATH: webui.File(PATH, json.dumps(told, ensure_ascii=False).encode())}
