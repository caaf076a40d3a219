"""Other programs that write catalogs, as functions from the text read to the text written."""

from __future__ import annotations

import ctypes.util
import io
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import polib

from transflow.model.unit import Unit
from transflow.po.catalog import parse, serialize
from transflow.po.omegat import is_left_out
from transflow.po.syntax import Entry, entries, entry_text


class Tool(NamedTuple):
    """A program: its row in docs/other-tools.md, and a program or library that it needs."""

    name: str
    write: Callable[[str], str]
    needs: str = ""

    def missing(self) -> str:
        """Return the reason why it cannot be run here, or an empty string."""
        if self.needs == "libgettextpo":
            found = ctypes.util.find_library("gettextpo")
        else:
            found = shutil.which(self.needs) if self.needs else "nothing"
        return "" if found else f"{self.needs} is not installed"


def _gettext(program: str, *options: str) -> Callable[[str], str]:
    def write(text: str) -> str:
        done = subprocess.run([program, *options, "-"], input=text.encode(), capture_output=True, check=True)
        return done.stdout.decode()

    return write


ADDED = "zzzz0000"
"""The id of a sentence that only the template for msgmerge has."""


def template(text: str) -> str:
    """Return a template for msgmerge: another source in the second unit, and a new unit."""
    catalog = parse(text, "x.po")
    changed, near = catalog.units[1], catalog.units[2]
    bare = _gettext("msgattrib", "--no-obsolete", "--clear-fuzzy", "--clear-previous", "--empty")(text)
    new = parse(bare, "x.po").map_unit(changed.id, lambda unit: unit.replace(source=unit.source + " 끝."))
    return serialize(new) + f'\nmsgctxt "{ADDED}"\nmsgid "{near.source} 또."\nmsgstr ""\n'


def _msgmerge(*options: str) -> Callable[[str], str]:
    def write(text: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            old, new = Path(folder, "old.po"), Path(folder, "new.pot")
            old.write_text(text, encoding="utf-8")
            new.write_text(template(text), encoding="utf-8")
            command = ["msgmerge", "--quiet", *options, str(old), str(new)]
            return subprocess.run(command, capture_output=True, check=True).stdout.decode()

    return write


def _polib(text: str, **options: int) -> str:
    return f"{polib.pofile(text, **options)}\n"


def _babel(text: str, width: int = 76) -> str:
    from babel.messages.pofile import read_po, write_po

    out = io.BytesIO()
    write_po(out, read_po(io.BytesIO(text.encode())), width=width)
    return out.getvalue().decode()


def _translate_toolkit(storage: str, text: str) -> str:
    module: Any = import_module(f"translate.storage.{storage}")
    return bytes(module.pofile.parsestring(text.encode())).decode()


def _omegat(text: str) -> str:
    """Write a catalog as the PO filter of OmegaT 3.6 to 6.0 does, without new translations.

    It writes no fuzzy flag and no previous source. It empties fuzzy texts, texts whose source is
    split into sentences, and texts that equal their source. Texts begin on the line of the keyword,
    and are broken after line breaks only. This follows the published source of the filter,
    PoFilter.java; tests/po/test_omegat.py runs the program.
    """
    found, tail = entries(text, "x.po")
    return "".join(map(_by_omegat, found)).rstrip("\n") + "\n" + tail


def _by_omegat(entry: Entry) -> str:
    if entry.obsolete:
        return entry.raw
    source, text = entry.strings["msgid"], entry.strings["msgstr"]
    if "fuzzy" in entry.flags:
        entry.flags.remove("fuzzy")
        entry.strings["msgstr"] = ""
    elif not entry.is_header and is_left_out(Unit("a" * 8, source, text)):
        entry.strings["msgstr"] = ""
    entry.previous = {}
    return entry_text(entry).replace('msgstr ""\n"', 'msgstr "')


TOOLS = (
    Tool("msgcat --no-wrap", _gettext("msgcat", "--no-wrap"), "msgcat"),
    Tool("msgcat", _gettext("msgcat"), "msgcat"),
    Tool("msgcat --sort-output", _gettext("msgcat", "--sort-output", "--no-wrap"), "msgcat"),
    Tool("msgattrib --no-obsolete", _gettext("msgattrib", "--no-obsolete", "--no-wrap"), "msgattrib"),
    Tool("msgattrib --translated", _gettext("msgattrib", "--translated", "--no-wrap"), "msgattrib"),
    Tool("msgattrib --clear-fuzzy", _gettext("msgattrib", "--clear-fuzzy", "--no-wrap"), "msgattrib"),
    Tool("msgmerge", _msgmerge(), "msgmerge"),
    Tool("msgmerge --previous --no-wrap", _msgmerge("--previous", "--no-wrap"), "msgmerge"),
    Tool("msgmerge --no-fuzzy-matching", _msgmerge("--no-fuzzy-matching", "--no-wrap"), "msgmerge"),
    Tool("polib", _polib),
    Tool("polib, wrapwidth=40", partial(_polib, wrapwidth=40)),
    Tool("polib, wrapwidth=10000", partial(_polib, wrapwidth=10000)),
    Tool("babel", _babel),
    Tool("babel, width=0", partial(_babel, width=0)),
    Tool("translate-toolkit pypo", partial(_translate_toolkit, "pypo")),
    Tool("translate-toolkit cpo", partial(_translate_toolkit, "cpo"), "libgettextpo"),
    Tool("OmegaT", _omegat),
)
