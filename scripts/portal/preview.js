// Live reload of the preview: listens for builds, keeps the place on the page, shows problems in words.
"use strict";
(() => {
  let first = null;
  const box = document.createElement("div");
  box.setAttribute("role", "alert");
  box.id = "preview-problems";
  const events = new EventSource("/_preview/events");
  events.onmessage = (event) => {
    const { version, problems } = JSON.parse(event.data);
    if (problems.length) {
      box.replaceChildren();
      for (const problem of problems) {
        const line = document.createElement("p");
        line.textContent = problem;
        box.append(line);
      }
      box.style.cssText = "position:fixed;inset:auto 0 0 0;max-height:50vh;overflow:auto;padding:1rem;background:#fff4e5;color:#1b2a33;border-top:4px solid #b4540a;z-index:99;font:1rem/1.5 system-ui";
      document.body.append(box);
    } else {
      box.remove();
      if (first !== null && version !== first) location.reload();
    }
    first = version;
  };
})();
