"""Rendered stories: byte-identical in every run, complete in every format, and text stays text."""

import json
import os
import re
from dataclasses import replace
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from support import paths
from support.newsrooms import SETTINGS
from transflow import renderers
from transflow.errors import RefusedError, UnknownNameError, UnreadableError
from transflow.model.credit import CreditGroup
from transflow.model.story import Basis, Paragraph, Story
from transflow.model.unit import KINDS
from transflow.project import Project
from transflow.project.templates import template_reader
from transflow.renderers import html
from transflow.renderers.formatting import blocks, limits, markup

GOLDEN = paths.TESTS / "golden" / "render"
STORIES = sorted(path.name.removesuffix(".story.json") for path in GOLDEN.glob("*.story.json"))
LINE = "Translated by Claire Lee and Leejin Jun. Written in English by Eugene Whong."


def story(name: str) -> Story:
    """Return a story of the golden folder: the fields of `Story` as JSON."""
    read = json.loads((GOLDEN / f"{name}.story.json").read_text(encoding="utf-8"))
    for field in ("reporters", "tags", "cites"):
        read[field] = tuple(read[field])
    read["credits"] = tuple(
        CreditGroup(each["role"], tuple(each["ids"]), tuple(each["names"])) for each in read["credits"]
    )
    read["basis"] = tuple(Basis(**each) for each in read["basis"])
    read["paragraphs"] = tuple(
        Paragraph(each["kind"], each["text"], each.get("variant", ""), f"u{n}")
        for n, each in enumerate(read["paragraphs"])
    )
    return Story(**read)


BRIDGES = story("bridges")


# Every format


@pytest.mark.parametrize("to", renderers.names())
@pytest.mark.parametrize("name", STORIES)
def test_a_story_renders_as_it_did(name: str, to: str) -> None:
    path = GOLDEN / (name + renderers.load(to).SUFFIX)
    rendered = renderers.render(story(name), to)
    if os.environ.get("TRANSFLOW_WRITE_GOLDENS"):
        path.write_text(rendered, encoding="utf-8", newline="\n")
    assert rendered == path.read_text(encoding="utf-8")


def test_every_format_documents_itself_and_has_a_suffix_of_its_own() -> None:
    loaded = [renderers.load(name) for name in renderers.names()]
    assert all(each.__doc__ and each.render.__doc__ for each in loaded)
    assert len({each.SUFFIX for each in loaded}) == len(loaded)
    assert all(re.fullmatch(r"(\.[a-z]+)+", each.SUFFIX) for each in loaded)


@pytest.mark.parametrize("name", ["pdf", "formatting", "os", "../html", ""])
def test_a_format_that_is_not_there_is_an_error_that_lists_those_that_are(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"There are: fragment, html|Did you mean"):
        renderers.render(BRIDGES, name)


@pytest.mark.parametrize("to", ["md", "txt"])
def test_the_credit_line_is_the_last_line_of_a_text(to: str) -> None:
    assert renderers.render(BRIDGES, to).endswith(f"\n\n{LINE}\n")


@pytest.mark.parametrize("to", ["md", "txt"])
def test_the_stamp_of_a_draft_is_the_first_line_of_a_text(to: str) -> None:
    first = renderers.render(replace(BRIDGES, draft=True), to).splitlines()[0]
    assert first.strip("*") == "DRAFT — not for publication"


@pytest.mark.parametrize("to", renderers.names())
def test_a_draft_is_stamped_and_a_cleared_story_is_not(to: str) -> None:
    assert "DRAFT — not for publication" in renderers.render(replace(BRIDGES, draft=True), to)
    assert "DRAFT" not in renderers.render(BRIDGES, to)


texts = st.text(st.sampled_from("ab \n\t\"'<>&*_`[]()!#|{}%\\\u202e\u2067\u00a0\u2028한국"), max_size=30)
words = st.text(st.sampled_from("ab \"'<>&*_{}%\u202e김"), max_size=12)
stories = st.builds(
    replace,
    st.just(BRIDGES),
    headline=texts,
    deck=texts,
    byline=words,
    reporters=st.lists(words, max_size=2).map(tuple),
    dateline=words,
    date=st.sampled_from(["", "2024-03-26", "2024-03-26T14:40:12+09:00"]),
    publisher=words,
    url=st.sampled_from(["", "https://example.org/a", "javascript:alert(1)"]),
    credit_line=words,
    draft=st.booleans(),
    locale=st.sampled_from(["en", "ko", "ar", "zh_Hans"]),
    paragraphs=st.lists(
        st.builds(
            Paragraph, st.sampled_from(KINDS), texts, st.sampled_from(["", "row", "head row", "numbered"]), words
        ),
        max_size=8,
    ).map(tuple),
)


class WellFormed(HTMLParser):
    """An HTML parser with the rules of XML: every element is closed by its own end tag."""

    VOID = frozenset({"meta", "link", "br", "img"})

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: dict[str, str] = {}
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len({name for name, _ in attrs}) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        for tag in self.open:
            self.text[tag] = self.text.get(tag, "") + data

    def tags(self) -> list[str]:
        return [tag for tag, _ in self.elements]


@settings(max_examples=40)
@given(stories)
def test_any_story_is_a_well_formed_page_with_one_head_and_only_the_elements_of_the_templates(any_story: Story) -> None:
    page = WellFormed(renderers.render(any_story, "html"))
    assert page.tags().count("h1") == page.tags().count("article") == page.tags().count("script") == 1
    assert not {"img", "b", "a href"} & set(page.tags())
    for _, attributes in page.elements:
        assert not any(name.startswith("on") for name in attributes)
        assert re.match(r"https?://|mailto:", attributes.get("href") or "https://")
    assert json.loads(page.text["script"])["@type"] == "NewsArticle"


@settings(max_examples=40)
@given(stories, st.sampled_from(renderers.names()))
def test_rendering_twice_gives_the_same_bytes_and_no_direction_is_left_turned(any_story: Story, to: str) -> None:
    rendered = renderers.render(any_story, to)
    assert rendered == renderers.render(any_story, to)
    assert rendered.endswith("\n")
    if to in ("md", "txt"):
        assert all(markup.close_directional(line) == line for line in rendered.splitlines())


# HTML


def metadata(of: Story) -> dict[str, Any]:
    read = json.loads(WellFormed(renderers.render(of, "html")).text["script"])
    assert isinstance(read, dict)
    return read


def test_a_page_declares_its_language_and_direction() -> None:
    page = WellFormed(renderers.render(replace(BRIDGES, locale="zh_Hans"), "html"))
    assert page.elements[0] == ("html", {"lang": "zh-Hans", "dir": "ltr"})
    assert WellFormed(renderers.render(replace(BRIDGES, locale="ar"), "html")).elements[0][1]["dir"] == "rtl"


def test_a_page_asks_the_network_for_nothing() -> None:
    page = renderers.render(BRIDGES, "html")
    elements = WellFormed(page).elements
    assert not any("src" in attributes for _, attributes in elements)
    assert [attributes["rel"] for tag, attributes in elements if tag == "link"] == ["canonical"]
    assert not re.search(r"url\(|@import", page)


def test_a_page_has_its_parts_where_readers_with_assistance_look_for_them() -> None:
    page = WellFormed(renderers.render(BRIDGES, "html"))
    assert page.text["h1"] == page.text["title"].removesuffix(" | The River Post")
    assert page.text["footer"].strip() == LINE
    assert ("time", {"datetime": BRIDGES.date}) in page.elements
    assert {"main", "article", "header", "footer", "aside"} <= set(page.tags())
    assert ("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}) in page.elements


def test_only_a_draft_is_kept_from_search_engines() -> None:
    robots = ("meta", {"name": "robots", "content": "noindex, nofollow"})
    assert robots in WellFormed(renderers.render(replace(BRIDGES, draft=True), "html")).elements
    assert robots not in WellFormed(renderers.render(BRIDGES, "html")).elements


def test_the_metadata_say_who_made_the_story() -> None:
    said = metadata(BRIDGES)
    assert [each["name"] for each in said["author"]] == ["Haneul Kim", "Bora Lee"]
    assert [each["name"] for each in said["translator"]] == ["Claire Lee", "Leejin Jun"]
    assert [each["name"] for each in said["contributor"]] == ["Eugene Whong"]
    assert said["creditText"] == LINE
    assert said["alternativeHeadline"] == markup.plain(BRIDGES.deck)
    assert (said["datePublished"], said["dateModified"]) == (BRIDGES.date, BRIDGES.modified)


def test_the_writer_of_a_story_without_byline_is_its_author() -> None:
    said = metadata(replace(BRIDGES, byline="", reporters=()))
    assert [each["name"] for each in said["author"]] == ["Eugene Whong"]
    assert "contributor" not in said


def test_an_editor_is_named_where_credited() -> None:
    edited = replace(BRIDGES, credits=(*BRIDGES.credits, CreditGroup("editor", ("e",), ("Edith",))))
    assert metadata(edited)["editor"] == [{"@type": "Person", "name": "Edith"}]
    assert "editor" not in metadata(BRIDGES)


def test_a_story_translates_a_work_only_if_it_was_made_from_one() -> None:
    one = metadata(replace(BRIDGES, basis=BRIDGES.basis[:1]))
    assert one["isBasedOn"] == [one["translationOfWork"]]
    assert one["translationOfWork"]["inLanguage"] == "ko"
    secret = metadata(replace(BRIDGES, basis=BRIDGES.basis[:1], has_secret_basis=True))
    assert len(secret["isBasedOn"]) == 1
    assert "translationOfWork" not in secret
    two = metadata(BRIDGES)
    assert len(two["isBasedOn"]) == 2
    assert "translationOfWork" not in two


def test_open_graph_tags() -> None:
    said = {
        a["property"]: a["content"]
        for _, a in WellFormed(renderers.render(BRIDGES, "html")).elements
        if "property" in a
    }
    assert said["og:type"] == "article"
    assert said["og:locale"] == "en_US"
    assert said["og:url"] == BRIDGES.url
    assert said["article:published_time"] == BRIDGES.date
    assert said["article:modified_time"] == BRIDGES.modified


def test_a_report_without_an_address_is_not_listed_for_readers() -> None:
    assert "<aside" not in renderers.render(
        replace(BRIDGES, basis=(Basis("r", "제목", "ko", "", ""),), cites=()), "html"
    )


# Blocks of the body


def body(*paragraphs: tuple[str, str, str], dateline: str = "") -> tuple[blocks.RenderedBlock, ...]:
    made = tuple(Paragraph(kind, text, variant, "u") for kind, text, variant in paragraphs)  # type: ignore[arg-type] # of KINDS
    return blocks.body(replace(BRIDGES, paragraphs=made, dateline=dateline))


def test_list_items_make_one_list_and_numbered_ones_another() -> None:
    made = body(("list item", "a", ""), ("list item", "b", ""), ("list item", "c", "numbered"))
    assert [(block.shape, block.texts) for block in made] == [("list", ("a", "b")), ("numbered list", ("c",))]


def test_cells_make_rows_and_heads_after_rows_begin_another_table() -> None:
    cells = (("a", "head row"), ("b", ""), ("c", "row"), ("d", ""), ("e", "head row"))
    first, second = body(*(("table cell", text, variant) for text, variant in cells))
    assert (first.heads, first.rows) == ((("a", "b"),), (("c", "d"),))
    assert (second.heads, second.rows) == ((("e",),), ())


def test_the_dateline_opens_the_first_paragraph_or_stands_alone() -> None:
    assert body(("paragraph", "a", ""), ("paragraph", "b", ""), dateline="SEOUL")[0].dateline == "SEOUL"
    alone, subhead = body(("subhead", "a", ""), dateline="SEOUL")
    assert (alone.dateline, alone.texts, subhead.dateline) == ("SEOUL", ("",), "")


@given(stories)
def test_no_paragraph_is_lost_doubled_or_moved(any_story: Story) -> None:
    made = blocks.body(replace(any_story, dateline=""))
    printed = [
        text for each in made for text in (*each.texts, *(cell for row in each.heads + each.rows for cell in row))
    ]
    assert printed == [paragraph.text for paragraph in any_story.paragraphs]


# Inline Markdown


@pytest.mark.parametrize(
    ("text", "html", "addressed"),
    [
        ("a *b* **c** `d`", "a <em>b</em> <strong>c</strong> <code>d</code>", "a b c d"),
        ("[x](https://e.org/p)", '<a href="https://e.org/p">x</a>', "x (https://e.org/p)"),
        ("[*x* y](https://e.org/p)", '<a href="https://e.org/p"><em>x</em> y</a>', "x y (https://e.org/p)"),
        ("<https://e.org>", '<a href="https://e.org">https://e.org</a>', "https://e.org"),
        ("[desk](mailto:d@e.org)", '<a href="mailto:d@e.org">desk</a>', "desk (d@e.org)"),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](JaVaScRiPt&colon;alert(1))",) + ("[x](JaVaScRiPt:alert(1))",) * 2,
        ("[x](/local)", "[x](/local)", "[x](/local)"),
        ("[x]()", "x", "x"),
        ("<b>x</b>", "&lt;b&gt;x&lt;/b&gt;", "<b>x</b>"),
        ("![a *b*](https://e.org/i.png)", "a b", "a b"),
        ("“Typo—graphy…” it's\u00a0'so'", "“Typo—graphy…” it's\u00a0'so'", "“Typo—graphy…” it's\u00a0'so'"),
        ("[name redacted]", "[name redacted]", "[name redacted]"),
        ("two\nlines", "two lines", "two lines"),
        ("{{ 7*7 }} {% x %}", "{{ 7*7 }} {% x %}", "{{ 7*7 }} {% x %}"),
    ],
)
def test_inline_markdown(text: str, html: str, addressed: str) -> None:
    assert markup.html(text) == html
    assert markup.addressed(text) == addressed


inline = st.lists(
    st.sampled_from([*"ab *_`[]()<>!\\#-+1.:=~&|/\"'“”\n", "<b>", "](", "![", "http://x.y", "javascript:x", "&amp;"])
    | st.sampled_from(["<http://x>", "1. ", "- ", "# ", "> ", "***", "---", "```", "[a]: http://x"]),
    max_size=12,
).map("".join)


@cache
def other_program() -> MarkdownIt:
    """Return a Markdown parser that accepts raw HTML and images, and links every address."""
    return MarkdownIt("commonmark", {"html": True})


@given(inline)
def test_markdown_says_the_same_to_another_program(text: str) -> None:
    assume(not re.search(r"\]\(\s*(<[^>]*>)?\s*[)\"'(]", text))  # an empty address: a broken link there, text here
    read = other_program().render(markup.markdown(text)).strip()
    expected = markup.html(text).strip()
    assert read == (f"<p>{expected}</p>" if expected else "")


@given(words)
def test_a_name_in_markdown_is_the_name(name: str) -> None:
    assume(name.strip() == name and "\u202e" not in name)
    read = other_program().render(markup.escaped_markdown(name)).strip()
    assert unescape(read) == (f"<p>{name}</p>" if name else "")


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("plain", "plain"),
        ("\u202ea", "\u202ea\u202c"),
        ("\u202ea\u202c", "\u202ea\u202c"),
        ("\u2067a\u202bb", "\u2067a\u202bb\u202c\u2069"),
        ("\u2067a\u202bb\u2069", "\u2067a\u202bb\u2069"),
        ("\u2067a\u202c", "\u2067a\u202c\u2069"),
        ("\u2069a\u202c", "\u2069a\u202c"),
    ],
)
def test_directions_that_a_text_turns_are_turned_back_at_its_end(text: str, closed: str) -> None:
    assert markup.close_directional(text) == closed
    assert markup.close_directional(closed) == closed


# ninjs and the fragment


@cache
def ninjs() -> Draft202012Validator:
    schema = json.loads((paths.TESTS / "ninjs-3.1-subset.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


@pytest.mark.parametrize("name", STORIES)
def test_the_news_item_is_valid(name: str) -> None:
    ninjs().validate(json.loads(renderers.render(story(name), "json")))


@settings(max_examples=40)
@given(stories)
def test_the_news_item_of_any_story_is_valid(any_story: Story) -> None:
    ninjs().validate(json.loads(renderers.render(any_story, "json")))


def test_the_news_item_says_who_did_what_and_from_what() -> None:
    item = json.loads(renderers.render(BRIDGES, "json"))
    people = [(each["role"], each["name"]) for each in item["infoSources"]]
    assert ("translator", "Claire Lee") in people
    assert ("writer", "Eugene Whong") in people
    assert [(each["rel"], each["language"]) for each in item["associations"]] == [("translatedFrom", "ko")] * 2
    assert (item["by"], item["located"], item["pubStatus"]) == ("Haneul Kim and Bora Lee", "SEOUL", "usable")
    assert all(each["value"].rstrip("\n").removesuffix("</p>").endswith(LINE) for each in item["bodies"])


def test_a_draft_is_withheld_and_keeps_its_name() -> None:
    draft = json.loads(renderers.render(replace(BRIDGES, draft=True, url="", date="", modified=""), "json"))
    assert draft["pubStatus"] == "withheld"
    assert draft["uri"] == json.loads(renderers.render(BRIDGES, "json"))["uri"]
    assert "firstCreated" not in draft


def test_the_fragment_has_every_field_once() -> None:
    document = json.loads(renderers.render(BRIDGES, "fragment"))
    assert (document["credit"], document["dateline"], document["byline"]) == (LINE, "SEOUL", BRIDGES.byline)
    assert document["headlineHtml"].endswith("<em>missing</em>")
    assert LINE not in document["body"]
    assert "SEOUL" not in document["body"]
    WellFormed(document["body"])


# The label of a machine's words

LABELLED = replace(BRIDGES, label="By a machine & <Mina>.", origin="mixed")
TERM = "compositeWithTrainedAlgorithmicMedia"


@pytest.mark.parametrize("to", renderers.names())
def test_every_format_prints_the_label_below_the_credits_and_only_where_there_is_one(to: str) -> None:
    printed = renderers.render(LABELLED, to)
    shown = {
        "html": "By a machine &amp; &lt;Mina&gt;.",
        "md": markup.escaped_markdown(LABELLED.label),
        "vtt": "By a machine &amp; &lt;Mina&gt;.",
    }.get(to)
    assert printed.rindex(shown or LABELLED.label) > printed.index("Translated by Claire Lee")
    assert "By a machine" not in renderers.render(BRIDGES, to)


def test_the_metadata_name_the_digital_source_in_the_terms_of_the_iptc() -> None:
    address = f"http://cv.iptc.org/newscodes/digitalsourcetype/{TERM}"
    item = json.loads(renderers.render(LABELLED, "json"))
    ninjs().validate(item)
    assert item["digitalSourceType"] == {"uri": address}
    assert [each["value"] for each in item["descriptions"] if each["role"] == "label"] == [LABELLED.label]
    assert all("By a machine" in each["value"] for each in item["bodies"])
    fragment = json.loads(renderers.render(LABELLED, "fragment"))
    assert (fragment["label"], fragment["digitalSourceType"]) == (LABELLED.label, address)
    assert "By a machine" not in fragment["body"]
    data = html.news_article(LABELLED)
    assert data["digitalSourceType"] == "https://schema.org/CompositeWithTrainedAlgorithmicMediaDigitalSource"
    assert data["creditText"] == f"{LINE} {LABELLED.label}"
    whole = html.news_article(replace(LABELLED, origin="machine"))
    assert whole["digitalSourceType"] == "https://schema.org/TrainedAlgorithmicMediaDigitalSource"
    assert "digitalSourceType" not in html.news_article(BRIDGES)


# Templates of a project


def own(root: Path, texts: dict[str, str]) -> renderers.Templates:
    """Write templates of a project."""
    folder = root / "room" / "templates"
    folder.mkdir(parents=True)
    settings = f'{SETTINGS.partition("[[")[0]}\n[render]\ntemplates = "templates"\n'
    (root / "room" / "transflow.toml").write_text(settings, encoding="utf-8")
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    found = template_reader(Project(root / "room"))
    assert found is not None
    return found


@pytest.mark.parametrize(
    "template",
    ["{{ 'x' * 10**9 }}", "{{ [1] * 10**9 }}", "{{ 'x'.center(10**9) }}", "{{ '%1000000000d' % 1 }}"],
)
def test_a_template_that_takes_too_much_memory_is_named_with_its_line(tmp_path: Path, template: str) -> None:
    templates = own(tmp_path, {"body.html": f"\n{template}"})
    with pytest.raises(UnreadableError, match=r"templates/body.html:2.*more than 512 MB"):
        renderers.render(BRIDGES, "html", templates)


def test_a_template_that_takes_too_long_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "SECONDS", 1)
    loop = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}\n{% endfor %}"
    with pytest.raises(UnreadableError, match=r"templates/body.html:1.*more than 1 seconds"):
        renderers.render(BRIDGES, "html", own(tmp_path, {"body.html": loop}))


def test_a_projects_templates_come_first_and_the_rest_is_ours(tmp_path: Path) -> None:
    page = renderers.render(BRIDGES, "html", own(tmp_path, {"story.css": "h1 { color: teal }\n"}))
    assert "<style>\nh1 { color: teal }\n</style>" in page
    assert LINE in page


@pytest.mark.parametrize(
    ("to", "name"), [("html", "story.html"), ("md", "story.md"), ("txt", "story.txt"), ("json", "fragment.html")]
)
def test_a_template_that_prints_no_label_is_refused_where_one_is_due(tmp_path: Path, to: str, name: str) -> None:
    bare = "<script>{{ story.label }}</script>" if name.endswith(".html") else "{{ story.headline }}"
    templates = own(tmp_path, {name: bare})
    renderers.render(BRIDGES, to, templates)
    with pytest.raises(RefusedError, match=f"format {to} does not print the label.*put {{{{ story.label }}}} into it"):
        renderers.render(LABELLED, to, templates)
    (tmp_path / "room" / "templates" / name).write_text("{{ story.label }}", encoding="utf-8")
    assert "By a machine" in renderers.render(LABELLED, to, templates)


def test_a_projects_html_template_escapes_by_itself(tmp_path: Path) -> None:
    templates = own(tmp_path, {"body.html": "{{ story.dateline }}"})
    assert "&lt;b&gt;" in renderers.render(replace(BRIDGES, dateline="<b>"), "html", templates)


@pytest.mark.parametrize(
    "template",
    [
        "{{ story.nothing }}",
        "{{ nothing }}",
        "{% if %}",
        "{{ ''.__class__.__mro__ }}",
        "{{ story.__init__.__globals__ }}",
        "{{ _.__globals__ }}",
        "{{ blocks.append(1) }}",
        "{{ 1 / 0 }}",
        "{{ 'a' + 1 }}",
        "{% include 'missing.html' %}",
        "{% include '../secret.html' %}",
        "{% include './../secret.html' %}",
        "{% include '.env.html' %}",
        "{% import '/etc/hostname.html' as html %}",
        "{% extends '.env.html' %}",
        "{{ lipsum() }}",
        "{{ [1, 2] | random }}",
    ],
)
def test_what_a_template_may_not_or_cannot_do_is_an_error_that_names_it(tmp_path: Path, template: str) -> None:
    (tmp_path / "secret.html").write_text("secret", encoding="utf-8")
    templates = own(tmp_path, {"body.html": f"\n{template}", ".env.html": "secret"})
    with pytest.raises(UnreadableError) as error:
        renderers.render(BRIDGES, "html", templates)
    assert "html" in error.value.path
    assert error.value.line == 2 or "no such template" in str(error.value)


def test_a_template_that_is_no_text_is_an_error(tmp_path: Path) -> None:
    templates = own(tmp_path, {})
    (tmp_path / "room" / "templates" / "story.css").write_bytes(b"\xff\xfe")
    with pytest.raises(UnreadableError, match="not UTF-8"):
        renderers.render(BRIDGES, "html", templates)


def test_a_table_keeps_the_alignment_of_its_columns() -> None:
    cells = [("이름", "head row"), ("수", "right"), ("해주", "row"), ("7", "right"), ("평양", "row"), ("8", "center")]
    table = tuple(Paragraph("table cell", text, variant, f"u{n}") for n, (text, variant) in enumerate(cells))
    page = replace(BRIDGES, paragraphs=table)
    assert "| 이름 | 수 |\n| --- | --: |\n| 해주 | 7 |\n| 평양 | 8 |\n" in renderers.render(page, "md")
    assert '<tr><td>해주</td><td style="text-align: right">7</td></tr>' in renderers.render(page, "html")
