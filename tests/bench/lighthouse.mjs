// Run Lighthouse (mobile, its own simulated throttling) over the addresses given as JSON on the standard input, each in a
// fresh Chromium. Prints one line of JSON for each page: scores, figures, and the audits that cost points.
import { readFileSync } from "node:fs";
import * as chromeLauncher from "chrome-launcher";
import lighthouse from "lighthouse";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"];

const measure = async (url) => {
  const chrome = await chromeLauncher.launch({ chromePath: process.env.CHROME_PATH, chromeFlags: FLAGS });
  try {
    return (await lighthouse(url, { port: chrome.port, output: "json", logLevel: "error", onlyCategories: CATEGORIES })).lhr;
  } finally {
    await chrome.kill();
  }
};

for (const url of JSON.parse(readFileSync(0, "utf8"))) {
  let lhr = await measure(url);
  // On a busy machine a trace now and then lacks its beginning (NO_NAVSTART): ask again, in a fresh Chromium.
  for (let again = 0; again < 3 && lhr.runtimeError; again += 1) lhr = await measure(url);
  const lost = Object.values(lhr.categories).flatMap((category) =>
    category.auditRefs
      .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
      .map(({ id }) => `${id} ${lhr.audits[id].displayValue || ""}`.trim()),
  );
  const figure = (id) => lhr.audits[id].numericValue ?? null;
  console.log(JSON.stringify({
    url, lost,
    error: lhr.runtimeError?.message || "",
    scores: CATEGORIES.map((id) => Math.round((lhr.categories[id].score ?? 0) * 100)),
    paint: figure("largest-contentful-paint"), shift: figure("cumulative-layout-shift"), blocking: figure("total-blocking-time"),
    lighthouse: lhr.lighthouseVersion, chrome: lhr.environment.hostUserAgent.match(/Chrome\/(\d+)/)?.[1] || "",
  }));
}
