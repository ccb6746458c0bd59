"""How the operations of identity are asked for."""

from collections.abc import Callable, Mapping

from tests.authz import makings
from tests.authz.calls.asking import Call, Json, deed, get, list_of, post
from tests.authz.ground import PASSWORD, Corner
from tests.identity import keys

NEW_PASSWORD = "a giraffe reads the timetable"
_KEY = keys.Holder("-")


def _coordinator(corner: Corner) -> Json:
    return {
        "role": "coordinator",
        "institution_id": str(corner.institution_id),
        "college_id": str(corner.college_id),
    }


def _sign_in(_: Corner) -> Call:
    form = {"grant_type": "password", "username": "operator", "password": PASSWORD}
    return Call("POST", "/v1/auth/token", form=form)


def _client(corner: Corner) -> str:
    return f"/v1/machine-clients/{corner.machine_client_id}"


CALLS: Mapping[str, Callable[[Corner], Call]] = {
    "issue_token": _sign_in,
    "read_me": lambda _: get("/v1/me"),
    "sign_out": lambda _: deed("/v1/auth/sign-out"),
    "list_sessions": lambda _: get("/v1/me/sessions"),
    "end_other_sessions": lambda _: deed("/v1/me/sessions:end-others"),
    "end_session": lambda at: Call("DELETE", f"/v1/me/sessions/{at.session_id}"),
    "choose_password_by_link": lambda _: post(
        "/v1/auth/password-by-link", token=makings.LINK, new_password=NEW_PASSWORD
    ),
    "change_password": lambda _: post("/v1/me/password", current_password=PASSWORD, new_password=NEW_PASSWORD),
    "prove_again": lambda _: post("/v1/auth/step-up", password=PASSWORD),
    "get_second_factor": lambda _: get("/v1/me/second-factor"),
    "enrol_second_factor": lambda _: deed("/v1/me/second-factor:enrol"),
    "confirm_second_factor": lambda _: post("/v1/me/second-factor:confirm", code=makings.code()),
    "issue_password_link": lambda at: deed(f"/v1/people/{at.person_id}/password-links"),
    "remove_second_factor": lambda at: deed(f"/v1/people/{at.person_id}:remove-second-factor"),
    "list_organisations": lambda at: list_of(at, "/v1/organisations"),
    "get_organisation": lambda at: get(f"/v1/organisations/{at.organisation_id}"),
    "list_people": lambda _: get("/v1/people", page_size=100),
    "get_person": lambda at: get(f"/v1/people/{at.person_id}"),
    "create_person": lambda at: post("/v1/people", username="new.person", name="新人", roles=[_coordinator(at)]),
    "rename_person": lambda at: Call("PATCH", f"/v1/people/{at.person_id}", body={"name": "新名"}),
    "disable_person": lambda at: deed(f"/v1/people/{at.person_id}:disable"),
    "enable_person": lambda at: deed(f"/v1/people/{at.person_id}:enable"),
    "grant_role": lambda at: post(f"/v1/people/{at.person_id}/roles", role="expert", institution_id=at.institution_id),
    "withdraw_role": lambda at: Call("DELETE", f"/v1/people/{at.person_id}/roles/{at.role_id}"),
    "list_machine_clients": lambda at: list_of(at, "/v1/machine-clients"),
    "create_machine_client": lambda _: post(
        "/v1/machine-clients", name="新系统", is_test=True, scopes=["plans:read"], with_secret=True
    ),
    "get_machine_client": lambda at: get(_client(at)),
    "change_machine_client": lambda at: Call("PATCH", _client(at), body={"scopes": ["plans:read"]}),
    "revoke_machine_client": lambda at: deed(f"{_client(at)}:revoke"),
    "list_client_keys": lambda at: get(f"{_client(at)}/keys"),
    "add_client_key": lambda at: post(f"{_client(at)}/keys", public_jwk=_KEY.public.jwk()),
    "approve_client_key": lambda at: deed(f"{_client(at)}/keys/{at.waiting_key_id}:approve"),
    "revoke_client_key": lambda at: deed(f"{_client(at)}/keys/{at.waiting_key_id}:revoke"),
}
