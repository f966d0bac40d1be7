"""`python -m django work_tasks`: the worker of background tasks, until it is asked to stop."""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from fourfold.web.ui.tasks import forget_old, give_up_interrupted

SECONDS_BETWEEN_LOOKS = 1.0


class Command(BaseCommand):
    """Runs one task after the other; ends when asked, or when the server that started it is gone."""

    help = "Run the tasks that wait in the register."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until a signal comes."""
        threading.Thread(target=_end_with, args=(os.getppid(),), name="parent", daemon=True).start()
        give_up_interrupted()
        forget_old()
        call_command("db_worker", queue_name="*", interval=SECONDS_BETWEEN_LOOKS, verbosity=0)


def _end_with(started_by: int) -> None:
    """Ask this process to stop once the one that started it is gone."""
    wait = threading.Event()
    while os.getppid() == started_by:
        wait.wait(SECONDS_BETWEEN_LOOKS)
    os.kill(os.getpid(), signal.SIGTERM)
