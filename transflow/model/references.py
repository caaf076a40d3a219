"""References to catalogs and units, as people type them: `[locale:]slug[#selector]`.

Invariant: every reference that is printed is made here, and `transflow.actions.refs` reads it back.
"""


def reference(slug: str, selector: object = "", locale: str = "") -> str:
    """Return a reference: `un-letter`, `un-letter#3-5`, `vi:un-letter#k7f3q2mx`.

    `selector` is a position, an id, or what `format_positions` returns; empty for all units.
    `locale` is left out if it is empty.
    """
    name = f"{locale}:{slug}" if locale else slug
    return f"{name}#{selector}" if selector != "" else name
