"""What is looked for beside the server: a morning without its digest, and records that wait to be worked out."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from fourfold.home import Home
from fourfold.web.handover.models import OutboxDecision
from fourfold.web.handover.tasks import bring_up_to_date, enqueue_once
from fourfold.web.victims_code import own_policy
from fourfold.web.victims_code.digests import is_working_day
from fourfold.web.victims_code.models import DutyRow, DutyStanding
from fourfold.web.victims_code.tasks import begin_day


def watch_day(home: Home) -> None:
    """Have the digest made once a working day, from the hour that policy names."""
    now = timezone.localtime()
    standing = DutyStanding.objects.filter(pk=1).only("digest_on").first()
    if standing is None or standing.digest_on == now.date():
        return
    hour = own_policy.number("digest_hour", now.date())
    if hour is not None and now.hour >= hour and is_working_day(now.date()):
        enqueue_once(begin_day)


def watch_recorded(home: Home) -> None:
    """Have all duties worked out again once what was recorded has waited for company, and not more often."""
    waiting = DutyRow.objects.exclude(decision="").values_list("decision", flat=True)
    if not waiting.exists():
        return
    minutes = own_policy.number("worked_out_again_minutes")
    until = timezone.now() - timedelta(minutes=minutes or 0)
    has_waited = OutboxDecision.objects.filter(pk__in=waiting, carried_at__isnull=False, made_at__lte=until)
    if not has_waited.exists():
        return
    standing, _ = DutyStanding.objects.get_or_create(pk=1, defaults={"taken_at": timezone.now()})
    if standing.asked_again_at is None or standing.asked_again_at <= until:
        DutyStanding.objects.filter(pk=1).update(asked_again_at=timezone.now())
        enqueue_once(bring_up_to_date)
