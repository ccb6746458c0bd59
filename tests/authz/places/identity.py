"""The bodies of identity."""

from tests.authz.places.place import Place
from x_pilot_api.identity.schemas import (
    ClientKeyIn,
    CodeIn,
    MachineClientChange,
    MachineClientIn,
    PasswordByLinkIn,
    PasswordChange,
    PersonIn,
    PersonNameIn,
    ProofIn,
    RoleIn,
)

PLACES = (
    Place("change_password", "expert", PasswordChange, "people"),
    Place("choose_password_by_link", "anonymous", PasswordByLinkIn, "password_links"),
    Place("confirm_second_factor", "teacher", CodeIn, "second_factors"),
    Place("prove_again", "expert", ProofIn, "sessions"),
    Place("create_person", "registrar", PersonIn, "people"),
    Place("create_person", "registrar", RoleIn, "memberships", within=("roles",)),
    Place("rename_person", "registrar", PersonNameIn, "people"),
    Place("grant_role", "registrar", RoleIn, "memberships"),
    Place("create_machine_client", "org_staff", MachineClientIn, "machine_clients"),
    Place("change_machine_client", "org_staff", MachineClientChange, "machine_clients"),
    Place("add_client_key", "org_staff", ClientKeyIn, "client_keys"),
)
