"""Whether the server lives, whether it is ready, and its counters for Prometheus."""

from __future__ import annotations

import hmac
import ipaddress
import json
import os
import time
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

STATE_OF_BESIDE = "FOURFOLD_BESIDE"
"""The environment variable that names the file in which the server writes which processes beside it run."""
BEAT = "FOURFOLD_BEAT"
"""The environment variable that names the file which the watcher touches each time it has looked round."""

STATE_WRITTEN_EVERY_SECONDS = 1.0
STATE_IS_OLD_SECONDS = 20.0


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs; nothing else is asked, so a busy database does not restart it."""
    return JsonResponse({"state": "live"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 where the register can be read, the trail has its anchor and what runs beside runs, else 503."""
    parts = {"register": _register_answers(), **_beside()}
    is_ready = all(parts.values())
    return JsonResponse(
        {"state": "ready" if is_ready else "not ready", "parts": parts}, status=200 if is_ready else 503
    )


def _register_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return bool(apps.get_model("trail", "TrailAnchor").objects.exists())
    except DatabaseError:
        return False


def _beside() -> dict[str, bool]:
    """Return which processes beside the server run; a state that is old means that nobody looks after them."""
    named = os.environ.get(STATE_OF_BESIDE)
    if not named:
        return {}
    try:
        told = json.loads(Path(named).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {"beside": False}
    if time.time() - told["at"] > STATE_IS_OLD_SECONDS:
        return dict.fromkeys(told["alive"], False)
    return {name: bool(alive) for name, alive in told["alive"].items()}


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with the counters, to this machine or to who holds the token; to others there is no such page."""
    from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    if not _may_scrape(request):
        raise Http404
    registry = apps.get_app_config("ui").counters
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        registry = CollectorRegistry()
        MultiProcessCollector(registry)
    told = generate_latest(registry)
    if _register_answers():
        told += generate_latest(_of_register())
    return HttpResponse(told, content_type=CONTENT_TYPE_LATEST)


def _of_register() -> Any:
    """Return a registry of what is counted in the register itself."""
    from prometheus_client import CollectorRegistry

    from fourfold.web.ui.tasks import TasksCollector

    registry = CollectorRegistry()
    registry.register(TasksCollector())
    return registry


def _may_scrape(request: HttpRequest) -> bool:
    offered = request.headers.get("Authorization", "").removeprefix("Bearer ")
    token = settings.METRICS_TOKEN
    if token and hmac.compare_digest(offered.encode(), token.encode()):
        return True
    # Behind a proxy every request comes from its address, so there only the token counts.
    if settings.PROXY_ENDS_TLS or "X-Forwarded-For" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
