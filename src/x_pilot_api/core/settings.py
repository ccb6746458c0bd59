"""The service's settings, read from `XPILOT_…` environment variables; each is described in docs/operations.md."""

import os
import re
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from x_pilot_api.core.mail import MailSecurity
from x_pilot_api.core.outbound import Reach

_THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:[0-9]{1,5})?")


class PasswordProfile(StrEnum):
    """Whose rules passwords follow: OWASP's, or those of assessments under GB/T 22239-2019."""

    ASVS = "asvs"
    MLPS = "mlps"


class Settings(BaseSettings):
    """Everything that differs between two installations of the service."""

    model_config = SettingsConfigDict(env_prefix="XPILOT_", frozen=True, extra="forbid")

    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL >= 18 the service uses; empty means the embedded one"
    )
    owner_database_url: SecretStr | None = Field(
        default=None, description="The same database as the owner of its tables, for migrations; else database_url"
    )
    direct_database_url: SecretStr | None = Field(
        default=None,
        description="The same database past any pooler, for the worker, which listens; else database_url",
    )
    behind_pgbouncer: bool = Field(
        default=False, description="database_url leads to PgBouncer in transaction mode, not to the server itself"
    )
    state_dir: Path = Field(
        default=Path(".x-pilot"), description="Folder for keys, and for the embedded PostgreSQL unless it runs as root"
    )
    signing_key_file: Path | None = Field(
        default=None, description="PEM of the P-256 key that signs access tokens, or a folder of keys that rotate"
    )
    data_key_file: Path | None = Field(default=None, description="File of the 32-byte key that seals personal data")
    log_key_file: Path | None = Field(
        default=None, description="PEM of the Ed25519 key that signs the checkpoints of the tamper-evident logs"
    )
    checkpoint_dir: Path | None = Field(
        default=None, description="Folder signed checkpoints are exported to; empty means one in the state folder"
    )
    feed_dir: Path | None = Field(
        default=None, description="Folder records for the outside platform are dropped into; empty: none are sent"
    )
    trusted_proxies: str = Field(
        default="", description="Networks of proxies whose X-Forwarded-For is believed, parted by commas"
    )
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    issuer: str = Field(default="http://127.0.0.1:8000", description="Our issuer string in every token")
    verification_url: str | None = Field(
        default=None, description="The page a certificate's QR code leads to, without the code; else issuer/v"
    )
    access_token_minutes: int = Field(default=10, ge=1, le=60)
    session_idle_minutes: int = Field(
        default=30,
        ge=2,
        le=60 * 24 * 30,
        validate_default=True,
        description="A session ends when it was not refreshed for so long",
    )
    session_hours: int = Field(default=12, ge=2, le=24 * 30, description="A session ends at the latest after so long")
    password_profile: PasswordProfile = Field(
        default=PasswordProfile.ASVS, description="Rules of passwords: asvs, or mlps with kinds of characters and age"
    )
    password_link_hours: int = Field(default=24, ge=1, le=24 * 14, description="How long a password link is good")
    second_factor_roles: frozenset[str] = Field(
        default=frozenset({"operator", "security_admin", "auditor"}),
        description="Roles that may do nothing before a second factor is enrolled, as a JSON list",
    )
    pool_size: int = Field(default=8, ge=1, le=50)
    lock_timeout_ms: int = Field(default=2_000, ge=50)
    statement_timeout_ms: int = Field(default=30_000, ge=100)
    batch_max_rows: int = Field(default=10_000, ge=1, description="Most rows one result batch may hold")
    batch_max_bytes: int = Field(default=16 * 1024 * 1024, ge=1_024, description="Largest body of a result batch")
    result_file_max_rows: int = Field(
        default=100_000,
        ge=1,
        description="Most rows a file of results may hold; beyond batch_max_rows a job takes it in",
    )
    objection_answer_days: int = Field(
        default=15, ge=1, le=180, description="Days within which an organisation answers an objection to a result"
    )
    body_max_bytes: int = Field(default=2 * 1024 * 1024, ge=1_024, description="Largest body of any other request")
    import_max_bytes: int = Field(default=20 * 1024 * 1024, ge=1_024, description="Largest file to import")
    import_max_rows: int = Field(default=100_000, ge=1, description="Most rows one import takes")
    import_unzipped_mib: int = Field(default=300, ge=1, description="Most MiB a file to import may unfold to")
    import_cpu_seconds: int = Field(default=60, ge=1, description="Processor time for reading a file to import")
    import_memory_mib: int = Field(default=1_024, ge=128, description="Memory for reading a file to import")
    import_full_change_percent: int = Field(
        default=20,
        ge=0,
        le=100,
        description="A full import may alter or remove at most this share of the rows there are",
    )
    imports_kept_days: int = Field(
        default=90, ge=1, description="How long an import's file is kept, sealed, and the import can be undone"
    )
    papers_kept_days: int = Field(
        default=30, ge=1, description="How long the file of printed tickets and lists is kept, sealed"
    )
    webhook_ports: frozenset[int] = Field(default=frozenset({443}), description="Ports that webhooks may be sent to")
    webhook_exempt_hosts: frozenset[str] = Field(
        default=frozenset(),
        description='Receivers that may be anywhere and speak http, each as "http://127.0.0.1:9000"; for trying things',
    )
    events_kept_days: int = Field(default=90, ge=7, description="How long events for organisations can be read")
    messages_kept_days: int = Field(default=400, ge=30, description="How long messages to persons are kept")
    smtp_host: str | None = Field(default=None, description="The mail server to send through; empty: nothing is mailed")
    smtp_port: int = Field(default=587, ge=1, le=65_535)
    smtp_security: MailSecurity = Field(
        default=MailSecurity.STARTTLS,
        validate_default=True,
        description="starttls, tls from the first byte, or none, which only a server on this machine may be spoken to",
    )
    smtp_username: str | None = Field(default=None, description="Who signs in to the mail server; empty: nobody does")
    smtp_password: SecretStr | None = Field(default=None, description="The password of smtp_username")
    mail_from: str = Field(default="x-pilot@localhost", description="The address that mail comes from")
    payment_gateway_key: SecretStr | None = Field(
        default=None,
        min_length=32,
        description="What the payment gateway signs its callbacks with; empty: payments come by vouchers alone",
    )
    job_lease_seconds: int = Field(
        default=30,
        ge=1,
        le=600,
        description="A worker silent for so long is taken for dead, and its jobs are begun anew",
    )
    body_timeout_seconds: float = Field(default=30, gt=0, description="How long a body may take to arrive")
    request_timeout_seconds: float = Field(default=60, gt=0, description="How long a request may take to be answered")
    requests_max: int = Field(default=200, ge=1, description="Requests one process answers at once before 503")
    rate_address_per_minute: int = Field(default=3_000, ge=0, description="Requests an address may make; 0: any number")
    rate_caller_per_minute: int = Field(
        default=1_200, ge=0, description="Requests a person or client may make; 0: any number"
    )
    rate_sign_in_per_minute: int = Field(default=120, ge=0, description="Sign-ins an address may try; 0: any number")
    rate_verification_per_minute: int = Field(
        default=60, ge=0, description="Certificates an address may look up in public; 0: any number"
    )
    cors_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Origins of web applications that may call us from a browser, separated by commas"
    )
    metrics_port: int | None = Field(
        default=None, ge=1, le=65_000, description="First loopback port for Prometheus, one a process; empty: none"
    )
    traces_url: str | None = Field(default=None, description="Where spans go, as OTLP over HTTP; empty: nowhere")
    offer_hours: int = Field(
        default=48, ge=1, le=24 * 30, description="How long a seat is kept for whom the waiting list offers it to"
    )
    timezone: str = Field(default="Asia/Shanghai", description="Where an exam's date is a date")

    @field_validator("session_idle_minutes")
    @classmethod
    def outlive_the_access_token(cls, minutes: int, info: ValidationInfo) -> int:
        """Refuse an idle limit that would end a session whose access token is still good."""
        if minutes <= info.data.get("access_token_minutes", 0):
            raise ValueError("must be more than XPILOT_ACCESS_TOKEN_MINUTES")
        return minutes

    @field_validator("smtp_security")
    @classmethod
    def keep_mail_private(cls, security: MailSecurity, info: ValidationInfo) -> MailSecurity:
        """Refuse to carry addresses and a password over a network in the clear."""
        host = info.data.get("smtp_host")
        if security is MailSecurity.NONE and host is not None and host not in _THIS_MACHINE:
            raise ValueError("none is for a mail server on this machine, such as 127.0.0.1")
        return security

    @property
    def webhook_reach(self) -> Reach:
        """Say where webhooks may be sent."""
        return Reach(ports=self.webhook_ports, exempt=self.webhook_exempt_hosts)

    @field_validator("cors_origins", mode="before")
    @classmethod
    def split_origins(cls, listed: object) -> object:
        """Read origins that are separated by commas."""
        return tuple(one.strip() for one in listed.split(",") if one.strip()) if isinstance(listed, str) else listed

    @field_validator("cors_origins")
    @classmethod
    def know_origins(cls, origins: tuple[str, ...]) -> tuple[str, ...]:
        """Refuse what is no exact origin: a pattern would let in whom nobody thought of."""
        for origin in origins:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"holds {origin}, which is no origin such as https://x-pilot.example")
        return origins

    @property
    def checkpoint_folder(self) -> Path:
        """Name the folder that signed checkpoints are exported to."""
        return self.checkpoint_dir or self.state_dir / "checkpoints"

    @field_validator("trusted_proxies")
    @classmethod
    def know_the_networks(cls, listed: str) -> str:
        """Refuse what is no network; trusting a misread one would let anybody choose their address."""
        try:
            networks_in(listed)
        except ValueError:
            raise ValueError("must be networks such as 10.0.0.0/8, parted by commas") from None
        return listed

    @field_validator("timezone")
    @classmethod
    def know_the_timezone(cls, name: str) -> str:
        """Refuse a zone that nobody knows."""
        if name not in available_timezones():
            raise ValueError("is no time zone, such as Asia/Shanghai")
        return name


def networks_in(listed: str) -> list[IPv4Network | IPv6Network]:
    """Read a list of networks."""
    return [ip_network(part.strip()) for part in listed.split(",") if part.strip()]


def read() -> Settings:
    """Read the environment; a misspelt variable is refused, since it would look like an unset one."""
    known = {f"XPILOT_{name.upper()}" for name in Settings.model_fields}
    unknown = sorted(name for name in os.environ if name.upper().startswith("XPILOT_") and name.upper() not in known)
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: no such setting")
    return Settings()
