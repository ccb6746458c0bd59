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
    MESSAGES_READ = "messages:read"
    MESSAGES_MARK = "messages:mark"
    MESSAGE_PREFERENCES_SET = "message_preferences:set"
    MAIL_ADDRESSES_SET = "mail_addresses:set"
    PEOPLE_READ = "people:read"
    PEOPLE_CREATE = "people:create"
    PEOPLE_RENAME = "people:rename"
    PEOPLE_DISABLE = "people:disable"
    ROLES_GRANT = "roles:grant"
    ROLES_WITHDRAW = "roles:withdraw"
    CERTIFICATES_READ = "certificates:read"
    CERTIFICATES_MANAGE = "certificates:manage"
    ORGANISATIONS_READ = "organisations:read"
    ORGANISATIONS_MANAGE = "organisations:manage"
    # A college's certificates: admitted by experts' votes, exited by the office, both in reviews.
    REVIEWS_READ = "reviews:read"
    REVIEWS_FOLLOW = "reviews:follow"
    REVIEWS_PROPOSE = "reviews:propose"
    REVIEWS_RUN = "reviews:run"
    REVIEWS_VOTE = "reviews:vote"
    REVIEW_POLICIES_SET = "review_policies:set"
    TEACH_OUTS_CHANGE = "teach_outs:change"
    SCORECARDS_READ = "scorecards:read"
    FEEDBACK_READ = "feedback:read"
    FEEDBACK_GIVE = "feedback:give"
    FEEDBACK_SETTLE = "feedback:settle"
    FEEDBACK_ANSWER = "feedback:answer"
    PROGRAMMES_READ = "programmes:read"
    COLLEGES_READ = "colleges:read"
    COLLEGES_WRITE = "colleges:write"
    PROGRAMMES_WRITE = "programmes:write"
    COURSES_READ = "courses:read"
    COURSES_WRITE = "courses:write"
    TRAINING_PLANS_READ = "training_plans:read"
    TRAINING_PLANS_WRITE = "training_plans:write"
    TRAINING_PLANS_ENACT = "training_plans:enact"
    STUDENTS_READ = "students:read"
    STUDENTS_WRITE = "students:write"
    OWN_STUDENT_READ = "own_student:read"
    MY_SPACE_READ = "my_space:read"
    OWN_TEACHER_READ = "own_teacher:read"
    TEACHERS_READ = "teachers:read"
    TEACHERS_WRITE = "teachers:write"
    TEACHERS_LINK = "teachers:link"
    COURSE_GRADES_READ = "course_grades:read"
    COURSE_GRADES_WRITE = "course_grades:write"
    IDENTITY_DOCUMENTS_REVEAL = "identity_documents:reveal"
    MAPPINGS_READ = "mappings:read"
    MAPPINGS_PROPOSE = "mappings:propose"
    MAPPINGS_AGREE = "mappings:agree"
    MAPPINGS_APPROVE = "mappings:approve"
    MAPPINGS_FILE = "mappings:file"
    MAPPINGS_PUBLISH = "mappings:publish"
    MAPPINGS_WITHDRAW = "mappings:withdraw"
    MAPPINGS_SIMULATE = "mappings:simulate"
    SIMULATIONS_READ = "simulations:read"
    MAPPING_OBJECTIONS_READ = "mapping_objections:read"
    MAPPING_OBJECTIONS_RAISE = "mapping_objections:raise"
    MAPPING_OBJECTIONS_ANSWER = "mapping_objections:answer"
    SHOWCASE_FINDINGS_READ = "showcase_findings:read"
    POLICY_LIMITS_READ = "policy_limits:read"
    POLICY_LIMITS_LOAD = "policy_limits:load"
    POLICY_LIMITS_WITHDRAW = "policy_limits:withdraw"
    PARTICIPATIONS_READ = "participations:read"
    PARTICIPATIONS_ASK = "participations:ask"
    PARTICIPATIONS_APPROVE = "participations:approve"
    PARTICIPATIONS_CHANGE = "participations:change"
    COLLECTION_ROUNDS_READ = "collection_rounds:read"
    COLLECTION_ROUNDS_OPEN = "collection_rounds:open"
    PROGRAMME_RETURNS_READ = "programme_returns:read"
    PROGRAMME_RETURNS_FILL = "programme_returns:fill"
    PROGRAMME_RETURNS_SUBMIT = "programme_returns:submit"
    PROGRAMME_RETURNS_ACCEPT = "programme_returns:accept"
    PROGRESS_READ = "progress:read"
    CREDIT_ACCOUNTS_READ = "credit_accounts:read"
    CREDIT_ACCOUNTS_OPEN = "credit_accounts:open"
    SITES_READ = "sites:read"
    SITES_APPLY = "sites:apply"
    SITES_DECIDE = "sites:decide"
    # A conversion's chain: each step by its own role.
    CONVERSIONS_READ = "conversions:read"
    CONVERSIONS_REQUEST = "conversions:request"
    CONVERSIONS_AGREE = "conversions:agree"
    CONVERSIONS_APPROVE = "conversions:approve"
    CONVERSIONS_CONFIRM = "conversions:confirm"
    CONVERSIONS_RECORD = "conversions:record"
    CONVERSIONS_REFUSE = "conversions:refuse"
    CONVERSIONS_WITHDRAW = "conversions:withdraw"
    CONVERSIONS_SETTLE = "conversions:settle"
    CONVERSION_POLICIES_READ = "conversion_policies:read"
    CONVERSION_POLICIES_LOAD = "conversion_policies:load"
    CREDIT_ACCOUNTS_FREEZE = "credit_accounts:freeze"
    CREDIT_ACCOUNTS_CLOSE = "credit_accounts:close"
    CATCH_UPS_RUN = "catch_ups:run"
    OPENING_RATES_READ = "opening_rates:read"
    EXAM_PLANS_READ = "exam_plans:read"
    EXAM_PLANS_CREATE = "exam_plans:create"
    EXAM_PLANS_RUN = "exam_plans:run"
    EXAM_SITTINGS_READ = "exam_sittings:read"
    EXAM_SITTINGS_ARRANGE = "exam_sittings:arrange"
    REGISTRATIONS_READ = "registrations:read"
    REGISTRATIONS_CREATE = "registrations:create"
    # The day of an exam.
    SEATS_READ = "seats:read"
    SEATS_ARRANGE = "seats:arrange"
    SITTING_PAPERS_PRINT = "sitting_papers:print"
    TICKETS_READ = "tickets:read"
    CHECK_INS_TAKE = "check_ins:take"
    ATTENDANCE_READ = "attendance:read"
    ATTENDANCE_SETTLE = "attendance:settle"
    EXAM_INCIDENTS_READ = "exam_incidents:read"
    EXAM_INCIDENTS_REPORT = "exam_incidents:report"
    EXAM_INCIDENTS_DECIDE = "exam_incidents:decide"
    REGISTRATIONS_CONFIRM = "registrations:confirm"
    REGISTRATIONS_ACCEPT = "registrations:accept"
    REGISTRATIONS_WITHDRAW = "registrations:withdraw"
    REGISTRATIONS_LOCK = "registrations:lock"
    AWARDS_READ = "awards:read"
    AWARDS_SUSPEND = "awards:suspend"
    AWARDS_REISSUE = "awards:reissue"
    AWARDS_PRINT = "awards:print"
    AWARD_SHARES_MANAGE = "award_shares:manage"
    NUMBER_PATTERNS_READ = "number_patterns:read"
    NUMBER_PATTERNS_SET = "number_patterns:set"
    NUMBER_CLASHES_READ = "number_clashes:read"
    CORRECTIONS_READ = "corrections:read"
    CORRECTIONS_PROPOSE = "corrections:propose"
    CORRECTIONS_CONFIRM = "corrections:confirm"
    LEDGER_READ = "ledger:read"
    FEE_STANDARDS_READ = "fee_standards:read"
    FEE_STANDARDS_PROPOSE = "fee_standards:propose"
    FEE_CEILINGS_READ = "fee_ceilings:read"
    FEE_CEILINGS_ISSUE = "fee_ceilings:issue"
    PLANS_READ = "plans:read"
    CANDIDATES_READ = "candidates:read"
    RESULTS_WRITE = "results:write"
    # What people do about results; each of these takes a second person.
    RESULTS_READ = "results:read"
    RESULT_UPLOADS_READ = "result_uploads:read"
    RESULT_UPLOADS_UPLOAD = "result_uploads:upload"
    RESULT_UPLOADS_CONFIRM = "result_uploads:confirm"
    QUARANTINE_READ = "quarantine:read"
    QUARANTINE_DECIDE = "quarantine:decide"
    RESULT_VISIBILITY_READ = "result_visibility:read"
    RESULT_VISIBILITY_SET = "result_visibility:set"
    RESULT_NOTICES_PUBLISH = "result_notices:publish"
    RESULT_OBJECTIONS_READ = "result_objections:read"
    RESULT_OBJECTIONS_RAISE = "result_objections:raise"
    RESULT_OBJECTIONS_REVIEW = "result_objections:review"
    IMPORTS_READ = "imports:read"
    IMPORTS_UPLOAD = "imports:upload"
    IMPORTS_CONFIRM = "imports:confirm"
    IMPORTS_UNDO = "imports:undo"
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

SCOPES = frozenset(
    {P.PLANS_READ, P.CANDIDATES_READ, P.RESULTS_WRITE, P.EVENTS_READ, P.CERTIFICATES_READ, P.FEEDBACK_ANSWER}
)
"""What a machine client of an evaluation organisation can be given."""

WHILE_OWING = frozenset({P.ME_READ, P.SESSIONS_READ, P.SESSIONS_END, P.PASSWORDS_CHANGE, P.SECOND_FACTORS_ENROL})
"""What is left to somebody who has to enrol a second factor or change their password first."""
_INBOX = frozenset({P.MESSAGES_READ, P.MESSAGES_MARK, P.MESSAGE_PREFERENCES_SET, P.MAIL_ADDRESSES_SET})
_EVERYBODY = WHILE_OWING | _INBOX

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
_PROGRAMMES = frozenset({P.COLLEGES_READ, P.PROGRAMMES_READ, P.COURSES_READ, P.TRAINING_PLANS_READ})
_CATALOGUE = frozenset({P.CERTIFICATES_READ, P.ORGANISATIONS_READ, P.MAPPINGS_READ}) | _PROGRAMMES
_REGISTER = frozenset({P.STUDENTS_READ, P.TEACHERS_READ, P.COURSE_GRADES_READ})
_REGISTER_OF_A_COLLEGE = _REGISTER | {
    P.COURSES_WRITE,
    P.TRAINING_PLANS_WRITE,
    P.STUDENTS_WRITE,
    P.TEACHERS_WRITE,
    P.COURSE_GRADES_WRITE,
}
_LIMITS = frozenset({P.POLICY_LIMITS_READ})
_OBJECTIONS = frozenset({P.MAPPING_OBJECTIONS_READ, P.MAPPING_OBJECTIONS_RAISE})
_IMPORTS = frozenset({P.IMPORTS_READ, P.IMPORTS_UPLOAD, P.IMPORTS_CONFIRM, P.IMPORTS_UNDO})
_FEES = frozenset({P.FEE_STANDARDS_READ, P.FEE_CEILINGS_READ})
_CLIENTS = frozenset({P.CLIENTS_READ, P.CLIENTS_CHANGE, P.CLIENTS_REVOKE})
_REVIEWS = frozenset({P.REVIEWS_READ, P.REVIEWS_FOLLOW, P.SCORECARDS_READ, P.FEEDBACK_READ})
_PROPOSALS = frozenset({P.REVIEWS_PROPOSE, P.TEACH_OUTS_CHANGE, P.FEEDBACK_GIVE})
_JOBS = frozenset({P.JOBS_READ, P.JOBS_CANCEL})
_SIMULATIONS = frozenset({P.MAPPINGS_SIMULATE, P.SIMULATIONS_READ})
_PILOT_YEAR = frozenset({P.PARTICIPATIONS_READ, P.COLLECTION_ROUNDS_READ, P.PROGRAMME_RETURNS_READ})
_REGISTRATIONS = frozenset(
    {P.REGISTRATIONS_CREATE, P.REGISTRATIONS_CONFIRM, P.REGISTRATIONS_ACCEPT, P.REGISTRATIONS_WITHDRAW}
)
_SITTINGS = frozenset({P.SITES_READ, P.EXAM_SITTINGS_READ})
_RESULTS = frozenset({P.RESULTS_READ, P.RESULT_VISIBILITY_READ, P.RESULT_OBJECTIONS_READ})
_CORRECTED = frozenset({P.AWARDS_READ, P.CORRECTIONS_READ})
_CONVERSIONS = frozenset({P.CONVERSIONS_READ, P.CONVERSION_POLICIES_READ})
_RECORDS = (
    frozenset({P.CREDIT_ACCOUNTS_READ, P.EXAM_PLANS_READ, P.PROGRESS_READ, P.REGISTRATIONS_READ})
    | _PILOT_YEAR
    | _SITTINGS
    | _RESULTS
    | _CORRECTED
    | _CONVERSIONS
)
_AT_THE_DOOR = frozenset(
    {P.SEATS_READ, P.CHECK_INS_TAKE, P.ATTENDANCE_READ, P.EXAM_INCIDENTS_READ, P.EXAM_INCIDENTS_REPORT}
)
"""What whoever invigilates may do at their own sittings."""
_EXAM_DAY = _AT_THE_DOOR | {P.SEATS_ARRANGE, P.SITTING_PAPERS_PRINT, P.TICKETS_READ, P.ATTENDANCE_SETTLE}

PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.OPERATOR: _EVERYBODY
    | _JOBS
    | {
        P.CERTIFICATES_READ,
        P.CERTIFICATES_MANAGE,
        P.ORGANISATIONS_READ,
        P.ORGANISATIONS_MANAGE,
        P.FEE_CEILINGS_READ,
        P.FEE_CEILINGS_ISSUE,
        P.JOBS_RETRY,
        P.NUMBER_CLASHES_READ,
    },
    Role.SECURITY_ADMIN: _EVERYBODY | _PEOPLE | _CLIENTS | {P.SECOND_FACTORS_REMOVE, P.CLIENT_KEYS_APPROVE},
    Role.AUDITOR: _EVERYBODY
    | _CATALOGUE
    | _FEES
    | _RECORDS
    | _REGISTER
    | _REVIEWS
    | _LIMITS
    | {P.SEATS_READ, P.ATTENDANCE_READ, P.EXAM_INCIDENTS_READ}
    | {
        P.SIMULATIONS_READ,
        P.MAPPING_OBJECTIONS_READ,
        P.SHOWCASE_FINDINGS_READ,
        P.OPENING_RATES_READ,
        P.LEDGER_READ,
        P.PEOPLE_READ,
        P.CLIENTS_READ,
        P.JOBS_READ,
        P.AUDIT_READ,
        P.IMPORTS_READ,
        P.QUARANTINE_READ,
    },
    Role.REGISTRAR: _EVERYBODY
    | _SIMULATIONS
    | _PEOPLE
    | _CATALOGUE
    | _FEES
    | _RECORDS
    | _REVIEWS
    | _PROPOSALS
    | _JOBS
    | _IMPORTS
    | _REGISTER_OF_A_COLLEGE
    | _LIMITS
    | _OBJECTIONS
    | _REGISTRATIONS
    | _EXAM_DAY
    | {
        P.SHOWCASE_FINDINGS_READ,
        P.OPENING_RATES_READ,
        P.EXAM_INCIDENTS_DECIDE,
        P.COLLEGES_WRITE,
        P.PROGRAMMES_WRITE,
        P.TRAINING_PLANS_ENACT,
        P.TEACHERS_LINK,
        P.JOBS_RETRY,
        P.REVIEWS_RUN,
        P.REVIEW_POLICIES_SET,
        P.FEEDBACK_SETTLE,
        P.IDENTITY_DOCUMENTS_REVEAL,
        P.MAPPINGS_PROPOSE,
        P.MAPPINGS_APPROVE,
        P.MAPPINGS_FILE,
        P.MAPPINGS_PUBLISH,
        P.MAPPINGS_WITHDRAW,
        P.MAPPING_OBJECTIONS_ANSWER,
        P.POLICY_LIMITS_LOAD,
        P.POLICY_LIMITS_WITHDRAW,
        P.PARTICIPATIONS_APPROVE,
        P.PARTICIPATIONS_CHANGE,
        P.COLLECTION_ROUNDS_OPEN,
        P.PROGRAMME_RETURNS_ACCEPT,
        P.LEDGER_READ,
        P.CREDIT_ACCOUNTS_OPEN,
        P.SITES_APPLY,
        P.CONVERSIONS_APPROVE,
        P.CONVERSIONS_RECORD,
        P.CONVERSIONS_REFUSE,
        P.CONVERSIONS_SETTLE,
        P.CONVERSION_POLICIES_LOAD,
        P.CREDIT_ACCOUNTS_FREEZE,
        P.CREDIT_ACCOUNTS_CLOSE,
        P.CATCH_UPS_RUN,
        P.EXAM_PLANS_CREATE,
        P.EXAM_PLANS_RUN,
        P.EXAM_SITTINGS_ARRANGE,
        P.FEE_STANDARDS_PROPOSE,
        P.QUARANTINE_READ,
        P.QUARANTINE_DECIDE,
        P.RESULT_VISIBILITY_SET,
        P.RESULT_NOTICES_PUBLISH,
        P.RESULT_OBJECTIONS_RAISE,
        P.AWARDS_PRINT,
        P.NUMBER_PATTERNS_READ,
    },
    Role.COORDINATOR: _EVERYBODY
    | _SIMULATIONS
    | _CATALOGUE
    | _FEES
    | _RECORDS
    | _REVIEWS
    | _PROPOSALS
    | _JOBS
    | _IMPORTS
    | _REGISTER_OF_A_COLLEGE
    | _LIMITS
    | _OBJECTIONS
    | _EXAM_DAY
    | _REGISTRATIONS
    | {
        P.SHOWCASE_FINDINGS_READ,
        P.OPENING_RATES_READ,
        P.MAPPINGS_PROPOSE,
        P.MAPPINGS_AGREE,
        P.PARTICIPATIONS_ASK,
        P.PROGRAMME_RETURNS_FILL,
        P.PROGRAMME_RETURNS_SUBMIT,
        P.CREDIT_ACCOUNTS_OPEN,
        P.SITES_APPLY,
        P.CONVERSIONS_REQUEST,
        P.CONVERSIONS_AGREE,
        P.CONVERSIONS_REFUSE,
        P.FEE_STANDARDS_PROPOSE,
        P.RESULT_OBJECTIONS_RAISE,
        P.AWARDS_PRINT,
    },
    Role.EXPERT: _EVERYBODY
    | _PROGRAMMES
    | _OBJECTIONS
    | {P.CERTIFICATES_READ, P.ORGANISATIONS_READ, P.REVIEWS_READ, P.REVIEWS_VOTE},
    Role.TEACHER: _EVERYBODY | _CATALOGUE | _LIMITS | _OBJECTIONS | _AT_THE_DOOR | {P.OWN_TEACHER_READ},
    Role.STUDENT: _EVERYBODY
    | _OBJECTIONS
    | {
        P.CERTIFICATES_READ,
        P.CREDIT_ACCOUNTS_READ,
        P.CONVERSIONS_READ,
        P.CONVERSIONS_REQUEST,
        P.CONVERSIONS_WITHDRAW,
        P.AWARDS_READ,
        P.TICKETS_READ,
        P.COURSE_GRADES_READ,
        P.OWN_STUDENT_READ,
        P.MY_SPACE_READ,
        P.PROGRESS_READ,
        P.REGISTRATIONS_READ,
        P.REGISTRATIONS_CONFIRM,
        P.REGISTRATIONS_WITHDRAW,
        P.RESULTS_READ,
        P.RESULT_OBJECTIONS_READ,
        P.RESULT_OBJECTIONS_RAISE,
        P.AWARD_SHARES_MANAGE,
        P.CORRECTIONS_READ,
    },
    Role.ORG_STAFF: _EVERYBODY
    | _FEES
    | _SITTINGS
    | _CLIENTS
    | {
        P.CLIENTS_CREATE,
        P.CLIENT_KEYS_ADD,
        P.JOBS_READ,
        P.CERTIFICATES_READ,
        P.ORGANISATIONS_READ,
        P.MAPPINGS_READ,
        P.MAPPINGS_AGREE,
        P.SITES_DECIDE,
        P.CONVERSIONS_READ,
        P.CONVERSIONS_CONFIRM,
        P.CONVERSIONS_REFUSE,
        P.EXAM_PLANS_READ,
        P.EXAM_PLANS_CREATE,
        P.REGISTRATIONS_READ,
        P.REGISTRATIONS_LOCK,
        P.EXAM_PLANS_RUN,
        P.EXAM_SITTINGS_ARRANGE,
        P.AWARDS_READ,
        P.EXAM_INCIDENTS_READ,
        P.AWARDS_SUSPEND,
        P.AWARDS_REISSUE,
        P.AWARDS_PRINT,
        P.NUMBER_PATTERNS_READ,
        P.NUMBER_PATTERNS_SET,
        P.CORRECTIONS_READ,
        P.CORRECTIONS_PROPOSE,
        P.CORRECTIONS_CONFIRM,
        P.FEE_STANDARDS_PROPOSE,
        P.FEEDBACK_READ,
        P.FEEDBACK_ANSWER,
        P.WEBHOOKS_MANAGE,
        P.QUARANTINE_READ,
        P.QUARANTINE_DECIDE,
        P.RESULT_UPLOADS_READ,
        P.RESULT_UPLOADS_UPLOAD,
        P.RESULT_UPLOADS_CONFIRM,
        P.RESULT_OBJECTIONS_REVIEW,
        *_RESULTS,
    },
}
