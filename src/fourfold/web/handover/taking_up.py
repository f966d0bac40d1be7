"""What desks take up from the lake after a refresh, and what each is asked from time to time."""

from __future__ import annotations

from collections.abc import Callable

from django.apps import apps
from django.utils import timezone

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.web.handover.models import TakenUp

Take = Callable[[Home], None]
Watch = Callable[[Home], None]


def register_taker(desk: str, take: Take) -> None:
    """Have `take(home)` called after every refresh; it must be idempotent. Call it from the desk's `ready`."""
    apps.get_app_config("handover").takers[desk] = take


def register_watch(name: str, watch: Watch) -> None:
    """Have `watch(home)` called every few seconds beside the server: it looks, and enqueues a task where there is work."""
    apps.get_app_config("handover").watches[name] = watch


def waiting_desks(home: Home) -> list[str]:
    """Return the desks that have not taken up what the current manifest lists."""
    manifest = Lake(home.lake).current()
    if manifest.is_empty:
        return []
    done = dict(TakenUp.objects.values_list("desk", "manifest"))
    return [desk for desk in apps.get_app_config("handover").takers if done.get(desk) != manifest.name]


def take_up(home: Home) -> list[str]:
    """Let every desk take up what is new in the current manifest; return the desks that did."""
    manifest = Lake(home.lake).current().name
    desks = waiting_desks(home)
    for desk in desks:
        apps.get_app_config("handover").takers[desk](home)
        TakenUp.objects.update_or_create(
            desk=desk, defaults={"manifest": manifest, "taken_at": timezone.now()}
        )
    return desks
