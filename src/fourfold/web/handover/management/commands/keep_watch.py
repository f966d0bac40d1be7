"""`python -m django keep_watch`: the process that looks for work, until it is asked to stop."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from fourfold.web.handover.watching import look
from fourfold.web.ui.health import BEAT

SECONDS_BETWEEN_LOOKS = 3.0


def tell_alive() -> None:
    """Touch the file by which the server knows that the looking goes on."""
    beat = os.environ.get(BEAT)
    if beat:
        with contextlib.suppress(OSError):  # a full disk must not end the looking
            Path(beat).touch()


class Command(BaseCommand):
    """Looks every few seconds; ends when asked, or when the server that started it is gone."""

    help = "Look for waiting decisions, new lists and files, and enqueue the work they need."

    def handle(self, *args: Any, **options: Any) -> None:
        """Look until a signal comes."""
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        started_by = os.getppid()
        while not stopped.is_set() and os.getppid() == started_by:
            look(settings.HOME)
            tell_alive()
            stopped.wait(SECONDS_BETWEEN_LOOKS)
