// Takes the place of a worker that is wanted no more: deletes what it kept, then takes itself away. Pages stay as they are.
"use strict";
const OWN = `portal:${new URL("./", self.location.href).pathname}:`;
self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => {
  const leave = async () => {
    const names = (await caches.keys()).filter((name) => name.startsWith(OWN));
    await Promise.all(names.map((name) => caches.delete(name)));
    await self.registration.unregister();
  };
  event.waitUntil(leave());
});
