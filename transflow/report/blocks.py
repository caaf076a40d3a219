"""Markdown to blocks.

Invariant: the text of a block is a slice of the source on one line, its inline Markdown verbatim. Block syntax is
taken away, and so is a guard: a backslash whose only work is to keep a line from being a heading, a list item or the
like. As inline Markdown the text means the same without it, and translators see no backslash.

Markdown is CommonMark and tables; raw HTML is text, and so is a line that is an item of a list to CommonMark alone
(`lists`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from transflow.model.issue import Issue
from transflow.model.report import Block
from transflow.model.unit import Kind
from transflow.report.guards import unguarded
from transflow.report.lists import notes, read_texts
from transflow.text import one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

CHECK = "markdown"
"""What the issues found here are called."""

_DEEPEST = 100
"""Open blocks around a text; markdown-it drops what is deeper, to be safe from recursion."""

_MOST_EMPHASIS = 3
"""Layers of emphasis around a caption: no text has more, and each costs a look at the whole."""

_HARD_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\\n")
_SURROGATE = re.compile("[\ud800-\udfff]")
_PIPE = re.compile(r"(?<!\\)\|")
_LABEL = re.compile(r"\[([^\[\]]+)\](?!:)")
_WORDS = re.compile(r"\S\s+\S|[^\x00-\x7f]")
"""More than a word of ASCII: no name of a language of code."""
_CLOSING = re.compile(r"[^#\s]\s+(#+)\s*$")
_ROW_PREFIX = re.compile(r"[\s>]*\|?")


class _Leaf(NamedTuple):
    """A piece of inline Markdown, what it stands in, and its line, counted from 0."""

    enclosing: tuple[str, ...]
    content: str
    line: int


def markdown_blocks(text: str, first_line: int = 1) -> tuple[list[Block], list[Issue]]:
    """The blocks of a Markdown text in order, and what of it is in no block though it may be meant to be read.

    `first_line` is the 1-based line of the file on which the text begins. Variants: "numbered" for an item of an
    ordered list; in a table, "head row" and "row" for the first cell with text in the header row and in another row.
    An image alone in its paragraph gives a caption for its alternative text and one for its title.
    """
    environment: dict[str, Any] = {}
    source = _parsable(text)
    tokens = _parser().parse(source, environment)
    blocks = [block._replace(line=block.line + first_line) for block in _blocks(tokens, environment)]
    lines = source.split("\n")
    found = [*_unread(tokens, lines), *_definitions(environment, source), *_surplus_cells(tokens, lines)]
    found += [Issue(CHECK, "hint", message, line=line) for line, message in notes(environment).items()]
    issues = [issue._replace(line=issue.line + first_line) for issue in found]
    return blocks, sorted(issues, key=lambda issue: issue.line)


def begins_with_title(text: str) -> bool:
    """Whether a Markdown text begins with a heading of the first level that has text."""
    tokens = _parser().parse(_parsable(text))
    return bool(tokens) and tokens[0].tag == "h1" and bool(tokens[1].content.strip())


def _parsable(text: str) -> str:
    """Any string, so that markdown-it neither fails on it nor counts its lines otherwise."""
    return _SURROGATE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def reads_as_before(text: str) -> bool:
    """Whether the first version of this reader, which knew no lines that are text in spite of CommonMark, reads the same."""
    source = _parsable(text)
    environments: tuple[dict[str, Any], ...] = ({}, {})
    before, now = (
        [*_blocks(_parser(texts).parse(source, environment), environment)]
        for texts, environment in zip((False, True), environments, strict=True)
    )
    return before == now


@cache
def _parser(texts: bool = True) -> MarkdownIt:
    """A parser of block structure only: most texts need no look at their inline structure (see `_inline`)."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": _DEEPEST}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    if texts:
        read_texts(parser)
    return parser


def _inline(content: str, environment: MutableMapping[str, Any]) -> list[Token]:
    """The inline tokens of a text that are not empty."""
    tokens = _parser().inline.parse(content, _parser(), environment, [])
    return [token for token in tokens if token.type != "text" or token.content.strip()]


def _leaves(tokens: list[Token]) -> Iterator[_Leaf]:
    enclosing: list[str] = []
    for token in tokens:
        if token.nesting > 0:
            enclosing.append(token.type.removesuffix("_open"))
        elif token.nesting < 0:
            enclosing.pop()
        elif token.type == "inline":
            yield _Leaf(tuple(enclosing), token.content, token.map[0] if token.map else 0)


def _blocks(tokens: list[Token], environment: MutableMapping[str, Any]) -> Iterator[Block]:
    """The blocks, their lines counted from 0."""
    row = -1
    after_image = False
    for leaf in _leaves(tokens):
        parent = leaf.enclosing[-1]
        if parent in ("th", "td"):
            variant = "" if leaf.line == row else "head row" if parent == "th" else "row"
            found, after_image = [Block("table cell", one_line(leaf.content), variant)], False
            row = leaf.line if found[0].text else row
        elif parent == "heading":
            found, after_image = [Block("subhead", _text(leaf.content, environment))], False
        else:
            found, after_image = _paragraph(leaf, after_image, environment)
        yield from (block._replace(line=leaf.line) for block in found if block.text)


def _paragraph(leaf: _Leaf, after_image: bool, environment: MutableMapping[str, Any]) -> tuple[list[Block], bool]:
    """The blocks that a paragraph is, and whether it ends with an image: what is emphasised below one is a caption."""
    images, rest = _parted(leaf.content, environment)
    blocks = [Block("caption", caption) for caption in _captions(images, environment)]
    if not rest:
        return blocks, True
    if (after_image or images) and (caption := _emphasised(rest, environment)):
        return [*blocks, Block("caption", one_line(caption))], False
    kind, variant = _kind(leaf.enclosing)
    return [Block(kind, _text(rest, environment), variant)], False


def _kind(enclosing: tuple[str, ...]) -> tuple[Kind, str]:
    """Kind and variant of a paragraph, by the innermost list or quote around it."""
    for around in reversed(enclosing):
        if around == "ordered_list":
            return "list item", "numbered"
        if around == "bullet_list":
            return "list item", ""
        if around == "blockquote":
            return "quote", ""
    return "paragraph", ""


def _text(content: str, environment: MutableMapping[str, Any]) -> str:
    r"""The text on one line. A backslash at the end of a line is a line break, if it is none in code."""
    if "\\\n" in content and any(token.type == "hardbreak" for token in _inline(content, environment)):
        content = _HARD_BREAK.sub(r"\1 ", content)
    return unguarded(one_line(content))


def _parted(content: str, environment: MutableMapping[str, Any]) -> tuple[str, str]:
    """A paragraph's images and the rest: all images, or no image, or lines of images above emphasised text."""
    if "![" not in content:
        return "", content
    if _is_images(content, environment):
        return content, ""
    lines = content.split("\n")
    count = next((n for n, line in enumerate(lines) if line.startswith(("*", "_"))), 0)
    images, rest = "\n".join(lines[:count]), "\n".join(lines[count:])
    if images and _is_images(images, environment) and _emphasised(rest, environment):
        return images, rest
    return "", content


def _is_images(content: str, environment: MutableMapping[str, Any]) -> bool:
    """Whether there is nothing in a text but images, linked ones too."""
    kinds = {token.type for token in _inline(content, environment)}
    return "image" in kinds and kinds <= {"image", "link_open", "link_close", "softbreak", "hardbreak"}


def _captions(images: str, environment: MutableMapping[str, Any]) -> Iterator[str]:
    if not images:
        return
    for token in _inline(images, environment):
        if token.type == "image":
            yield from dict.fromkeys((one_line(token.content), one_line(str(token.attrs.get("title", "")))))


def _emphasised(text: str, environment: MutableMapping[str, Any]) -> str:
    """What is emphasised, if that is all of a text; else an empty text."""
    inside = text.strip()
    for _ in range(_MOST_EMPHASIS):
        if markup := _outer_markup(inside, environment):
            inside = inside[len(markup) : -len(markup)]
    return "" if inside == text.strip() else inside


def _outer_markup(text: str, environment: MutableMapping[str, Any]) -> str:
    """The asterisks or underscores that emphasise the whole of a text, or an empty text."""
    if text[:1] not in ("*", "_"):
        return ""
    tokens = _inline(text, environment)
    if len(tokens) < 3 or tokens[0].type not in ("em_open", "strong_open"):
        return ""
    closes_last = tokens[-1].nesting < 0 and all(token.level for token in tokens[1:-1])
    return tokens[0].markup if closes_last else ""


def _unread(tokens: list[Token], lines: list[str]) -> Iterator[Issue]:
    """Issues, their lines counted from 0, for text that is taken for code or for marks, or nested too deep."""
    for token in tokens:
        first, end = token.map or (0, 0)
        if token.type == "heading_open" and (message := _doubtful_heading(lines[first:end], token.markup)):
            yield Issue(CHECK, "hint", message, line=first)
        elif token.type == "code_block":
            message = "A line indented by four spaces is code, and no sentence. If it is text, take the indent away."
            yield Issue(CHECK, "warning", message, line=first)
        elif token.type == "fence" and (end - first < 2 or not lines[end - 1].rstrip().endswith(token.markup)):
            message = f"From this {token.markup} on all is code, and no sentence: there is no second one to end it."
            yield Issue(CHECK, "warning", message, line=first)
        elif token.type == "fence" and _WORDS.search(token.info):
            message = f"“{token.info.strip()}” behind {token.markup} names a language of code, and is not read."
            yield Issue(CHECK, "warning", message, line=first)
    if deep := next((token for token in tokens if token.level >= _DEEPEST - 1), None):
        message = "Lists and quotes are nested so deep here that text is not read. Nest them less."
        yield Issue(CHECK, "error", message, line=deep.map[0] if deep.map else 0)


def _doubtful_heading(lines: list[str], markup: str) -> str:
    """What to say of a heading whose marks may be meant to be read."""
    if markup in ("-", "="):
        under = lines[-1].strip(" \t>")
        return f"“{under}” makes a heading of the text above it, and is not read." if len(under) < 3 else ""
    closing = _CLOSING.search(lines[0])
    return f"“{closing[1]}” at the end of the heading is not read." if closing and closing[1] != markup else ""


def _definitions(environment: dict[str, Any], source: str) -> Iterator[Issue]:
    """Issues, their lines counted from 0, for `[속보]: 김정은`, which is a link definition in Markdown."""
    used = {one_line(label).lower().upper() for label in _LABEL.findall(source)}  # as markdown-it folds labels
    for label, definition in environment.get("references", {}).items():
        if label in used:
            message = f"The address of the link [{label}] stands apart; stories lose it. Write [text](address)."
            yield Issue(CHECK, "hint", message, line=definition["map"][0])
        else:
            message = f"“[{label}]: …” defines a link that is nowhere used. If it is text, write \\[{label}]: …"
            yield Issue(CHECK, "warning", message, line=definition["map"][0])
    for definition in environment.get("duplicate_refs", ()):
        message = f"“[{definition['label']}]: …” defines a link a second time, and is not read."
        yield Issue(CHECK, "warning", message, line=definition["map"][0])


def _surplus_cells(tokens: list[Token], lines: list[str]) -> Iterator[Issue]:
    """Issues, their lines counted from 0, for cells beyond the columns of a table's header, which Markdown drops."""
    columns = 0
    for token in tokens:
        if token.type == "thead_open":
            columns = 0
        elif token.type == "th_open":
            columns += 1
        elif token.type == "tr_open" and columns and token.map:
            row = _ROW_PREFIX.sub("", lines[token.map[0]], count=1)
            if any(cell.strip() for cell in _PIPE.split(row)[columns:]):
                message = "This row of the table has more cells than its header; what is in them is not read."
                yield Issue(CHECK, "warning", message, line=token.map[0])
