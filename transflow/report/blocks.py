"""Markdown to blocks.

Invariant: the text of a block is a slice of the source, on one line, with its inline Markdown
verbatim and HTML as Markdown. Block syntax is removed, and so are guards: backslashes whose only
purpose is to keep a line from being a heading, a list item, a tag or the like. As inline Markdown
the text means the same without them, and translators see no backslash.

The dialect is CommonMark with tables. Comments are no text (see `comments`), nor are lines of
template tags (see `templates`). HTML is read as the Markdown that it means (see `html`), and lines
that only CommonMark takes for list items are text (see `lists`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any

from transflow.messages import NOTHING, Message, Messages
from transflow.model import cues
from transflow.model.issue import Issue, Location
from transflow.model.report import Block
from transflow.model.unit import Kind
from transflow.report.comments import without_comments
from transflow.report.definitions import add_definition_rule
from transflow.report.guards import unguarded, without_escaped_tags
from transflow.report.html import NAMED, HtmlBlocks, Leaf, alignment, has_html, inline, tags
from transflow.report.lists import add_list_rules, notes
from transflow.report.templates import without_templates
from transflow.text import one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CHECK = "markdown"
"""Name of the issues reported here."""

MESSAGES = Messages(
    __name__,
    {
        "indented": "A line indented by four spaces is code, and no sentence. If it is text, take the indent away.",
        "unclosed": "From this {markup} on all is code, and no sentence: there is no second one to end it.",
        "code-language": "“{text}” behind {markup} names a language of code, and is not read.",
        "deep": "Lists and quotes are nested so deep here that text is not read. Nest them less.",
        "underline": "“{underline}” makes a heading of the text above it, and is not read.",
        "closing": "“{marks}” at the end of the heading is not read.",
        "link-apart": "The address of the link [{label}] stands apart; stories lose it. Write [text](address).",
        "unused-link": "“[{label}]: …” defines a link that is nowhere used. If it is text, write \\[{label}]: …",
        "second-link": "“[{label}]: …” defines a link a second time, and is not read.",
        "fenced": "What stands between these {markup} lines is code, and no sentence. If it is text, take the lines away.",
        "html": "HTML is read as Markdown here and below: {tags}.",
        "html-unread": "The HTML element <{tag}> is not read as such: of most such elements the text is kept, and nothing of "
        "scripts, players and forms. Write what it shows in Markdown, if it is to be translated.",
        "cells": "This row of the table has more cells than its header; what is in them is not read.",
    },
)

_DEEPEST = 100
"""Open blocks around a text; markdown-it drops deeper ones, to limit its recursion."""

_MOST_EMPHASIS = 3
"""Layers of emphasis around a caption: real texts have no more, and each costs a parse of the
whole.
"""

_CUE = re.compile(rf"\[({cues.VARIANT.pattern})\] (\S.*)")
_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PIPE = re.compile(r"(?<!\\)\|")
_LABEL = re.compile(r"\[([^\[\]]+)\](?!:)")
_WORDS = re.compile(r"\S\s+\S|[^\x00-\x7f]")
"""More than one ASCII word, so not the name of a programming language."""
_CLOSING_TAG = re.compile(r"</([A-Za-z][A-Za-z0-9]*)\s*>")
_CLOSING = re.compile(r"[^#\s]\s+(#+)\s*$")
_ROW_PREFIX = re.compile(r"[\s>]*\|?")


def markdown_blocks(text: str, first_line: int = 1) -> tuple[list[Block], list[Issue]]:
    """Return the blocks of a Markdown text in order, and issues for possible text outside of them.

    `first_line` is the 1-based line of the file on which the text begins. Variants: "numbered" for
    an item of an ordered list; in a table, "head row" and "row" for the first cell with text in the
    header row and in another row, "right" and "center" for columns that are aligned so.
    An image alone in its paragraph yields a caption for its alternative text and one for its title.
    """
    environment: dict[str, Any] = {}
    source, issues = _markdown_of(text)
    tokens = _parser().parse(source, environment)
    blocks = [block._replace(line=block.line + first_line) for block in _blocks(tokens, environment)]
    lines = source.split("\n")
    found = [
        *issues,
        *_html_issues(tokens),
        *_unread_text_issues(tokens, lines),
        *_definition_issues(environment, source),
        *_surplus_cell_issues(tokens, lines),
    ]
    found += [
        Issue(CHECK, "hint", message, location=Location(line=line)) for line, message in notes(environment).items()
    ]
    issues = [issue.at(Location(line=issue.location.line + first_line)) for issue in found]
    return blocks, sorted(issues, key=lambda issue: issue.location.line)


def begins_with_title(text: str) -> bool:
    """True if a Markdown text begins with a first-level heading that has text."""
    tokens = _parser().parse(_markdown_of(text)[0])
    return bool(tokens) and tokens[0].tag == "h1" and bool(tokens[1].content.strip())


def _markdown_of(text: str) -> tuple[str, list[Issue]]:
    """Return a text without what is no text to Markdown, and issues, with 0-based lines, for it."""
    source, comments = without_comments(_parsable(text))
    source, templates = without_templates(source)
    return source, [*comments, *templates]


def _parsable(text: str) -> str:
    """Return a text that markdown-it can parse without failing, and whose lines it counts as we
    do.
    """
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def parses_as_first_version(text: str) -> bool:
    """True if the first version of this parser, to which HTML was text, gives the same blocks."""
    environment: dict[str, Any] = {}
    tokens = _parser(is_first=True).parse(_parsable(text), environment)
    before = [*_blocks(tokens, environment, is_first=True)]
    now, _ = markdown_blocks(text, 0)
    return before == now


@cache
def _parser(is_first: bool = False) -> MarkdownIt:
    """Return a parser of block structure only: most texts do not need their inline structure.

    The first version has no rules for lines of lists, and HTML is text. Loads markdown-it.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": not is_first, "maxNesting": _DEEPEST}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    if not is_first:
        add_list_rules(parser)
        add_definition_rule(parser)
    return parser


def _inline(content: str, environment: MutableMapping[str, Any]) -> list[Token]:
    """Return the non-empty inline tokens of a text."""
    tokens = _parser().inline.parse(content, _parser(), environment, [])
    return [token for token in tokens if token.type != "text" or token.content.strip()]


def _leaves(tokens: list[Token], is_first: bool) -> Iterator[Leaf]:
    enclosing: list[str] = []
    align = ""
    html = HtmlBlocks()
    closed = _closed_later(tokens)
    for index, token in enumerate(tokens):
        line = token.map[0] if token.map else 0
        if token.nesting > 0:
            enclosing.append(token.type.removesuffix("_open"))
            align = "" if is_first else alignment(str(token.attrs.get("style", "")))
        elif token.nesting < 0:
            enclosing.pop()
        elif token.type == "html_block":
            for leaf in html.leaves(token.content, line):
                yield leaf._replace(enclosing=(*enclosing, *leaf.enclosing))
            html.forget(closed.get(index, frozenset()))
        elif token.type == "inline" and (is_first or not has_html(token.content)):
            yield Leaf((*html.enclosing, *enclosing), token.content, line, line, align)
        elif token.type == "inline":
            texts = inline(token.content)
            texts = texts if enclosing[-1] == "paragraph" else [" ".join(texts)]
            yield from (Leaf((*html.enclosing, *enclosing), text, line, line, align) for text in texts)


def _closed_later(tokens: list[Token]) -> dict[int, frozenset[str]]:
    """Return the index of each HTML block -> the elements that a later one closes."""
    found: dict[int, frozenset[str]] = {}
    later: frozenset[str] = frozenset()
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index].type == "html_block":
            found[index] = later
            later |= {name.lower() for name in _CLOSING_TAG.findall(tokens[index].content)}
    return found


def _blocks(tokens: list[Token], environment: MutableMapping[str, Any], is_first: bool = False) -> Iterator[Block]:
    """Yield the blocks, with 0-based lines."""
    row = None
    after_image = False
    for leaf in _leaves(tokens, is_first):
        parent = leaf.enclosing[-1]
        if parent in ("th", "td"):
            place = "" if leaf.row == row else "head row" if parent == "th" else "row"
            variant = ", ".join(filter(None, (place, leaf.align)))
            found, after_image = [Block("table cell", one_line(leaf.content), variant)], False
            row = leaf.row if found[0].text else row
        elif parent == "heading":
            found, after_image = [Block("subhead", _text(leaf.content, environment))], False
        elif "caption" in leaf.enclosing:
            found, after_image = [Block("caption", _text(leaf.content, environment))], False
        else:
            found, after_image = _paragraph(leaf, after_image, environment)
        for block in found:
            if text := block.text if is_first else without_escaped_tags(block.text):
                whole = block._replace(text=text, line=leaf.line)
                yield whole if is_first else _as_cue(whole)


def _as_cue(block: Block) -> Block:
    """Return a paragraph that begins with the times of subtitles as a cue."""
    if block.kind != "paragraph" or " --> " not in block.text:
        return block
    found = _CUE.fullmatch(block.text)
    return block._replace(kind="cue", text=found[2], variant=found[1]) if found else block


def _paragraph(leaf: Leaf, after_image: bool, environment: MutableMapping[str, Any]) -> tuple[list[Block], bool]:
    """Return the blocks of a paragraph, and whether it ends with an image.

    Emphasised text directly below an image is a caption.
    """
    images, rest = _split_images(leaf.content, environment)
    blocks = [Block("caption", caption) for caption in _captions(images, environment)]
    if not rest:
        return blocks, True
    if (after_image or images) and (caption := _emphasised_text(rest, environment)):
        return [*blocks, Block("caption", one_line(caption))], False
    kind, variant = _kind(leaf.enclosing)
    return [Block(kind, _text(rest, environment), variant)], False


def _kind(enclosing: tuple[str, ...]) -> tuple[Kind, str]:
    """Return kind and variant of a paragraph, by the innermost list or quote around it."""
    for block_type in reversed(enclosing):
        if block_type == "ordered_list":
            return "list item", "numbered"
        if block_type == "bullet_list":
            return "list item", ""
        if block_type == "blockquote":
            return "quote", ""
    return "paragraph", ""


def _text(content: str, environment: MutableMapping[str, Any]) -> str:
    r"""Return the text on one line. A backslash at a line end is a line break, except in code."""
    if "\\\n" in content and any(token.type == "hardbreak" for token in _inline(content, environment)):
        content = _HARD_BREAK.sub(r"\1 ", content)
    return unguarded(one_line(content))


def _split_images(content: str, environment: MutableMapping[str, Any]) -> tuple[str, str]:
    """Split a paragraph into images and the rest.

    It is all images, or has none, or consists of lines of images above emphasised text.
    """
    if "![" not in content:
        return "", content
    if _is_images(content, environment):
        return content, ""
    lines = content.split("\n")
    count = next((n for n, line in enumerate(lines) if line.startswith(("*", "_"))), 0)
    images, rest = "\n".join(lines[:count]), "\n".join(lines[count:])
    if images and _is_images(images, environment) and _emphasised_text(rest, environment):
        return images, rest
    return "", content


def _is_images(content: str, environment: MutableMapping[str, Any]) -> bool:
    """True if a text consists of images only, linked or not."""
    kinds = {token.type for token in _inline(content, environment)}
    return "image" in kinds and kinds <= {"image", "link_open", "link_close", "softbreak", "hardbreak"}


def _captions(images: str, environment: MutableMapping[str, Any]) -> Iterator[str]:
    if not images:
        return
    for token in _inline(images, environment):
        if token.type == "image":
            yield from dict.fromkeys((one_line(token.content), one_line(str(token.attrs.get("title", "")))))


def _emphasised_text(text: str, environment: MutableMapping[str, Any]) -> str:
    """Return the emphasised text if all of a text is emphasised; else an empty string."""
    inside = text.strip()
    for _ in range(_MOST_EMPHASIS):
        if markup := _outer_markup(inside, environment):
            inside = inside[len(markup) : -len(markup)]
    return "" if inside == text.strip() else inside


def _outer_markup(text: str, environment: MutableMapping[str, Any]) -> str:
    """Return the asterisks or underscores that emphasise a whole text, or an empty string."""
    if text[:1] not in ("*", "_"):
        return ""
    tokens = _inline(text, environment)
    if len(tokens) < 3 or tokens[0].type not in ("em_open", "strong_open"):
        return ""
    closes_last = tokens[-1].nesting < 0 and all(token.level for token in tokens[1:-1])
    return tokens[0].markup if closes_last else ""


def _html_issues(tokens: list[Token]) -> Iterator[Issue]:
    """Yield issues, with 0-based lines, for HTML that is read as Markdown, and that is not."""
    read: dict[str, int] = {}
    for token in tokens:
        if token.type not in ("inline", "html_block") or "<" not in token.content:
            continue
        for name, offset in tags(token.content):
            line = (token.map[0] if token.map else 0) + offset
            if name in NAMED:
                yield Issue(CHECK, "warning", MESSAGES("html-unread", tag=name), location=Location(line=line))
            else:
                read.setdefault(name, line)
    if read:
        yield Issue(
            CHECK, "hint", MESSAGES("html", tags=", ".join(sorted(read))), location=Location(line=min(read.values()))
        )


def _unread_text_issues(tokens: list[Token], lines: list[str]) -> Iterator[Issue]:
    """Yield issues, with 0-based lines, for text that is read as code or markup, or nested too
    deep.
    """
    for token in tokens:
        first, end = token.map or (0, 0)
        if token.type == "heading_open" and (message := _heading_message(lines[first:end], token.markup)):
            yield Issue(CHECK, "hint", message, location=Location(line=first))
        elif token.type == "code_block":
            yield Issue(CHECK, "warning", MESSAGES("indented"), location=Location(line=first))
        elif token.type == "fence" and (end - first < 2 or not lines[end - 1].rstrip().endswith(token.markup)):
            yield Issue(CHECK, "warning", MESSAGES("unclosed", markup=token.markup), location=Location(line=first))
        elif token.type == "fence" and not _WORDS.search(token.info) and token.content.strip():
            yield Issue(CHECK, "warning", MESSAGES("fenced", markup=token.markup), location=Location(line=first))
        elif token.type == "fence" and _WORDS.search(token.info):
            message = MESSAGES("code-language", text=token.info.strip(), markup=token.markup)
            yield Issue(CHECK, "warning", message, location=Location(line=first))
    if too_deep := next((token for token in tokens if token.level >= _DEEPEST - 1), None):
        yield Issue(CHECK, "error", MESSAGES("deep"), location=Location(line=too_deep.map[0] if too_deep.map else 0))


def _heading_message(lines: list[str], markup: str) -> Message:
    """Return the message for a heading whose markup may be meant as text."""
    if markup in ("-", "="):
        underline = lines[-1].strip(" \t>")
        return MESSAGES("underline", underline=underline) if len(underline) < 3 else NOTHING
    closing = _CLOSING.search(lines[0])
    return MESSAGES("closing", marks=closing[1]) if closing and closing[1] != markup else NOTHING


def _definition_issues(environment: dict[str, Any], source: str) -> Iterator[Issue]:
    """Yield issues, with 0-based lines, for text such as `[속보]: 김정은`, a link definition in
    Markdown.
    """
    # markdown-it folds labels like this
    used = {one_line(label).lower().upper() for label in _LABEL.findall(source)}
    for label, definition in environment.get("references", {}).items():
        if label in used:
            yield Issue(
                CHECK, "hint", MESSAGES("link-apart", label=label), location=Location(line=definition["map"][0])
            )
        else:
            yield Issue(
                CHECK, "warning", MESSAGES("unused-link", label=label), location=Location(line=definition["map"][0])
            )
    for definition in environment.get("duplicate_refs", ()):
        message = MESSAGES("second-link", label=definition["label"])
        yield Issue(CHECK, "warning", message, location=Location(line=definition["map"][0]))


def _surplus_cell_issues(tokens: list[Token], lines: list[str]) -> Iterator[Issue]:
    """Yield issues, with 0-based lines, for cells beyond the table's header, which Markdown
    drops.
    """
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            row = _ROW_PREFIX.sub("", lines[token.map[0]], count=1)
            if any(cell.strip() for cell in _PIPE.split(row)[columns:]):
                yield Issue(CHECK, "warning", MESSAGES("cells"), location=Location(line=token.map[0]))
