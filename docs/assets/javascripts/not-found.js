// The page for a missing address shows only the words of the locale that the address names; without script it shows all.
"use strict";
(() => {
  const parts = [...document.querySelectorAll(".lost")];
  const here = location.pathname.split("/");
  const own = parts.find((part) => here.includes(part.dataset.locale)) || parts.find((part) => "source" in part.dataset);
  for (const part of parts) part.hidden = part !== own;
  document.documentElement.lang = own.lang;
})();
