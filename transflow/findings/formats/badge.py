"""SVG badge with the result, for a README or a dashboard."""

from __future__ import annotations

from transflow.findings import Verdict

_LABEL = "transflow"
_CHARACTER_WIDTH = 7
"""Approximate width of a character in pixels; `textLength` fits the text to it."""


def render(verdict: Verdict) -> str:
    result, colour = _result(verdict)
    left, right = (_CHARACTER_WIDTH * len(text) + 10 for text in (_LABEL, result))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{left + right}" height="20" role="img"'
        f' aria-label="{_LABEL}: {result}">\n'
        f"<title>{_LABEL}: {result}</title>\n"
        f'<rect width="{left}" height="20" fill="#555"/><rect x="{left}" width="{right}" height="20" fill="{colour}"/>\n'
        '<g fill="#fff" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11" text-anchor="middle">\n'
        f'<text x="{left / 2:g}" y="14" textLength="{left - 10}">{_LABEL}</text>'
        f'<text x="{left + right / 2:g}" y="14" textLength="{right - 10}">{result}</text>\n'
        "</g>\n</svg>\n"
    )


def _result(verdict: Verdict) -> tuple[str, str]:
    if verdict.unreadable:
        return "unreadable", "#9f1d20"
    if not verdict.catalogs and not verdict.issues:
        return "nothing ready", "#777"
    failing = sum(map(verdict.fails, verdict.issues))
    if failing:
        return f"{failing} to mend", "#c4302b"
    warnings = verdict.count("warning")
    return (f"{warnings} to look at", "#8a6100") if warnings else ("passed", "#2e7d32")
