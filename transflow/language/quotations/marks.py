"""Values that both languages' readers of quotations return."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

QuotationT = TypeVar("QuotationT")


class UnpairedMark(NamedTuple):
    """A double mark without a partner."""

    offset: int
    opens: bool
    certain: bool = True
    """False if the mark may be another sign: an apostrophe written as a double mark."""


class Quotations(NamedTuple, Generic[QuotationT]):
    """The quotations of a text."""

    quotations: tuple[QuotationT, ...]
    unpaired: tuple[UnpairedMark, ...]
    words_outside: int


def words(text: str) -> int:
    return len(text.split())
