// On a translation whose English page has changed: offers the English of each changed part beside it, loaded on demand.
// Without JavaScript the links in the notice lead to these parts of the English page.
"use strict";
(() => {
  const links = [...document.querySelectorAll(".notice--outdated a[href*='#']")];
  const words = document.querySelector("[data-beside]");
  if (!links.length || !words || location.protocol === "file:") return;
  const policy = globalThis.trustedTypes && trustedTypes.createPolicy("portal-pages", { createHTML: (text) => text });
  let source = null;
  const load = async (address) => {
    const text = await (await fetch(address)).text();
    return new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  };
  for (const link of links) {
    const id = decodeURIComponent(link.hash.slice(1));
    const heading = document.getElementById(id);
    if (!heading) continue;
    const fold = document.createElement("details");
    fold.className = "beside";
    const summary = document.createElement("summary");
    summary.textContent = words.dataset.beside.replace("{title}", link.textContent);
    fold.append(summary);
    heading.after(fold);
    fold.addEventListener("toggle", async () => {
      if (!fold.open || fold.children.length > 1) return;
      source = source || load(link.href.split("#")[0]);
      const there = (await source).getElementById(id);
      const part = there && (there.closest("section.part") || there.parentElement);
      if (!part) return;
      const box = document.createElement("div");
      box.lang = "en";
      box.dir = "ltr";
      const copy = document.importNode(part, true);
      for (const marked of copy.querySelectorAll("[id], [for]")) {
        marked.removeAttribute("id");
        marked.removeAttribute("for");
      }
      for (const gone of copy.querySelectorAll("h2, h3, input, script")) gone.remove();
      for (const inner of copy.querySelectorAll("a[href]")) inner.href = new URL(inner.getAttribute("href"), link.href).href;
      box.append(...copy.childNodes);
      fold.append(box);
    });
  }
})();
