"""Whether the server lives, whether it is ready, and its counters for Prometheus."""

from __future__ import annotations

import hmac
import ipaddress
import os

from django.apps import apps
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """Answer that the process runs; nothing else is asked, so a busy database does not restart it."""
    return JsonResponse({"state": "live"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 where the register can be read and the trail has its anchor, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        is_ready = apps.get_model("trail", "TrailAnchor").objects.exists()
    except DatabaseError:
        is_ready = False
    return JsonResponse({"state": "ready" if is_ready else "not ready"}, status=200 if is_ready else 503)


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
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


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
