// The portal's own script: small, optional, and without it every page still does its job.
// Folds in the header close; pages print; the newsletter form answers in place.
"use strict";
(() => {
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
