"""Plug-ins: modules that one folder holds, each named like its id.

Invariant: the folder is the list. The names of its modules are known without importing them, so
they may stand in the help of a command; subfolders hold what the modules share, and are no
plug-ins.
"""

from __future__ import annotations

from collections.abc import Callable, MutableSequence
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any, Generic, TypeVar, cast

from transflow.errors import TransflowError, UnknownNameError
from transflow.messages import Messages

MESSAGES = Messages(
    __name__,
    {
        "incomplete": "{module} lacks {names}: the class {protocol} in {package} describes them.",
    },
)

T = TypeVar("T")


class IncompletePluginError(TransflowError):
    """A module in the folder of plug-ins that does not satisfy their protocol."""


class Registry(Generic[T]):
    """The plug-ins of one package.

    A member that the protocol gives a value is optional: modules without it get that value.
    """

    def __init__(self, package: str, path: MutableSequence[str], kind: str, protocol: Callable[..., T]) -> None:
        """`path` is the `__path__` of the package, `kind` what a plug-in is called in an error."""
        self.package, self.kind, self.protocol = package, kind, protocol
        self._path = path
        self._loaded: dict[str, T] = {}

    def names(self) -> tuple[str, ...]:
        """Return the names in alphabetical order, without importing anything."""
        return _modules(tuple(self._path))

    def load(self, name: str) -> T:
        """Import a plug-in. Raise UnknownNameError if there is none of this name, and
        IncompletePluginError if it lacks a member of the protocol.
        """
        if name not in self._loaded:
            if name not in self.names():
                raise UnknownNameError(self.kind, name, self.names())
            self._loaded[name] = self._complete(import_module(f"{self.package}.{name}"))
        return self._loaded[name]

    def _complete(self, module: ModuleType) -> T:
        optional = {name: value for name, value in vars(self.protocol).items() if name in self._fields}
        for name in optional.keys() - vars(module).keys():
            setattr(module, name, optional[name])
        missing = [name for name in self._fields if not hasattr(module, name)]
        missing += [name for name in self._functions if not callable(getattr(module, name, None))]
        if missing:
            raise IncompletePluginError(
                MESSAGES(
                    "incomplete",
                    module=f"{module.__name__.replace('.', '/')}.py",
                    names=", ".join(missing),
                    protocol=self.protocol.__name__,
                    package=self.package,
                )
            )
        return cast(T, module)

    @property
    def _fields(self) -> dict[str, Any]:
        return self.protocol.__annotations__

    @property
    def _functions(self) -> list[str]:
        members = vars(self.protocol).items()
        return [name for name, value in members if isinstance(value, staticmethod) and not name.startswith("_")]


@cache
def _modules(path: tuple[str, ...]) -> tuple[str, ...]:
    """Return the modules in these folders; packages are not among them."""
    return tuple(sorted(each.name for each in iter_modules(path) if not each.ispkg))
