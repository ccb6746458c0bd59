"""The service's settings, read from `XPILOT_…` environment variables; each is described in docs/operations.md."""

import os
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that differs between two installations of the service."""

    model_config = SettingsConfigDict(env_prefix="XPILOT_", frozen=True, extra="forbid")

    database_url: SecretStr | None = Field(
        default=None, description="PostgreSQL >= 18 the service uses; empty means the embedded one"
    )
    owner_database_url: SecretStr | None = Field(
        default=None, description="The same database as the owner of its tables, for migrations; else database_url"
    )
    state_dir: Path = Field(
        default=Path(".x-pilot"), description="Folder for keys, and for the embedded PostgreSQL unless it runs as root"
    )
    signing_key_file: Path | None = Field(default=None, description="PEM of the P-256 key that signs access tokens")
    data_key_file: Path | None = Field(default=None, description="File of the 32-byte key that seals personal data")
    log_key_file: Path | None = Field(
        default=None, description="PEM of the Ed25519 key that signs the checkpoints of the tamper-evident logs"
    )
    checkpoint_dir: Path | None = Field(
        default=None, description="Folder signed checkpoints are exported to; empty means one in the state folder"
    )
    trusted_proxies: str = Field(
        default="", description="Networks of proxies whose X-Forwarded-For is believed, parted by commas"
    )
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    issuer: str = Field(default="http://127.0.0.1:8000", description="Our issuer string in every token")
    access_token_minutes: int = Field(default=10, ge=1, le=60)
    pool_size: int = Field(default=8, ge=1, le=50)
    lock_timeout_ms: int = Field(default=2_000, ge=50)
    statement_timeout_ms: int = Field(default=30_000, ge=100)
    batch_max_rows: int = Field(default=10_000, ge=1, description="Most rows one result batch may hold")
    batch_max_bytes: int = Field(default=16 * 1024 * 1024, ge=1_024, description="Largest body of a result batch")
    body_max_bytes: int = Field(default=2 * 1024 * 1024, ge=1_024, description="Largest body of any other request")
    timezone: str = Field(default="Asia/Shanghai", description="Where an exam's date is a date")

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
