// The resource library: text search, filters with live counts, sorting, the state in the address. The list itself is in the
// page; without JavaScript it stays whole and the form stays hidden.
"use strict";
(() => {
  const form = document.querySelector("[data-library]");
  const portal = globalThis.portalSearch;
  if (!form || !portal) return;
  const list = document.querySelector(".library .cards");
  const cards = new Map([...list.children].map((card) => [card.id.slice(2), card]));
  const original = [...list.children];
  const facets = [...form.querySelectorAll("select[data-facet]")];
  const status = document.querySelector("[data-found]");
  const none = document.querySelector("[data-none]");
  let plural = null;
  let index = null;

  const state = () => {
    const values = new URLSearchParams();
    for (const [key, value] of new FormData(form)) if (value && !(key === "sort" && value === "newest")) values.set(key, value);
    return values;
  };
  const restore = () => {
    const values = new URLSearchParams(location.search);
    for (const field of form.elements) if (field.name) field.value = values.get(field.name) || (field.name === "sort" ? "newest" : "");
  };
  const filters = () => Object.fromEntries(facets.filter((s) => s.value).map((s) => [s.dataset.facet, s.value]));

  const tell = (count) => {
    const forms = JSON.parse(form.dataset.forms);
    plural = plural || new Intl.PluralRules(document.documentElement.lang);
    status.textContent = (forms[plural.select(count)] || forms.other).replace("{count}", count.toLocaleString("en"));
  };
  const show = () => {
    const query = form.elements.words.value.trim();
    const chosen = filters();
    const found = index.search(query, { filters: chosen }).found.map(({ doc }) => index.document(doc).url);
    const sort = form.elements.sort.value;
    const kept = new Set(found);
    let ordered = original.filter((card) => kept.has(card.id.slice(2)));
    if (sort === "match" && query) ordered = found.map((id) => cards.get(id));
    if (sort === "title") ordered.sort((a, b) => title(a).localeCompare(title(b), "en"));
    // The page comes with all of them in this order: nothing to do, and no layout of 260 cards.
    if (ordered.length !== list.children.length || ordered.some((card, at) => card !== list.children[at])) list.replaceChildren(...ordered);
    for (const select of facets) {
      const counts = new Map(index.counts(query, select.dataset.facet, chosen).map(({ value, count }) => [value, count]));
      for (const option of select.options) {
        if (!option.value) continue;
        const count = counts.get(option.value) || 0;
        option.textContent = `${option.dataset.label} (${count})`;
        option.disabled = count === 0 && option.value !== select.value;
      }
    }
    tell(ordered.length);
    none.hidden = ordered.length > 0;
  };
  const title = (card) => card.querySelector(".card__title").textContent;
  const remember = () => {
    const values = state().toString();
    try {
      history.replaceState(null, "", values ? `?${values}` : location.pathname);
    } catch {
      // A page opened from a disk may not change its address; the filters work all the same.
    }
  };
  const change = () => {
    show();
    remember();
  };

  // Search is loaded when the reader turns to the form, or at once where the address holds a choice: the list needs none.
  let loading = null;
  const load = () => {
    loading = loading || portal.start().then(() => portal.fetchData("library")).then((data) => (index = portal.open(data)));
    return loading;
  };
  const then = (next) => load().then(next, () => {
    form.hidden = true;
  });
  // The page says how many there are: counting in words, slow to start on an old phone, waits for the first choice.
  restore();
  form.hidden = false;
  if (state().size) then(show);
  form.addEventListener("focusin", () => load().catch(() => {}), { once: true });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (form.elements.words.value.trim()) form.elements.sort.value = "match";
    then(() => {
      change();
      status.focus();
    });
  });
  form.addEventListener("change", () => then(change));
  form.addEventListener("reset", () => setTimeout(() => then(change)));
  addEventListener("popstate", () => {
    restore();
    then(show);
  });
})();
