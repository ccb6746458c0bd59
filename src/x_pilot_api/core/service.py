"""What one running service is made of; the application carries it, and dependencies read it from there."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from x_pilot_api.core import clock
from x_pilot_api.core.actors import Actor
from x_pilot_api.core.db import Database
from x_pilot_api.core.mail import Mailer, SmsGateway
from x_pilot_api.core.notes import LogKey
from x_pilot_api.core.outbound import HttpSender, Sender
from x_pilot_api.core.rates import Rates
from x_pilot_api.core.sealing import Sealer
from x_pilot_api.core.settings import Settings
from x_pilot_api.core.tokens import SigningKey, TokenIssuer

FindActor = Callable[[AsyncSession, Mapping[str, object]], Awaitable[Actor | None]]


@dataclass(frozen=True)
class Service:
    """The parts a request may need, made once at start."""

    settings: Settings
    database: Database
    tokens: TokenIssuer
    current_sealer: Callable[[], Sealer]
    log_key: LogKey
    find_actor: FindActor
    read_keys: Callable[[], Sequence[SigningKey]] | None = None
    """Reads the signing keys anew, where they can change while the service runs."""
    sender: Sender = field(default_factory=HttpSender)
    mailer: Mailer | None = None
    """Sends mail, where a mail server is configured."""
    sms: SmsGateway | None = None
    """Sends text messages, where an operator has connected a gateway; none comes with the service."""

    @property
    def sealer(self) -> Sealer:
        """Give what seals personal data now; whoever seals asks once, and keeps the key's id beside it."""
        return self.current_sealer()

    @cached_property
    def rates(self) -> Rates:
        """Count how often each caller asks."""
        return Rates(self.settings)


def get_service(request: Request) -> Service:
    """Find the running service."""
    service: Service = request.app.state.service
    return service


CurrentService = Annotated[Service, Depends(get_service)]


def get_today(service: CurrentService) -> date:
    """Tell the day on which something is asked, where the exams take place."""
    return clock.today(service.settings.timezone)


Today = Annotated[date, Depends(get_today)]
