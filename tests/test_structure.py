"""The structure of the package: docstrings, sizes, names, and requirements for plugins."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from itertools import pairwise
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import transflow
from transflow import checks, engines, errors, readers, renderers, story_checks
from transflow.checks import CheckContext, Example
from transflow.messages import Message
from transflow.model.issue import Issue
from transflow.model.unit import Unit

ROOT = Path(transflow.__file__).parent
MODULES = {path.relative_to(ROOT).as_posix(): path for path in sorted(ROOT.rglob("*.py"))}
MOST_LINES = 400
"""Lines of a module."""
PAGE = 40
"""Lines of a function, docstring included."""


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text(encoding="utf-8"))


def docstrings(module: ast.Module) -> Iterator[str]:
    """Yield the docstrings of modules, classes, functions and attributes."""
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            for each in node.body:
                match each:
                    case ast.Expr(ast.Constant(str(text))):
                        yield text


class TestDocstrings:
    """The wrapping at 100 columns is checked by ruff (W505)."""

    @pytest.mark.parametrize("folder", ["transflow", "tests", "bench", "scripts"])
    def test_begin_with_a_verb_or_a_noun_and_no_question_word(self, folder: str) -> None:
        question = re.compile(r"\s*(What|Whether|Where|How|Of|Who|Which|When|Why|Whose)\b")
        files = sorted((ROOT.parent / folder).rglob("*.py"))
        found = [
            (path.name, text) for path in files for text in docstrings(ast.parse(path.read_text(encoding="utf-8")))
        ]
        assert found
        assert [each for each in found if question.match(each[1])] == []

    def test_name_errors_that_exist(self) -> None:
        raised = re.compile(r"\b[A-Z]\w+Error\b")
        named = {error for name in MODULES for text in docstrings(tree(name)) for error in raised.findall(text)}
        exist = {"JSONDecodeError", "ZoneInfoNotFoundError"}  # of the standard library
        exist |= {node.name for name in MODULES for node in ast.walk(tree(name)) if isinstance(node, ast.ClassDef)}
        assert {error for error in named - exist if not hasattr(builtins, error)} == set()


class TestEveryModule:
    def test_says_what_it_is_for(self) -> None:
        assert [name for name in MODULES if not (ast.get_docstring(tree(name)) or "").strip()] == []

    def test_is_short_enough_to_read(self) -> None:
        lengths = {name: len(path.read_text(encoding="utf-8").splitlines()) for name, path in MODULES.items()}
        assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}

    def test_has_functions_that_fit_on_a_page(self) -> None:
        functions = [
            (name, each) for name in MODULES for each in ast.walk(tree(name)) if isinstance(each, ast.FunctionDef)
        ]
        assert functions
        long = [(name, each.name) for name, each in functions if (each.end_lineno or 0) - each.lineno >= PAGE]
        assert long == []

    def test_has_a_name_that_says_something(self) -> None:
        words = {word: name for name in MODULES for word in name.removesuffix(".py").split("/")}
        assert {"utils", "util", "helpers", "helper", "misc", "manager", "common"} & set(words) == set()


DOORS = {
    "project.git_objects.object_reader": "tempfile",
    "proof.ed25519._is_good": "cryptography",
    "proof.signatures.Verifier.verify_ahead": "concurrent",
    "stories.printed._spellings": "report.byline",
    "actions.checks.cached._verdict_cache": "actions.checks.verdict_cache",
    "actions.parallel._by_processes": "concurrent, multiprocessing, signal",
    "actions.parallel._end_with_parent": "multiprocessing",
    "actions.parallel._start_working": "signal",
    "actions.project.export._plural_forms": "babel",
    "actions.project.status._many_report_rows": "actions.project.known_counts",
    "cli.reading.Sources.read": "actions.reports.fetching",
    "actions.reports.current.CurrentCatalogs.__init__": "actions.stamped",
    "actions.recording.sign": "actions.signatures",
    "actions.forgetting.forget_now": "actions.engines.response_cache, actions.judges.known",
    "actions.stories.page.fields": "renderers.formatting.markup",
    "actions.stories.print_context._spellings": "glossary",
    "checks._with_sure_fix": "language.quantities.unchanged",
    "cli.commands.stats._print_checks": "actions.checks.track_record",
    "actions.units.waivable.issues_by": "actions.judges.found",
    "cli._open_queue": "cli.screen",
    "cli.commands.mcp._serve": "agents.server",
    "cli.commands.serve._serve": "web.server",
    "cli.commands.check._check_pages": "cli.page_check",
    "cli.commands.published._live_pages": "cli.live_pages",
    "cli.options.keep_from_log": "actions.refs, actions.withheld",
    "cli._print_traceback": "traceback",
    "cli.lazy_group._completions": "click",
    "cli.lazy_group._take_user": "cli.options",
    "readers.base.xml_parts.elements": "xml",
    "readers.base.xml_parts._of_tree": "xml",
    "readers.base.xml_parts._Builder.__init__": "xml",
    "readers.hancom.hwp5_file.Hwp5File.__init__": "olefile",
    "readers.hancom.hwp5_file.Hwp5File._decrypted": "cryptography",
    "cli.screen._actor": "cli.first_run",
    "cli.screen._run_plain": "tui.plain.start",
    "cli.screen._run_textual": "tui.start",
    "cli.screen.open_new": "cli.first_run",
    "engines.ctranslate2._load_model": "ctranslate2, sentencepiece",
    "engines.setup.keys._from_keyring": "keyring",
    "engines.setup.ready._with_wire": "network.sending",
    "errors.similar_name": "difflib",
    "file_kinds._in_zip": "zipfile",
    "glossary.homographs._kiwi": "kiwipiepy",
    "json_text.decode_json": "json",
    "json_text.encode_json": "json",
    "language.segment.foreign._ends": "sentencex",
    "language.segment._rules": "language.segment.foreign, language.segment.korean",
    "language.spelling.speller": "hunspell",
    "language.style.patterns.LimitedPattern.__init__": "regex",
    "language.style.patterns.LimitedPattern.template_error": "regex",
    "memory.repair._figures": "language.quantities.korean",
    "memory.repair._read_figures": "language.quantities.english",
    "memory.connecting.connect": "psycopg",
    "memory.tmx.units": "xml",
    "po.export.mo_bytes": "polib",
    "presenters.assistants.EngineAsker.ask": "actions.engines.draft",
    "presenters.i18n.catalog": "pathlib, po.syntax",
    "privacy.pseudonyms._changed": "tomlkit",
    "project.beside_git.LocalGit.tracked_files": "project.git, project.git_command",
    "project.beside_git.LocalGit.versions": "project.git",
    "project.git_command.execute": "subprocess",
    "project.git_command.execute_without_terminal": "subprocess",
    "project.git_command.run_online": "subprocess",
    "project.git_command.start": "subprocess",
    "project.writes._kept": "errors, project.git_writing",
    "sync.clone.undisturbed": "signal",
    "sync.placing._merged_catalog": "attribution.tallies, merge, po.catalog",
    "project.index_sync._write_entries": "memory.index, sqlite3",
    "project.project._merge": "merge",
    "project.project._ready_to_write": "attribution.tallies",
    "project.project._update_index": "project.index_sync",
    "renderers.formatting.limits._work": "resource, signal",
    "renderers.formatting.limits.limited": "multiprocessing",
    "renderers.corrections_files": "renderers.formatting.corrections_page, renderers.formatting.environment, "
    "renderers.formatting.limits",
    "renderers.render": "renderers.formatting.environment, renderers.formatting.label, renderers.formatting.limits",
    "report.blocks._parser": "markdown_it",
    "report.encoding._reads_as_before": "report.blocks, report.lists",
    "report.fields._toml": "report.toml_fields",
    "report.front._with_values": "report.yaml_values",
    "report.front_edit._toml": "tomlkit",
    "report.lists._list": "markdown_it",
    "similarity.common_opcodes": "rapidfuzz",
    "similarity.edit_distance": "rapidfuzz",
    "similarity.indel_opcodes": "rapidfuzz",
    "similarity.partial_ratio": "rapidfuzz",
    "similarity.similar_by_edits": "rapidfuzz",
    "similarity.similar_by_indels": "rapidfuzz",
    "stories.redraft._boundary_map": "difflib",
    "timezones.zone": "zoneinfo",
    "timezones.zone_names": "zoneinfo",
    "tui.app.TransflowApp.get_driver_class": "tui.driver",
    "tui.plain.talk._readline": "readline",
    "user_folders.cache_folder": "platformdirs",
    "user_folders.config_folder": "platformdirs",
    "user_folders.state_folder": "platformdirs",
    "xml_text.elements": "xml",
}
"""Function -> what it loads when it is called: heavy or optional libraries, and modules of our own
that the shortest commands do not need. All other imports stand at the top of their module.
"""


def imported(statement: ast.Import | ast.ImportFrom) -> set[str]:
    """Return what an import loads: a package of others, or a module of ours below `transflow`."""
    names = {alias.name for alias in statement.names}
    if isinstance(statement, ast.ImportFrom):
        parent = statement.module or ""
        modules = {f"{parent}.{each}" for each in names}
        names = {each for each in modules if f"{each.removeprefix('transflow.').replace('.', '/')}.py" in MODULES} or {
            parent
        }
    return {each.removeprefix("transflow.") if each.startswith("transflow.") else each.split(".")[0] for each in names}


def doors(name: str) -> dict[str, set[str]]:
    """Return the functions of a module that import something, and what."""
    found: dict[str, set[str]] = {}

    def search(node: ast.AST, scope: tuple[str, ...], inside: bool) -> None:
        for child in ast.iter_child_nodes(node):
            if inside and isinstance(child, ast.Import | ast.ImportFrom):
                found.setdefault(".".join(scope), set()).update(imported(child))
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                search(child, (*scope, child.name), True)
            else:
                search(child, (*scope, child.name) if isinstance(child, ast.ClassDef) else scope, inside)

    module = name.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    search(tree(name), (module,), False)
    return found


def optional_packages(name: str) -> set[str]:
    """Return the packages that a reader says it needs, which it loads when it reads a file."""
    room, _, reader = name.removesuffix(".py").partition("/")
    return set(readers.load(reader).NEEDS) if room == "readers" and reader in readers.names() else set()


class TestImportsInFunctions:
    def test_are_doors_that_are_listed_and_no_line_is_stale(self) -> None:
        found = {
            door: ", ".join(sorted(loaded))
            for name in MODULES
            for door, loaded in doors(name).items()
            if not loaded <= optional_packages(name)
        }
        assert found == DOORS

    def test_say_what_they_load(self) -> None:
        silent = []
        for name in MODULES:
            functions = [each for each in ast.walk(tree(name)) if isinstance(each, ast.FunctionDef)]
            for door in doors(name):
                own = [ast.get_docstring(each) for each in functions if each.name == door.rpartition(".")[2]]
                texts = [each or "" for each in (ast.get_docstring(tree(name)), *own)]
                silent += [door] * (not re.search(r"\b[Ll]oads?\b", " ".join(texts)))
        assert silent == []


class TestReferences:
    NOTATIONS = frozenset({"model/references.py", "model/unit.py", "privacy/rename.py"})
    """Modules of the notations that people type and that files have."""

    def test_are_built_in_one_place(self) -> None:
        """So that what is printed can be pasted back, with its language if it needs one."""
        by_hand = []
        for name in MODULES:
            texts = [each for each in ast.walk(tree(name)) if isinstance(each, ast.JoinedStr)]
            for each in texts if name not in self.NOTATIONS else ():
                for before, after in pairwise(each.values):
                    is_mark = isinstance(after, ast.Constant) and str(after.value).startswith("#")
                    if isinstance(before, ast.FormattedValue) and is_mark:
                        by_hand.append(f"{name}:{each.lineno}")
        assert by_hand == []


ROOMS_WITH_MESSAGES = {
    "actions",
    "attribution",
    "checks",
    "cli",
    "engines",
    "agents/desk.py",
    "agents/parameters.py",
    "errors.py",
    "findings/baseline.py",
    "findings/formats/text.py",
    "findings/selection.py",
    "glossary",
    "integrity",
    "json_text.py",
    "language",
    "memory",
    "merge",
    "messages.py",
    "network",
    "phrases",
    "po",
    "privacy",
    "project",
    "proof",
    "readers",
    "registry.py",
    "renderers",
    "report",
    "settings",
    "stories",
    "story_checks",
    "text.py",
    "toml_text",
    "units",
    "update",
    "xml_text.py",
}
"""Rooms and modules that make every text for people from a template of a `Messages`."""
DATA = {
    "AssertionError",
    "AttributeError",
    "CommandRef",
    "Example",
    "Messages",
    "StoryExample",
    "_",
    "argument",
    "compile",
    "count",
    "debug",
    "mark",
    "option",
}
"""Calls with texts that are templates, examples, patterns, help of the command line, or for
programmers.
"""
APART = {"COMMANDS", "RULES", "_BEHIND", "_SAID"}
"""Variables with texts for language models, with help of the command line, and with examples."""
WORDS = re.compile(r"[A-Za-z’]{2,} [A-Za-z’]{2,}")
ENDS = re.compile(r"[.?!:]”? ?\Z")
CODE = (
    "SELECT ",
    "INSERT ",
    "DELETE ",
    "CREATE ",
    "UPDATE ",
    "DROP ",
    "LOCK TABLE ",
    "ALTER TABLE ",
    "SET ",
    "WHERE ",
    "PRAGMA ",
    "<",
)
"""Beginnings of SQL and XML."""


def texts_outside_of_tables(node: ast.AST) -> Iterator[ast.expr]:
    """Yield constants, f-strings, concatenations and formatted constants, without docstrings."""
    match node:
        case ast.Expr(ast.Constant(str())):
            return
        case ast.Call(ast.Name(name) | ast.Attribute(_, name)) if name in DATA:
            return
        case ast.Assign([ast.Name(name)]) | ast.AnnAssign(ast.Name(name)) if name in APART:
            return
        case ast.Constant(str()) | ast.JoinedStr() | ast.BinOp(op=ast.Add()):
            yield node
        case ast.Call(ast.Attribute(ast.Constant(str()), "format")):
            yield node
            return
        case ast.Call(ast.Attribute(ast.Constant(str()), "split")):
            return  # a list of words
    for child in ast.iter_child_nodes(node):
        if not isinstance(node, ast.JoinedStr | ast.BinOp) or not isinstance(child, ast.Constant):
            yield from texts_outside_of_tables(child)


def constant_text(node: ast.expr) -> str:
    """Return the constant parts of a text, with a mark for each value between them."""
    match node:
        case ast.Constant(str(text)):
            return text
        case ast.JoinedStr(parts):
            return "".join(map(constant_text, parts))
        case ast.BinOp(left, ast.Add(), right):
            return constant_text(left) + constant_text(right)
        case ast.Call(ast.Attribute(ast.Constant(str(text)), "format")):
            return text
    return "\0"


def is_built_sentence(node: ast.expr) -> bool:
    """True for a sentence, and for two words beside a value."""
    text = constant_text(node)
    if not WORDS.search(text) or text.startswith(CODE):
        return False
    return not isinstance(node, ast.Constant) or bool(ENDS.search(text))


def bare_messages(node: ast.AST) -> Iterator[ast.expr]:
    """Yield the texts with a space that a call of an error or an issue gets as they are."""
    match node:
        case ast.Call(ast.Name(name) | ast.Attribute(_, name), arguments, keywords) if (
            name.endswith("Error") and not hasattr(builtins, name)
        ) or name == "Issue":
            for each in [*arguments, *(keyword.value for keyword in keywords)]:
                is_text = isinstance(each, ast.Constant | ast.JoinedStr) and " " in constant_text(each)
                if is_text and constant_text(each) not in errors.NAMES:
                    yield each


def sentences_built(module: ast.Module) -> list[str]:
    """Return the texts for people that are not made from a template, with their lines."""
    found = [each for each in texts_outside_of_tables(module) if is_built_sentence(each)]
    found += [each for node in ast.walk(module) for each in bare_messages(node)]
    return sorted({f"{each.lineno}: {ast.unparse(each)}" for each in found})


class TestTextsForPeople:
    def test_no_sentence_is_built_in_code(self) -> None:
        rooms = {
            name: tree(name)
            for name in MODULES
            if any(name == room or name.startswith(f"{room}/") for room in ROOMS_WITH_MESSAGES)
        }
        assert rooms
        assert {name: built for name, module in rooms.items() if (built := sentences_built(module))} == {}

    @pytest.mark.parametrize(
        "code",
        [
            "raise RefusedError('not now')",
            "raise RefusedError(f'{who} is no editor')",
            "Issue('length', 'error', message='too short')",
            "why = 'It has no text.'",
            "why = f'{who} is no editor'",
            "why = 'Changed by ' + who",
            "why = 'Changed by the {}'.format(who)",
            "label = 'Written by:'",
            "label = f'{locale}: ' + 'It is changed.'",
        ],
    )
    def test_a_sentence_in_code_is_found(self, code: str) -> None:
        assert len(sentences_built(ast.parse(code))) == 1

    @pytest.mark.parametrize(
        "code",
        [
            '"""Return nothing. Or something."""',
            "MESSAGES = Messages(__name__, {'not-now': 'It is not there.'})",
            "raise RefusedError(MESSAGES('not-now', who=f'{a}#{b}'))",
            "raise ValueError('out of range')",
            "raise UnknownNameError('output format', name, FORMATS)",
            "path = f'{slug}.po'",
            "kind = 'sent back'",
            "database.execute(f'SELECT text FROM {table}')",
            "pattern = re.compile(r'It is so.')",
        ],
    )
    def test_other_texts_are_not(self, code: str) -> None:
        assert sentences_built(ast.parse(code)) == []


MOST_METHODS = 40
"""Methods and properties of a class, its own and those of its bases in transflow."""
MOST_CLASS_LINES = 300
"""Lines of a class that are not empty."""
MOST_BASES = 2
"""Bases of a class in transflow, direct or not."""


def classes() -> Iterator[type]:
    for name in MODULES:
        module_name = "transflow." + name.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
        if not module_name.endswith("__main__"):
            for each in vars(import_module(module_name.removesuffix(".__init__"))).values():
                if isinstance(each, type) and each.__module__ == module_name:
                    yield each


def own_bases(each: type) -> list[type]:
    """Return a class and its bases in transflow."""
    return [base for base in each.__mro__ if base.__module__.startswith("transflow.")]


def methods(each: type) -> set[str]:
    kinds = (FunctionType, property, staticmethod, classmethod)
    return {name for base in own_bases(each) for name, value in vars(base).items() if isinstance(value, kinds)}


class TestEveryClass:
    def test_has_few_methods_with_those_of_its_bases(self) -> None:
        counts = {f"{each.__module__}.{each.__name__}": len(methods(each)) for each in classes()}
        assert len(counts) > 200
        assert {name: number for name, number in counts.items() if number > MOST_METHODS} == {}

    def test_is_short_enough_to_read(self) -> None:
        long = {}
        for name in MODULES:
            for each in ast.walk(tree(name)):
                if isinstance(each, ast.ClassDef):
                    length = (each.end_lineno or 0) - each.lineno + 1
                    if length > MOST_CLASS_LINES:
                        long[f"{name}: {each.name}"] = length
        assert long == {}

    def test_is_composed_of_others_and_derives_from_one_line_of_bases(self) -> None:
        """No mixins: of two bases, one at most is transflow's."""
        found = {}
        for each in classes():
            direct = [base for base in each.__bases__ if base.__module__.startswith("transflow.")]
            if len(direct) > 1 or len(own_bases(each)) > MOST_BASES + 1:
                found[f"{each.__module__}.{each.__name__}"] = [base.__name__ for base in own_bases(each)]
        assert found == {}


def imports(name: str) -> set[str]:
    """Return the modules that a module imports from, and what it imports, by full names."""
    found = set()
    for each in ast.walk(tree(name)):
        if isinstance(each, ast.ImportFrom) and each.module:
            found |= {each.module, *(f"{each.module}.{alias.name}" for alias in each.names)}
        elif isinstance(each, ast.Import):
            found |= {alias.name for alias in each.names}
    return found


def calls(name: str) -> set[str]:
    return {ast.unparse(each.func) for each in ast.walk(tree(name)) if isinstance(each, ast.Call)}


def room(folder: str) -> list[str]:
    found = [name for name in MODULES if name.startswith(f"{folder}/")]
    assert found
    return found


class TestPresenters:
    def test_know_no_widget(self) -> None:
        """Styled texts and the widths of characters are all that they use of rich."""
        styles = {"rich.text", "rich.text.Text", "rich.cells"}
        for name in room("presenters"):
            screens = {each for each in imports(name) if each.partition(".")[0] in ("textual", "rich")}
            assert {each for each in screens if not each.startswith("rich.cells.")} <= styles, name

    def test_print_and_ask_nothing(self) -> None:
        assert [name for name in room("presenters") if {"print", "input"} & calls(name)] == []


class TestScreensAndPrompts:
    """One flow, shown in two ways: questions and what follows are dialogues of presenters."""

    def test_ask_what_a_dialogue_asks(self) -> None:
        questions = {"Ask", "Choose", "Agree", "Write", "SplitAt"}
        asking = {name for name in room("tui/screens") if {each.rpartition(".")[2] for each in calls(name)} & questions}
        assert asking == {"tui/screens/dialogue_runner.py"}
        prompting = {
            name
            for name in room("tui/plain")
            if {"talk.choose", "talk.agree"} & {".".join(each.split(".")[-2:]).lstrip("_") for each in calls(name)}
        }
        assert prompting == {"tui/plain/prompter.py"}

    def test_say_the_same_in_no_two_places(self) -> None:
        def phrases(folder: str) -> set[str]:
            return {
                str(each.args[0].value)
                for name in room(folder)
                for each in ast.walk(tree(name))
                if isinstance(each, ast.Call)
                and getattr(each.func, "id", "") in ("_", "count", "mark")
                and each.args
                and isinstance(each.args[0], ast.Constant)
            }

        assert phrases("tui/screens")
        assert phrases("tui/plain")
        assert phrases("tui/screens") & phrases("tui/plain") == set()

    def test_change_the_record_by_dialogues(self) -> None:
        """Screens save a text by its dialogue, and read; prompts too."""
        changing = {
            "transflow.actions.units.regroup",
            "transflow.actions.stories.article",
            "transflow.actions.stories.clearance",
            "transflow.actions.reports.intake",
        }
        for name in [*room("tui/screens"), *room("tui/plain")]:
            assert imports(name) & changing == set(), name


READERS = {"open", "read_bytes", "read_text", "write_bytes", "write_text", "FileIO", "connect", "scandir", "iterdir", "glob", "rglob",
           "listdir", "walk"}  # fmt: skip
"""Functions that open or list files, by the last part of their names."""
OWN_WAYS = {
    "project/files.py": "all files of a project are read here",
    "project/git_command.py": "git's own files, of which none is read",
    "project/locks.py": "locks, opened without following links",
    "project/kept_reports.py": "paths and stamps in .transflow, opened without following links",
    "project/git_dir.py": "git's own file, which says where the repository of a worktree is",
    "project/git_writing.py": "git's own files, beside its index",
    "project/writes.py": "the user's own queue, and the content of a file that is about to be replaced",
    "sync/clone.py": "the user's own lock",
    "sync/merging.py": "the user's own state folder",
    "sync/placing.py": "the user's own state folder, and files outside the record before they are replaced",
    "project/cache.py": "the user's own cache folder",
    "actions/privacy/drafts.py": "the user's own journals of drafts",
    "actions/agents/sessions.py": "the user's own journals of what agents changed",
    "agents/server.py": "standard input and output, and /dev/null in their place",
    "actions/privacy/holders.py": "the user's own journals of drafts",
    "actions/checks/verdict_cache.py": "the user's own database, which nobody else may write",
    "actions/checks/verdict_keys.py": "the program's own modules",
    "actions/project/keys.py": "the user's own keys",
    "actions/project/people.py": "the program's own templates",
    "actions/project/repair.py": "names of what a crash left, at the top of the project; read by files",
    "settings/editing.py": "the program's own template",
    "proof/signatures.py": "temporary files",
    "proof/signing.py": "the user's own public keys, and temporary files",
    "gazetteer/entries.py": "the program's own lists",
    "glossary/nouns.py": "the program's own list",
    "language/predicates.py": "the program's own list",
    "language/counterparts.py": "the program's own list",
    "phrases/printing.py": "the program's own phrases",
    "language/style/__init__.py": "the program's own style",
    "renderers/formatting/limits.py": "/proc, for the size of the process",
    "findings/precision.py": "the program's own measurements",
    "memory/index.py": "the user's own cache folder",
    "memory/connecting.py": "a server",
    "memory/shared.py": "a server",
    "memory/upkeep.py": "a server",
    "engines/setup/spending.py": "the user's own ledger",
    "engines/running/answers.py": "the user's own cache folder",
    "presenters/journal.py": "the user's own journals of drafts",
    "presenters/presence.py": "locked files, opened without following links",
    "presenters/i18n.py": "the program's own phrases",
    "toml_text/schema.py": "the user's own settings",
    "web/people.py": "the user's own database of sessions",
    "web/server.py": "the user's browser",
    "cli/editing.py": "a temporary file, and new files that somebody named",
    "cli/screen.py": "whether the folder is empty in which a project is offered",
    "cli/streams.py": "/dev/null, in place of closed streams",
    "cli/commands/check.py": "pairs that somebody named, or a pipe",
    "readers/base/archives.py": "members of a ZIP file in memory",
    "readers/hancom/hwp5_file.py": "streams of a compound file in memory",
}
"""Module -> the reason why it opens files by itself."""


def opens(name: str) -> bool:
    calls = [each.func for each in ast.walk(tree(name)) if isinstance(each, ast.Call)]
    screens = ("self", "super()", "self.screen")  # these open a mode
    return any(
        each.attr in READERS and ast.unparse(each.value) not in screens
        if isinstance(each, ast.Attribute)
        else getattr(each, "id", "") in READERS
        for each in calls
    )


class TestFilesOfAProject:
    def test_are_read_by_one_module_that_follows_no_link(self) -> None:
        own = {name for name in MODULES if opens(name)}
        assert own - OWN_WAYS.keys() == set()

    def test_and_every_exception_is_still_one(self) -> None:
        assert {name for name in OWN_WAYS if name not in MODULES or not opens(name)} == set()


class TestOtherPrograms:
    def test_are_run_by_one_module_that_locks_them_in(self) -> None:
        """git by `git_command.run`; the user's own editor by click."""
        runs = {"subprocess", "pty"}
        calls = {"system", "popen", "execv", "execvp", "spawnv", "posix_spawn", "startfile", "launch"}
        found = set()
        for name in MODULES:
            for each in ast.walk(tree(name)):
                if isinstance(each, ast.Import | ast.ImportFrom):
                    names = {getattr(each, "module", None) or "", *(alias.name for alias in each.names)}
                    found |= {name} if names & runs else set()
                elif (
                    isinstance(each, ast.Attribute)
                    and each.attr in calls
                    and ast.unparse(each.value) in ("os", "click")
                ):
                    found.add(name)
        assert found == {
            "project/git_command.py",
            "judges/asking/programs.py",
        }  # the second runs what the user's own file names


def fired(name: str, example: Example) -> list[Issue]:
    unit = Unit("k7f3q2mx", example.source, example.target, variant=example.variant)
    return list(checks.load(name).check(unit, CheckContext("en", **shared(example))))


def shared(example: Example) -> dict[str, Any]:
    """Return the fields of an example that a context also has."""
    return {field: getattr(example, field) for field in set(CheckContext._fields) & set(Example._fields)}


@pytest.mark.parametrize("name", checks.families())
class TestACheck:
    def test_is_documented(self, name: str) -> None:
        assert (checks.load(name).__doc__ or "").strip()

    def test_has_examples_of_both_kinds(self, name: str) -> None:
        assert checks.load(name).PASSING
        assert checks.load(name).FAILING

    def test_has_messages_under_its_own_ids(self, name: str) -> None:
        known = {*checks.load(name).IDS, name}
        keys = vars(checks.load(name)).get("MESSAGES", {})
        assert {key.partition("/")[0] for key in keys} <= known

    def test_is_quiet_on_what_passes(self, name: str) -> None:
        assert [(example, fired(name, example)) for example in checks.load(name).PASSING if fired(name, example)] == []

    def test_fires_on_what_fails_and_points_at_it(self, name: str) -> None:
        for example in checks.load(name).FAILING:
            issues = fired(name, example)
            assert issues, example
            spans = [issue.target_span for issue in issues if issue.target_span]
            pointed = [example.target[start:end] for start, end in spans]
            assert not example.at or example.at in pointed, (example, pointed)
            meant = [issue for issue in issues if not example.id or issue.check == example.id]
            assert meant, (example, issues)
            assert not example.fix or example.fix in [issue.fix for issue in meant], (example, meant)

    def test_says_what_is_wrong_under_its_own_name(self, name: str) -> None:
        for example in checks.load(name).FAILING:
            for issue in fired(name, example):
                assert issue.check.partition(".")[0] == name
                assert issue.message.strip().endswith((".", "?", "”"))
                assert isinstance(issue.message, Message)
                assert issue.fix != example.target

    def test_is_not_asked_about_what_has_no_text_or_is_left_out(self, name: str) -> None:
        for example in checks.load(name).FAILING:
            assert checks.run(Unit("k7f3q2mx", example.source), CheckContext("en")) == []


@pytest.mark.parametrize("name", story_checks.names())
class TestACheckOfStories:
    def test_is_documented_and_has_an_example_of_each_id(self, name: str) -> None:
        check = story_checks.load(name)
        assert (check.__doc__ or "").strip()
        assert check.PASSING
        assert {each.id for each in check.FAILING} == set(check.IDS)
        assert all(each.startswith("story.") for each in check.IDS)

    def test_is_quiet_on_what_passes(self, name: str) -> None:
        check = story_checks.load(name)
        assert [(each, found) for each in check.PASSING if (found := list(check.check(each.story)))] == []

    def test_fires_on_what_fails(self, name: str) -> None:
        check = story_checks.load(name)
        for each in check.FAILING:
            found = list(check.check(each.story))
            assert each.id in {told.check for told in found}, (each, found)
            assert all(told.message.endswith(".") for told in found)
            assert all(isinstance(told.message, Message) for told in found)


@pytest.mark.parametrize("name", renderers.names())
class TestARenderer:
    def test_is_documented_and_has_a_suffix(self, name: str) -> None:
        assert (renderers.load(name).__doc__ or "").strip()
        assert renderers.load(name).SUFFIX.startswith(".")

    def test_writes_a_file_of_its_own(self, name: str) -> None:
        suffixes = [renderers.load(each).SUFFIX for each in renderers.names()]
        assert suffixes.count(renderers.load(name).SUFFIX) == 1


@pytest.mark.parametrize("name", engines.names())
class TestAnEngine:
    def test_is_documented(self, name: str) -> None:
        assert (engines.load(name).__doc__ or "").strip()

    def test_offers_what_an_engine_has(self, name: str) -> None:
        engine = engines.load(name)
        assert [field for field in engines.Engine.__annotations__ if not hasattr(engine, field)] == []
        assert engine.LIMITS.items >= 1
        assert engine.IN_PROCESS or engine.URL.startswith("https://") or not engine.URL

    def test_opens_no_socket_of_its_own(self, name: str) -> None:
        imported = {
            word
            for each in ast.walk(tree(f"engines/{name}.py"))
            if isinstance(each, ast.Import | ast.ImportFrom)
            for word in ([each.module or ""] if isinstance(each, ast.ImportFrom) else [a.name for a in each.names])
        }
        assert {word.partition(".")[0] for word in imported} & {"requests", "urllib3", "http", "socket"} == set()


def test_one_module_opens_the_sockets_of_engines_and_one_those_of_pages() -> None:
    users = [name for name in MODULES if "import requests" in MODULES[name].read_text()]
    assert sorted(users) == ["network/pages.py", "network/sending.py"]
