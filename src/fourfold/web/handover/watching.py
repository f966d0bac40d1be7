"""What is looked for every few seconds beside the server: waiting decisions, new lists, and what desks asked."""

from __future__ import annotations

import logging
from collections.abc import Iterator

from django.apps import apps
from django.db import DatabaseError, connection

from fourfold.home import FourfoldError, Home
from fourfold.web.handover.carrying import is_due
from fourfold.web.handover.taking_up import Watch, waiting_desks
from fourfold.web.handover.tasks import carry_outbox, enqueue_once, take_up_lists

log = logging.getLogger("fourfold.web.handover")


def waiting_decisions(home: Home) -> None:
    if is_due():
        enqueue_once(carry_outbox)


def new_lists(home: Home) -> None:
    if waiting_desks(home):
        enqueue_once(take_up_lists)


def watches() -> Iterator[tuple[str, Watch]]:
    """Yield our own watches and those of the desks, by name."""
    yield "outbox", waiting_decisions
    yield "lists", new_lists
    yield from apps.get_app_config("handover").watches.items()


def look(home: Home) -> None:
    """Look once at everything. A watch that fails is logged without its words and does not stop the others."""
    for name, watch in watches():
        try:
            watch(home)
        except (FourfoldError, DatabaseError, OSError):
            log.exception("the watch %s failed", name)
    connection.close()
