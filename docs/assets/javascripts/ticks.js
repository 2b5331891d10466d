// Checklists: ticks are kept on the device, counted, saved as a table and cleared. Nothing is sent.
// Without JavaScript the boxes are on the page for a pen.
"use strict";
(() => {
  const page = document.body.dataset.page;
  const boxes = [...document.querySelectorAll(".article .task-list-item input")];
  const words = document.querySelector("[data-ticks]");
  if (!boxes.length || !words) return;
  const key = "ticks:" + page.replace(/^[a-z]{2}(-[A-Za-z]+)?\//, "");
  const part = (name) => words.querySelector(`[data-${name}]`);

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
    const done = boxes.filter((box) => box.checked).length;
    part("progress").textContent = words.dataset.ticks.replace("{done}", String(done)).replace("{total}", String(boxes.length));
    part("clear").hidden = done === 0;
  };

  // A cell that begins like a formula would be run by a spreadsheet: an apostrophe keeps it text (OWASP, CSV injection).
  const cell = (text) => {
    const plain = text.replace(/\s+/g, " ").trim();
    return `"${(/^[=+\-@]/.test(plain) ? "'" : "") + plain.replaceAll('"', '""')}"`;
  };
  const table = () => {
    const rows = boxes.map((box) => {
      const item = box.closest("li").cloneNode(true);
      for (const gone of item.querySelectorAll("ul, ol, sup")) gone.remove();
      const heading = box.closest("section")?.querySelector("h2, h3");
      return [heading ? heading.textContent : "", item.textContent, words.dataset[box.checked ? "yes" : "no"]];
    });
    const heads = [words.dataset.part, words.dataset.item, words.dataset.done];
    // The mark in front tells spreadsheets that the text is UTF-8.
    return "\ufeff" + [heads, ...rows].map((row) => row.map(cell).join(",") + "\r\n").join("");
  };
  const save = () => {
    const now = new Date();
    const day = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
    const name = page.replace(/\.html$/, "").replace(/\/index$/, "").split("/").pop() || "page";
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([table()], { type: "text/csv;charset=utf-8" }));
    link.download = `${name}-${document.body.dataset.locale}-${day}.csv`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
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
  boxes[0].closest("ul").before(words);
  words.hidden = false;
  part("export").addEventListener("click", save);
  part("clear").addEventListener("click", () => {
    for (const box of boxes) box.checked = false;
    keep();
    show();
    boxes[0].focus();
  });
  show();
})();
