"""Reference of the JSON outputs, from the schemas in docs/schemas.

`python -m scripts.site.outputs FOLDER WORDS …` runs a command in a project and prints the schema of
its output, as a start for a new file there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scripts.site.text import code, escaped, table

SCHEMAS = Path(__file__).parents[2] / "docs" / "schemas"


def names() -> list[str]:
    """Return the commands that have a schema: `unit show`."""
    return [path.stem.replace("-", " ") for path in sorted(SCHEMAS.glob("*.json"))]


def command(name: str) -> str:
    """Return the command line that a schema has as its example."""
    return str(load(name)["examples"][0])


def load(name: str) -> dict[str, Any]:
    """Return the schema of a command's output."""
    schema: dict[str, Any] = json.loads((SCHEMAS / f"{name.replace(' ', '-')}.json").read_text(encoding="utf-8"))
    return schema


def page() -> str:
    """Return the page of the JSON outputs."""
    parts = [
        "# JSON outputs\n\nThese commands print JSON with the option shown. Fields are added in any version, and "
        "removed or changed only after a deprecation; programs should ignore fields that they do not know. "
        "Texts of protected people and redacted texts are never in them.\n\n"
        "SARIF, JUnit and other formats of `transflow check` are described in [Checks](../checks.md).\n"
    ]
    for name in names():
        schema = load(name)
        path = f"../schemas/{name.replace(' ', '-')}.json"
        parts.append(
            f"\n## {name}\n\n{escaped(schema['description'])}\n\n```console\n$ {command(name)}\n"
            f"```\n\nSchema: [{Path(path).name}]({path})\n\n{table(('field', 'type', 'meaning'), list(_rows(schema)))}"
        )
    return "".join(parts)


def _rows(schema: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield a row for each field, with those of nested objects below it."""
    for path, field in fields(schema, schema):
        yield code(path), escaped(_type(field, schema)), escaped(field.get("description", ""))


def fields(
    schema: Mapping[str, Any], whole: Mapping[str, Any], prefix: str = ""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the path and the schema of each field: `[].by[].who`."""
    for variant in schema.get("oneOf", ()):
        yield from fields(variant, whole, prefix)
    if "items" in schema:
        yield from fields(_resolved(schema["items"], whole), whole, f"{prefix}[]")
    for name, field in schema.get("properties", {}).items():
        path = f"{prefix}.{name}" if prefix else name
        yield path, field
        yield from fields(field, whole, path)


def _resolved(schema: dict[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = whole["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema
    return found


def _type(field: dict[str, Any], whole: Mapping[str, Any]) -> str:
    schema = _resolved(field, whole)
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "const" in schema:
        return str(schema["const"])
    found = schema.get("type", "any")
    return " or ".join(found) if isinstance(found, list) else str(found)


# A schema from an output


def inferred(values: Sequence[Any]) -> dict[str, Any]:
    """Return a schema that all the values fit."""
    types = sorted({_name_of(value) for value in values})
    schema: dict[str, Any] = {"type": types[0] if len(types) == 1 else types}
    if items := [item for value in values if isinstance(value, list) for item in value]:
        schema["items"] = inferred(items)
    if objects := [value for value in values if isinstance(value, dict)]:
        keys = dict.fromkeys(key for value in objects for key in value)
        schema["properties"] = {
            key: inferred([value[key] for value in objects if key in value]) | {"description": ""} for key in keys
        }
        schema["required"] = [key for key in keys if all(key in value for value in objects)]
    return schema


def _name_of(value: object) -> str:
    by_type = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return by_type.get(type(value), "null")


def main(folder: str, *words: str) -> None:
    line = [sys.executable, "-m", "transflow", "-C", folder, *words]
    done = subprocess.run(line, capture_output=True, text=True, check=True)
    head = {"description": "", "examples": [f"transflow {' '.join(words)}"]}
    print(json.dumps(head | inferred([json.loads(done.stdout)]), indent=2, ensure_ascii=False))  # noqa: T201 - its output


if __name__ == "__main__":
    main(*sys.argv[1:])
