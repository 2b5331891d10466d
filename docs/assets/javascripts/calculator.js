// The repayment calculator: what is owed to each worker and monthly payments that add up to it. Same arithmetic as
// scripts/portal/repayment.py: whole parts, the last month takes the remainder. Amounts are kept as whole numbers of the
// smallest unit in use (units, or hundredths when an amount has a decimal part), so that nothing is lost in rounding.
"use strict";
(() => {
  const root = document.querySelector("[data-calculator]");
  const form = root && root.querySelector("form");
  const AMOUNT = /^\d{1,12}(?:[.,]\d{1,2})?$/;

  const instalments = (amount, months) => {
    const part = Math.floor(amount / months);
    return [...Array(months - 1).fill(part), amount - part * (months - 1)];
  };
  const hundredths = (text) => {
    const clean = text.trim().replace(/\s/g, "");
    if (clean === "") return 0;
    if (!AMOUNT.test(clean)) return null;
    const [whole, rest = ""] = clean.split(/[.,]/);
    return Number(whole) * 100 + Number(rest.padEnd(2, "0"));
  };
  const plan = (rows, months) => {
    const unit = rows.some((row) => row.paid % 100 || row.repaid % 100) ? 1 : 100;
    const owed = rows.map((row) => Math.max(0, row.paid - row.repaid) / unit);
    return { unit, owed, payments: owed.map((amount) => instalments(amount, months)) };
  };
  // The same day of each month, or the month's last day where it has no such day. Whole days in UTC: no time zone shifts them.
  const dueDates = (first, months) => {
    const [year, month, day] = first.split("-").map(Number);
    return Array.from({ length: months }, (_, n) => {
      const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate();
      return new Date(Date.UTC(year, month - 1 + n, Math.min(day, last))).toISOString().slice(0, 10);
    });
  };
  globalThis.portalCalculator = { dueDates, hundredths, instalments, plan };
  if (!form) return;

  const words = root.dataset;
  const body = form.querySelector("tbody");
  const result = root.querySelector("[data-result]");
  const line = root.querySelector("template").content.firstElementChild;
  const show = (count, unit) => (unit === 100 ? String(count) : (count / 100).toFixed(2));
  const cell = (tag, text) => {
    const made = document.createElement(tag);
    made.textContent = text;
    return made;
  };
  const head = (text, scope) => {
    const made = cell("th", text);
    made.scope = scope;
    return made;
  };
  const row = (...cells) => {
    const made = document.createElement("tr");
    made.append(...cells);
    return made;
  };

  // Made when a first date is entered: the browser's tables of dates are slow to load on an old phone.
  let long;
  const say = (day) => {
    long = long || new Intl.DateTimeFormat(`${document.documentElement.lang}-u-nu-latn-ca-gregory`, { dateStyle: "long", timeZone: "UTC" });
    return long.format(new Date(day));
  };

  const add = () => {
    const made = line.cloneNode(true);
    const number = body.rows.length + 1;
    made.querySelector("[name=worker]").value = number <= 26 ? String.fromCharCode(64 + number) : String(number);
    body.append(made);
    return made;
  };
  const update = () => {
    let good = true;
    const rows = [...body.rows].map((entry) => {
      const name = entry.querySelector("[name=worker]").value.trim();
      const values = ["paid", "repaid"].map((key) => {
        const field = entry.querySelector(`[name=${key}]`);
        const value = hundredths(field.value);
        field.setCustomValidity(value === null ? words.invalid : "");
        field.toggleAttribute("aria-invalid", value === null);
        good = good && value !== null;
        return value || 0;
      });
      entry.querySelector("button").setAttribute("aria-label", words.remove.replace("{name}", name));
      entry.querySelector("button").hidden = body.rows.length === 1;
      return { name, paid: values[0], repaid: values[1] };
    });
    const message = root.querySelector("[data-message]");
    message.textContent = good ? (rows.some((entry) => entry.repaid > entry.paid) ? words.tooMuch : "") : words.invalid;
    result.replaceChildren();
    const months = Math.min(60, Math.max(1, Math.floor(Number(form.elements.months.value)) || 1));
    if (!good) return;
    const { unit, owed, payments } = plan(rows, months);
    const total = (list) => list.reduce((sum, value) => sum + value, 0);
    const table = document.createElement("table");
    const money = form.elements.currency.value.trim();
    table.append(document.createElement("caption"));
    table.caption.textContent = words.plan + (money ? ` (${money})` : "");
    const names = [...rows.map((entry) => entry.name), words.total];
    table.createTHead().append(row(cell("td", ""), ...names.map((name) => head(name, "col"))));
    const dates = form.elements.first.value ? dueDates(form.elements.first.value, months) : [];
    const list = table.createTBody();
    for (let month = 0; month < months; month += 1) {
      const parts = payments.map((payment) => payment[month]);
      const when = words.month.replace("{number}", String(month + 1)) + (dates.length ? ` (${say(dates[month])})` : "");
      list.append(row(head(when, "row"), ...parts.map((v) => cell("td", show(v, unit))), cell("td", show(total(parts), unit))));
    }
    list.append(row(head(`${words.owed}: ${words.total}`, "row"), ...owed.map((v) => cell("td", show(v, unit))), cell("td", show(total(owed), unit))));
    const box = document.createElement("div");
    box.className = "table";
    box.append(table);
    result.append(box);
  };

  // On paper only the worksheet: the page itself has its own button.
  const print = root.querySelector("[data-worksheet]");
  print.addEventListener("click", () => {
    document.documentElement.classList.add("worksheet");
    window.print();
  });
  window.addEventListener("afterprint", () => document.documentElement.classList.remove("worksheet"));

  add();
  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.hasAttribute("data-add")) add().querySelector("[name=paid]").focus();
    else if (button.hasAttribute("data-clear-amounts")) {
      form.reset();
      body.replaceChildren();
      add().querySelector("[name=paid]").focus();
    } else if (button.hasAttribute("data-remove")) {
      button.closest("tr").remove();
      body.querySelector("input").focus();
    }
    update();
  });
  update();
  // Shown when it is ready: what is hidden costs no layout while it is made.
  root.hidden = false;
})();
