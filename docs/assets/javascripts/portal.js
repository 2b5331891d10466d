// The portal's own script: small, optional, and without it every page still does its job.
// Ticks of checklists are kept on the device; folds in the header close; the newsletter form answers in place.
"use strict";
(() => {
  const page = document.body.dataset.page;
  const folds = [...document.querySelectorAll(".fold")];

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = folds.find((fold) => fold.open);
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", (event) => {
    for (const fold of folds) if (fold.open && !fold.contains(event.target)) fold.open = false;
  });
  for (const fold of folds) {
    fold.addEventListener("toggle", () => {
      if (fold.open) for (const other of folds) if (other !== fold) other.open = false;
    });
  }

  const wide = matchMedia("(min-width: 76rem)");
  const siblings = document.querySelector(".siblings__fold");
  if (siblings && wide.matches) siblings.open = true;

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => print());
  }

  // --- Checklists -----------------------------------------------------------
  const boxes = [...document.querySelectorAll(".article .task-list-item input")];
  if (boxes.length) {
    const key = "ticks:" + page.replace(/^[a-z]{2}(-[A-Za-z]+)?\//, "");
    const words = document.querySelector("[data-ticks]");
    const read = () => {
      try {
        return new Set(JSON.parse(localStorage.getItem(key)) || []);
      } catch {
        return new Set();
      }
    };
    const keep = () => {
      try {
        const ticked = boxes.filter((box) => box.checked).map((box) => box.id);
        if (ticked.length) localStorage.setItem(key, JSON.stringify(ticked));
        else localStorage.removeItem(key);
      } catch {
        // Storage may be closed (private window): ticks then last as long as the page.
      }
    };
    const show = () => {
      if (!words) return;
      const done = boxes.filter((box) => box.checked).length;
      words.querySelector("[data-progress]").textContent = words.dataset.ticks
        .replace("{done}", String(done))
        .replace("{total}", String(boxes.length));
      words.querySelector("[data-clear]").hidden = done === 0;
    };
    const ticked = read();
    for (const box of boxes) {
      box.disabled = false;
      box.checked = ticked.has(box.id);
      box.addEventListener("change", () => {
        keep();
        show();
      });
    }
    if (words) {
      boxes[0].closest("ul").before(words);
      words.hidden = false;
      words.querySelector("[data-clear]").addEventListener("click", () => {
        for (const box of boxes) box.checked = false;
        keep();
        show();
        boxes[0].focus();
      });
    }
    show();
  }

  // --- Newsletter -----------------------------------------------------------
  for (const form of document.querySelectorAll("[data-newsletter]")) {
    const field = form.querySelector("input[type=email]");
    const answer = form.querySelector(".error");
    form.noValidate = true;
    const say = (what, invalid) => {
      answer.textContent = answer.dataset[what];
      if (invalid) {
        field.setAttribute("aria-invalid", "true");
        field.focus();
      } else field.removeAttribute("aria-invalid");
    };
    form.addEventListener("submit", async (event) => {
      if (!field.value.trim()) {
        event.preventDefault();
        say("empty", true);
        return;
      }
      if (!field.validity.valid) {
        event.preventDefault();
        say("invalid", true);
        return;
      }
      // Only our own origin can be asked in place; elsewhere the plain form goes its way.
      if (new URL(form.action).origin !== location.origin || location.protocol === "file:") return;
      event.preventDefault();
      try {
        const reply = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
        say(reply.ok ? "sent" : "failed", !reply.ok);
        if (reply.ok) form.reset();
      } catch {
        say("failed", true);
      }
    });
  }
})();
