/*
 * From the text of one found page to its matching sections and a snippet. Snippets are lists of
 * pieces, some of them marked, never HTML.
 */
(() => {
  "use strict";
  const portal = (globalThis.portalSearch = globalThis.portalSearch || {});

  const SNIPPET = 150; // characters
  const MOST_SECTIONS = 3;

  /** Find the places in an original text that match: [start, end, worth]. */
  const places = (text, original, terms, isForeign) => {
    const found = [];
    const runs = /[^\s\p{P}\p{S}]+(?:['’\u200b-\u200d\u00ad][^\s\p{P}\p{S}]+)*/gu;
    for (let run = runs.exec(original); run; run = runs.exec(original)) {
      if (text.unspaced.test(run[0])) {
        found.push(...cuts(text, run[0], run.index, terms));
        continue;
      }
      const worth = Math.max(0, ...text.tokens(run[0], isForeign).map((token) => terms.get(token) || 0));
      if (worth > 0) found.push([run.index, run.index + run[0].length, worth]);
    }
    return found;
  };

  /** The same in unspaced text, sign by sign: a pair of signs is found where its letters stand. */
  const cuts = (text, run, offset, terms) => {
    let folded = "";
    const origin = [];
    for (let at = 0; at < run.length; at += 1) {
      const sign = text.fold(run[at]);
      for (let step = 0; step < sign.length; step += 1) origin.push(at);
      folded += sign;
    }
    const units = [];
    text.unit.lastIndex = 0;
    for (let unit = text.unit.exec(folded); unit; unit = text.unit.exec(folded)) {
      units.push([unit.index, unit.index + unit[0].length, unit[0]]);
    }
    const found = [];
    units.forEach((unit, at) => {
      const next = units[at + 1];
      const isPair = next && next[0] === unit[1] && terms.has(unit[2] + next[2]);
      if (!isPair && !(terms.has(unit[2]) && units.length === 1)) return;
      const end = isPair ? next[1] : unit[1];
      const stop = end < origin.length ? origin[end] : run.length;
      const worth = terms.get(isPair ? unit[2] + next[2] : unit[2]);
      const last = found[found.length - 1];
      const start = offset + origin[unit[0]];
      if (last && last[1] > start) {
        last[1] = offset + stop;
        last[2] += worth;
      } else found.push([start, offset + stop, worth]);
    });
    return found;
  };

  const pieces = (original, marks, start, end) => {
    const found = [];
    let at = start;
    for (const [from, to] of marks) {
      if (from < start || to > end) continue;
      if (from > at) found.push({ text: original.slice(at, from), isMark: false });
      found.push({ text: original.slice(from, to), isMark: true });
      at = to;
    }
    if (at < end) found.push({ text: original.slice(at, end), isMark: false });
    return found;
  };

  /** Move to a blank nearby, so that no word is cut; unspaced text is cut where it is. */
  const toBlank = (original, at, step) => {
    for (let off = 0; off < 24; off += 1) {
      const here = at + off * step;
      if (here <= 0 || here >= original.length) return Math.min(Math.max(here, 0), original.length);
      if (/\s/.test(original[here])) return step < 0 ? here + 1 : here;
    }
    while (at < original.length && /\p{M}/u.test(original[at])) at += 1;
    return at;
  };

  /** Cut the stretch of a text that holds most of what was looked for, and mark it. */
  const snippet = (text, original, terms, isForeign) => {
    const marks = places(text, original, terms, isForeign);
    let best = [0, 0];
    marks.forEach(([from], first) => {
      let worth = 0;
      const seen = new Set();
      for (let at = first; at < marks.length && marks[at][1] < from + SNIPPET - 30; at += 1) {
        const word = original.slice(marks[at][0], marks[at][1]).toLowerCase();
        worth += seen.has(word) ? 0.1 * marks[at][2] : marks[at][2];
        seen.add(word);
      }
      if (worth > best[0]) best = [worth, from];
    });
    const wish = best[0] ? Math.max(0, best[1] - 30) : 0;
    const start = wish ? toBlank(original, wish, -1) : 0;
    const end = toBlank(original, Math.min(start + SNIPPET, original.length), 1);
    const found = pieces(original, marks, start, end);
    if (start > 0) found.unshift({ text: "… ", isMark: false });
    if (end < original.length) found.push({ text: " …", isMark: false });
    return found;
  };

  /** Mark what matches in a short text, all of it. */
  const mark = (text, original, terms, isForeign) =>
    pieces(original, places(text, original, terms, isForeign), 0, original.length);

  /** Choose the sections of a page that answer a query, and the snippet of the best of them. */
  portal.choose = (text, page, terms, isForeign) => {
    const [description, sections] = page;
    const worth = (tokens, share) => {
      let sum = 0;
      for (const token of new Set(tokens)) sum += (terms.get(token) || 0) * share;
      return sum;
    };
    const scored = sections.map(([id, title, body], at) => {
      const inBody = worth(text.tokens(body, isForeign), 1);
      return { id, title, body, at, inBody, score: inBody + worth(text.tokens(title, isForeign), 2) };
    });
    scored.sort((one, two) => two.score - one.score || one.at - two.at);
    const best = scored.reduce((most, one) => (one.inBody > most.inBody ? one : most), { inBody: 0, body: description });
    return {
      sections: scored
        .filter((one) => one.id && one.score > 0)
        .slice(0, MOST_SECTIONS)
        .map(({ id, title }) => ({ id, title, pieces: mark(text, title, terms, isForeign) })),
      snippet: snippet(text, best.body, terms, isForeign),
    };
  };
  portal.mark = mark;
})();
