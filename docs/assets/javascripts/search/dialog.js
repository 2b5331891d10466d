/* The search box: a dialog over the page. Builds nodes and text only, never HTML or styles. */
(() => {
  "use strict";
  const portal = (globalThis.portalSearch = globalThis.portalSearch || {});
  const { strings, locale } = portal.config;
  const PAGE = 10; // results shown at a time
  const AT_ONCE = 4; // results whose text is loaded without waiting for them to be seen
  const PAUSE = 120; // milliseconds without typing before a search
  const plural = new Intl.PluralRules(locale);

  const say = (key, values = {}) => {
    let text = strings[key] || key;
    if (typeof text === "object") text = text[plural.select(values.n)] || text.other;
    return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));
  };

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children.filter(Boolean));
    return node;
  };

  const marked = (pieces) =>
    pieces.map(({ text, isMark }) => (isMark ? make("mark", {}, text) : text));

  const address = (page, id) => {
    const url = new URL(page.url || ".", portal.base);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    if (id) url.hash = id;
    return url.href;
  };

  const field = make("input", {
    type: "search", id: "search-field", name: "q", autocomplete: "off", autocapitalize: "off",
    spellcheck: "false", enterkeyhint: "search", "aria-controls": "search-results",
    "aria-describedby": "search-hint", placeholder: say("search.placeholder"),
  });
  const audience = make("select", { id: "search-audience" });
  const filter = make(
    "p", { class: "search-filter", hidden: "" },
    make("label", { for: "search-audience" }, say("search.audience")), audience
  );
  const close = make("button", { type: "button", class: "search-close" }, say("search.close"));
  const status = make("p", { role: "status", class: "search-status" });
  const list = make("ol", { id: "search-results", class: "search-results" });
  const more = make("button", { type: "button", class: "search-more", hidden: "" }, say("search.more"));
  const browse = make("a", { class: "search-browse" }, say("search.browse"));
  const form = make(
    "form", { role: "search", "aria-label": say("search.title") },
    make("label", { for: "search-field" }, say("search.label")),
    make("div", { class: "search-line" }, field, close), filter
  );
  const dialog = make(
    "dialog", { class: "search-dialog", "aria-label": say("search.title") },
    form, make("p", { id: "search-hint", class: "search-hint" }, say("search.hint")),
    status, list, more, browse
  );

  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watch.unobserve(entry.target);
      entry.target.dispatchEvent(new Event("search-seen"));
    }
  });

  let shown = PAGE;
  let turn = 0; // the newest search; answers of older ones are dropped
  let waiting = 0;

  const fill = async (item, index, page, terms, lang) => {
    const { sections, snippet } = await portal.detail(index, page, terms);
    if (snippet.length) item.append(make("p", Object.assign({ class: "search-snippet" }, lang), ...marked(snippet)));
    if (!sections.length) return;
    const links = sections.map(({ id, pieces }) =>
      make("li", {}, make("a", Object.assign({ href: address(page, id) }, lang), ...marked(pieces)))
    );
    item.append(make("ul", { class: "search-sections", "aria-label": say("search.sections") }, ...links));
  };

  const result = (index, page, terms, at) => {
    const lang = page.isFallback && locale !== "en" ? { lang: "en" } : {};
    const title = portal.mark(index.text, page.title, terms, page.isFallback);
    const notes = [page.label, page.isFallback && say("search.fallback")].filter(Boolean);
    const item = make(
      "li", { class: "search-result" },
      make("a", Object.assign({ class: "search-hit", href: address(page) }, lang), ...marked(title)),
      notes.length ? make("p", { class: "search-notes" }, ...notes.map((note) => make("span", {}, note))) : null
    );
    const load = () => fill(item, index, page, terms, lang).catch(() => {});
    if (at < AT_ONCE) load();
    else {
      item.addEventListener("search-seen", load, { once: true });
      watch.observe(item);
    }
    return item;
  };

  const remember = (query) => {
    const url = new URL(location.href);
    if (query) url.searchParams.set("q", query);
    else url.searchParams.delete("q");
    history.replaceState(history.state, "", url);
  };

  const search = async () => {
    const mine = (turn += 1);
    const query = field.value;
    const filters = audience.value ? { audience: audience.value } : {};
    if (query.trim()) status.textContent = status.textContent || say("search.loading");
    try {
      const { index, total, pages, terms } = await portal.find(query, { filters, limit: shown });
      if (mine !== turn) return;
      watch.disconnect();
      list.replaceChildren(...pages.map((page, at) => result(index, page, terms, at)));
      more.hidden = total <= shown;
      browse.hidden = Boolean(total);
      status.textContent = !query.trim() ? ""
        : total ? say("search.results", { n: total }) : say("search.none", { query: query.trim() });
    } catch (error) {
      if (mine !== turn) return;
      status.textContent = say("search.failed");
      browse.hidden = false;
    }
    remember(query.trim());
  };

  const soon = () => {
    shown = PAGE;
    clearTimeout(waiting);
    waiting = setTimeout(search, PAUSE);
  };

  const offerAudiences = async () => {
    const { facets } = await portal.ready();
    if (!facets.audience || audience.options.length) return;
    audience.append(make("option", { value: "" }, say("search.audience.all")));
    for (const [value, label] of facets.audience.values) audience.append(make("option", { value }, label));
    filter.hidden = false;
  };

  field.addEventListener("input", (event) => {
    if (!event.isComposing) soon();
  });
  field.addEventListener("compositionend", soon);
  audience.addEventListener("change", soon);
  more.addEventListener("click", async () => {
    const next = list.children.length;
    shown += PAGE;
    await search();
    const item = list.children[next];
    if (item) item.querySelector("a").focus();
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(waiting);
    await search();
    const first = list.querySelector("a");
    if (first) first.focus();
  });
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the box
    else if (event.target.closest("#search-results a")) dialog.close();
  });
  dialog.addEventListener("close", () => {
    turn += 1;
    clearTimeout(waiting);
    remember("");
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      // A search field would first empty itself and keep the dialog open.
      event.preventDefault();
      dialog.close();
      field.blur(); // else the hidden field keeps the keys until the next frame, and "/" would not open it again
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || event.isComposing || event.target === audience) return;
    const stops = [field, ...list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const next = stops[at < 0 ? 0 : at + step];
    event.preventDefault();
    if (next) next.focus();
  });

  /** Open the dialog, with what the address asks for or what was last typed. */
  portal.show = () => {
    const asked = new URLSearchParams(location.search).get("q");
    const link = document.querySelector("a.search-open");
    if (link) browse.href = link.href;
    browse.hidden = !link;
    if (!dialog.isConnected) document.body.append(dialog);
    if (!dialog.open) dialog.showModal();
    if (asked) field.value = asked;
    field.focus();
    field.select();
    offerAudiences().catch(() => {});
    if (field.value) search();
    else portal.ready().catch(() => {});
  };
})();
