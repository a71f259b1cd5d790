"""Make Rasa 3.6.21 run on current Python and libraries, without TensorFlow.

Rasa pins libraries of 2022; none of them is used by the parts of Rasa that Aftersale runs. `smooth()` does
the least that lets `import rasa` succeed (docs/decisions/0001-rasa-in-process.md). Importing the package
`bot` runs it, so it always comes before `import rasa`; it is cheap, and running it again does nothing.

- Names that moved or left `numpy` and `packaging` are put back where Rasa looks for them.
- Packages that Rasa imports but that are never called here become placeholders: they can be imported,
  subclassed and used as a decorator or in an annotation, and raise `MissingPackageError` when something
  really calls them. A package that is installed always wins over its placeholder.

`use_ordered_graph_runner()` lets Rasa's graphs run on `bot.rasa_graph` instead of on dask.
"""

from __future__ import annotations

import importlib
import importlib.abc
import importlib.machinery
import logging
import sys
import types
import warnings
from collections.abc import Callable, Sequence
from typing import Any

import structlog

PLACEHOLDERS = frozenset(
    {
        "aio_pika",
        "aiogram",
        "aiormq",
        "boto3",
        "botocore",
        "cachecontrol",
        "confluent_kafka",
        "dask",
        "fbmessenger",
        "google.auth",
        "google.oauth2",
        "keras",
        "matplotlib",
        "mattermostwrapper",
        "pymongo",
        "rocketchat_API",
        "sanic_cors",
        "sanic_jwt",
        "sentry_sdk",
        "slack_sdk",
        "sklearn_crfsuite",
        "skops",
        "socketio",
        "structlog_sentry",
        "tensorflow",
        "tensorflow_hub",
        "tensorflow_text",
        "twilio",
        "webexteamssdk",
    }
)
"""Packages that Rasa imports and Aftersale never calls through Rasa."""


class MissingPackageError(ImportError):
    """A part of Rasa was used that needs a package which is deliberately not installed."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name!r} is not installed: Aftersale runs Rasa without it. Choose a component in config.yml "
            f"that does not need it, or install the package."
        )


class Missing:
    """Stands for any attribute of a package that is not installed."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Missing:
        if attribute.startswith("__") and attribute.endswith("__"):
            raise AttributeError(attribute)
        return Missing(f"{self._name}.{attribute}")

    def __mro_entries__(self, bases: tuple[Any, ...]) -> tuple[type, ...]:
        """A class written below this one is made without it."""
        return ()

    def __getitem__(self, item: object) -> Missing:
        return self

    def __or__(self, other: object) -> Missing:
        return self

    __ror__ = __or__

    def __call__(self, *args: object, **kwargs: object) -> Any:
        if len(args) == 1 and not kwargs and isinstance(args[0], types.FunctionType):
            return args[0]
        if kwargs and not args:
            return _decorate_nothing
        raise MissingPackageError(self._name)


def _decorate_nothing(function: Callable[..., Any]) -> Callable[..., Any]:
    return function


class PlaceholderModule(types.ModuleType):
    """An importable module whose every attribute is `Missing`."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__ = []  # makes it a package: submodules are placeholders too

    def __getattr__(self, attribute: str) -> Missing:
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return Missing(f"{self.__name__}.{attribute}")


class PlaceholderFinder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds `PLACEHOLDERS` and their submodules. Stands last in `sys.meta_path`, so what is installed is
    found first.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: types.ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        parent = sys.modules.get(fullname.rpartition(".")[0])
        # A missing submodule of a package that *is* installed stays an error.
        if fullname in PLACEHOLDERS or isinstance(parent, PlaceholderModule):
            return importlib.machinery.ModuleSpec(fullname, self, is_package=True)
        return None

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> types.ModuleType:
        return PlaceholderModule(spec.name)

    def exec_module(self, module: types.ModuleType) -> None:
        """A placeholder has no code."""


def smooth() -> None:
    """Prepare this interpreter for `import rasa`. Idempotent."""
    if any(isinstance(finder, PlaceholderFinder) for finder in sys.meta_path):
        return
    _silence()
    sys.meta_path.append(PlaceholderFinder())
    _restore_numpy()
    _restore_packaging()


def _silence() -> None:
    """Rasa's age shows in warnings that nobody who runs a shop can act on."""
    for category in (DeprecationWarning, PendingDeprecationWarning, SyntaxWarning):
        warnings.filterwarnings(
            "ignore", category=category, module=r"(rasa|pkg_resources|sanic|networkx)(\..*)?"
        )
    warnings.filterwarnings("ignore", message=r".*pkg_resources is deprecated.*")
    warnings.filterwarnings("ignore", message=r".*declarative_base.*")
    # Our entity extractor is Rasa's neither in name nor in how it learns synonyms.
    warnings.filterwarnings("ignore", message=r".*does not include an entity extractor trained.*")
    warnings.filterwarnings("ignore", message=r".*does not include an 'EntitySynonymMapper'.*")
    # Said by Rasa whenever a domain has slots, whatever they are.
    warnings.filterwarnings("ignore", message=r".*Slot auto-fill has been removed.*")
    # Rasa logs every prediction through structlog, whose unconfigured default prints it all and costs more
    # than the work.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))


def _restore_numpy() -> None:
    import numpy

    if not hasattr(numpy, "VisibleDeprecationWarning"):
        numpy.VisibleDeprecationWarning = numpy.exceptions.VisibleDeprecationWarning  # type: ignore[attr-defined]


def _restore_packaging() -> None:
    """Rasa asks `isinstance(version, LegacyVersion)`; no version is one any more."""
    import packaging.version

    if not hasattr(packaging.version, "LegacyVersion"):
        packaging.version.LegacyVersion = type("LegacyVersion", (), {})  # type: ignore[attr-defined]


def use_ordered_graph_runner() -> None:
    """Let Rasa train and load with our graph runner. Call before training or
    loading; imports Rasa (seconds).
    """
    runner = importlib.import_module("bot.rasa_graph").OrderedGraphRunner
    for module in ("rasa.core.processor", "rasa.model_training"):
        vars(importlib.import_module(module))["DaskGraphRunner"] = runner
