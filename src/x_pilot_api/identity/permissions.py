"""Who may do what: every permission and partner scope, and the one table of roles against them."""

from collections.abc import Mapping
from enum import StrEnum

from x_pilot_api.identity.models import Role


class Permission(StrEnum):
    """One kind of thing somebody may do, written noun:verb; a machine client's scopes come from the same list."""

    ME_READ = "me:read"
    SESSIONS_READ = "sessions:read"
    SESSIONS_END = "sessions:end"
    PASSWORDS_CHANGE = "passwords:change"
    PASSWORD_LINKS_ISSUE = "password_links:issue"  # noqa: S105 - a permission
    SECOND_FACTORS_ENROL = "second_factors:enrol"
    SECOND_FACTORS_REMOVE = "second_factors:remove"
    PEOPLE_READ = "people:read"
    PEOPLE_CREATE = "people:create"
    PEOPLE_RENAME = "people:rename"
    PEOPLE_DISABLE = "people:disable"
    ROLES_GRANT = "roles:grant"
    ROLES_WITHDRAW = "roles:withdraw"
    CERTIFICATES_READ = "certificates:read"
    ORGANISATIONS_READ = "organisations:read"
    PROGRAMMES_READ = "programmes:read"
    MAPPINGS_READ = "mappings:read"
    MAPPINGS_PROPOSE = "mappings:propose"
    MAPPINGS_AGREE = "mappings:agree"
    MAPPINGS_APPROVE = "mappings:approve"
    MAPPINGS_FILE = "mappings:file"
    MAPPINGS_PUBLISH = "mappings:publish"
    MAPPINGS_WITHDRAW = "mappings:withdraw"
    CREDIT_ACCOUNTS_READ = "credit_accounts:read"
    CREDIT_ACCOUNTS_OPEN = "credit_accounts:open"
    EXAM_PLANS_READ = "exam_plans:read"
    EXAM_PLANS_CREATE = "exam_plans:create"
    REGISTRATIONS_CREATE = "registrations:create"
    AWARDS_READ = "awards:read"
    LEDGER_READ = "ledger:read"
    FEE_STANDARDS_READ = "fee_standards:read"
    FEE_STANDARDS_PROPOSE = "fee_standards:propose"
    FEE_CEILINGS_READ = "fee_ceilings:read"
    FEE_CEILINGS_ISSUE = "fee_ceilings:issue"
    PLANS_READ = "plans:read"
    CANDIDATES_READ = "candidates:read"
    RESULTS_WRITE = "results:write"
    JOBS_READ = "jobs:read"
    JOBS_CANCEL = "jobs:cancel"
    JOBS_RETRY = "jobs:retry"

    WEBHOOKS_MANAGE = "webhooks:manage"
    AUDIT_READ = "audit:read"
    EVENTS_READ = "events:read"
    # Machine clients of evaluation organisations.
    CLIENTS_READ = "clients:read"
    CLIENTS_CREATE = "clients:create"
    CLIENTS_CHANGE = "clients:change"
    CLIENTS_REVOKE = "clients:revoke"
    CLIENT_KEYS_ADD = "client_keys:add"
    CLIENT_KEYS_APPROVE = "client_keys:approve"


P = Permission

SCOPES = frozenset({P.PLANS_READ, P.CANDIDATES_READ, P.RESULTS_WRITE, P.EVENTS_READ, P.CERTIFICATES_READ})
"""What a machine client of an evaluation organisation can be given."""

_EVERYBODY = frozenset({P.ME_READ, P.SESSIONS_READ, P.SESSIONS_END, P.PASSWORDS_CHANGE, P.SECOND_FACTORS_ENROL})
WHILE_OWING = _EVERYBODY
"""What is left to somebody who has to enrol a second factor or change their password first."""

_PEOPLE = frozenset(
    {
        P.PEOPLE_READ,
        P.PEOPLE_CREATE,
        P.PEOPLE_RENAME,
        P.PEOPLE_DISABLE,
        P.ROLES_GRANT,
        P.ROLES_WITHDRAW,
        P.PASSWORD_LINKS_ISSUE,
    }
)
_CATALOGUE = frozenset({P.CERTIFICATES_READ, P.ORGANISATIONS_READ, P.PROGRAMMES_READ, P.MAPPINGS_READ})
_FEES = frozenset({P.FEE_STANDARDS_READ, P.FEE_CEILINGS_READ})
_CLIENTS = frozenset({P.CLIENTS_READ, P.CLIENTS_CHANGE, P.CLIENTS_REVOKE})
_JOBS = frozenset({P.JOBS_READ, P.JOBS_CANCEL})
_RECORDS = frozenset({P.CREDIT_ACCOUNTS_READ, P.EXAM_PLANS_READ, P.AWARDS_READ})

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OPERATOR: _EVERYBODY
    | _JOBS
    | {P.CERTIFICATES_READ, P.ORGANISATIONS_READ, P.FEE_CEILINGS_READ, P.FEE_CEILINGS_ISSUE, P.JOBS_RETRY},
    Role.SECURITY_ADMIN: _EVERYBODY | _PEOPLE | _CLIENTS | {P.SECOND_FACTORS_REMOVE, P.CLIENT_KEYS_APPROVE},
    Role.AUDITOR: _EVERYBODY
    | _CATALOGUE
    | _FEES
    | _RECORDS
    | {P.LEDGER_READ, P.PEOPLE_READ, P.CLIENTS_READ, P.JOBS_READ, P.AUDIT_READ},
    Role.REGISTRAR: _EVERYBODY
    | _PEOPLE
    | _CATALOGUE
    | _FEES
    | _RECORDS
    | _JOBS
    | {
        P.JOBS_RETRY,
        P.MAPPINGS_PROPOSE,
        P.MAPPINGS_APPROVE,
        P.MAPPINGS_FILE,
        P.MAPPINGS_PUBLISH,
        P.MAPPINGS_WITHDRAW,
        P.LEDGER_READ,
        P.CREDIT_ACCOUNTS_OPEN,
        P.EXAM_PLANS_CREATE,
        P.REGISTRATIONS_CREATE,
        P.FEE_STANDARDS_PROPOSE,
    },
    Role.COORDINATOR: _EVERYBODY
    | _CATALOGUE
    | _FEES
    | _RECORDS
    | _JOBS
    | {
        P.MAPPINGS_PROPOSE,
        P.MAPPINGS_AGREE,
        P.CREDIT_ACCOUNTS_OPEN,
        P.REGISTRATIONS_CREATE,
        P.FEE_STANDARDS_PROPOSE,
    },
    Role.EXPERT: _EVERYBODY | {P.CERTIFICATES_READ, P.ORGANISATIONS_READ, P.PROGRAMMES_READ},
    Role.TEACHER: _EVERYBODY | _CATALOGUE,
    Role.STUDENT: _EVERYBODY | {P.CERTIFICATES_READ, P.CREDIT_ACCOUNTS_READ, P.AWARDS_READ},
    Role.ORG_STAFF: _EVERYBODY
    | _FEES
    | _CLIENTS
    | {
        P.CLIENTS_CREATE,
        P.CLIENT_KEYS_ADD,
        P.JOBS_READ,
        P.CERTIFICATES_READ,
        P.ORGANISATIONS_READ,
        P.MAPPINGS_READ,
        P.MAPPINGS_AGREE,
        P.EXAM_PLANS_READ,
        P.EXAM_PLANS_CREATE,
        P.AWARDS_READ,
        P.FEE_STANDARDS_PROPOSE,
        P.WEBHOOKS_MANAGE,
    },
}
