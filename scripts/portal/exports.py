"""The portal's records as files that others can use: the library as JSON and CSV, the state of translations as JSON.

`resources.json` is `{"generated_from": site name, "licence": …, "fields": {name: meaning}, "resources": [{…}]}`.
"""

from __future__ import annotations

import csv
import io
import json

from portal import translation
from portal.model import Resource, Site

FIELDS = {
    "id": "stable id, also the anchor r-<id> in the library page",
    "title": "title as published",
    "publisher": "who published it",
    "year": "year of publication, null where not shown",
    "url": "where it was seen",
    "url_note": "says where a copy is when the address is not the publisher's own",
    "type": "kind of resource, an id of taxonomy.yml",
    "audience": "list of ids of taxonomy.yml",
    "topics": "list of ids of taxonomy.yml",
    "countries": "list of ISO 3166-1 alpha-2 codes",
    "languages": "list of BCP 47 tags",
    "format": "html, pdf or video, empty where not known",
    "size": "as shown by the publisher, empty where not known",
    "summary": "one sentence of ours by locale",
    "seen": "date on which the address was seen, YYYY-MM-DD",
}


def files(site: Site) -> dict[str, bytes]:
    """Return the data files by their path below the site."""
    if not site.resources:
        return {"about/translations.json": translations(site)}
    return {
        "resources/resources.json": resources_json(site),
        "resources/resources.csv": resources_csv(site),
        "about/translations.json": translations(site),
    }


def _row(resource: Resource) -> dict[str, object]:
    return {name: list(v) if isinstance(v := getattr(resource, name), tuple) else v for name in FIELDS}


def resources_json(site: Site) -> bytes:
    """Return the library with the meaning of each field."""
    rows = [_row(site.resources[key]) for key in sorted(site.resources)]
    name = site.strings.get(site.source_locale.tag, {}).get("site.name", "")
    licence = "CC BY 4.0 (summaries; the works belong to their publishers)"
    data = {"generated_from": name, "licence": licence, "fields": FIELDS, "resources": rows}
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def resources_csv(site: Site) -> bytes:
    """Return the library as CSV for a spreadsheet: lists joined by '; ', the English summary, a mark for UTF-8 in front."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(FIELDS)
    for key in sorted(site.resources):
        row = _row(site.resources[key])
        row["summary"] = site.resources[key].summary.get(site.source_locale.tag, "")
        writer.writerow([_cell("; ".join(map(str, v)) if isinstance(v, list) else v) for v in row.values()])
    return ("\ufeff" + out.getvalue()).encode()


def _cell(value: object) -> str:
    """Return a cell that no spreadsheet takes for a formula (OWASP, CSV injection)."""
    text = "" if value is None else str(value)
    return "'" + text if text[:1] in "=+-@\t\r" else text


def translations(site: Site) -> bytes:
    """Return the state of every translated page and the shares per locale."""
    data = {
        "locales": [vars(share) for share in translation.shares(site)],
        "pages": [
            {"locale": s.locale, "path": s.path, "state": s.state, "method": s.method, "changed": list(s.changed or ())}
            for s in translation.all_statuses(site)
            if s.state != "missing"
        ],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
