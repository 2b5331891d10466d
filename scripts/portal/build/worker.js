// Keeps what was read on this device, so that it opens without a connection. Made into sw.js by build/worker.py.
// Pages: the network first, the kept copy when it fails or takes too long. Styles and scripts: one set for each version.
// Everything else (forms, the sign-up service, PDFs, archives, other sites) is left to the browser.
"use strict";
const BUILD = {};
const BASE = new URL("./", self.location.href);
const OWN = `portal:${BASE.pathname}:`;
const ASSETS = `${OWN}assets:${BUILD.version}`;
const PAGES = `${OWN}pages`;
const SEARCH = `${OWN}search`;
const PATIENCE = 4000; // milliseconds that a page may take before the kept copy is shown
const MOST = { [PAGES]: 60, [SEARCH]: 200 };
const SINCE = "x-kept-at";

/** One key for all the ways to write a page's address: no query, no "index.html", no ".html". */
const keyOf = (address) => {
  const url = new URL(address);
  return url.origin + url.pathname.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "");
};

/** What a request asks for, as far as it is ours to answer: page, asset, index, text, or nothing. */
const kindOf = (request) => {
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== BASE.origin || !url.pathname.startsWith(BASE.pathname)) return "";
  const path = url.pathname.slice(BASE.pathname.length);
  const isPage = request.mode === "navigate";
  if (BUILD.never.includes(path.split("/")[0]) || request.headers.has("range")) return "";
  // A script that asks past the cache (keep.js) gets the server's own answer.
  if (!request.destination && request.cache !== "default") return "";
  if (path.startsWith("assets/")) return "asset";
  if (/^search\/[^/]+\/[0-9a-f]{10}\.js$/.test(path)) return "text";
  if (path.startsWith("search/")) return "index";
  const name = path.split("/").pop();
  if (name.endsWith(".html")) return isPage || !request.destination ? "page" : "";
  return isPage && !name.includes(".") ? "page" : "";
};

const put = async (name, key, reply) => {
  const headers = new Headers(reply.headers);
  for (const gone of ["content-encoding", "content-length", "set-cookie"]) headers.delete(gone);
  headers.set(SINCE, new Date().toISOString());
  const cache = await caches.open(name);
  try {
    await cache.put(key, new Response(await reply.blob(), { headers }));
    await trim(cache, MOST[name]);
  } catch {
    await trim(cache, Math.floor((MOST[name] || 0) / 2)); // the device is full: keep fewer
  }
};
const trim = async (cache, most) => {
  if (!most) return;
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
};
const find = async (key) => {
  const names = (await caches.keys()).filter((name) => name.startsWith(OWN));
  const found = await Promise.all(names.map(async (name) => (await caches.open(name)).match(key)));
  // The newest copy, wherever it stands.
  return found.filter(Boolean).sort((a, b) => ((a.headers.get(SINCE) || "") < (b.headers.get(SINCE) || "") ? 1 : -1))[0];
};

/** The offline page of the locale that an address belongs to. */
const offlineFor = (address) => {
  const first = new URL(address).pathname.slice(BASE.pathname.length).split("/")[0];
  return BUILD.offline[first] || BUILD.offline[BUILD.source];
};
const isOffline = (key) => Object.values(BUILD.offline).some((path) => keyOf(new URL(path, BASE)) === key);
const ready = async (address) => {
  const path = offlineFor(address);
  if (!path) return;
  const cache = await caches.open(ASSETS);
  const key = keyOf(new URL(path, BASE));
  if (await cache.match(key)) return;
  const reply = await fetch(new URL(path, BASE), { cache: "no-cache" });
  if (reply.ok) await put(ASSETS, key, reply);
};

/** Keep a page of the portal: nothing that another program on the same server made. */
const keep = async (address, reply) => {
  const key = keyOf(address);
  if (isOffline(key) || !(reply.headers.get("content-type") || "").startsWith("text/html")) return;
  const text = await reply.clone().text();
  if (text.includes(" data-page=")) await put(PAGES, key, reply);
};
const forget = async (key) => {
  const cache = await caches.open(PAGES);
  await cache.delete(key);
};

/** The kept copy, with the moment it was kept for the page's own script to say. */
const marked = async (kept) => {
  const text = await kept.text();
  return new Response(text.replace("<body ", `<body data-kept="${kept.headers.get(SINCE)}" `), { headers: kept.headers });
};
const within = (promise, time) =>
  Promise.race([promise, new Promise((_, fail) => setTimeout(() => fail(new Error("too slow")), time))]);

const page = async (event) => {
  const { request } = event;
  const key = keyOf(request.url);
  const ask = async () => {
    // Ask the server, not the browser's own store: the guidance must be fresh, and a copy must be called one.
    const reply = await fetch(request, { cache: request.cache === "reload" ? "reload" : "no-cache" });
    if (request.mode === "navigate" && reply.ok && reply.type === "basic") {
      event.waitUntil(keep(request.url, reply.clone()).then(() => ready(request.url)).catch(() => {}));
    }
    if (reply.status === 404 || reply.status === 410) event.waitUntil(forget(key));
    return reply;
  };
  const network = ask();
  event.waitUntil(network.catch(() => {}));
  const kept = await find(key);
  try {
    const reply = await (kept ? within(network, PATIENCE) : network);
    if (!kept || reply.status < 500) return reply;
  } catch {
    // No connection, or too slow a one.
  }
  if (kept) return marked(kept);
  const offline = offlineFor(request.url);
  if (request.mode !== "navigate" || !offline || isOffline(key)) return Response.error();
  // A kept page of another name cannot stand here: its links would lead elsewhere. So the reader is sent to it.
  const home = (await find(keyOf(new URL(offline, BASE)))) ? offline : BUILD.offline[BUILD.source];
  const asked = request.url.slice(BASE.href.length);
  return Response.redirect(new URL(`${home}?for=${encodeURIComponent(asked)}`, BASE).href);
};

const asset = async ({ request }) => {
  const url = request.url.split(/[?#]/)[0];
  const cache = await caches.open(ASSETS);
  const own = await cache.match(url);
  if (own) return own;
  try {
    const reply = await fetch(url, { cache: "no-cache" });
    if (reply.ok) await put(ASSETS, url, reply.clone());
    return reply;
  } catch {
    return (await find(url)) || Response.error();
  }
};
/** A text of search is named by its content: what is kept is right for ever. */
const text = async (event) => {
  const url = event.request.url.split(/[?#]/)[0];
  const kept = await find(url);
  if (kept) return kept;
  const reply = await fetch(event.request);
  if (reply.ok) event.waitUntil(put(SEARCH, url, reply.clone()));
  return reply;
};
const index = async (event) => {
  const url = event.request.url.split(/[?#]/)[0];
  const network = fetch(event.request).then((reply) => {
    if (reply.ok) event.waitUntil(put(SEARCH, url, reply.clone()));
    return reply;
  });
  event.waitUntil(network.catch(() => {}));
  const kept = await find(url);
  return (kept ? within(network, PATIENCE) : network).catch(() => kept || Response.error());
};

const answers = { page, asset, text, index };
self.addEventListener("fetch", (event) => {
  const kind = kindOf(event.request);
  if (kind) event.respondWith(answers[kind](event));
});

self.addEventListener("install", (event) => {
  const start = async () => {
    for (const path of BUILD.core) {
      const url = new URL(path, BASE);
      const reply = await fetch(url, { cache: "no-cache" });
      if (!reply.ok) throw new Error(`${path}: ${reply.status}`);
      await put(ASSETS, path.endsWith(".html") ? keyOf(url) : url.href, reply);
    }
    await self.skipWaiting();
  };
  event.waitUntil(start());
});

self.addEventListener("activate", (event) => {
  const start = async () => {
    const old = (await caches.keys()).filter((name) => name.startsWith(`${OWN}assets:`) && name !== ASSETS);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
    // The page that brought this worker was read before there was one.
    for (const { url } of await self.clients.matchAll({ type: "window" })) {
      try {
        if (kindOf({ url, method: "GET", mode: "navigate", destination: "document", headers: new Headers() }) !== "page") continue;
        const reply = await fetch(url, { cache: "force-cache" });
        if (reply.ok) await keep(url, reply);
        await ready(url);
      } catch {
        // Next time.
      }
    }
  };
  event.waitUntil(start());
});
