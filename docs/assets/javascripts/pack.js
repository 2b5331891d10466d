// Put chosen pages together into one document to print. The choice stands in the address, so that it can be shared.
// Pages come from this site only; their HTML is read by a parser that runs no scripts, and only their text is taken over.
"use strict";
(() => {
  const root = document.querySelector("[data-pack]");
  if (!root || location.protocol === "file:") return;
  const form = root.querySelector("form");
  const place = document.querySelector("[data-pages]");
  const status = root.querySelector("[data-status]");
  const boxes = [...form.querySelectorAll("input[name=m]")];
  const plural = new Intl.PluralRules(document.documentElement.lang);
  const policy = globalThis.trustedTypes && trustedTypes.createPolicy("portal-pages", { createHTML: (text) => text });

  const read = async (box) => {
    const reply = await fetch(box.dataset.href);
    if (!reply.ok) throw new Error(box.value);
    const text = await reply.text();
    const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
    const content = page.querySelector(".content");
    for (const gone of content.querySelectorAll("script, template, .crumbs, .needs-script")) gone.remove();
    const base = new URL(box.dataset.href, location.href);
    for (const link of content.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), base).href;
    for (const marked of content.querySelectorAll("[id]")) marked.id = `${box.value.replaceAll("/", "-")}--${marked.id}`;
    for (const label of content.querySelectorAll("label[for]")) label.htmlFor = `${box.value.replaceAll("/", "-")}--${label.htmlFor}`;
    for (const tick of content.querySelectorAll("input")) tick.checked = false;
    const section = document.createElement("section");
    section.className = "pack__page";
    if (content.lang) section.lang = content.lang;
    section.append(...document.adoptNode(content).childNodes);
    return section;
  };

  const make = async () => {
    const chosen = boxes.filter((box) => box.checked);
    history.replaceState(null, "", chosen.length ? `?${new URLSearchParams(chosen.map((box) => ["m", box.value]))}` : location.pathname);
    if (!chosen.length) {
      status.textContent = root.dataset.none;
      place.replaceChildren();
      return;
    }
    const pages = [];
    for (const box of chosen) {
      try {
        pages.push(await read(box));
      } catch {
        status.textContent = root.dataset.failed.replace("{title}", box.labels[0].textContent);
        return;
      }
    }
    place.replaceChildren(...pages);
    const forms = JSON.parse(root.dataset.forms);
    status.textContent = (forms[plural.select(pages.length)] || forms.other).replace("{count}", String(pages.length));
  };

  root.hidden = false;
  const wanted = new Set(new URLSearchParams(location.search).getAll("m"));
  for (const box of boxes) {
    box.disabled = false;
    box.checked = wanted.has(box.value);
    if (box.checked) box.closest("details").open = true;
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    make();
  });
  if (wanted.size) make();
})();
