"""The changes of one module: one operator, constant, argument or statement each.

Texts for people, docstrings, annotations and decorators are left out.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

_COMPARE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_BINARY: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
_CALLS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list", "reversed": "iter"}
_TRIMMERS = frozenset(("strip", "lstrip", "rstrip", "lower", "upper", "casefold", "copy"))
_NO_CODE = frozenset(("Literal", "cast", "TypeVar", "Messages", "MESSAGES"))
"""Functions and types whose arguments are types or texts for people."""


class Change(NamedTuple):
    """A change of a module. `number` identifies it among the changes of the same module."""

    number: int
    line: int
    function: str
    before: str
    after: str


_Edit = tuple[ast.AST, Callable[[], None], str]
"""A node to describe, a function that changes the tree, and the text of the changed node."""


def changes(source: str) -> list[Change]:
    """Return all changes of a module, in a fixed order."""
    found = []
    for number, (node, _, function, before, after) in enumerate(_edits(ast.parse(source))):
        placed = node.target if isinstance(node, ast.comprehension) else node
        found.append(Change(number, getattr(placed, "lineno", 0), function, before, after))
    return found


def changed(source: str, number: int) -> str:
    """Return a module with one change."""
    tree = ast.parse(source)
    for at, (_, apply, *_) in enumerate(_edits(tree)):
        if at == number:
            apply()
            return ast.unparse(ast.fix_missing_locations(tree)) + "\n"
    raise ValueError(f"there is no change {number}")


def _edits(tree: ast.Module) -> Iterator[tuple[ast.AST, Callable[[], None], str, str, str]]:
    """Yield node, function that changes it, qualified function, old and new text."""
    for node, parent, scope in _code(tree, tree, ""):
        for apply, after in _options(node, parent):
            yield node, apply, scope, ast.unparse(node), after


def _code(node: ast.AST, parent: ast.AST, scope: str) -> Iterator[tuple[ast.AST, ast.AST, str]]:
    """Yield the nodes that are code, with their parent and the function that they are in."""
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        scope = f"{scope}.{node.name}".lstrip(".")
        for each, holder in _inner_nodes(node):
            yield from _code(each, holder, scope)
        return
    yield node, parent, scope
    if isinstance(node, ast.AnnAssign):
        if node.value is not None:
            yield from _code(node.value, node, scope)
        return
    if _called(node) in _NO_CODE or isinstance(node, ast.JoinedStr):
        return
    if isinstance(node, ast.Assign) and any(
        isinstance(each, ast.Name) and _is_text_name(each.id) for each in node.targets
    ):
        return
    for child in ast.iter_child_nodes(node):
        if not _is_text(child):
            yield from _code(child, node, scope)


def _inner_nodes(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef,
) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Yield defaults of arguments and statements, each with the node that holds it."""
    if not isinstance(node, ast.ClassDef):
        for default in (*node.args.defaults, *node.args.kw_defaults):
            if default is not None:
                yield default, node.args
    for statement in node.body:
        if not _is_text(statement):
            yield statement, node


def _is_text(node: ast.AST) -> bool:
    """True for a docstring."""
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_text_name(name: str) -> bool:
    return name in ("MESSAGES", "__all__")


def _called(node: ast.AST) -> str:
    found = node.func if isinstance(node, ast.Call) else node.value if isinstance(node, ast.Subscript) else None
    return found.id if isinstance(found, ast.Name) else ""


def _options(node: ast.AST, parent: ast.AST) -> Iterator[tuple[Callable[[], None], str]]:
    for find in (_of_operators, _of_constants, _of_calls, _of_tests, _of_statements):
        yield from find(node, parent)


def _swap(node: ast.AST, name: str, new: object) -> Callable[[], None]:
    return lambda: setattr(node, name, new)


def _shown(node: ast.AST, name: str, new: object) -> str:
    """Return the text of a node with one attribute replaced."""
    old = getattr(node, name)
    setattr(node, name, new)
    try:
        return ast.unparse(ast.fix_missing_locations(node))
    finally:
        setattr(node, name, old)


def _replacing(node: ast.AST, name: str, new: object) -> tuple[Callable[[], None], str]:
    return _swap(node, name, new), _shown(node, name, new)


def _in_place(node: ast.AST, parent: ast.AST, new: ast.AST) -> tuple[Callable[[], None], str]:
    """Replace a node in its parent."""

    def apply() -> None:
        for name, value in ast.iter_fields(parent):
            if value is node:
                setattr(parent, name, new)
            elif isinstance(value, list):
                setattr(parent, name, [new if each is node else each for each in value])

    return apply, ast.unparse(ast.fix_missing_locations(new))


def _of_operators(node: ast.AST, parent: ast.AST) -> Iterator[tuple[Callable[[], None], str]]:
    match node:
        case ast.Compare():
            for at, operator in enumerate(node.ops):
                if type(operator) in _COMPARE:
                    ops = [*node.ops[:at], _COMPARE[type(operator)](), *node.ops[at + 1 :]]
                    yield _replacing(node, "ops", ops)
        case ast.BoolOp():
            yield _replacing(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
            for at in range(len(node.values)):
                rest = [*node.values[:at], *node.values[at + 1 :]]
                new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
                yield _in_place(node, parent, new)
        case ast.UnaryOp(ast.Not(), operand):
            yield _in_place(node, parent, operand)
        case ast.BinOp() | ast.AugAssign() if type(node.op) in _BINARY and not _is_pathlike(node):
            yield _replacing(node, "op", _BINARY[type(node.op)]())


def _is_pathlike(node: ast.BinOp | ast.AugAssign) -> bool:
    """True for a union of types, which no code evaluates."""
    return isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant) and node.right.value is None


def _of_constants(node: ast.AST, parent: ast.AST) -> Iterator[tuple[Callable[[], None], str]]:
    match node:
        case ast.Constant(bool(value)):
            yield _in_place(node, parent, ast.Constant(not value))
        case ast.Constant(int(value)):
            yield _in_place(node, parent, ast.Constant(value + 1))
        case ast.Constant(str(value)):
            yield _in_place(node, parent, ast.Constant("" if value else "x"))
        case ast.Slice():
            for name in ("lower", "upper"):
                if getattr(node, name) is not None:
                    yield _replacing(node, name, None)


def _of_calls(node: ast.AST, parent: ast.AST) -> Iterator[tuple[Callable[[], None], str]]:
    if not isinstance(node, ast.Call) or _called(node) in _NO_CODE:
        return
    for at in range(len(node.keywords)):
        yield _replacing(node, "keywords", [*node.keywords[:at], *node.keywords[at + 1 :]])
    if isinstance(node.func, ast.Name) and node.func.id in _CALLS:
        yield _replacing(node, "func", ast.Name(_CALLS[node.func.id], ast.Load()))
    if isinstance(node.func, ast.Attribute) and node.func.attr in _TRIMMERS and not node.args:
        yield _in_place(node, parent, node.func.value)


def _of_tests(node: ast.AST, _: ast.AST) -> Iterator[tuple[Callable[[], None], str]]:
    match node:
        case ast.If() | ast.While() | ast.IfExp() if not isinstance(node.test, ast.Compare | ast.UnaryOp):
            negated = ast.UnaryOp(ast.Not(), node.test)
            yield _swap(node, "test", negated), f"not {ast.unparse(node.test)}"
        case ast.comprehension():
            for at in range(len(node.ifs)):
                yield _replacing(node, "ifs", [*node.ifs[:at], *node.ifs[at + 1 :]])


def _of_statements(node: ast.AST, parent: ast.AST) -> Iterator[tuple[Callable[[], None], str]]:
    match node:
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Delete():
            yield _in_place(node, parent, ast.Pass())
        case ast.Return(value) if value is not None and not (isinstance(value, ast.Constant) and value.value is None):
            yield _replacing(node, "value", ast.Constant(None))
        case ast.Continue():
            yield _in_place(node, parent, ast.Break())
        case ast.Break():
            yield _in_place(node, parent, ast.Continue())
