// Registers the service worker, which keeps what was read on this device, and says when a page is such a kept copy.
// A reader can forbid it (kept.js); the preview and a copy opened from a disk never have it.
"use strict";
(() => {
  const base = new URL("../../", document.currentScript.src);
  const body = document.body;
  const isWeb = location.protocol.startsWith("http") && isSecureContext;
  // Every page loads this script; whether a worker may keep pages is said by the page (mkdocs.yml, extra.offline).
  if (!isWeb || !document.querySelector("meta[name=portal-keeps]")) return;
  if (!("serviceWorker" in navigator) || !("caches" in globalThis)) return;

  const own = `portal:${base.pathname}:`;
  const allowed = `${own}allowed`;
  let isForbidden = "preview" in body.dataset;
  try {
    isForbidden = isForbidden || localStorage.getItem(allowed) === "no";
  } catch {
    // Storage is closed (private window): a worker would be refused as well.
  }
  const policy =
    globalThis.trustedTypes &&
    trustedTypes.createPolicy("portal-worker", {
      createScriptURL: (path) => {
        if (path === "sw.js") return new URL(path, base).href;
        throw new TypeError("there is one worker");
      },
    });
  const portal = (globalThis.portalOffline = {
    base,
    own,
    allowed,
    isForbidden,
    keyOf: (address) => {
      const url = new URL(address, base);
      return url.origin + url.pathname.replace(/(^|\/)index\.html$/, "$1").replace(/\.html$/, "");
    },
    date: (moment) => new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn-ca-gregory`, { dateStyle: "long" }).format(new Date(moment)),
    register: async () => {
      const url = policy ? policy.createScriptURL("sw.js") : new URL("sw.js", base).href;
      try {
        await navigator.serviceWorker.register(url, { updateViaCache: "none" });
      } catch {
        // The portal works as before, only not without a connection.
      }
    },
  });
  const notice = document.querySelector("[data-kept-text]");
  if (notice && body.dataset.kept) {
    notice.hidden = false;
    notice.textContent = notice.dataset.keptText.replace("{date}", portal.date(body.dataset.kept));
  }
  if (isForbidden) return;
  if (document.readyState === "complete") portal.register();
  else addEventListener("load", portal.register, { once: true });
})();
