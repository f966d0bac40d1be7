"""The demo's people get duties of their own to see to, once duties were taken up."""

from __future__ import annotations

from django.db.models import Count

from fourfold.home import Home
from fourfold.web.accounts.demo import join_unit
from fourfold.web.accounts.models import Unit
from fourfold.web.victims_code.models import DutyRow


def give_duties(home: Home) -> None:
    """Put the demo's people into the unit with the most open duties."""
    busiest = DutyRow.objects.filter(is_open=True).values("unit").annotate(duties=Count("pk"))
    first = busiest.order_by("-duties", "unit").first()
    if first is not None:
        join_unit(Unit.objects.get(pk=first["unit"]))
