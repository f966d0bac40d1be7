"""Preparing a home for the desks, and serving them."""

from __future__ import annotations

import io
import ipaddress
import os
import shutil
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourfold.home import CouldNotRunError, Home, WrongUseError

if TYPE_CHECKING:
    from fourfold.web.beside import Keeper

GRACEFUL_SECONDS = 30


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _check_host(home: Home, host: str) -> None:
    """Refuse an address that others can reach while nothing stands before it that ends TLS."""
    proxy = os.environ.get("FOURFOLD_PROXY") or home.settings.get("proxy", "")
    if not _is_loopback(host) and proxy != "https":
        raise WrongUseError(
            f"{host} can be reached from other machines, and Fourfold does not speak TLS itself.",
            'Put a proxy that ends TLS before it and set proxy = "https" and web_hosts, or serve on 127.0.0.1.',
        )


def start_django(home: Home, host: str = "127.0.0.1") -> None:
    """Set Django up for one home; a process serves one home only."""
    os.environ["FOURFOLD_HOME"] = str(home.path)
    os.environ["FOURFOLD_BOUND_TO"] = "127.0.0.1" if _is_loopback(host) else host
    os.environ["DJANGO_SETTINGS_MODULE"] = "fourfold.web.settings"
    import django
    from django.conf import settings

    django.setup()
    if home.path != settings.HOME.path:
        raise CouldNotRunError(
            f"This process already serves the home {settings.HOME.path}.",
            "Serve another one in its own process.",
        )


def prepare(home: Home, host: str = "127.0.0.1") -> None:
    """Bring the register up to this version, gather the static files, and check that all hangs together.

    What is there already stays. Raises CouldNotRunError where the database cannot be reached.
    """
    prepare_register(home, host)
    from django.core.management import call_command
    from django.db import connection

    call_command("collectstatic", interactive=False, verbosity=0, clear=False)
    call_command("check", fail_level="ERROR", stdout=io.StringIO())
    connection.close()


def prepare_register(home: Home, host: str = "127.0.0.1") -> None:
    """Bring the register's database up to this version; raises CouldNotRunError where it cannot be reached."""
    home.prepare()
    _count_over_processes(home)
    start_django(home, host)
    from django.core.management import call_command
    from django.db import OperationalError

    try:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
    except OperationalError as error:
        raise CouldNotRunError(
            "The register's database cannot be reached.",
            "Check the setting database, and that the server is running and lets this machine in.",
        ) from error
    _keep_private(home.path / "register.sqlite3")


COUNTERS = "PROMETHEUS_MULTIPROC_DIR"
"""Where the processes of one server put their counters; it must be told before the first counter is made."""


def _count_over_processes(home: Home) -> None:
    """Have counters added up over processes where there will be more than one, and forget those of ended servers."""
    if not home.settings.get("database") or os.environ.get(COUNTERS):
        return
    folder = home.path / "run"
    for other in folder.glob("metrics-*"):
        if not _is_running(int(other.name.partition("-")[2])):
            shutil.rmtree(other, ignore_errors=True)
    own = folder / f"metrics-{os.getpid()}"
    shutil.rmtree(own, ignore_errors=True)
    own.mkdir(parents=True)
    os.environ[COUNTERS] = str(own)


def _is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _keep_private(register: Path) -> None:
    if register.exists():
        register.chmod(0o600)


def serve(home: Home, host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve the desks until stopped; Ctrl-C or SIGTERM lets pages under way finish (30 s).

    `host` is a loopback address unless the setting `proxy` says that TLS is ended before Fourfold. Prints
    the address. Raises WrongUseError for a host that others can reach, CouldNotRunError where the database
    cannot be reached.
    """
    _check_host(home, host)
    prepare(home, host)
    from django.db import connection

    from fourfold.web.beside import keeper

    options = _server_options(home, connection.vendor, host, port)
    shown = f"[{host}]" if ":" in host else host
    _application(options, keeper(home.path, port), f"http://{shown}:{port}/").run()


def _server_options(home: Home, vendor: str, host: str, port: int) -> dict[str, Any]:
    """Return gunicorn's options: on SQLite one process with threads, on PostgreSQL two."""
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    options: dict[str, Any] = {
        "bind": bind,
        "worker_class": "gthread",
        "workers": 1 if vendor == "sqlite" else 2,
        "threads": 8 if vendor == "sqlite" else 4,
        "timeout": 60,
        "graceful_timeout": GRACEFUL_SECONDS,
        "accesslog": None,
        "errorlog": "-",
        "loglevel": "warning",
        "limit_request_line": 4094,
        "worker_tmp_dir": str(home.path),
        "control_socket_disable": True,
    }
    return options


def _application(options: Mapping[str, Any], beside: Keeper, address: str) -> Any:
    from gunicorn.app.base import BaseApplication

    class Application(BaseApplication):
        """Gunicorn, told its options by us and not by a file or the command line."""

        def load_config(self) -> None:
            for name, value in options.items():
                if name in self.cfg.settings:
                    self.cfg.set(name, value)
            self.cfg.set("when_ready", lambda server: _begin(server, beside, address))
            self.cfg.set("post_worker_init", lambda worker: signal.signal(signal.SIGINT, signal.SIG_IGN))
            self.cfg.set("on_exit", lambda server: beside.stop())

        def load(self) -> Any:
            from fourfold.web.wsgi import application

            return application

    return Application()


def _begin(server: Any, beside: Keeper, address: str) -> None:
    """Start what runs beside, and say where the pages are, now that they can be asked for.

    A first Ctrl-C is taken as a request to stop when pages under way have finished; a second ends at once.
    """

    def asked_to_stop(number: int, frame: Any) -> None:
        signal.signal(signal.SIGINT, server.signal)
        server.signal(signal.SIGTERM, frame)

    signal.signal(signal.SIGINT, asked_to_stop)
    beside.start()
    sys.stdout.write(f"Fourfold is at {address} (Ctrl-C stops it).\n")
    sys.stdout.flush()
