"""What the papers desk keeps: papers by version, the staff's text by section, and the work done in the background."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from fourfold.measures.period import Period


class Named(StrEnum):
    """A word of the register with the words people read for it."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        return made

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return the words as choices of a column or of a form."""
        return [(one.value, one.label) for one in cls]


class State(Named):
    """Where a paper stands; `states.MOVES` says what leads from one to another."""

    DRAFT = "draft", "Draft"
    BUILT = "built", "Built"
    SENT = "sent", "Sent for approval"
    SENT_BACK = "sent_back", "Sent back"
    APPROVED = "approved", "Approved"
    SUPERSEDED = "superseded", "Superseded"
    THROWN_AWAY = "thrown_away", "Thrown away"


class StepKind(Named):
    """What a step towards the board was."""

    STARTED = "started", "Started"
    SENT = "sent", "Sent for approval"
    APPROVED = "approved", "Approved"
    SENT_BACK = "sent_back", "Sent back"
    SUPERSEDED = "superseded", "Superseded by a later version"
    THROWN_AWAY = "thrown_away", "Thrown away"


class RunKind(Named):
    """What is done in the background."""

    BUILD = "build", "Build"
    VERIFY = "verify", "Verify"


class Stage(Named):
    """How far a piece of work in the background has come."""

    WAITING = "waiting", "Waiting to start"
    RUNNING = "running", "Under way"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Paper(models.Model):
    """One version of the board paper of a force for the year to a month.

    The document that was built lies in the home; here stands what it is known by: the hash of each form.
    `errors` and `warnings` are what its own checks found. `changed_at` is the last time anything was done.
    """

    force = models.CharField("force", max_length=60)
    force_name = models.CharField("force", max_length=120)
    to = models.DateField("first day of the last month")
    number = models.PositiveIntegerField("version")
    state = models.CharField(max_length=12, choices=State.choices(), default=State.DRAFT.value)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    built_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    built_at = models.DateTimeField(null=True)
    build = models.PositiveIntegerField("number of the build that stands", default=0)
    hashes = models.JSONField("SHA-256 of each form", default=dict)
    manifest = models.CharField(max_length=12, blank=True)
    marking = models.CharField(max_length=40, default="OFFICIAL")
    made_up = models.BooleanField(default=False)
    errors = models.PositiveIntegerField(default=0)
    warnings = models.PositiveIntegerField(default=0)
    findings = models.JSONField(default=list)
    verified_at = models.DateTimeField("last rebuilt to the same bytes", null=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField("why it was sent back, or what was said at approval", blank=True)

    class Meta:
        db_table = "paper"
        ordering = ("-changed_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["force", "to", "number"], name="paper_version_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["-changed_at", "-id"], name="paper_changed"),
            models.Index(fields=["state"], name="paper_state"),
        ]

    def __str__(self) -> str:
        return f"{self.force_name}, {self.period_words}, version {self.number}"

    @property
    def period_words(self) -> str:
        """The year that the paper is about: year to December 2021."""
        return Period.year_to(self.to).words

    @property
    def short_hash(self) -> str:
        """The first letters of the document's hash, as people compare them."""
        return str(self.hashes.get("json", ""))[:12]


class SectionText(models.Model):
    """One telling of the staff's text for one section; the highest number stands, the others are history."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="texts")
    section = models.CharField(max_length=40)
    number = models.PositiveIntegerField("version")
    text = models.TextField(blank=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", null=True)
    written_at = models.DateTimeField()

    class Meta:
        db_table = "paper_text"
        ordering = ("section", "-number")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["paper", "section", "number"], name="paper_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.section}, version {self.number}"


class Step(models.Model):
    """One step of a paper towards the board, with the document it was taken on; rows are only ever added."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=12, choices=StepKind.choices())
    words = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "paper_step"
        ordering = ("-at", "-id")

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.paper_id}"


class Run(models.Model):
    """One piece of work done in the background for a paper: a build, or a rebuild to verify it."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="runs")
    kind = models.CharField(max_length=6, choices=RunKind.choices())
    stage = models.CharField(max_length=7, choices=Stage.choices(), default=Stage.WAITING.value)
    step = models.PositiveIntegerField(default=0)
    words = models.CharField("what is being done", max_length=200, blank=True)
    what = models.TextField("how it ended", blank=True)
    next_step = models.TextField(blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField("last sign of life")
    ended_at = models.DateTimeField(null=True)
    task = models.CharField("key of the task", max_length=40, blank=True)

    class Meta:
        db_table = "paper_run"
        ordering = ("-asked_at", "-id")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["paper"],
                condition=models.Q(stage__in=["waiting", "running"]),
                name="paper_one_run_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_stage_display()}"

    @property
    def is_over(self) -> bool:
        """Whether it has ended, well or not."""
        return self.stage in (Stage.DONE, Stage.FAILED)


class AcceptedWarning(models.Model):
    """A warning of the checks that somebody let stand, with the reason; it holds for this version of the paper."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="accepted")
    digest = models.CharField("digest of the check and its words", max_length=16)
    reason = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        db_table = "paper_accepted_warning"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["paper", "digest"], name="paper_warning_accepted_once"),
        ]

    def __str__(self) -> str:
        return str(self.digest)
