"""Built HTML becomes Typst code; what is not printed stays out."""

from __future__ import annotations

import pytest

from portal.build import pdf_article, pdf_html
from portal.build.pdf_place import Place, string

PLACE = Place("m0", "vi/toolkits/employers/fees.html", "https://example.org/", {
    "vi/toolkits/employers/fees.html": ("m0", frozenset({"what-to-do"})),
    "vi/toolkits/employers/index.html": ("m1", frozenset({"what-to-do"})),
})  # fmt: skip


def code(html: str) -> str:
    return pdf_article.blocks(pdf_html.parse(html).children, PLACE)


@pytest.mark.parametrize("text", ['a "quoted" \\ back', "#let x = 1", "$math$ *star* _under_", "line\nbreak", "@label <label>"])
def test_any_text_is_a_string(text: str) -> None:
    assert string(text).startswith('"')
    assert string(text).endswith('"')
    assert '"' not in string(text)[1:-1].replace('\\"', "")


@pytest.mark.parametrize(("html", "expected"), [
    ("<p>One <strong>two</strong> three</p>", 'par({"One "; strong({"two"}); " three"})'),
    ("<p>One<em> two </em>three</p>", 'par({"One"; emph({" "; "two"; " "}); "three"})'),
    ("<p><em>Who:</em> you</p>", 'who({emph({"Who:"}); " you"})'),
    ("<p><em>Bên làm:</em> bạn. <em>Ghi chú</em></p>", 'who({emph({"Bên làm:"}); " bạn. "; emph({"Ghi chú"})})'),
    ('<h2 id="what-to-do">Do</h2>', 'head(2, "m0-what-to-do", {"Do"})'),
    ("<p>Name: ____</p>", 'par({"Name: "; field(to-end: true)})'),
    ("<p>Within ____ days</p>", 'par({"Within "; field(); " days"})'),
    ("<p>Name: ____ Date: ____</p>", 'par({"Name: "; field(long: true); " Date: "; field(to-end: true)})'),
    ("<ol start='3'><li>x</li></ol>", 'ol-list(((none, {\npar({"x"})\n}),), start: 3)'),
    ("<hr>", "rule()"),
    ("<pre>a\n  b</pre>", 'par("a\\n  b")'),
    ("<p>a<br>b</p>", 'par({"a"; linebreak(); "b"})'),
    ("<form><input></form><nav>x</nav><script>y</script>", ""),
])  # fmt: skip
def test_blocks(html: str, expected: str) -> None:
    assert code(html) == expected


@pytest.mark.parametrize(("href", "expected"), [
    ("#what-to-do", ("label", "m0-what-to-do")),
    ("index.html#what-to-do", ("label", "m1-what-to-do")),
    ("index.html#gone", ("label", "m1")),
    ("../../index.html", ("url", "https://example.org/vi/")),
    ("../../resources/glossary.html#fee", ("url", "https://example.org/vi/resources/glossary.html#fee")),
    ("https://ilo.org/a?b=c#d", ("url", "https://ilo.org/a?b=c#d")),
    ("mailto:help@example.org", ("url", "mailto:help@example.org")),
    ("../../../../outside.html", ("", "")),
])  # fmt: skip
def test_links_stay_inside_where_they_can(href: str, expected: tuple[str, str]) -> None:
    assert PLACE.target(href) == expected


def test_links_to_other_modules_say_their_page_and_those_outside_their_host() -> None:
    assert code('<p><a href="index.html">x</a></p>') == 'par({see(label("m1"), {"x"})})'
    assert code('<p><a href="#what-to-do">x</a></p>') == 'par({inside(label("m0-what-to-do"), {"x"})})'
    assert code('<p><a rel="external" href="https://www.ilo.org/a">x</a></p>') == 'par({outside("https://www.ilo.org/a", "ilo.org", {"x"})})'


def test_tick_items_have_a_box_in_both_forms_of_html() -> None:
    for item in ('<input type="checkbox"> Yes', '<input type="checkbox" id="tick-1"><label for="tick-1">Yes</label>'):
        assert code(f'<ul><li class="task-list-item">{item}</li></ul>').startswith("ticks(")
        assert '"Yes"' in code(f'<ul><li class="task-list-item">{item}</li></ul>')


def test_tables_repeat_their_head_and_leave_room_in_empty_cells() -> None:
    made = code("<table><thead><tr><th>A</th><th></th></tr></thead><tbody><tr><td>b</td><td></td></tr><tr><td>c</td></tr></tbody></table>")
    assert 'table.header(head-cell({"A"}), blank-cell())' in made
    assert 'cell({"b"}), blank-cell()' in made
    assert 'cell({"c"}), cell({})' in made


def test_a_term_link_inside_a_word_does_not_tear_a_letter_apart() -> None:
    assert code('<p>මව් <a class="term" href="x">රට</a>ේද</p>') == 'par({"මව් "; "රට"; "ේද"})'


def test_only_the_article_notices_records_and_sources_are_printed() -> None:
    page = pdf_html.printed("""<header>menu</header><main><aside class="notice notice--machine"><p>By machine. <a href="x">English</a> · </p></aside>
        <h1>T</h1><article class="article"><section class="part part--a"><h2 id="a">A</h2></section>
        <section class="sources"><h2 id="sources">S</h2><ol><li id="fn:x"><p>X <a class="footnote-backref" href="#r">↩</a></p></li></ol></section></article>
        <section class="modules"><h2>M</h2></section><section class="further"><h2 id="further">F</h2></section></main><footer>foot</footer>""")
    assert page.notices == ("By machine.",)
    assert [part.text().strip() for part in page.parts] == ["A", "F"]
    assert page.sources is not None
    assert "↩" not in page.sources.text()
    assert pdf_article.ids((*page.parts, page.sources)) == {"a", "further", "sources", "fn:x"}


def test_a_page_without_article_is_refused() -> None:
    with pytest.raises(ValueError, match="article"):
        pdf_html.printed("<main></main>")
