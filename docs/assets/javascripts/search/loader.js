/* Stands on every page: opens search when the reader asks, and loads the rest only then. */
(() => {
  "use strict";
  const block = document.getElementById("search-config");
  if (!block) return;
  const portal = (globalThis.portalSearch = globalThis.portalSearch || {});
  const config = (portal.config = JSON.parse(block.textContent));
  const base = (portal.base = new URL(config.base, location.href).href);
  const parts = "assets/javascripts/search/";
  const received = new Map();
  const loads = new Map();
  const policy =
    globalThis.trustedTypes &&
    trustedTypes.createPolicy("portal-search", {
      createScriptURL: (url) => {
        if (url.startsWith(base)) return url;
        throw new TypeError("search loads only from its own site");
      },
    });
  const add = (tag, key, path) =>
    new Promise((done, fail) => {
      const url = new URL(path, base).href;
      const node = document.createElement(tag);
      node.onload = done;
      node.onerror = () => {
        loads.delete(path);
        node.remove();
        fail(new Error(`search: ${path} did not load`));
      };
      node.async = false;
      node.rel = "stylesheet";
      node[key] = policy && tag === "script" ? policy.createScriptURL(url) : url;
      document.head.append(node);
    });
  const load = (path) => {
    if (!loads.has(path)) {
      loads.set(path, path.endsWith(".css") ? add("link", "href", path) : add("script", "src", path));
    }
    return loads.get(path);
  };

  portal.receive = (name, data) => received.set(name, data);
  /** Load a data file that stands next to the index. */
  portal.fetchData = (name) =>
    load(config.index.replace(/[^/]*$/, `${name}.js`)).then(() => received.get(name));
  portal.start = () =>
    Promise.all(
      ["text", "numbers", "engine", "sections", "query", "dialog"].map((part) => load(`${parts}${part}.js`))
    );
  portal.query = (text, options) => portal.start().then(() => portal.ask(text, options));

  const open = () =>
    Promise.all([portal.start(), load("assets/stylesheets/search.css")]).then(
      () => portal.show(),
      () => {
        const link = document.querySelector("a.search-open");
        if (link) location.assign(link.href);
      }
    );
  document.addEventListener("click", (event) => {
    const link = event.target.closest && event.target.closest("a.search-open");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target.closest && event.target.closest("input,textarea,select,[contenteditable]");
    const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
    const isK = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k";
    if (!isSlash && !isK) return;
    event.preventDefault();
    open();
  });
  if (new URLSearchParams(location.search).get("q") && document.querySelector("a.search-open")) open();
})();
