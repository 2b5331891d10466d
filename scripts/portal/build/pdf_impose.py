"""Put two pages on one sheet, for cheap printing: each A4 page as A5, tags, links and bookmarks kept."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Page, Pdf

SHEET = (841.89, 595.276)
"""A4 across, in points."""


class _Place:
    """Where an old page stands now: its sheet, its drawing, and the way from its points to the sheet's."""

    def __init__(self, sheet: Object, form: Object, scale: float, left: float) -> None:
        self.sheet, self.form, self.scale, self.left = sheet, form, scale, left

    def moved(self, numbers: Object) -> Array:
        """Return x and y in turn as they are on the sheet; null stays."""
        pairs = enumerate(list(numbers))
        return Array(n if n is None else float(n) * self.scale + (0 if i % 2 else self.left) for i, n in pairs)


def two_up(data: bytes) -> bytes:
    """Return the PDF with two pages on each A4 sheet. Same input, same bytes."""
    with Pdf.open(io.BytesIO(data)) as pdf:
        old = [page.obj for page in pdf.pages]
        places: dict[tuple[int, int], _Place] = {}
        for first in range(0, len(old), 2):
            _sheet(pdf, old[first : first + 2], places)
        for page in old:
            _move_links(page, places)
        _retag(pdf.Root.StructTreeRoot, places)
        _move_bookmarks(pdf, places)
        for _ in old:
            del pdf.pages[0]
        out = io.BytesIO()
        pdf.remove_unreferenced_resources()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True, deterministic_id=True)
    return out.getvalue()


def _sheet(pdf: Pdf, pages: Sequence[Object], places: dict[tuple[int, int], _Place]) -> None:
    """Append a sheet that draws one or two pages side by side."""
    forms = Dictionary()
    steps = []
    sheet = pdf.make_indirect(Dictionary(Type=Name.Page, MediaBox=Array([0, 0, *SHEET]), Tabs=Name.S, Annots=Array()))
    for number, page in enumerate(pages):
        box = [float(n) for n in Page(page).mediabox]
        scale = min(SHEET[0] / 2 / (box[2] - box[0]), SHEET[1] / (box[3] - box[1]))
        left = number * SHEET[0] / 2
        form = pdf.make_stream(page.Contents.read_bytes())
        form.Type, form.Subtype, form.BBox, form.Resources = Name.XObject, Name.Form, Page(page).mediabox, page.Resources
        if "/StructParents" in page:
            form.StructParents = page.StructParents
        forms[f"/P{number}"] = form
        steps.append(f"q {scale:.6f} 0 0 {scale:.6f} {left:.3f} 0 cm /P{number} Do Q")
        places[page.objgen] = _Place(sheet, form, scale, left)
    sheet.Resources = Dictionary(XObject=forms)
    sheet.Contents = pdf.make_stream("\n".join(steps).encode())
    pdf.pages.append(Page(sheet))


def _move_links(page: Object, places: dict[tuple[int, int], _Place]) -> None:
    """Move a page's links to its sheet, and let those inside the document lead to the new places."""
    place = places[page.objgen]
    for link in page.get("/Annots", Array()):
        link.Rect = place.moved(link.Rect)
        if "/QuadPoints" in link:
            link.QuadPoints = place.moved(link.QuadPoints)
        link.P = place.sheet
        _aim(link, places)
        place.sheet.Annots.append(link)


def _aim(entry: Object, places: dict[tuple[int, int], _Place]) -> None:
    """Aim a link's or bookmark's destination at the sheet."""
    holder, key = (entry, "/Dest") if "/Dest" in entry else (entry.get("/A", Dictionary()), "/D")
    target = holder.get(key)
    if isinstance(target, Array) and len(target) and (place := places.get(target[0].objgen)):
        start = Array([target[0], target[1]])
        moved = place.moved(Array(list(target)[2:4]))
        start.extend([*moved, *list(target)[4:]])
        start[0] = place.sheet
        holder[key] = start


def _retag(element: Object, places: dict[tuple[int, int], _Place], page: Object | None = None) -> None:
    """Let the tags point at the drawings: a number alone means content of a page, which is a drawing now."""
    stack = [(element, page)]
    while stack:
        node, page = stack.pop()
        page = node.get("/Pg", page)
        kids = node.get("/K")
        if kids is not None:
            node.K = Array([_kid(kid, page, places) for kid in _several(kids)])
            stack += [(kid, page) for kid in node.K if isinstance(kid, Dictionary) and kid.get("/Type") not in (Name.MCR, Name.OBJR)]
        if "/Pg" in node and (place := places.get(node.Pg.objgen)):
            node.Pg = place.sheet


def _several(kids: Object) -> Iterator[Object]:
    yield from kids if isinstance(kids, Array) else [kids]


def _kid(kid: Object, page: Object | None, places: dict[tuple[int, int], _Place]) -> Object:
    """Return a tag's child as it is on the sheet."""
    is_number = not isinstance(kid, Dictionary)
    if not is_number and kid.get("/Type") not in (Name.MCR, Name.OBJR):
        return kid
    own = page if is_number else kid.get("/Pg", page)
    place = places.get(own.objgen) if own is not None else None
    if place is None:
        return kid
    if not is_number and kid.Type == Name.OBJR:
        kid.Pg = place.sheet
        return kid
    number = int(kid) if is_number else int(kid.MCID)
    return Dictionary(Type=Name.MCR, Pg=place.sheet, Stm=place.form, MCID=number)


def _move_bookmarks(pdf: Pdf, places: dict[tuple[int, int], _Place]) -> None:
    stack = [pdf.Root.Outlines] if "/Outlines" in pdf.Root else []
    while stack:
        entry = stack.pop()
        _aim(entry, places)
        stack += [entry[key] for key in ("/First", "/Next") if key in entry]
    if "/Names" in pdf.Root and "/Dests" in pdf.Root.Names:
        _move_names(pdf.Root.Names.Dests, places)
    if "/PageLabels" in pdf.Root:
        del pdf.Root.PageLabels


def _move_names(node: Object, places: dict[tuple[int, int], _Place]) -> None:
    """Aim the named destinations at the sheets."""
    for kid in node.get("/Kids", Array()):
        _move_names(kid, places)
    names = node.get("/Names", Array())
    for number in range(1, len(names), 2):
        box = Dictionary(Dest=names[number].D if isinstance(names[number], Dictionary) else names[number])
        _aim(box, places)
        if isinstance(names[number], Dictionary):
            names[number].D = box.Dest
        else:
            names[number] = box.Dest
