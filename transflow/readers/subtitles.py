"""Subtitles in the formats SubRip (`.srt`) and WebVTT (`.vtt`), in any Korean encoding.

Each sentence is a unit of the kind `cue`, with the times of its cues: cues are joined until a
sentence ends, and `render --format srt` divides the translation between the same cues again. Bold
and italic text is kept. Positions, styles, colours and notes are named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from transflow.errors import UnreadableError
from transflow.messages import Messages
from transflow.model.cues import CueTime, variant_of
from transflow.model.report import FrontMatter
from transflow.readers import Certainty, IncomingReport
from transflow.readers.base.encodings import as_utf8
from transflow.readers.base.guards import check_size
from transflow.readers.base.html_blocks import html_blocks
from transflow.readers.base.parts import DocumentPart, Loss, TextPart, incoming_report
from transflow.readers.base.runs import Run
from transflow.report import decode

MESSAGES = Messages(
    __name__,
    {
        "description": "Subtitles (SubRip, WebVTT): sentences with the times of their cues.",
        "settings": "the position “{settings}” is not kept.",
        "style": "the mark “{mark}” is not kept.",
        "note": "a note is not kept: {text}",
        "empty": "the cue at {time} has no text, and is not kept.",
        "none": "there is no cue in it.",
        "none-way-out": "Export it as SubRip or WebVTT from the program that wrote it.",
        "backwards": "the cue at {time} ends before it begins.",
    },
)
DESCRIPTION = MESSAGES("description")

MOST_BYTES = 16 << 20
_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[,.](\d{1,3})"
_TIMES = re.compile(rf"[ \t]*{_CLOCK}[ \t]*-->[ \t]*{_CLOCK}[ \t]*(.*)")
_SRT = re.compile(rb"\s*\d{1,6}[ \t]*\r?\n[ \t]*(?:\d{1,4}:)?\d{1,2}:\d{1,2}[,.]\d{1,3}[ \t]*-->")
_VTT = re.compile(rb"WEBVTT(?:[ \t][^\r\n]*)?\r?(?:\n|$)")
_OVERRIDE = re.compile(r"\{\\[^{}]{0,80}\}")
_TAG = re.compile(r"<(?!/?[biu]>)/?[a-z][^<>\n]{0,80}>|<\d[\d:.]{3,14}>", re.IGNORECASE)
_LEFT_ANGLE = re.compile(r"<(?!/?[biu]>)")
_END = re.compile(r"[.?!。…♪][\"'”’」』)\]]*$|(?:다|요|죠|까|네|군|자|라)[\"'”’」』)\]]*$")
_PAUSE = 2000
"""Milliseconds between two cues that are not of one sentence."""
_MOST_CUES = 6
"""Cues of one unit."""


class _Cue(NamedTuple):
    time: CueTime
    text: str
    losses: tuple[Loss, ...]


def recognises(data: bytes, name: str) -> Certainty:
    beginning = data[:4096].removeprefix(b"\xef\xbb\xbf")
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        beginning = beginning[2:].replace(b"\0", b"")
    if _VTT.match(beginning) or _SRT.match(beginning):
        return Certainty.CONTENT
    return Certainty.NAME if name.lower().endswith((".srt", ".vtt")) else Certainty.NONE


def read(data: bytes, name: str) -> IncomingReport:
    check_size(data, name, MOST_BYTES)
    found = as_utf8(data, name)
    text = decode(found.data, name)
    cues = [*_cues(text)]
    if not cues:
        raise UnreadableError(name, 0, MESSAGES("none"), MESSAGES("none-way-out"))
    report = incoming_report("subtitles", FrontMatter(), [*_notes(text), *_parts(cues)])
    return report._replace(issues=(*found.issues("subtitles"), *report.issues))


def _cues(text: str) -> Iterator[_Cue]:
    lines = text.split("\n")
    starts = [number for number, line in enumerate(lines) if _TIMES.match(line)]
    is_vtt = text.startswith("WEBVTT")
    for start, following in pairwise([*starts, len(lines)]):
        end = following - _has_name(lines, following, is_vtt=is_vtt)
        found = _TIMES.match(lines[start])
        if found is not None:
            shown = lines[start + 1 : end]
            shown = shown[: shown.index("")] if is_vtt and "" in shown else shown
            yield _cue(found, shown if is_vtt else [line.replace("&", "&amp;") for line in shown])


def _has_name(lines: Sequence[str], start: int, *, is_vtt: bool) -> bool:
    """True if the line before the times of a cue is its number or name."""
    before = lines[start - 1].strip() if 0 < start < len(lines) else ""
    is_first = start < 2 or not lines[start - 2].strip()
    return bool(before) and (before.isdecimal() or (is_vtt and is_first))


def _cue(found: re.Match[str], lines: Sequence[str]) -> _Cue:
    groups = found.groups()
    time = CueTime(_milliseconds(groups[:4]), _milliseconds(groups[4:8]))
    text = "\n".join(line.strip() for line in lines if line.strip())
    losses = [Loss(MESSAGES("settings", settings=groups[8].strip()), "hint")] if groups[8].strip() else []
    marks = [*_OVERRIDE.findall(text), *(each for each in _TAG.findall(text) if not each.startswith("</"))]
    losses += [Loss(MESSAGES("style", mark=mark), "hint") for mark in dict.fromkeys(marks)]
    if time.end < time.start:
        losses.append(Loss(MESSAGES("backwards", time=found[0].split("-->")[0].strip())))
    return _Cue(time, _TAG.sub("", _OVERRIDE.sub("", text)), tuple(losses))


def _milliseconds(clock: Sequence[str]) -> int:
    hours, minutes, seconds, rest = clock
    return ((int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(rest.ljust(3, "0"))


def _notes(text: str) -> Iterator[DocumentPart]:
    """Yield what WebVTT has beside its cues."""
    if not text.startswith("WEBVTT"):
        return
    for block in re.split(r"\n{2,}", text):
        if "-->" not in block and (shown := " ".join(block.split())) != "WEBVTT":
            yield Loss(MESSAGES("note", text=shown), "hint")


def _parts(cues: Sequence[_Cue]) -> Iterator[DocumentPart]:
    for group in _sentences(cues):
        texts = [each for each in group if each.text.strip()]
        if texts:
            runs = [run for each in texts for run in (Run(" "), *_runs(each.text))]
            yield TextPart(runs, "cue", variant_of([each.time for each in texts]))
        for each in group:
            yield from each.losses
            if not each.text.strip():
                yield Loss(MESSAGES("empty", time=variant_of([each.time]).split(" ")[0]))


def _sentences(cues: Sequence[_Cue]) -> Iterator[list[_Cue]]:
    """Yield the cues of each sentence."""
    has_ends = sum(bool(_END.search(_shown(each.text))) for each in cues) * 4 >= len(cues)
    group: list[_Cue] = []
    for cue in cues:
        if group and (
            not has_ends
            or _END.search(_shown(group[-1].text))
            or cue.time.start - group[-1].time.end > _PAUSE
            or len(group) >= _MOST_CUES
        ):
            yield group
            group = []
        group.append(cue)
    if group:
        yield group


def _shown(text: str) -> str:
    return re.sub(r"</?[biu]>", "", text).rstrip()


def _runs(text: str) -> Iterator[Run]:
    """Yield the text of a cue with its formats."""
    for number, block in enumerate(html_blocks(_LEFT_ANGLE.sub("&lt;", text))):
        if isinstance(block.part, TextPart):
            yield from (Run(" "),) * bool(number)
            yield from (each._replace(text=each.text.replace("\n", " ")) for each in block.part.runs)
