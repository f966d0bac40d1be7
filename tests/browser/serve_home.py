"""A server for the browser tests: `python serve_home.py HOME PORT`; the home says whether it is a demo."""

from __future__ import annotations

import sys
from pathlib import Path

from fourfold.home import Home
from fourfold.web.server import prepare, serve

PASSWORD = "four-fold-is-long-enough"


def main() -> None:
    home, port = Home(Path(sys.argv[1])), int(sys.argv[2])
    prepare(home)
    if home.settings.get("made_up") == "true":
        from fourfold.web.accounts.demo import demo_users

        demo_users(home)
    else:
        from fourfold.web.accounts.models import Membership, Unit, User

        unit = Unit.objects.create(code="systems", name="Systems")
        person = User.objects.create_user("admin@force.example", "Ada Administrator", PASSWORD)
        Membership.objects.create(person=person, unit=unit, role="administrator")
    serve(home, port=port)


if __name__ == "__main__":
    main()
