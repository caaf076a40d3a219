"""Times on the clocks of a newsroom and of a person who works elsewhere.

Invariant: a text of two clocks names the zone of each, as at that time of the year.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta, timezone, tzinfo

from transflow import timezones


def on_clocks(time: str, zones: Sequence[str], form: str = "%Y-%m-%d %H:%M") -> str:
    """Return a UTC time on the clocks of several zones: `2026-03-08 18:00 KST / 04:00 EST`.

    The first zone has the day, and later ones have it if it is another. Zones whose clocks show the
    same are one, and a single one is not named. A time that is not valid stays as it is.
    """
    try:
        moment = datetime.fromisoformat(time)
        moments = [moment.astimezone(timezones.zone(name)) for name in dict.fromkeys(zones)]
    except (ValueError, OverflowError):
        return time
    distinct = list({each.utcoffset(): each for each in reversed(moments)}.values())[::-1]
    if len(distinct) == 1:
        return distinct[0].strftime(form)
    first, *others = distinct
    texts = [first.strftime(f"{form} %Z")]
    texts += [each.strftime("%H:%M %Z" if each.date() == first.date() else "%m-%d %H:%M %Z") for each in others]
    return " / ".join(texts)


def named_zone(name: str, zones: Sequence[str], now: datetime) -> tzinfo | None:
    """Return the zone that a person names, in any case; None for an unknown one.

    That is an IANA name, the city in one, or an abbreviation that one of `zones` has in summer or
    in winter: EST is five hours behind UTC also on a day in July.
    """
    wanted = name.casefold()
    for each in zones:
        if wanted in (each.casefold(), each.rpartition("/")[2].casefold()):
            return timezones.zone(each)
    for each in zones:
        for month in (1, 7):
            moment = datetime(now.year, month, 1, tzinfo=timezones.zone(each))
            if (moment.tzname() or "").casefold() == wanted:
                return timezone(moment.utcoffset() or timedelta())
    known = {each.casefold(): each for each in timezones.zone_names()}
    return timezones.zone(known[wanted]) if wanted in known else None


def is_skipped(moment: datetime) -> bool:
    """Return True for a time that the clocks of its zone never show, when summer time begins."""
    there = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return there.replace(tzinfo=None) != moment.replace(tzinfo=None)
