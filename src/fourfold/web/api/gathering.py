"""The API put together: its own endpoints and those of each desk, every operation with the act that it needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any

from django.apps import apps
from ninja import NinjaAPI
from ninja.operation import Operation

from fourfold import __version__
from fourfold.home import WrongUseError
from fourfold.web.api.authenticating import ByToken
from fourfold.web.api.checking import check_body, check_query
from fourfold.web.api.handlers import lay_handlers
from fourfold.web.ui.access import Access

OWN = ("fourfold.web.api.figure_endpoints", "fourfold.web.api.batch_endpoints")
"""Endpoints on the lake, which belong to no desk alone."""


@dataclass(frozen=True)
class Gathered:
    """The whole API, and what each operation needs by its name."""

    api: NinjaAPI
    access: Mapping[str, Access]
    operations: Mapping[str, Operation]

    @property
    def acts(self) -> list[str]:
        """The acts that any operation needs: what a token can be made for."""
        return list(dict.fromkeys(access.act for access in self.access.values()))


def endpoint_modules() -> Iterator[ModuleType]:
    """Yield the modules that hold a `router` and the `ACCESS` of its operations, desks in the order of apps."""
    for name in OWN:
        yield import_module(name)
    for config in apps.get_app_configs():
        name = f"{config.name}.endpoints"
        if config.name.startswith("fourfold.web.") and find_spec(name):
            yield import_module(name)


class Door(ByToken):
    """The token and the permission first, then whether the request can be read at all."""

    def __init__(self, name: str, access: Access, operation: Operation) -> None:
        super().__init__(name, access)
        models = operation.models
        self.known = [
            alias for model in models if model.__ninja_param_source__ == "query" for alias in names_of(model)
        ]
        self.has_body = any(model.__ninja_param_source__ == "body" for model in models)

    def authenticate(self, request: Any, token: str) -> Any:
        """Return the token as `ByToken` does; raises ProblemError for a request that cannot be read."""
        held = super().authenticate(request, token)
        check_query(request, self.known)
        if self.has_body:
            check_body(request)
        return held


def names_of(model: Any) -> list[str]:
    """Return the names of the parameters that a model of ninja's takes from the query string."""
    return list(model.__ninja_flatten_map__)


@lru_cache(maxsize=1)
def gathered() -> Gathered:
    """Put the API together, once.

    Raises WrongUseError, at start, for an operation that does not say which act it needs, and for two of one name.
    """
    api = NinjaAPI(
        title="Fourfold",
        version=__version__,
        description="Figures, batches, referrals and duties, by the same permissions and the same trail as the pages.",
        openapi_url=None,
        docs_url=None,
        urls_namespace="api",
    )
    lay_handlers(api)
    needed: dict[str, Access] = {}
    operations: dict[str, Operation] = {}
    for module in endpoint_modules():
        for view in module.router.path_operations.values():
            for operation in view.operations:
                name = operation.view_func.__name__
                if name in needed or name not in module.ACCESS or not module.ACCESS[name].act:
                    raise WrongUseError(
                        f"The operation {name} of {module.__name__} has no act, or a name that is taken.",
                        "Name its act in ACCESS beside the router.",
                    )
                needed[name], operations[name] = module.ACCESS[name], operation
                operation.operation_id = name
                operation.auth_param = operation.auth_callbacks = [Door(name, needed[name], operation)]
        api.add_router("", module.router)
    return Gathered(api, needed, operations)
