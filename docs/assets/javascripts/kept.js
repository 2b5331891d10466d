// Keeping a whole toolkit on this device, and the list of what is kept. Both live in the browser's own store for this site;
// the service worker answers from it when there is no connection. Nothing is sent.
"use strict";
(() => {
  const portal = globalThis.portalOffline;
  if (!portal) return;
  const { base, own, allowed, keyOf } = portal;
  const SINCE = "x-kept-at";
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (all, name) => (name in values ? String(values[name]) : all));
  const nameOf = (key) => `${own}keep:${key}`;
  const addressOf = (key) => new URL(`keep/${key}.json`, base).href;
  const fetchWhole = async (address) => {
    const reply = await fetch(address, { cache: "no-cache" });
    if (!reply.ok) throw new Error(address);
    return reply;
  };
  const dated = async (reply) => {
    const headers = new Headers(reply.headers);
    for (const gone of ["content-encoding", "content-length"]) headers.delete(gone);
    headers.set(SINCE, new Date().toISOString());
    return new Response(await reply.blob(), { headers });
  };
  /** The list of a kept toolkit with its date, or null; a toolkit without its list was never finished. */
  const recordOf = async (name) => {
    const key = name.slice(nameOf("").length);
    const found = (await caches.has(name)) && (await (await caches.open(name)).match(addressOf(key)));
    return found ? { ...(await found.json()), since: found.headers.get(SINCE) } : null;
  };

  /** Keep every file of a list; the list itself comes last, as the sign that all is there. */
  const keep = async (list, progress) => {
    const fresh = `${nameOf(list.key)}+`;
    await caches.delete(fresh);
    const cache = await caches.open(fresh);
    let isReplacing = false;
    try {
      let done = 0;
      const waiting = [...list.files];
      const work = async () => {
        for (let path = waiting.shift(); path; path = waiting.shift()) {
          const address = new URL(path, base).href;
          await cache.put(path.endsWith(".html") ? keyOf(address) : address, await dated(await fetchWhole(address)));
          done += 1;
          progress(done, list.files.length);
        }
      };
      await Promise.all([work(), work(), work()]);
      // Only now does the new copy take the place of an old one.
      isReplacing = true;
      await caches.delete(nameOf(list.key));
      const place = await caches.open(nameOf(list.key));
      for (const request of await cache.keys()) await place.put(request, await cache.match(request));
      await place.put(addressOf(list.key), await dated(new Response(JSON.stringify(list), { headers: { "content-type": "application/json" } })));
    } catch (error) {
      if (isReplacing) await caches.delete(nameOf(list.key));
      throw error;
    } finally {
      await caches.delete(fresh);
    }
  };

  // --- The block on a toolkit's page ----------------------------------------
  const block = document.querySelector("[data-keep]");
  const offer = async () => {
    const words = block.dataset;
    const part = (name) => block.querySelector(`[data-part="${name}"]`);
    const start = part("start");
    const remove = part("remove");
    const bar = block.querySelector("progress");
    const key = words.key;
    let list = null;
    let kept = await recordOf(nameOf(key));
    try {
      list = await (await fetchWhole(addressOf(key))).json();
    } catch {
      // Without a connection only a kept toolkit has anything to say.
    }
    const about = list || kept;
    if (!about) return;
    part("facts").textContent = fill(words.facts, { title: about.title, pages: about.pages, size: about.size });
    const show = () => {
      const isOld = kept && list && kept.version !== list.version;
      start.hidden = Boolean(kept && !isOld) || !list;
      start.textContent = isOld ? words.update : words.start;
      remove.hidden = !kept;
      if (kept) part("state").textContent = fill(words.done, { date: portal.date(kept.since) }) + (isOld ? ` ${words.newer}` : "");
    };
    start.addEventListener("click", async () => {
      start.disabled = true;
      bar.hidden = false;
      part("state").textContent = words.busy;
      try {
        if (navigator.storage && navigator.storage.persist) navigator.storage.persist().catch(() => {});
        await portal.register();
        await keep(list, (done, total) => Object.assign(bar, { value: done, max: total }));
        kept = await recordOf(nameOf(key));
        show();
        remove.focus();
      } catch (error) {
        part("state").textContent = error.name === "QuotaExceededError" ? words.full : words.failed;
      }
      start.disabled = false;
      bar.hidden = true;
    });
    remove.addEventListener("click", async () => {
      await caches.delete(nameOf(key));
      kept = null;
      show();
      part("state").textContent = words.gone;
      if (!start.hidden) start.focus();
    });
    block.hidden = false;
    show();
  };
  if (block && !portal.isForbidden) offer().catch(() => {});

  // --- The list of what is kept ---------------------------------------------
  const place = document.querySelector("[data-kept-list]");
  const policy = place && globalThis.trustedTypes && trustedTypes.createPolicy("portal-pages", { createHTML: (text) => text });
  const parse = (text) => new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
  const item = (address, title, lang, detail) => {
    const line = document.createElement("li");
    const link = document.createElement("a");
    link.href = address;
    link.textContent = title;
    if (lang) link.lang = lang;
    line.append(link);
    if (detail) {
      const note = document.createElement("p");
      note.textContent = detail;
      line.append(note);
    }
    return line;
  };
  const listAll = async () => {
    const words = place.dataset;
    const part = (name) => place.querySelector(`[data-part="${name}"]`);
    const wanted = new URLSearchParams(location.search).get("for");
    const address = wanted === null ? null : new URL(wanted, base);
    if (address && address.href.startsWith(base.href)) {
      part("asked").hidden = false;
      part("again").href = address.href;
    }
    const names = (await caches.keys()).filter((name) => name.startsWith(nameOf("")) && !name.endsWith("+"));
    const records = (await Promise.all(names.map(recordOf))).filter(Boolean);
    const pages = (await caches.has(`${own}pages`)) ? await caches.open(`${own}pages`) : null;
    const requests = pages ? await pages.keys() : [];
    const read = await Promise.all(
      requests.reverse().map(async (request) => {
        const page = parse(await (await pages.match(request)).text());
        const title = page.querySelector("h1");
        const content = page.querySelector(".content[lang]");
        const here = new URL(page.body.dataset.page, base).href;
        return item(here, title ? title.textContent : here, content ? content.lang : page.documentElement.lang);
      }),
    );
    part("toolkits").replaceChildren(
      ...records.map((r) => item(new URL(r.home, base).href, r.title, r.lang, fill(words.done, { date: portal.date(r.since) }))),
    );
    part("pages").replaceChildren(...read);
    part("has-toolkits").hidden = !records.length;
    part("has-pages").hidden = !read.length;
    part("none").hidden = records.length + read.length > 0;
    part("clear").hidden = records.length + read.length === 0;
    place.hidden = false;
  };
  const control = () => {
    const words = place.dataset;
    const box = place.querySelector("[data-part=allow]");
    const state = place.querySelector("[data-part=state]");
    const empty = async () => {
      for (const name of await caches.keys()) if (name.startsWith(own)) await caches.delete(name);
    };
    try {
      localStorage.getItem(allowed);
      box.checked = !portal.isForbidden;
    } catch {
      box.disabled = true;
    }
    box.addEventListener("change", async () => {
      if (box.checked) {
        localStorage.removeItem(allowed);
        await portal.register();
        return;
      }
      localStorage.setItem(allowed, "no");
      for (const one of await navigator.serviceWorker.getRegistrations()) if (one.scope === base.href) await one.unregister();
      await empty();
      await listAll();
      state.textContent = words.gone;
    });
    place.querySelector("[data-part=clear]").addEventListener("click", async () => {
      await empty();
      await listAll();
      state.textContent = words.gone;
      state.focus();
    });
  };
  if (place) {
    control();
    listAll().catch(() => {});
  }
})();
