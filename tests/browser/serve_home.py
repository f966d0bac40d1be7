"""A server for the browser tests: `python serve_home.py HOME PORT`; the home says whether it is a demo.

Where it is none there is an administrator who has yet to set up a second factor, and a person for every
role with a time-based code already.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fourfold.home import Home
from fourfold.web.server import prepare, serve

PASSWORD = "four-fold-is-long-enough"
TOTP_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def main() -> None:
    home, port = Home(Path(sys.argv[1])), int(sys.argv[2])
    prepare(home)
    if home.settings.get("made_up") == "true":
        from fourfold.web.accounts.demo import demo_users

        demo_users(home)
    else:
        make_people()
    serve(home, port=port)


def make_people() -> None:
    """Make the administrator and a person for every role, each in the unit that the demo gives the role."""
    from allauth.mfa.totp.internal.auth import TOTP

    from fourfold.web.accounts.demo import UNIT_OF_ROLE
    from fourfold.web.accounts.models import Membership, Unit, User

    for role, (code, name) in UNIT_OF_ROLE.items():
        unit, _ = Unit.objects.get_or_create(code=code, defaults={"name": name})
        email = f"{role.replace('_', '-')}@force.example"
        person = User.objects.create_user(email, f"Robin {role.replace('_', ' ').title()}", PASSWORD)
        Membership.objects.create(person=person, unit=unit, role=role)
        TOTP.activate(person, TOTP_KEY)
    person = User.objects.create_user("admin@force.example", "Ada Administrator", PASSWORD)
    Membership.objects.create(person=person, unit=Unit.objects.get(code="systems"), role="administrator")


if __name__ == "__main__":
    main()
