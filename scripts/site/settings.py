"""Reference of transflow.toml and engines.toml, from their schemas.

Types come from the readers, which say what they allow; meanings from the template of transflow.toml
and from the example in docs/engines.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

from scripts.site.text import code, escaped, table
from transflow import engines
from transflow.engines.setup.settings import schema as engines_schema
from transflow.settings.keys import MACHINE, SCHEMA
from transflow.toml_text.schema import Table, TomlKey
from transflow.toml_text.values import MESSAGES as VALUES
from transflow.toml_text.values import InvalidValueError

ROOT = Path(__file__).parents[2]
_KEY = re.compile(r'(?:# )?("?[\w.]+"?) = (.*?)\s*(?:\s#\s*(.*))?$')
_TABLE = re.compile(r"(?:# ?)?\[{1,2}([\w.]+)\]{1,2}(?:\s.*)?$")
_FURTHER = re.compile(r"#\s{8,}(?:# )?(.*)")


_ANY_TEXT = VALUES("no-text/allowed")


def transflow_toml() -> str:
    """Return the page of transflow.toml."""
    text = files("transflow.settings").joinpath("templates", "transflow.toml").read_text(encoding="utf-8")
    meanings = _FURTHER_MEANINGS | dict(_meanings(text)) | {"format": "The format of this file and of the catalogs."}
    tables = {**SCHEMA.tables, "machine": MACHINE}
    parts = [
        "# transflow.toml\n\nThe settings of a project, which `transflow init` writes with a comment for every key. "
        "A key that is left out has its default.\n\n## At the top\n\n" + _keys(SCHEMA, "", meanings)
    ]
    for name, each in tables.items():
        brackets = f"[[{name}]]" if each.is_array else f"[{name}]"
        note = "" if each.keys else f"{_open(name)}\n"
        parts.append(f"\n## {brackets}\n\n{note}{_keys(each, name, meanings) if each.keys else ''}")
    return "".join(parts)


def _open(name: str) -> str:
    return {
        "checks": "The keys are ids of checks, or their families; the values are `error`, `warning`, `hint` and "
        "`off`. [Checks](../checks.md) lists them.",
        "style": "The house style: `off` lists rules that are switched off, and each `[[style.rule]]` is a rule of "
        "your own. [Checks](../checks.md) has an example.",
    }[name]


def engines_toml() -> str:
    """Return the page of engines.toml."""
    example = (ROOT / "docs" / "engines.md").read_text(encoding="utf-8").partition("## engines.toml")[2]
    meanings = _FURTHER_MEANINGS | dict(_meanings(example.partition("```toml\n")[2].partition("```")[0]))
    shared = {key.removeprefix("deepl."): value for key, value in meanings.items() if key.startswith("deepl.")}
    whole = engines_schema(engines.names())
    parts = [
        "# engines.toml\n\nYour own settings for machine translation, in your configuration folder. "
        "[Machine translation](../engines.md) explains them with an example.\n\n## At the top\n\n"
        + _keys(whole, "", meanings)
    ]
    for name, each in whole.tables.items():
        options = {key.rstrip("!"): value for key, value in _options(name).items()}
        below = {f"{name}.{key}": value for key, value in (shared | _COMMON | options).items()}
        parts.append(f"\n## [{name}]\n\n{_keys(each, name, meanings | below)}")
    return "".join(parts)


_FURTHER_MEANINGS = {
    "machine.one_by_one": "Reserved.",
    "machine.label": "Reserved.",
    "network.proxy": "The proxy for requests to engines; those of the environment are ignored.",
    "spending.currency": "The currency of the prices and of the cap.",
}
_COMMON = {
    "url": "The address, if it is not the vendor's own; `TRANSFLOW_<ENGINE>_URL` in the environment overrides it.",
    "model": "The model; the engine's own without it.",
    "price_in": "Of a language model: per million tokens of the request.",
    "price_out": "Of a language model: per million tokens of the answer.",
    "requests_per_second": "Requests in a second, at most; 0 for no limit.",
    "characters_per_second": "Characters in a second, at most; 0 for no limit.",
    "source": "The engine's code of the language of the reports, if ours is not right.",
    "target": "The engine's code of the language of the stories, if ours is not right.",
}


def _options(name: str) -> Mapping[str, str]:
    return engines.load(name).OPTIONS if name in engines.names() else {}


def _keys(found: Table, name: str, meanings: Mapping[str, str]) -> str:
    rows = []
    for key, entry in found.keys.items():
        meaning = meanings.get(f"{name}.{key}" if name else key, "")
        meaning = meaning[:1].upper() + meaning[1:]
        rows.append((code(key), escaped(allowed(entry)), escaped(meaning)))
    return table(("key", "allowed", "meaning"), rows)


def allowed(entry: TomlKey) -> str:
    """Return what the reader of a key allows, as it says itself when it refuses a value."""
    is_list = not _refused(entry, [])
    for value in ("☃", "/☃", None):
        if what := _refused(entry, [value] if is_list else value):
            one = "a text" if what == _ANY_TEXT else what
            return f"a list; each {one}" if is_list else one
    return "a text"


def _refused(entry: TomlKey, value: object) -> str:
    """Return what is allowed instead of a value; nothing if the value is allowed."""
    try:
        entry.read(value)
    except InvalidValueError as error:
        return str(error.allowed)
    return ""


def _meanings(text: str) -> Iterator[tuple[str, str]]:
    """Yield (key with its table, meaning) of a commented TOML file.

    A comment at the end of the line goes before the lines above, and may go on below.
    """
    above: list[str] = []
    where, last, said = "", "", ""
    for line in text.splitlines():
        if further := _FURTHER.match(line):
            said = f"{said} {further[1]}"
        elif found := _KEY.match(line):
            if last and said:
                yield last, said
            last, said = ".".join(filter(None, (where, found[1]))), found[3] or " ".join(above)
            above = []
        elif named := _TABLE.match(line):
            where, above = named[1], above if line.startswith("#") else []
        elif line.startswith("# "):
            above.append(line[2:])
        else:
            above = []
    if last and said:
        yield last, said
