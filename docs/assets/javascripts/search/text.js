/*
 * Text to tokens, by the rules that came with the index. The same steps in the same order as
 * scripts/portal/search_text.py; golden cases in tests/cases/search are run through both.
 * Chinese and Thai are never split by the browser: its dictionaries differ between devices.
 */
(() => {
  "use strict";
  const portal = (globalThis.portalSearch = globalThis.portalSearch || {});

  const compileSteps = (steps) =>
    steps.map(([least, pairs]) => [least, pairs.map(([find, put]) => [new RegExp(find), put])]);

  /** Prepare the rules of one locale; `english` adds English stems to what a query may mean. */
  portal.prepare = (rules, english) => {
    const drop = new RegExp(rules.drop, "g");
    const scan = new RegExp(rules.scan, "g");
    const unit = new RegExp(rules.unit, "g");
    const unspaced = new RegExp(rules.unspaced);
    const breaks = rules.breaks ? new RegExp(rules.breaks, "g") : null;
    const folds = rules.fold.map(([find, put]) => [new RegExp(find, "g"), put]);
    const stop = new Set(rules.stop.split(" "));
    const englishStop = english ? new Set(english.stop.split(" ")) : stop;
    const steps = compileSteps(rules.steps);
    const latin = compileSteps(rules.latin);
    const foreign = english ? compileSteps(english.steps) : steps;
    const replace = new Map();
    for (const zero of rules.zeros) {
      for (let step = 0; step < 10; step += 1) {
        replace.set(String.fromCharCode(zero.charCodeAt(0) + step), String(step));
      }
    }
    const letter = new Map();
    [...rules.letters[0]].forEach((sign, at) => letter.set(sign, [...rules.letters[1]][at]));
    const change = (text, table) => {
      let out = "";
      for (const sign of text) out += table.has(sign) ? table.get(sign) : sign;
      return out;
    };

    const normalise = (text) =>
      change(text.normalize("NFKD").toLowerCase().replace(drop, ""), replace).normalize("NFC");

    const foldNormal = (text) => {
      let folded = text;
      for (const [find, put] of folds) folded = folded.replace(find, put);
      return change(folded, letter);
    };

    const fold = (text) => foldNormal(normalise(text));

    const words = (text) => {
      const normal = normalise(text);
      const folded = foldNormal(breaks ? normal.replace(breaks, " ") : normal);
      const found = [];
      for (const run of folded.match(scan) || []) {
        if (!unspaced.test(run)) {
          found.push({ text: run, isCut: false });
          continue;
        }
        const units = run.match(unit);
        if (units.length === 1) found.push({ text: units[0], isCut: true });
        for (let at = 1; at < units.length; at += 1) {
          found.push({ text: units[at - 1] + units[at], isCut: true });
        }
      }
      return found;
    };

    const apply = (word, list) => {
      for (const [least, pairs] of list) {
        for (const [find, put] of pairs) {
          if (!find.test(word)) continue;
          const changed = word.replace(find, put);
          if (changed === word) break;
          if (changed.length >= least) {
            word = changed;
            break;
          }
        }
      }
      return word;
    };

    const remembered = new Map();
    const stem = (word) => {
      if (!remembered.has(word)) {
        remembered.set(word, apply(word, latin.length && /^[a-z]/.test(word) ? latin : steps));
      }
      return remembered.get(word);
    };
    const englishStem = (word) => apply(word, foreign);

    /** What the index stores of a text; `isForeign` for English text inside another locale. */
    const tokens = (text, isForeign) => {
      const found = [];
      const skip = isForeign ? englishStop : stop;
      for (const word of words(text)) {
        if (word.isCut) found.push(word.text);
        else if (!skip.has(word.text)) {
          found.push(isForeign ? englishStem(word.text) : stem(word.text));
        }
      }
      return found;
    };

    /** Whether a folded word stands for nothing in a query. */
    const isStop = (word) => stop.has(word);

    /** Every token that a query word may be stored as. */
    const forms = (word) => {
      if (word.isCut) return [word.text];
      const all = new Set([stem(word.text)]);
      if (/^[a-z]/.test(word.text)) all.add(englishStem(word.text));
      return [...all];
    };

    /** The rough sound of a folded word, the same in Latin letters and in the locale's own; empty where none is known. */
    const roman = (word) => {
      if (!rules.sounds) return "";
      const [[letters, sounds], latin] = rules.sounds;
      let sound = "";
      if (/^[a-z]/.test(word)) sound = latin.reduce((said, [find, put]) => said.replace(new RegExp(find, "g"), put), word);
      else for (const sign of word) sound += sounds[letters.indexOf(sign)] || "";
      return sound.replace(/(.)\1+/g, "$1").replace(/[iu]+$/, "");
    };

    return { normalise, fold, words, stem, tokens, forms, roman, isStop, unspaced, unit };
  };
})();
