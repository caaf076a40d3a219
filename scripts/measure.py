"""Print the size and shape of the package: `python -m scripts.measure [PACKAGE [TESTS]]`.

Counts modules, lines and statements (nodes of the syntax tree), lengths of modules and functions in
lines, the share of functions with full annotations, docstrings that begin with a question word, and
class names that stand in several modules.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

QUESTION = re.compile(r"(?:What|Whether|Where|How|Of|Who|Which|When|Why|Whose)\b")
LONG = 40
"""Lines of a function, docstring included."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def parsed(folder: Path) -> dict[Path, tuple[int, ast.Module]]:
    """Map each module below a folder to its number of lines and its syntax tree."""
    found = {}
    for path in sorted(folder.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        found[path] = text.count("\n"), ast.parse(text)
    return found


def is_annotated(function: Function) -> bool:
    """Return whether a function annotates its result and all parameters but `self` and `cls`."""
    arguments = function.args
    named = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    return function.returns is not None and all(each.annotation or each.arg in ("self", "cls") for each in named)


def figures(package: Path, tests: Path) -> dict[str, str]:
    """Measure a package. Keys are the names of the rows."""
    modules = parsed(package)
    nodes = [node for _, tree in modules.values() for node in ast.walk(tree)]
    functions = [node for node in nodes if isinstance(node, Function)]
    lengths = sorted((each.end_lineno or each.lineno) - each.lineno + 1 for each in functions)
    lines = sorted(count for count, _ in modules.values())
    documented = [node for node in nodes if isinstance(node, Function | ast.ClassDef | ast.Module)]
    docstrings = [text for node in documented if (text := ast.get_docstring(node))]
    places = defaultdict(set)
    for path, (_, tree) in modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].add(path)
    tested = sum(count for count, _ in parsed(tests).values())
    return {
        "modules": f"{len(modules)}",
        "lines": f"{sum(lines):,}",
        "statements": f"{sum(isinstance(node, ast.stmt) for node in nodes):,}",
        "lines of a module, median / max": f"{median(lines):.0f} / {lines[-1]}",
        "lines of a function, median / p95 / max": (
            f"{median(lengths):.0f} / {lengths[int(len(lengths) * 0.95)]} / {lengths[-1]}"
        ),
        f"functions over {LONG} lines": f"{sum(length > LONG for length in lengths)}",
        "annotated functions": f"{100 * sum(map(is_annotated, functions)) / len(functions):.1f}%",
        "lines of tests : lines of the package": f"{tested / sum(lines):.2f}",
        "modules in the root": f"{len(list(package.glob('*.py')))}",
        "docstrings": f"{len(docstrings):,}",
        "docstrings that begin with a question word": f"{sum(bool(QUESTION.match(text)) for text in docstrings)}",
        "class names in several modules": f"{sum(len(paths) > 1 for paths in places.values())}",
    }


def main(arguments: list[str]) -> int:
    package, tests, *_ = [*map(Path, arguments), *([Path("transflow"), Path("tests")][len(arguments) :])]
    if not package.is_dir():
        sys.stderr.write(f"{package} is no folder: run this in a checkout, or name the package.\n")
        return 2
    for name, value in figures(package, tests).items():
        sys.stdout.write(f"{name:<45} {value:>14}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
