"""Make the search index of one locale: plain script files that a page may load.

`index.js` holds the rules, the titles and which words stand on which page; it is all that a
search needs. The text of each page, for sections and snippets, is a file of its own, named by
its content and loaded only for pages that are shown. No file is a module: they also work from
a folder on disk. The same pages give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from dataclasses import dataclass, field

from portal.build.search_numbers import front_coded, gaps, level, numbers
from portal.search_text import HAN, THAI, Rules, joined, rules_as_data, rules_for, stem, tokens, words

FORMAT = 1
TITLE, TERM, SOURCE, HEADING, DESCRIPTION, BODY = 8.0, 6.0, 4.0, 3.0, 3.0, 1.0
_MANY = 60
"""So many local pages make a pair of signs that stands once mean little."""
_PAIR = 3 * BODY
"""What a pair of syllables must weigh on a page to be stored: most stand beside each other by chance."""
_OFTEN = 7
"""So many pages make it mean little that one of them says a pair of signs once."""
_UNSPACED = re.compile(f"[{HAN}{THAI}]")


@dataclass(frozen=True)
class SearchSection:
    """Hold one section of a page; the text before the first heading has an empty id."""

    id: str
    title: str
    text: str


@dataclass(frozen=True)
class SearchPage:
    """Hold what search knows of one page, or of one record of the resource library."""

    url: str
    """Path from the site's root, as a link would have it: `vi/toolkits/employers/remedy/`."""
    title: str
    description: str
    sections: tuple[SearchSection, ...] = ()
    audience_label: str = ""
    standing: int = 100
    """How much it counts beside other pages that say the same, in hundredths: a list of pages less than a page of its own."""
    is_fallback: bool = False
    """Whether this is English text shown under another locale."""
    search_terms: tuple[str, ...] = ()
    source_terms: tuple[str, ...] = ()
    """Title and `search_terms` of the English page behind a translation: English words find the local page."""
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What filters ask for: `{"audience": ["employers"]}`."""


def build_search(
    locale: str,
    pages: Iterable[SearchPage],
    *,
    facet_labels: Mapping[str, Mapping[str, str]] | None = None,
    name: str = "index",
    kept: MutableMapping[str, Counter[str]] | None = None,
) -> dict[str, bytes]:
    """Return the index files of one locale, by name, all for one folder.

    Args:
        locale: whose rules prepare the text.
        pages: in any order; the index sorts them by address.
        facet_labels: what readers call each value of each facet.
        name: of the index; `index` is what the search dialog loads.
        kept: weights of pages from an earlier build, by digest of the page; filled with those of this one.
    """
    ordered = sorted(pages, key=lambda page: page.url)
    files: dict[str, bytes] = {}
    texts: list[str] = []
    for page in ordered:
        digest = ""
        if page.sections:
            body = _json([page.description, [[s.id, s.title, s.text] for s in page.sections]])
            digest = hashlib.sha256(body.encode()).hexdigest()[:10]
            files[f"{digest}.js"] = _script(digest, body)
        texts.append(digest)
    index = _index(locale, ordered, texts, facet_labels or {}, kept)
    files[f"{name}.js"] = _script(name, _json(index))
    return dict(sorted(files.items()))


def _index(
    locale: str,
    pages: list[SearchPage],
    texts: list[str],
    facet_labels: Mapping[str, Mapping[str, str]],
    kept: MutableMapping[str, Counter[str]] | None,
) -> dict[str, object]:
    rules, english = rules_for(locale), rules_for("en")
    weights = _weights(pages, rules, english, {} if kept is None else kept)
    holders: dict[str, list[tuple[int, float]]] = {}
    for number, page_weights in enumerate(weights):
        for token, weight in page_weights.items():
            holders.setdefault(token, []).append((number, weight))
    is_large = sum(not page.is_fallback for page in pages) >= _MANY
    if is_large:
        holders = {term: telling for term, held in holders.items() if (telling := _telling(term, held))}
    terms = sorted(holders)
    labels = sorted({page.audience_label for page in pages})
    return {
        "format": FORMAT,
        "locale": locale,
        "rules": rules_as_data(rules),
        "english": _english(english) if locale != "en" else None,
        "urls": [page.url for page in pages],
        "titles": [page.title for page in pages],
        "texts": texts,
        "labels": labels,
        "label": numbers(labels.index(page.audience_label) for page in pages),
        "fallback": numbers(int(page.is_fallback) for page in pages),
        "standing": numbers(page.standing for page in pages),
        "lengths": numbers(level(_length(page, one, rules)) for page, one in zip(pages, weights, strict=True)),
        "terms": front_coded(terms),
        "holders": "".join(numbers(gaps(holders[term])) for term in terms),
        "weights": "".join(numbers(level(w) for _, w in holders[term]) for term in terms),
        "facets": _facets(pages, facet_labels),
    }


def _weights(pages: list[SearchPage], rules: Rules, english: Rules, kept: MutableMapping[str, Counter[str]]) -> list[Counter[str]]:
    """Return the weights of each page, from an earlier build where the page is the same."""
    found: dict[str, Counter[str]] = {}
    for page in pages:
        key = hashlib.sha256(repr(page).encode()).hexdigest()
        found[key] = kept.get(key) or weigh(page, english if page.is_fallback else rules)
    kept.clear()
    kept.update(found)
    return list(found.values())


def weigh(page: SearchPage, rules: Rules) -> Counter[str]:
    """Return how much each token of a page counts, by where it stands.

    A word counts once in the title, once in each heading, and each time in the text.
    """
    weights: Counter[str] = Counter()
    pairs: Counter[str] = Counter()

    def add(text: str, weight: float, *, once: bool) -> None:
        for total, found in ((weights, tokens(text, rules)), (pairs, joined(text, rules))):
            for token in set(found) if once else found:
                total[token] += weight  # type: ignore[assignment]

    add(page.title, TITLE, once=True)
    add(" \n".join(page.search_terms), TERM, once=True)
    for token in {stem(word.text, rules) for word in words(" \n".join(page.source_terms), rules) if word.text not in rules_for("en").stop}:
        weights[token] += SOURCE  # type: ignore[assignment]
    add(page.description, DESCRIPTION, once=True)
    for section in page.sections:
        add(section.title, HEADING, once=True)
        add(section.text, BODY, once=False)
    return weights + Counter({pair: weight for pair, weight in pairs.items() if weight >= _PAIR})


def _length(page: SearchPage, weights: Counter[str], rules: Rules) -> float:
    """Return how much a page says; words added by hand make a page easier to find, not longer."""
    return sum(weights.values()) - TERM * len(set(tokens(" \n".join(page.search_terms), rules)))


def _telling(term: str, held: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """Return who holds a word, without the pairs of signs that stand in running text by chance.

    A pair that stands once in the text of the whole locale, as half of all Chinese pairs do, mostly across two words, weighs
    much and finds nothing. Of a pair that many pages hold, those that say it once in their text say nothing either (static
    pruning of postings, Carmel and others 2001).
    """
    if not _UNSPACED.match(term):
        return held
    if len(held) == 1:
        return held if held[0][1] >= HEADING - BODY else []
    return [(page, weight) for page, weight in held if weight > BODY] if len(held) >= _OFTEN else held


def _english(rules: Rules) -> dict[str, object]:
    data = rules_as_data(rules)
    return {"stop": data["stop"], "steps": data["steps"]}


def _facets(pages: list[SearchPage], labels: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    found: dict[str, object] = {}
    for facet in sorted({key for page in pages for key in page.facets}):
        values = sorted({value for page in pages for value in page.facets.get(facet, ())})
        found[facet] = {
            "values": [[value, labels.get(facet, {}).get(value, value)] for value in values],
            "pages": [[values.index(v) for v in page.facets.get(facet, ())] for page in pages],
        }
    return found


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _script(name: str, body: str) -> bytes:
    # Two separators end a line in old script engines; nothing else in JSON needs care.
    safe = body.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"portalSearch.receive({_json(name)},{safe});\n".encode()
