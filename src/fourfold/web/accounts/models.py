"""The people who use Fourfold, the units they work in, and their roles there."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from fourfold.web.accounts.matrix import ROLES


class UserManager(BaseUserManager["User"]):
    """Makes people; an address is compared without regard to case."""

    def create_user(self, email: str, name: str, password: str | None = None) -> User:
        """Return a new person; without a password they can sign in by the force's own service only."""
        person: User = self.model(email=email.strip().lower(), name=name.strip())
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get_by_natural_key(self, username: str | None) -> User:
        found: User = self.get(email__iexact=username)
        return found


class User(AbstractBaseUser):
    """One person who may sign in.

    The name is what colleagues see; a person who leaves is made inactive, never deleted, so that the
    trail keeps saying who they were. `officer_ref` is who they are in the crime system, where they are anybody
    there: by it nobody is given their own crimes to judge.
    """

    email = models.EmailField("email address", unique=True)
    name = models.CharField("name", max_length=120)
    is_active = models.BooleanField("may sign in", default=True)
    officer_ref = models.CharField("officer reference", max_length=60, blank=True)
    added_at = models.DateTimeField("added", auto_now_add=True)

    objects: ClassVar[Any] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        ordering = ("name", "id")

    def __str__(self) -> str:
        return str(self.name)

    def get_full_name(self) -> str:
        return str(self.name)


class Unit(models.Model):
    """A team or department of the force, as permissions are drawn."""

    code = models.SlugField("code", max_length=40, unique=True)
    name = models.CharField("name", max_length=120)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return str(self.name)


class Membership(models.Model):
    """One role that one person has in one unit."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField("role", max_length=40, choices=[(role.key, role.words) for role in ROLES])

    class Meta:
        ordering = ("unit__name", "role")
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["person", "unit", "role"], name="one_role_once_in_a_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.unit}"


class HeldForm(models.Model):
    """What somebody sent when their session had ended, for them alone and for a quarter of an hour.

    `sealed` is encrypted with a key that lies in the home and not in the database; the address of the page
    and what was typed are inside it. The row is deleted when it has been shown.
    """

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="held_forms")
    held_at = models.DateTimeField()
    sealed = models.BinaryField()

    class Meta:
        db_table = "held_form"
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["held_at"], name="held_form_at")]

    def __str__(self) -> str:
        return f"Held form {self.pk}"
