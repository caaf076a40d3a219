"""The story as one text: an unchanged text means no edits, and no edit loses a paragraph."""

from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from transflow.actions.project.counting import count
from transflow.attribution.authorship import draft_shares, with_target
from transflow.attribution.credits import main_author
from transflow.digests import digest
from transflow.errors import UsageError
from transflow.model.catalog import Catalog
from transflow.model.unit import Act, Authorship, Conflict, Kind, Ref, Share, Unit
from transflow.po.catalog import new_header, serialize
from transflow.po.header import with_counts
from transflow.stories.compose import compose, placement, recompose, why_stale
from transflow.stories.whole_text import (
    CUT_LINE,
    Edited,
    TextPlace,
    edit,
    export,
    format_refs,
    merge_texts,
    moved_ids,
    own_paragraph,
    place_at,
    positions,
    state_line,
)
from transflow.text import words
from transflow.units.workflow import approve, is_approved

T1, T2, T3 = "2024-03-26T03:00:00Z", "2024-03-26T04:00:00Z", "2024-03-26T05:00:00Z"


def sentence(
    unit_id: str, text: str, who: str = "claire", *, continued: bool = False, kind: Kind = "paragraph"
) -> Unit:
    return with_target(Unit(unit_id, f"{unit_id} 원문.", kind=kind, continued=continued), text, who, T1)


REPORTS = {
    "letter": Catalog(
        new_header("en", "ko", X_Report="letter"),
        (
            sentence("haaaaaaa", "U.N. letter", kind="headline"),
            sentence("saaaaaaa", "The U.N. released a letter."),
            sentence("sbbbbbbb", "China did not answer.", "leejin", continued=True),
            sentence("sccccccc", "Rights groups spoke out."),
            sentence("sddddddd", "They fear for seven people."),
        ),
    )
}


def started() -> Catalog:
    """Return a story of four paragraphs: a draft, an approved text, a draft, and a cut one."""
    article = compose("story", "en", REPORTS, "2024-03-26", "eugene", T1)
    headline, first, second, last = article.units
    first = with_target(
        first, "The U.N. made a letter public. China did not answer.", "eugene", T1, (Share("claire", 5),)
    )
    return article.replace(
        units=(headline, approve(first, "mina", T1), second, last.replace(cut=Act("eugene", T1, "why")))
    )


ARTICLE = started()
HEAD, FIRST, SECOND, LAST = (unit.id for unit in ARTICLE.units)
TEXT = export(ARTICLE, REPORTS)


def taken(text: str, article: Catalog = ARTICLE, reports: dict[str, Catalog] = REPORTS) -> Edited:
    return edit(article, reports, text, "eugene", T2)


def story(*paragraphs: str, cut: Sequence[str] = (), article: Catalog = ARTICLE) -> str:
    """Return an edited text: the state line, paragraphs, and cut ones below the line."""
    return "\n\n".join([state_line(article, REPORTS), *paragraphs, CUT_LINE, *cut])


def head(unit_id: str, article: Catalog = ARTICLE) -> str:
    """Return the heading line of a paragraph as it was exported."""
    return next(line for line in export(article, REPORTS).split("\n") if line.startswith("{" + unit_id))


def paragraph(unit_id: str, article: Catalog = ARTICLE) -> str:
    """Return a paragraph as it was exported."""
    return next(part for part in export(article, REPORTS).split("\n\n") if part.startswith("{" + unit_id))


def ids(article: Catalog) -> list[str]:
    return [unit.id for unit in article.units]


def find(edited: Edited, unit_id: str) -> Unit:
    unit = edited.article.find(unit_id)
    assert unit is not None
    return unit


class TestTheExportedText:
    def test_has_every_paragraph_under_its_head_and_the_cut_ones_at_the_end(self) -> None:
        assert (
            f"{state_line(ARTICLE, REPORTS)}\n"
            "# You may change order, words and paragraph breaks. A line {new} begins a paragraph of your own;\n"
            "# {a+b} joins two paragraphs. A paragraph without a {…} line above it is split off the one before\n"
            "# it; one that you delete is cut. After the arrow are the sentences that a paragraph was made from;\n"
            "# a new one may name its own too, as in {new ← un-letter#2,5}.\n"
            "\n"
            f"{{{HEAD} headline ← letter#1}}\nU.N. letter\n\n"
            f"{{{FIRST} ← letter#2,3}}\nThe U.N. made a letter public. China did not answer.\n\n"
            f"{{{SECOND} ← letter#4}}\nRights groups spoke out.\n\n"
            f"{CUT_LINE}\n\n"
            f"{{{LAST} ← letter#5}}\nThey fear for seven people.\n"
        ) == TEXT

    def test_begins_with_the_digests_of_what_it_was_exported_from(self) -> None:
        first = TEXT.split("\n")[0].split(" ")
        assert first[:3] == ["#", "story", "en"]
        assert first[4].startswith("letter=")

    def test_names_sentences_by_position(self) -> None:
        refs = [Ref("letter", "saaaaaaa"), Ref("letter", "sbbbbbbb"), Ref("groups", "zzzzzzzz")]
        assert format_refs(refs, positions(REPORTS)) == "letter#2,3 groups#zzzzzzzz"


class TestATextThatNobodyTouched:
    @pytest.mark.parametrize(
        "text",
        [
            TEXT,
            TEXT.replace("\n", "\r\n"),
            "\ufeff" + TEXT,
            TEXT + "\n\n\n",
            TEXT.rstrip("\n"),
            TEXT.replace("\n", " \n"),
            TEXT.replace("made a letter public. ", "made a letter\n   public.\n"),
            TEXT.replace("\n\n", "\n\n\n \n"),
            TEXT.replace(" ← ", " <- "),
        ],
    )
    def test_means_no_edits_however_it_was_broken_and_saved(self, text: str) -> None:
        assert taken(text) == Edited(ARTICLE, ())

    @given(
        st.lists(
            st.text(st.sampled_from("ab {}\\=#\n\t+←,가公\u3000\u0301é\u00a0"), max_size=12)
            | st.sampled_from(
                ["=== cut", "{new}", "{saaaaaaa}", "# x", "\\", "\\\n", "\n\n", " {new}", "x\\\n{new}\n=== cut"]
            )
            | st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=8),
            min_size=1,
            max_size=4,
        ),
        st.sampled_from(["en", "zh_Hans"]),
    )
    @example(["\\\\\n{new}"], "en")
    @example([" leading and  double ", "\n"], "en")
    def test_means_no_edits_whatever_is_written_in_it(self, texts: list[str], language: str) -> None:
        units = tuple(Unit(f"k000000{i}", "source", text, text=digest(text)) for i, text in enumerate(texts))
        units += tuple(Unit(f"m000000{i}", text or "x", cut=Act("eugene", T1)) for i, text in enumerate(texts))
        article = Catalog(new_header(language, language, X_Article="story"), units)
        assert edit(article, {}, export(article, {}), "eugene", T2) == Edited(article, ())

    @given(
        st.lists(st.sampled_from(["a", "{new}", "===", "\\", "#", "{", "\\n", "“b”"]), min_size=1, max_size=9),
        st.data(),
    )
    def test_means_no_edits_after_an_editor_wrapped_its_lines(self, pieces: list[str], data: st.DataObject) -> None:
        text = " ".join(pieces)
        article = Catalog(
            new_header("en", "en", X_Article="story"), (Unit("k0000000", "source", text, text=digest(text)),)
        )
        before, _, body = export(article, {}).rpartition("{k0000000}\n")
        body, line, after = body.partition("\n\n" + CUT_LINE)
        wrapped = "".join(data.draw(st.sampled_from([" ", "\n"])) if letter == " " else letter for letter in body)
        assert edit(article, {}, f"{before}{{k0000000}}\n{wrapped}{line}{after}", "eugene", T2) == Edited(article, ())

    def test_in_chinese_needs_no_space_where_a_line_broke(self) -> None:
        text = "联合国公布了 RFA report 的信件。"
        article = Catalog(new_header("zh", "zh", X_Article="story"), (Unit("k0000000", "x", text, text=digest(text)),))
        wrapped = export(article, {}).replace("公布", "公\n布").replace("RFA report", "RFA\nreport")
        assert edit(article, {}, wrapped, "eugene", T2) == Edited(article, ())


class TestWords:
    def test_that_changed_are_the_writers(self) -> None:
        edited = taken(TEXT.replace("did not answer", "kept silent"))
        unit = find(edited, FIRST)
        assert unit.target == "The U.N. made a letter public. China kept silent."
        assert edited.done == (f"{FIRST} written",)
        assert unit.by[0].who == "eugene"
        assert not is_approved(unit)

    def test_that_stay_keep_the_approval(self) -> None:
        assert is_approved(find(taken(TEXT.replace("Rights groups", "Two groups")), FIRST))

    def test_in_a_draft_are_the_translators_but_for_the_changed_ones(self) -> None:
        unit = find(taken(TEXT.replace("Rights groups", "Two groups")), SECOND)
        assert (unit.translated, unit.by) == ((Share("claire", 3),), (Authorship("eugene", T2, 1),))

    def test_of_a_text_that_needs_another_look_settle_it(self) -> None:
        changed = {
            "letter": REPORTS["letter"].map_unit("saaaaaaa", lambda unit: unit.replace(target="The U.N. spoke."))
        }
        doubtful = recompose(ARTICLE, changed, "eugene", T2)
        text = export(doubtful, changed)
        assert taken(text, doubtful, changed).article == doubtful
        settled = find(taken(text.replace("made a letter public", "spoke"), doubtful, changed), FIRST)
        assert (settled.fuzzy, settled.previous) == (False, "")

    def test_may_be_any(self) -> None:
        typed_words = "\\{new} \\=== a\\\\b\\\n# not a comment\\\nlast"
        unit = find(taken(TEXT.replace("Rights groups spoke out.", typed_words)), SECOND)
        assert unit.target == "{new} === a\\b\n# not a comment\nlast"

    def test_with_two_texts_wait_for_a_decision(self) -> None:
        two = ARTICLE.map_unit(FIRST, lambda unit: unit.replace(conflicts=(Conflict("leejin", T1, "x"),)))
        assert taken(export(two, REPORTS), two).article == two
        with pytest.raises(UsageError, match="unit resolve"):
            taken(export(two, REPORTS).replace("public", "known"), two)

    def test_that_nobody_owns_wait_for_a_claim(self) -> None:
        outside = ARTICLE.map_unit(FIRST, lambda unit: unit.replace(target="Changed outside."))
        with pytest.raises(UsageError, match="unit claim"):
            taken(export(outside, REPORTS).replace("Changed", "Changed again"), outside)


class TestOrder:
    def test_of_heads_is_the_order_of_paragraphs(self) -> None:
        edited = taken(story(paragraph(SECOND), paragraph(HEAD), paragraph(FIRST), cut=[paragraph(LAST)]))
        assert ids(edited.article) == [SECOND, LAST, HEAD, FIRST]
        assert edited.done == (f"{SECOND} moved",)
        assert [unit.moved for unit in edited.article.units] == [T2, "", "", ""]

    def test_keeps_cut_paragraphs_behind_the_neighbour_that_they_had(self) -> None:
        article = ARTICLE.map_unit(SECOND, lambda unit: unit.replace(cut=Act("eugene", T1)))
        text = story(
            paragraph(FIRST, article),
            paragraph(HEAD, article),
            cut=[paragraph(LAST, article), paragraph(SECOND, article)],
            article=article,
        )
        assert ids(taken(text, article).article) == [FIRST, SECOND, LAST, HEAD]

    def test_keeps_them_behind_what_was_split_off_that_neighbour(self) -> None:
        text = story(paragraph(HEAD), paragraph(FIRST), paragraph(SECOND) + "\n\nSome more.", cut=[paragraph(LAST)])
        edited = taken(text)
        assert [unit.split for unit in edited.article.units] == ["", "", "", SECOND, ""]
        assert ids(edited.article)[-1] == LAST

    @given(st.permutations(range(6)))
    def test_moves_as_few_as_it_takes(self, order: list[int]) -> None:
        before = {str(i): i for i in range(6)}
        moved = moved_ids([str(i) for i in order], before)
        stayed = [i for i in order if str(i) not in moved]
        assert stayed == sorted(stayed)
        for more in range(len(moved)):
            assert [i for i in order if str(i) not in moved[:more] + moved[more + 1 :]] != sorted(
                i for i in order if str(i) not in moved[:more] + moved[more + 1 :]
            )


class TestAParagraphWithoutAHead:
    TEXT = story(
        paragraph(HEAD),
        f"{head(FIRST)}\nThe U.N. made a letter public.\n\nChina did not answer.",
        paragraph(SECOND),
        cut=[paragraph(LAST)],
    )

    def test_is_split_off_the_one_above(self) -> None:
        edited = taken(self.TEXT)
        first, second = edited.article.units[1:3]
        assert (first.id, second.split) == (FIRST, FIRST)
        assert (first.target, second.target) == ("The U.N. made a letter public.", "China did not answer.")
        assert first.refs == second.refs
        assert first.source == second.source

    def test_keeps_every_words_author(self) -> None:
        first, second = taken(self.TEXT).article.units[1:3]
        before = find(taken(TEXT), FIRST)
        assert sum(share.words for unit in (first, second) for share in unit.translated) == sum(
            share.words for share in before.translated
        )
        assert sum(each.words for unit in (first, second) for each in unit.by) == sum(each.words for each in before.by)

    def test_takes_no_words_from_the_writer_who_splits_it(self) -> None:
        unit = ARTICLE.units[1]
        mixed = with_target(unit, "The U.N. made a letter public in Geneva. So far China did not answer.", "mina", T1)
        article = ARTICLE.map_unit(FIRST, lambda _: with_target(mixed, f"{mixed.target} Why not?", "eugene", T1))
        halves = (
            f"{head(FIRST, article)}\nThe U.N. made a letter public in Geneva.\n\nSo far China did not answer. Why not?"
        )
        new = taken(story(paragraph(HEAD), halves, paragraph(SECOND), cut=[paragraph(LAST)], article=article), article)

        def shares(*units: Unit) -> Counter[str]:
            found = Counter[str]()
            for each in units:
                found.update({one.who: one.words for one in each.by})
                found.update({one.who: one.words for one in each.translated})
            return found

        assert shares(*new.article.units[1:3]) == shares(article.units[1])
        for part in new.article.units[1:3]:
            assert sum(shares(part).values()) == len(words(part.target))

    def test_is_neither_stale_nor_a_new_draft(self) -> None:
        new = taken(self.TEXT).article
        placed = placement(new, REPORTS)
        assert [why_stale(unit, placed[unit.id], "en") for unit in new.units] == [""] * 5
        assert recompose(new, REPORTS, "eugene", T3) == new

    def test_counts_the_words_of_its_draft_once(self) -> None:
        whole, halves = (
            count(serialize(with_counts(article)), "story.po", T2) for article in (ARTICLE, taken(self.TEXT).article)
        )
        assert halves.total == whole.total + 1
        assert sum(halves.words.values()) == sum(whole.words.values())

    def test_has_the_same_id_wherever_it_is_split_off(self) -> None:
        assert ids(taken(self.TEXT).article) == ids(edit(ARTICLE, REPORTS, self.TEXT, "claire", T3).article)

    def test_needs_one_above(self) -> None:
        with pytest.raises(UsageError, match="line 3: a text before the first head"):
            taken(story("Lost words.", paragraph(FIRST)))
        with pytest.raises(UsageError, match="without a head below the line"):
            taken(story(paragraph(FIRST), cut=["Lost words."]))


class TestTwoIdsInAHead:
    def joined(self, text: str, label: str = "") -> Unit:
        heads = f"{{{FIRST}+{SECOND}{label}}}\n{text}"
        return find(taken(story(paragraph(HEAD), heads, cut=[paragraph(LAST)])), FIRST)

    def test_join_the_paragraphs(self) -> None:
        unit = self.joined("The U.N. made a letter public. China did not answer. Rights groups spoke out.")
        assert unit.joined == (SECOND,)
        assert unit.refs == (Ref("letter", "saaaaaaa"), Ref("letter", "sbbbbbbb"), Ref("letter", "sccccccc"))
        assert unit.source == "The U.N. released a letter. China did not answer. Rights groups spoke out."
        assert not unit.fuzzy

    def test_give_their_words_to_their_authors(self) -> None:
        unit = self.joined("The U.N. made a letter public. China did not answer. Rights groups spoke out.")
        old = find(taken(TEXT), FIRST)
        assert sum(share.words for share in unit.translated) == sum(share.words for share in old.translated) + 4
        assert {each.who: each.words for each in unit.by} == {each.who: each.words for each in old.by}

    @pytest.mark.parametrize("places", ["letter#2-3", "letter#4", "letter#2-4", "letter#4 letter#2,3", ""])
    def test_stand_on_the_sentences_of_both_where_the_list_is_one_partners(self, places: str) -> None:
        unit = self.joined("The U.N. made a letter public. Rights groups spoke out.", f" ← {places}")
        assert set(unit.refs) == {Ref("letter", "saaaaaaa"), Ref("letter", "sbbbbbbb"), Ref("letter", "sccccccc")}
        assert {share.who for share in unit.translated} == {"claire", "leejin"} or unit.translated[0].who == "claire"
        assert sum(share.words for share in unit.translated) + sum(each.words for each in unit.by) == 10

    def test_may_take_more_sentences_or_leave_one_of_a_partners_several(self) -> None:
        assert [ref.unit for ref in self.joined("Any.", " ← letter#2,4").refs] == ["saaaaaaa", "sccccccc"]
        edited = taken(story(paragraph(HEAD), f"{{{FIRST}+{SECOND} ← letter#2-5}}\nAny."))
        assert [ref.unit for ref in find(edited, FIRST).refs] == ["saaaaaaa", "sbbbbbbb", "sccccccc", "sddddddd"]

    def test_leave_a_sentence_to_the_paragraph_that_has_it_now(self) -> None:
        text = story(
            paragraph(HEAD), f"{{{FIRST}+{SECOND} ← letter#2-3}}\nAny.", f"{{{LAST} ← letter#4,5}}\nThey fear."
        )
        edited = taken(text)
        assert [ref.unit for ref in find(edited, FIRST).refs] == ["saaaaaaa", "sbbbbbbb"]
        assert [ref.unit for ref in find(edited, LAST).refs] == ["sccccccc", "sddddddd"]

    def test_may_have_spaces_between(self) -> None:
        edited = taken(story(paragraph(HEAD), f"{{{SECOND} + {FIRST}}}\nBoth.", cut=[paragraph(LAST)]))
        assert find(edited, SECOND).joined == (FIRST,)

    def test_print_what_was_cut(self) -> None:
        edited = taken(story(paragraph(HEAD), paragraph(FIRST), f"{{{LAST}+{SECOND}}}\nBoth."))
        assert find(edited, LAST).cut is None

    def test_may_be_split_again(self) -> None:
        text = f"{{{FIRST}+{SECOND}}}\nThe U.N. made a letter public.\n\nRights groups spoke out."
        edited = taken(story(paragraph(HEAD), text, cut=[paragraph(LAST)]))
        second = next(unit for unit in edited.article.units if unit.split)
        assert (sum(share.words for share in second.translated), [each.words for each in second.by]) == (4, [0])


LONG = [
    ("headline", "", "Refugees fear a return to the North", "claire"),
    ("paragraph", "", "The United Nations released a letter about seven refugees this week.", "claire"),
    ("paragraph", "", "Beijing has given no answer to questions that were sent in March.", "leejin"),
    ("quote", "", "We are afraid for them every single night, said their uncle.", "claire"),
    ("paragraph", "", "Rights groups in Seoul spoke out against all forced returns.", "leejin"),
    ("list item", "numbered", "Nobody knows where five of the seven are held today.", "claire"),
]


def long_story() -> tuple[Catalog, dict[str, Catalog]]:
    """Return a story of six paragraphs, alternately drafts of translators and texts of a writer."""
    sentences = [
        sentence(f"s{number:07}", text, who, kind=kind)  # type: ignore[arg-type] # of LONG
        for number, (kind, _, text, who) in enumerate(LONG)
    ]
    reports = {"letter": Catalog(new_header("en", "ko", X_Report="letter"), tuple(sentences))}
    article = compose("story", "en", reports, "2024-03-26", "eugene", T1)
    units = [
        unit.replace(variant=LONG[number][1])
        if number % 2
        else with_target(unit, f"{unit.source} So it is.", "eugene", T1, (Share(LONG[number][3], 10),))
        for number, unit in enumerate(article.units)
    ]
    return article.replace(units=tuple(units)), reports


STORY, LETTER = long_story()
BLOCKS = [tuple(block.split("\n", 1)) for block in export(STORY, LETTER).split("\n\n")[1:-1]]


def edited_blocks(*blocks: tuple[str, ...]) -> Edited:
    """Return the long story after its blocks, each a heading line and its text, became these."""
    text = "\n\n".join(("\n".join(filter(None, block))).strip() for block in blocks)
    return edit(STORY, LETTER, f"{state_line(STORY, LETTER)}\n\n{text}\n\n{CUT_LINE}\n", "mina", T2)


def words_of(article: Catalog) -> Counter[str]:
    """Return the authors of the printed paragraphs and their words, drafts included."""
    counts: Counter[str] = Counter()
    placed = placement(article, LETTER)
    for unit in article.units:
        if not unit.cut:
            draft = draft_shares([each.unit for each in placed[unit.id]])
            written = [Share(each.who, each.words) for each in unit.by]
            for share in (*written, *unit.translated) if unit.target else draft:
                counts[share.who] += share.words
    return +counts


class TestAHeadThatIsGone:
    @pytest.mark.parametrize("number", range(6))
    def test_over_a_text_that_stands_changes_nothing(self, number: int) -> None:
        blocks = [*BLOCKS]
        blocks[number] = ("", blocks[number][1])
        assert edited_blocks(*blocks) == Edited(STORY, ())

    @pytest.mark.parametrize("number", range(6))
    def test_and_became_new_changes_nothing(self, number: int) -> None:
        blocks = [*BLOCKS]
        blocks[number] = ("{new}", blocks[number][1])
        assert edited_blocks(*blocks) == Edited(STORY, ())

    def test_over_two_equal_texts_changes_nothing(self) -> None:
        again = STORY.units[3].replace(target=STORY.units[1].target, kind="paragraph")
        article = STORY.replace(units=(*STORY.units[:3], again, *STORY.units[4:]))
        text = export(article, LETTER)
        for number in (1, 3):
            text = "".join(row for row in text.splitlines(True) if not row.startswith("{" + article.units[number].id))
        assert edit(article, LETTER, text, "mina", T2) == Edited(article, ())

    def test_over_all_texts_changes_nothing(self) -> None:
        assert edited_blocks(*[("", body) for _, body in BLOCKS]) == Edited(STORY, ())

    def test_over_a_text_that_was_edited_leaves_its_words_to_their_authors(self) -> None:
        head, body = BLOCKS[2]
        edited = edited_blocks(*BLOCKS[:2], ("", body.replace("no answer", "not a word of answer")), *BLOCKS[3:])
        unit = find(edited, head[1:9])
        assert edited.done == (f"{unit.id} written",)
        assert ({each.who for each in unit.translated}, unit.by[-1]) == ({"leejin"}, Authorship("mina", T2, 4))

    @pytest.mark.parametrize("number", range(6))
    def test_over_a_text_of_which_half_was_written_anew_leaves_it_its_kind_and_sentences(self, number: int) -> None:
        blocks, old = [*BLOCKS], STORY.units[number]
        kept = BLOCKS[number][1].split()
        blocks[number] = ("", " ".join(["Something", "quite", "other", *kept[-len(kept) * 2 // 3 :]]))
        edited = edited_blocks(*blocks)
        unit = find(edited, old.id)
        assert edited.done == (f"{old.id} written",)
        assert (unit.kind, unit.refs, unit.cut) == (old.kind, old.refs, None)
        assert {each.who for each in unit.translated} == {LONG[number][3]}

    def test_over_a_text_that_was_moved_moves_the_paragraph(self) -> None:
        edited = edited_blocks(BLOCKS[0], *BLOCKS[2:], ("", BLOCKS[1][1]))
        assert ids(edited.article)[-1] == STORY.units[1].id
        assert find(edited, STORY.units[1].id) == STORY.units[1].replace(moved=T2)

    def test_and_its_text_in_the_one_above_joins_them(self) -> None:
        edited = edited_blocks(BLOCKS[0], (BLOCKS[1][0], f"{BLOCKS[1][1]}\n{BLOCKS[2][1]}"), *BLOCKS[3:])
        first, second = STORY.units[1:3]
        unit = find(edited, first.id)
        assert f"{second.id} joined to {first.id}" in edited.done
        assert (unit.joined, unit.refs) == ((second.id,), (*first.refs, *second.refs))
        assert words_of(edited.article) == words_of(STORY)

    def test_and_its_text_in_two_parts_splits_it(self) -> None:
        head, body = BLOCKS[4]
        one, two = body.split(" spoke out ")
        edited = edited_blocks(*BLOCKS[:4], ("", one), ("", f"They spoke out {two}"), BLOCKS[5])
        assert find(edited, head[1:9]).target == one
        assert [unit.split for unit in edited.article.units if unit.split] == [head[1:9]]

    def test_and_its_text_below_the_line_cuts_it(self) -> None:
        text = f"{state_line(STORY, LETTER)}\n\n" + "\n\n".join("\n".join(block) for block in BLOCKS[:5])
        edited = edit(STORY, LETTER, f"{text}\n\n{CUT_LINE}\n\n{BLOCKS[5][1]}\n", "mina", T2)
        assert edited.done == (f"{STORY.units[5].id} cut",)

    def test_and_its_text_too_is_cut_as_ever(self) -> None:
        assert edited_blocks(*BLOCKS[:3], *BLOCKS[4:]).done == (f"{STORY.units[3].id} cut",)


class TestAHeadOverTheTextOfAnotherParagraph:
    @pytest.mark.parametrize(("one", "other"), [(1, 2), (0, 1), (3, 4), (0, 5)])
    def test_says_nothing_where_two_are_swapped(self, one: int, other: int) -> None:
        blocks = [*BLOCKS]
        blocks[one], blocks[other] = (BLOCKS[one][0], BLOCKS[other][1]), (BLOCKS[other][0], BLOCKS[one][1])
        edited = edited_blocks(*blocks)
        assert {unit.id: unit.replace(moved="") for unit in edited.article.units} == {
            unit.id: unit for unit in STORY.units
        }
        assert all(line.endswith(" moved") for line in edited.done)

    def test_says_nothing_where_that_ones_head_is_gone(self) -> None:
        edited = edited_blocks(BLOCKS[0], (BLOCKS[1][0], BLOCKS[2][1]), *BLOCKS[3:])
        assert find(edited, STORY.units[2].id) == STORY.units[2]
        assert edited.done == (f"{STORY.units[1].id} cut",)

    def test_says_nothing_where_that_ones_head_is_empty(self) -> None:
        edited = edited_blocks(BLOCKS[0], (BLOCKS[1][0], BLOCKS[2][1]), (BLOCKS[2][0], ""), *BLOCKS[3:])
        assert find(edited, STORY.units[2].id) == STORY.units[2]
        assert edited.done == (f"{STORY.units[1].id} cut",)

    def test_does_what_it_says_besides(self) -> None:
        blocks = [*BLOCKS]
        blocks[1] = (BLOCKS[1][0].replace(" ←", " subhead ←"), BLOCKS[2][1])
        blocks[2] = (BLOCKS[2][0], BLOCKS[1][1])
        assert find(edited_blocks(*blocks), STORY.units[2].id).kind == "subhead"

    def test_that_is_here_twice_is_refused_with_the_way_out(self) -> None:
        with pytest.raises(
            UsageError, match=r"line \d+: the paragraph \w+ is here twice\. Delete one of its two heads"
        ):
            edited_blocks(*BLOCKS[:4], BLOCKS[1], *BLOCKS[4:])


class TestWordsThatAreMovedOrPasted:
    def test_from_one_paragraph_to_another_stay_with_their_authors(self) -> None:
        body = BLOCKS[1][1].replace(" about seven refugees this week.", ".")
        edited = edited_blocks(
            BLOCKS[0],
            (BLOCKS[1][0], body),
            (BLOCKS[2][0], f"{BLOCKS[2][1]} It is about seven refugees this week."),
            *BLOCKS[3:],
        )
        unit = find(edited, STORY.units[2].id)
        assert {each.who: each.words for each in unit.by} == {"eugene": 3, "mina": 2}
        assert {share.who: share.words for share in unit.translated} == {"leejin": 12, "claire": 5}

    def test_under_a_head_of_ones_own_are_split_off_the_paragraph_that_they_are_from(self) -> None:
        one, two = "Rights groups in Seoul spoke out.", "They spoke out against all forced returns."
        edited = edited_blocks(*BLOCKS[:4], (BLOCKS[4][0], one), BLOCKS[5], ("{new}", two))
        second = edited.article.units[-1]
        assert (second.target, second.split) == (two, STORY.units[4].id)
        assert {share.who: share.words for share in second.translated}["leejin"] >= 4

    def test_without_a_head_twice_are_split_off_the_paragraph_that_they_are_from(self) -> None:
        edited = edited_blocks(*BLOCKS, ("", BLOCKS[2][1]))
        copy = edited.article.units[-1]
        assert (copy.split, copy.target, copy.kind) == (STORY.units[2].id, STORY.units[2].target, "paragraph")
        assert ({each.who for each in copy.by}, {each.who for each in copy.translated}) == ({"eugene"}, {"leejin"})

    def test_that_are_new_and_without_a_head_below_a_headline_are_a_paragraph_of_ones_own(self) -> None:
        edited = edited_blocks(BLOCKS[0], ("", "Nobody had said a word of this before."), *BLOCKS[1:])
        own = edited.article.units[1]
        assert (own.kind, own.refs, own.split, own.by) == ("paragraph", (), "", (Authorship("mina", T2, 8),))
        assert edited.done == (f"{own.id} added",)

    def test_that_are_new_and_without_a_head_are_split_off_the_quote_above(self) -> None:
        edited = edited_blocks(*BLOCKS[:4], ("", "Nobody had said a word of this before."), *BLOCKS[4:])
        second = edited.article.units[4]
        assert (second.kind, second.split) == ("quote", STORY.units[3].id)


@st.composite
def muddled(draw: st.DrawFn) -> list[tuple[str, ...]]:
    """Draw the blocks of the long story, rearranged, with no word of a text changed.

    Heading lines are deleted, swapped, new or empty, and texts are joined and split.
    """
    blocks: list[tuple[str, ...]] = [*draw(st.permutations(BLOCKS))]
    kinds = {body: unit.kind for (_, body), unit in zip(BLOCKS, STORY.units, strict=True)}
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(blocks) - 1))
        head, *bodies = blocks[at]
        match draw(st.sampled_from(["delete", "new", "swap", "join", "leave"])):
            case "delete":
                blocks[at] = ("", *bodies)
            case "new":
                blocks[at] = ("{new}", *bodies)
            case "swap":
                other = draw(st.integers(0, len(blocks) - 1))
                blocks[at], blocks[other] = (blocks[other][0], *bodies), (head, *blocks[other][1:])
            case "join":
                below = blocks[at + 1][1:] if at + 1 < len(blocks) else ()
                if below and len({kinds[body] for body in (*bodies, *below)}) == 1:
                    blocks[at : at + 2] = [(head, *bodies, *below)]
            case "leave":
                if head.startswith("{") and head != "{new}":
                    blocks[at : at + 1] = [("", *bodies), (head,)]
    return blocks


@given(muddled())
def test_no_muddle_of_heads_loses_a_text_or_gives_its_words_to_another(blocks: list[tuple[str, ...]]) -> None:
    edited = edited_blocks(*blocks)
    printed = [unit for unit in edited.article.units if not unit.cut]
    assert words_of(edited.article) == words_of(STORY)
    assert [unit.id for unit in printed if unit.kind == "headline"] == [STORY.units[0].id]
    assert {ref for unit in printed for ref in unit.refs} == {ref for unit in STORY.units for ref in unit.refs}
    shown = " ".join(unit.target or unit.source for unit in printed)
    assert all(body in shown for _, body in BLOCKS)
    assert len(words(shown)) == sum(len(words(body)) for _, body in BLOCKS)


@given(
    muddled(),
    st.lists(
        st.tuples(st.sampled_from(["word", "paste", "drop", "typed"]), st.integers(0, 9), st.integers(0, 5)), max_size=4
    ),
)
def test_no_muddle_of_heads_and_texts_loses_a_paragraph(
    blocks: list[tuple[str, ...]], changes: list[tuple[str, int, int]]
) -> None:
    for what, at, other in changes:
        at %= len(blocks)
        head, *bodies = blocks[at]
        if what == "word":
            blocks[at] = (head, *(body.replace(" of ", " zebra of ") for body in bodies))
        elif what == "paste":
            blocks[at] = (head, *bodies, BLOCKS[other][1])
        elif what == "typed":
            blocks[at] = (head, *bodies, "\n", "Some quite other words that nobody wrote before.")
        elif len(blocks) > 1:
            del blocks[at]
    try:
        new = edited_blocks(*blocks).article
    except UsageError:  # a text with nothing known about its beginning
        assume(blocks[0][0])
        raise
    living = [unit.id for unit in new.units] + [unit_id for unit in new.units for unit_id in unit.joined]
    assert len(set(living)) == len(living)
    assert set(ids(STORY)) <= set(living)
    assert [unit.kind for unit in new.units].count("headline") == 1
    assert {ref for unit in STORY.units for ref in unit.refs} == {ref for unit in new.units for ref in unit.refs}
    for unit in new.units:
        counts = [each.words for each in unit.by] + [share.words for share in unit.translated]
        assert sum(counts) == len(words(unit.target))
        assert min(counts, default=0) >= 0
    assert edit(new, LETTER, export(new, LETTER), "mina", T3) == Edited(new, ())


class TestAParagraphOfTheWritersOwn:
    def test_is_new(self) -> None:
        edited = taken(
            story(paragraph(HEAD), "{new}\nChina joined the convention in 1982.", paragraph(FIRST), paragraph(SECOND))
        )
        own = edited.article.units[1]
        assert (own.source, own.target, own.refs) == ("China joined the convention in 1982.", own.source, ())
        assert own.by == (Authorship("eugene", T2, 6),)
        assert own == own_paragraph(own.source, "eugene", T2, set())

    def test_may_be_of_any_kind(self) -> None:
        edited = taken(
            TEXT.replace(CUT_LINE, "{new subhead}\nAcross the river\n\n{new list item, numbered}\nOne.\n\n" + CUT_LINE)
        )
        assert [(unit.kind, unit.variant) for unit in edited.article.units if not unit.refs] == [
            ("subhead", ""),
            ("list item", "numbered"),
        ]
        with pytest.raises(UsageError, match="no kind “poem”"):
            taken(TEXT.replace(CUT_LINE, "{new poem}\nRoses.\n\n" + CUT_LINE))

    def test_of_several_parts_is_several(self) -> None:
        edited = taken(TEXT.replace(CUT_LINE, "{new}\nSame.\n\nSame.\n\n{new}\n\n" + CUT_LINE))
        own = [unit for unit in edited.article.units if not unit.refs]
        assert len({unit.id for unit in own}) == 2

    def test_below_the_line_is_cut(self) -> None:
        own = taken(TEXT + "\n{new}\nFor another day.\n").article.units[-1]
        assert (own.target, bool(own.cut)) == ("For another day.", True)


class TestANewParagraphMadeFromSentences:
    """Such as a lead: it shares its sentences with the paragraphs that they are in."""

    LEAD = "Letter and groups speak for seven."

    def lead(self, head: str = "{new ← letter#2 letter#4-5}", text: str = LEAD) -> Edited:
        return taken(TEXT.replace(paragraph(FIRST), f"{head}\n{text}\n\n{paragraph(FIRST)}"))

    def test_keeps_its_references_and_its_draft_is_their_translation(self) -> None:
        edited = self.lead()
        new = next(unit for unit in edited.article.units if unit.target == self.LEAD)
        assert new.refs == (Ref("letter", "saaaaaaa"), Ref("letter", "sccccccc"), Ref("letter", "sddddddd"))
        assert new.source == "The U.N. released a letter. Rights groups spoke out. They fear for seven people."
        assert not new.split
        assert edited.done == (f"{new.id} added, from letter#2,4,5",)
        assert why_stale(new, placement(edited.article, REPORTS)[new.id], "en") == ""

    def test_whose_first_words_are_those_of_another_is_split_off_nothing(self) -> None:
        edited = self.lead(text="The U.N. released a letter. It was short.")
        assert [unit.split for unit in edited.article.units] == ["", "", "", "", ""]
        assert all("split off" not in line for line in edited.done)

    def test_leaves_the_paragraphs_of_its_sentences_as_they_are(self) -> None:
        edited = self.lead()
        assert [find(edited, unit.id) for unit in ARTICLE.units] == list(ARTICLE.units)

    def test_gives_translators_their_words(self) -> None:
        edited = self.lead(text="The U.N. released a letter. Groups fear for seven.")
        new = next(unit for unit in edited.article.units if unit.id not in {each.id for each in ARTICLE.units})
        assert {share.who for share in new.translated} == {"claire"}
        assert sum(share.words for share in new.translated) >= 5

    def test_names_them_with_the_language_of_the_story_too(self) -> None:
        plain, named = self.lead(), self.lead("{new ← en:letter#2 en:letter#4-5}")
        assert [unit.refs for unit in named.article.units] == [unit.refs for unit in plain.article.units]
        with pytest.raises(UsageError, match="no sentence vi:letter#2 in the reports"):
            self.lead("{new ← vi:letter#2}")

    def test_gets_no_sentence_that_its_report_gets_later(self) -> None:
        edited = self.lead()
        new = next(unit for unit in edited.article.units if unit.target == self.LEAD)
        report = REPORTS["letter"]
        added = sentence("seeeeeee", "It was long.", continued=True)
        longer = {"letter": report.replace(units=(*report.units[:2], added, *report.units[2:]))}
        again = recompose(edited.article, longer, "eugene", T3)
        assert again.find(new.id) == new
        home = again.find(FIRST)
        assert home is not None
        assert Ref("letter", "seeeeeee") in home.refs

    def test_is_exported_with_them_and_read_back_unchanged(self) -> None:
        article = self.lead().article
        assert edit(article, REPORTS, export(article, REPORTS), "mina", T3) == Edited(article, ())
        named = export(article, REPORTS, {"letter": "en:letter"})
        assert "← en:letter#2,4,5}" in named
        assert edit(article, REPORTS, named, "mina", T3) == Edited(article, ())


class TestCutting:
    def test_by_leaving_a_paragraph_out(self) -> None:
        edited = taken(story(paragraph(HEAD), paragraph(FIRST)))
        assert edited.done == (f"{SECOND} cut",)
        assert ids(edited.article) == ids(ARTICLE)
        assert find(edited, SECOND).cut == Act("eugene", T2, "left out of the text")
        assert find(edited, LAST) == find(taken(TEXT), LAST)

    def test_by_moving_it_below_the_line(self) -> None:
        edited = taken(story(paragraph(HEAD), paragraph(SECOND), cut=[paragraph(LAST), paragraph(FIRST)]))
        assert ids(edited.article) == ids(ARTICLE)
        assert find(edited, FIRST).cut == Act("eugene", T2, "moved below the line")
        assert is_approved(find(edited, FIRST))

    @pytest.mark.parametrize("unit_id", [FIRST, SECOND])
    def test_by_emptying_it_without_losing_its_text(self, unit_id: str) -> None:
        body = paragraph(unit_id).partition("\n")[2]
        edited = taken(TEXT.replace(body, ""))
        old, new = ARTICLE.find(unit_id), find(edited, unit_id)
        assert old
        assert new == old.replace(cut=Act("eugene", T2, "emptied in the text"))

    def test_is_undone_above_the_line(self) -> None:
        edited = taken(story(paragraph(HEAD), paragraph(FIRST), paragraph(LAST), paragraph(SECOND)))
        assert ids(edited.article) == [HEAD, FIRST, LAST, SECOND]
        assert find(edited, LAST).cut is None
        assert f"{LAST} printed again" in edited.done

    def test_needs_no_line(self) -> None:
        edited = taken(
            "\n\n".join([state_line(ARTICLE, REPORTS), paragraph(HEAD), paragraph(FIRST), paragraph(SECOND)])
        )
        assert edited == Edited(ARTICLE, ())


class TestTheListBehindTheArrow:
    def relinked(self, places: str, unit_id: str = SECOND) -> Unit:
        return find(taken(TEXT.replace(head(unit_id), f"{{{unit_id} ← {places}}}")), unit_id)

    def test_says_which_sentences_stand_behind_a_paragraph(self) -> None:
        unit = self.relinked("letter#4,5")
        assert unit.refs == (Ref("letter", "sccccccc"), Ref("letter", "sddddddd"))
        assert unit.source == "Rights groups spoke out. They fear for seven people."

    def test_gives_a_paragraph_that_nobody_wrote_its_new_draft(self) -> None:
        assert self.relinked("letter#4,5").target == ""

    def test_leaves_a_written_text_as_it_is_but_for_its_approval(self) -> None:
        unit = self.relinked("letter#2", FIRST)
        old = find(taken(TEXT), FIRST)
        assert (unit.target, unit.by, unit.translated) == (old.target, old.by, old.translated)
        assert (unit.source, unit.approved) == ("The U.N. released a letter.", None)

    @pytest.mark.parametrize(
        "places", ["letter#2-4", "letter#2,3,4", "letter#2, 3, 4", "letter#2 letter#3,sccccccc", "letter#2–4"]
    )
    def test_holds_positions_ranges_and_ids(self, places: str) -> None:
        assert [ref.unit for ref in self.relinked(places).refs] == ["saaaaaaa", "sbbbbbbb", "sccccccc"]

    @pytest.mark.parametrize(
        "places", ["letter#6", "letter#0", "letter#4-2", "letter#²", "letter", "gone#1", "letter#2,zzzzzzzz"]
    )
    def test_names_what_is_not_there(self, places: str) -> None:
        line = TEXT[: TEXT.index(head(SECOND))].count("\n") + 1
        with pytest.raises(UsageError, match=f"line {line}: there is no sentence"):
            self.relinked(places)

    def test_moves_sentences_between_paragraphs(self) -> None:
        text = TEXT.replace(head(FIRST), f"{{{FIRST} ← letter#2}}").replace(head(SECOND), f"{{{SECOND} ← letter#3,4}}")
        article = taken(text).article
        assert recompose(article, REPORTS, "eugene", T3) == article
        assert [ref.unit for unit in article.units[1:3] for ref in unit.refs] == ["saaaaaaa", "sbbbbbbb", "sccccccc"]

    def test_that_is_emptied_makes_the_paragraph_the_writers_own(self) -> None:
        assert (self.relinked("").refs, self.relinked("").source) == ((), "Rights groups spoke out.")

    def test_that_is_missing_stays_as_it_was(self) -> None:
        text = TEXT.replace(head(FIRST), f"{{{FIRST}}}")
        assert taken(text) == Edited(ARTICLE, ())


class TestWhatAHeadSaysAParagraphIs:
    def test_may_be_changed(self) -> None:
        unit = find(taken(TEXT.replace(head(SECOND), f"{{{SECOND} subhead ← letter#4}}")), SECOND)
        assert (unit.kind, unit.target) == ("subhead", "")

    def test_stays_where_it_is_not_said(self) -> None:
        assert taken(TEXT.replace(head(HEAD), f"{{{HEAD} ← letter#1}}")) == Edited(ARTICLE, ())

    def test_may_be_anything_that_another_program_wrote_there(self) -> None:
        odd = ARTICLE.map_unit(SECOND, lambda unit: unit.replace(variant="Foo 1, x"))
        assert taken(export(odd, REPORTS), odd) == Edited(odd, ())


class TestATextThatCannotBeMeant:
    def test_of_an_unknown_id(self) -> None:
        with pytest.raises(UsageError, match="no paragraph zzzzzzzz"):
            taken(story("{zzzzzzzz}\nWords."))

    def test_with_an_id_twice(self) -> None:
        with pytest.raises(UsageError, match=f"{FIRST} is here twice"):
            taken(story(paragraph(FIRST), paragraph(FIRST)))
        with pytest.raises(UsageError, match=f"{FIRST} is here twice"):
            taken(story(f"{{{FIRST}+{FIRST}}}\nWords."))

    @pytest.mark.parametrize("line", ["{", "{short}", "{new} and words", "{NEW}", f"{{{FIRST}", f"{{{FIRST}+}}"])
    def test_with_a_line_that_is_no_head(self, line: str) -> None:
        with pytest.raises(UsageError, match=r"line 3: .* is no head"):
            taken(story(line))

    def test_with_a_character_that_no_file_holds(self) -> None:
        with pytest.raises(UsageError, match="cannot be stored"):
            taken(TEXT.replace("spoke", "sp\x07ke"))


class TestAnotherState:
    @pytest.mark.parametrize(
        "change",
        [
            {"target": "Other words."},
            {"source": "Another draft."},
            {"cut": Act("eugene", T1)},
            {"refs": (Ref("letter", "sddddddd"),)},
        ],
    )
    def test_of_the_article_is_refused(self, change: dict[str, object]) -> None:
        other = ARTICLE.map_unit(SECOND, lambda unit: unit.replace(**change))
        with pytest.raises(UsageError, match="another state"):
            taken(TEXT, other)

    def test_of_its_order_is_refused(self) -> None:
        with pytest.raises(UsageError, match="another state"):
            taken(TEXT, ARTICLE.replace(units=ARTICLE.units[::-1]))

    def test_of_a_report_is_refused_since_positions_mean_other_sentences(self) -> None:
        units = REPORTS["letter"].units
        with pytest.raises(UsageError, match="another state"):
            taken(TEXT, ARTICLE, {"letter": REPORTS["letter"].replace(units=units[1:])})

    def test_is_what_an_edit_leaves_behind(self) -> None:
        edited = taken(TEXT.replace("Rights groups", "Two groups"))
        with pytest.raises(UsageError, match="another state"):
            taken(TEXT, edited.article)


@st.composite
def edits(draw: st.DrawFn) -> str:
    """Draw any text that a writer may save, with heading lines in any order."""
    known = list(draw(st.permutations([HEAD, FIRST, SECOND, LAST])))
    parts: list[str] = []
    bodies = st.sampled_from(["", "Some words.", "One part.\n\nAnother part.", "\\{new}"])
    while known:
        kind = draw(st.sampled_from(["whole", "whole", "words", "join", "drop", "new", "line"]))
        if kind == "new":
            parts.append("{new}\n" + draw(bodies))
        elif kind == "line":
            parts.append(CUT_LINE)
        else:
            unit_id = known.pop()
            if kind == "whole":
                parts.append(paragraph(unit_id))
            elif kind == "words":
                parts.append(f"{head(unit_id)}\n{draw(bodies)}")
            elif kind == "join" and known:
                parts.append(f"{{{unit_id}+{known.pop()}}}\n{draw(bodies)}")
    return "\n\n".join([state_line(ARTICLE, REPORTS), *parts])


class TestNothingIsLost:
    @given(edits())
    def test_by_any_edit(self, text: str) -> None:
        new = taken(text).article
        living = [unit.id for unit in new.units] + [unit_id for unit in new.units for unit_id in unit.joined]
        assert sorted(set(living)) == sorted(living)
        assert set(ids(ARTICLE)) <= set(living)
        assert {ref for unit in ARTICLE.units for ref in unit.refs} == {ref for unit in new.units for ref in unit.refs}
        for unit in new.units:
            counts = [each.words for each in unit.by] + [share.words for share in unit.translated]
            assert sum(counts) == len(words(unit.target))
            assert not (unit.fuzzy and not unit.target)
            assert unit.approved is None or is_approved(unit)
        assert edit(new, REPORTS, export(new, REPORTS), "eugene", T3) == Edited(new, ())

    def test_by_handing_a_text_to_nobody(self) -> None:
        new = taken(state_line(ARTICLE, REPORTS)).article
        assert ids(new) == ids(ARTICLE)
        assert all(unit.cut for unit in new.units)
        assert main_author(new.units[1]) == main_author(ARTICLE.units[1])


class TestMerging:
    BASE = "# state 1\n\n{aaaaaaaa}\nOne.\n\n{bbbbbbbb}\nTwo.\n\n{cccccccc}\nThree.\n"

    def test_takes_the_changes_of_both_and_the_state_of_the_story(self) -> None:
        mine = self.BASE.replace("One.", "One, mine.") + "\n{new}\nA lead.\n"
        theirs = self.BASE.replace("# state 1", "# state 2").replace("Three.", "Three, theirs.")
        merged = merge_texts(self.BASE, mine, theirs)
        assert merged.clashes == ()
        assert merged.text == theirs.replace("One.", "One, mine.") + "\n{new}\nA lead.\n"

    def test_names_what_the_story_has_where_both_changed_and_takes_mine(self) -> None:
        theirs = self.BASE.replace("# state 1", "# state 2").replace("Two.", "Two, theirs.")
        merged = merge_texts(self.BASE, self.BASE.replace("Two.", "Two, mine."), theirs)
        assert merged == (theirs.replace("Two, theirs.", "Two, mine."), ("Two, theirs.",))

    def test_keeps_what_both_put_at_one_place(self) -> None:
        at = "{bbbbbbbb}"
        mine, theirs = (self.BASE.replace(at, f"{{new}}\n{who}\n\n{at}") for who in ("Mine.", "Theirs."))
        merged = merge_texts(self.BASE, mine, theirs)
        assert "Mine." in merged.text
        assert "Theirs." in merged.text + "".join(merged.clashes)

    @given(st.lists(st.sampled_from("abcdefg"), max_size=8), st.lists(st.sampled_from("abcdefgh"), max_size=8))
    def test_with_one_side_unchanged_is_the_other(self, base: list[str], new: list[str]) -> None:
        old, other = ("\n".join(["#", *lines]) for lines in (base, new))
        assert merge_texts(old, other, old) == (other, ())
        assert merge_texts(old, old, other) == (other, ())

    @given(*[st.lists(st.sampled_from("abcd"), max_size=7)] * 3)
    def test_loses_no_line_that_either_side_wrote(self, base: list[str], mine: list[str], theirs: list[str]) -> None:
        names = [str(number) for number in range(7)]
        old, own, other = (
            "\n".join(["#", *(f"{sign}{each}" for sign, each in zip(names, lines, strict=False))])
            for lines in (base, mine, theirs)
        )
        merged = merge_texts(old, own, other)
        left = "\n".join([merged.text, *merged.clashes]).split("\n")
        for side in (own, other):
            assert set(side.split("\n")) - set(old.split("\n")) <= set(left)


class TestThePlaceInTheText:
    LINES = TEXT.split("\n")

    def place(self, words_of_line: str, text: str = TEXT) -> TextPlace | None:
        lines = text.split("\n")
        return place_at(text, next(row for row, line in enumerate(lines) if words_of_line in line), "en")

    @pytest.mark.parametrize("line", [f"{{{FIRST}", "made a letter public"])
    def test_is_the_paragraph_under_its_head(self, line: str) -> None:
        place = self.place(line)
        assert place is not None
        assert (place.head.ids, place.head.refs) == ((FIRST,), "letter#2,3")
        assert place.text == "The U.N. made a letter public. China did not answer."

    def test_is_none_above_the_first_head(self) -> None:
        assert place_at(TEXT, 0, "en") is None

    def test_of_a_part_that_is_split_off_has_the_head_above(self) -> None:
        place = self.place("China", TEXT.replace("public. China", "public.\n\nChina"))
        assert place is not None
        assert (place.head.ids, place.text) == ((FIRST,), "China did not answer.")
