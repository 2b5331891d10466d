"""The article's shaping: sections, ticks, tables, sources, terms."""

from __future__ import annotations

from markdown import Markdown

from portal import article


def shape(text: str, **settings: object) -> str:
    extension = article.ArticleExtension()
    extension.settings = article.ArticleSettings(**settings)  # type: ignore[arg-type]
    return Markdown(extensions=["attr_list", "tables", "footnotes", "pymdownx.tasklist", extension]).convert(text)


def test_second_level_headings_become_sections() -> None:
    html = shape("intro\n\n## A { #a }\n\nx\n\n### B { #b }\n\ny\n\n## C { #c }\n\nz")
    assert html.index("<p>intro</p>") < html.index('<section aria-labelledby="a" class="part part--a">')
    assert html.count("<section") == 2
    assert html.index("<p>y</p>") < html.index("</section>")


def test_tick_items_have_labels() -> None:
    html = shape("- [ ] Ask **every** worker.\n- [ ] Pay.")
    assert '<label for="tick-1">Ask <strong>every</strong> worker.</label>' in html
    assert 'id="tick-2"' in html
    assert html.count("</label>") == 2


def test_table_heads_have_scopes_and_empty_heads_are_cells() -> None:
    html = shape("## A { #a }\n\n| x | |\n|---|---|\n| 1 | 2 |")
    assert '<th scope="col">x</th>' in html
    assert html.count("<th ") == 1
    assert 'aria-labelledby="a"' in html


def test_footnotes_get_a_titled_section() -> None:
    html = shape("## A { #a }\n\nx[^s]\n\n[^s]: Work", sources_title="Nguồn")
    assert '<h2 id="sources">Nguồn</h2>' in html
    assert html.index("</section>") < html.index('class="sources"')
    assert "<hr" not in html


def test_terms_are_linked_once_and_not_in_links_or_headings() -> None:
    terms = {"recruitment fee": "recruitment-fee", "fee": "fee"}
    html = shape(
        "## Recruitment fee { #f }\n\nA recruitment fee, a Recruitment Fee, a fee. [fee](x.md)",
        glossary_href="g.html", terms=terms, term_pattern=article.term_pattern(terms, True),
    )  # fmt: skip
    assert html.count('href="g.html#recruitment-fee"') == 1
    assert html.count('href="g.html#fee"') == 1
    assert 'href="x.md">fee</a>' in html
    assert "<h2 id=\"f\">Recruitment fee</h2>" in html


def test_terms_of_scripts_without_gaps_match_inside_text() -> None:
    terms = {"欠薪": "wage-theft"}
    html = shape("如果欠薪了", glossary_href="g", terms=terms, term_pattern=article.term_pattern(terms, False))
    assert '如果<a class="term" href="g#wage-theft">欠薪</a>了' in html


def test_terms_do_not_end_before_a_vowel_sign() -> None:
    terms = {"රට": "country"}
    html = shape("රටේ රට", glossary_href="g", terms=terms, term_pattern=article.term_pattern(terms, True))
    assert html == '<p>රටේ <a class="term" href="g#country">රට</a></p>'


def test_pictures_keep_their_place_and_wait() -> None:
    html = shape("![Beds](../../assets/images/room.webp)\n\n![Door](../assets/images/door.svg)", images={"assets/images/room.webp": (640, 360)})
    assert '<img alt="Beds" decoding="async" height="360" loading="lazy" src="../../assets/images/room.webp" width="640" />' in html
    assert '<img alt="Door" decoding="async" loading="lazy" src="../assets/images/door.svg" />' in html
