"""House style: the newsroom's choice among correct spellings and wordings, by kind of block.

The rules are data, one file for each language; English has the conventions of American news
agencies. A project switches rules off and adds its own under `[style]` in transflow.toml. Each rule
is a check with the id `style.ID`. Verbatim quotations of documents are not exempt and need a
waiver.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from transflow.checks import CheckContext, Example
from transflow.language.style import default_rules, locales
from transflow.messages import Messages
from transflow.model.issue import Issue, Severity
from transflow.model.unit import Unit

FIXES = True
IDS: Mapping[str, Severity] = {
    f"style.{rule.id}": rule.severity for locale in locales() for rule in default_rules(locale)
}
MESSAGES = Messages(
    __name__, {f"style.{rule.id}": rule.message for locale in locales() for rule in default_rules(locale)}
)
"""Messages of the bundled rules, for their translation."""
PASSING = tuple(
    Example("가.", rule.right, kind=rule.kinds[0] if rule.kinds else "paragraph")
    for rule in default_rules("en")
    if rule.right
)
FAILING = tuple(
    Example(
        "가.",
        rule.wrong,
        id=f"style.{rule.id}",
        fix=rule.right if rule.words or rule.replace is not None else "",
        kind=rule.kinds[0] if rule.kinds else "paragraph",
    )
    for rule in default_rules("en")
)


def check(unit: Unit, context: CheckContext) -> Iterator[Issue]:
    text = unit.target
    for rule in context.style.rules_for(context.locale):
        for found in rule.find(text, context.kind):
            start, end = found.span
            fixed = None if found.right is None else text[:start] + _joined(found.right, text[end:])
            yield Issue(f"style.{rule.id}", rule.severity, rule.describe(found), None, found.span, fixed)


def _joined(right: str, rest: str) -> str:
    """Join a replacement with the rest of the text.

    At the end of a sentence “U.N.” and “p.m.” share its full stop.
    """
    return (
        right + rest[1:] if right.endswith(".") and rest.startswith(".") and not rest.startswith("..") else right + rest
    )
