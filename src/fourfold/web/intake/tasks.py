"""The background work of the intake desk."""

from __future__ import annotations

from django.conf import settings
from django_tasks import task

from fourfold.web.intake.correcting import put_back_file
from fourfold.web.intake.models import CORRECTIONS, HandOver
from fourfold.web.intake.taking_in import take_in_now


@task(priority=10)
def take_in_hand_over(key: int) -> str:
    """Read a hand-over of files, or a file of corrected rows, into the lake; return the state it ends in.

    It goes before the refreshes that wait: somebody looks at its page.
    """
    if HandOver.objects.filter(pk=key, kind=CORRECTIONS).exists():
        return put_back_file(settings.HOME, key)
    return take_in_now(settings.HOME, key)
