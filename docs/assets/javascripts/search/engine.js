/*
 * From an index and a query to scored documents. Knows nothing of pages on a screen: the search
 * dialog and the resource library both stand on it.
 */
(() => {
  "use strict";
  const portal = (globalThis.portalSearch = globalThis.portalSearch || {});

  const SATURATION = 6; // the weight at which a word has half its full effect on a page
  const EFFECT = 1.6; // how much more a word of a title says than one of the text: the power of its effect
  const RARITY = 0.7; // how far a rare word outweighs a common one, 0 to 1: long questions hold rare words by chance
  const LENGTH = 0.55; // how far a long page must say a word more often, 0 to 1
  const TITLED = 0.8; // how much more a page says whose title the query covers: "Malaysia" is the page of that name
  const TYPO = [0, 0.6, 0.4, 0.2]; // what a word is worth that is so many typing errors away
  const SHARED = 0.3; // what a pair of signs is worth that has one of two in common
  const SOUND = [0.7, 0.4]; // what a word is worth that sounds the same in Latin letters, or nearly so
  const MOST_ENDINGS = 60; // words that one unfinished word may stand for

  /** Open the data of an index file. */
  portal.open = (data) => {
    const { readNumbers, readTerms, distance } = portal;
    const text = portal.prepare(data.rules, data.english);
    const terms = readTerms(data.terms);
    const numberOf = new Map(terms.map((term, at) => [term, at]));
    const holders = readNumbers(data.holders);
    const levels = readNumbers(data.weights);
    const lengths = readNumbers(data.lengths).map((level) => 2 ** (level / 2));
    const labels = readNumbers(data.label);
    const fallback = readNumbers(data.fallback);
    const standing = readNumbers(data.standing);
    const count = data.urls.length;
    const mean = lengths.reduce((sum, one) => sum + one, 0) / Math.max(count, 1);

    const starts = new Uint32Array(terms.length);
    const firsts = new Uint32Array(terms.length);
    for (let term = 0, at = 0, first = 0; term < terms.length; term += 1) {
      starts[term] = at;
      firsts[term] = first;
      first += holders[at] + 1;
      at += holders[at] + 2;
    }

    /** Call `see(document, effect)` for each document that holds a term. */
    const eachHolder = (term, see) => {
      let doc = -1;
      for (let step = 0; step <= holders[starts[term]]; step += 1) {
        doc += holders[starts[term] + 1 + step] + 1;
        const weight = 2 ** (levels[firsts[term] + step] / 2);
        const long = 1 - LENGTH + (LENGTH * lengths[doc]) / mean;
        see(doc, weight / (weight + SATURATION * long));
      }
    };

    const rarityOf = (holding) => Math.log(1 + (count - holding + 0.5) / (holding + 0.5));

    /** The stored words of a document's title and how rare each is; read when first asked for. */
    const named = [];
    const titleOf = (doc) => {
      if (!named[doc]) {
        const known = text.tokens(data.titles[doc], Boolean(fallback[doc] && data.english)).map((token) => numberOf.get(token));
        named[doc] = [...new Set(known)].filter((n) => n !== undefined).map((n) => [n, rarityOf(holders[starts[n]] + 1)]);
      }
      return named[doc];
    };

    /** How much of a title a query says, 0 to 1, rare words counting more. */
    const covered = (doc, words) => {
      let said = 0;
      let whole = 0;
      for (const [term, rarity] of titleOf(doc)) {
        whole += rarity;
        said += rarity * Math.max(...words.map((known) => known.get(term) || 0));
      }
      return whole ? said / whole : 0;
    };

    const firstFrom = (prefix) => {
      let low = 0;
      let high = terms.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (terms[middle] < prefix) low = middle + 1;
        else high = middle;
      }
      return low;
    };

    const endings = (word, found) => {
      const from = firstFrom(word);
      for (let at = from; at < Math.min(from + MOST_ENDINGS, terms.length); at += 1) {
        if (!terms[at].startsWith(word)) break;
        const worth = 0.5 + (0.4 * word.length) / terms[at].length;
        if (!(found.get(at) >= worth)) found.set(at, worth);
      }
    };

    /** An unknown pair of signs still says something by each of them. */
    const sharing = (pair, found) => {
      const units = pair.match(text.unit);
      terms.forEach((term, at) => {
        if (text.unspaced.test(term) && units.some((unit) => term.includes(unit))) found.set(at, SHARED);
      });
    };

    const misspelt = (word, found, extra) => {
      const most = (word.length < 4 ? 0 : word.length < 7 ? 1 : 2) + extra;
      for (let at = 0; most && at < terms.length; at += 1) {
        const off = distance(word, terms[at], most);
        if (off <= most) found.set(at, Math.max(found.get(at) || 0, TYPO[off]));
      }
    };

    /** Words of the locale's own script that a word in Latin letters may stand for. */
    let sounds;
    const sounding = (word, found) => {
      const sound = text.roman(word);
      if (sound.length < 2) return;
      sounds = sounds || terms.map((term) => (/^[a-z0-9]/.test(term) ? "" : text.roman(term)));
      sounds.forEach((other, at) => {
        const isBegun = other.length > 2 && sound.startsWith(other) && sound.length - other.length < 3;
        const isNear = other && (isBegun || (sound.length > 4 && distance(sound, other, 1) < 2));
        const worth = other === sound ? SOUND[0] : isNear ? SOUND[1] : 0;
        if (worth > (found.get(at) || 0)) found.set(at, worth);
      });
    };

    /** Find the stored words that one word of a query may mean, each with its worth. */
    const meanings = (word, isLast, extra) => {
      const found = new Map();
      const forms = text.forms(word);
      for (const form of forms) if (numberOf.has(form)) found.set(numberOf.get(form), 1);
      const isExact = found.size > 0;
      if (isLast || !isExact) {
        if (word.isCut || word.text.length > 1) endings(word.text, found);
        for (const form of forms) if (form.length > 2) endings(form, found);
      }
      if (word.isCut && !found.size) sharing(word.text, found);
      if (isExact || word.isCut) return found;
      for (const form of new Set([word.text, ...forms])) misspelt(form, found, extra);
      if (/^[a-z]/.test(word.text)) sounding(word.text, found);
      if (extra) endings(word.text.slice(0, Math.ceil(word.text.length * 0.6)), found);
      for (let size = word.text.length - 1; size >= 4 && size * 3 >= word.text.length * 2; size -= 1) {
        const start = numberOf.get(word.text.slice(0, size));
        if (start !== undefined && !found.has(start)) found.set(start, 0.5);
      }
      return found;
    };

    /** Cut an unknown word into two known ones: people leave out blanks. */
    const cut = (word) => {
      for (let at = word.text.length - 3; at >= 3; at -= 1) {
        const halves = [word.text.slice(0, at), word.text.slice(at)];
        const parts = halves.map((half) =>
          text.forms({ text: half }).map((form) => numberOf.get(form)).find((n) => n !== undefined)
        );
        if (parts.every((part) => part !== undefined)) return parts.map((part) => new Map([[part, 0.8]]));
      }
      return [];
    };

    /**
     * Read a query: for each of its words what it may mean. When not one word is known, look
     * once more with one typing error more, and by how the words begin.
     */
    const read = (query, extra = 0) => {
      const words = text.words(query).filter((word) => word.isCut || !text.isStop(word.text));
      const isOpen = !/\s$/.test(query);
      const found = [];
      words.forEach((word, at) => {
        const known = meanings(word, isOpen && at === words.length - 1, extra);
        const next = words[at + 1];
        if (next && !word.isCut && !next.isCut) {
          const both = text.forms({ text: word.text + next.text }).filter((form) => numberOf.has(form));
          for (const form of both) known.set(numberOf.get(form), 1);
          if (both.length) found.push(new Map(both.map((form) => [numberOf.get(form), 1])));
        }
        if (known.size) found.push(known);
        else if (!word.isCut) found.push(...cut(word));
      });
      return found.length || extra ? found : read(query, 1);
    };

    const passes = (doc, filters) =>
      Object.keys(filters || {}).every((facet) => {
        const wanted = [].concat(filters[facet] === undefined ? [] : filters[facet]);
        const known = data.facets[facet];
        if (!wanted.length) return true;
        return Boolean(known) && known.pages[doc].some((value) => wanted.includes(known.values[value][0]));
      });

    /**
     * Score documents, best first. A word that nothing holds is passed over; a document that
     * holds more of the words stands before one that holds fewer. An empty query gives all.
     */
    const search = (query, { filters, limit = Infinity } = {}) => {
      const words = read(query);
      const scores = new Float64Array(count);
      const kept = new Float64Array(count);
      const meaning = new Map();
      let whole = 0;
      // Half-known pairs are worth marking on a page only where nothing better is known.
      const isSure = words.some((known) => [...known.values()].some((worth) => worth > SHARED));
      for (const known of words) {
        const best = new Float64Array(count);
        for (const [term, worth] of known) {
          eachHolder(term, (doc, effect) => {
            best[doc] = Math.max(best[doc], effect * worth);
          });
        }
        const holding = best.reduce((sum, one) => sum + (one > 0 ? 1 : 0), 0);
        const rarity = rarityOf(holding) ** RARITY;
        whole += rarity;
        for (const [term, worth] of known) {
          if (worth === SHARED && isSure) continue;
          meaning.set(terms[term], Math.max(meaning.get(terms[term]) || 0, worth * rarity));
        }
        for (let doc = 0; doc < count; doc += 1) {
          if (best[doc] > 0) {
            scores[doc] += best[doc] ** EFFECT * rarity;
            kept[doc] += rarity;
          }
        }
      }
      const isAll = !query.trim();
      const found = [];
      for (let doc = 0; doc < count; doc += 1) {
        if (!(isAll || scores[doc] > 0) || !passes(doc, filters)) continue;
        const share = isAll ? 1 : kept[doc] / whole;
        const bonus = isAll ? 0 : TITLED * covered(doc, words) ** 1.7;
        const score = (scores[doc] * (0.4 + 0.6 * share) * (1 + bonus) * (fallback[doc] ? 0.9 : 1) * standing[doc]) / 100;
        found.push({ doc, score });
      }
      found.sort((one, two) => two.score - one.score || one.doc - two.doc);
      return { total: found.length, found: found.slice(0, limit), terms: meaning };
    };

    /** Count, for each value of a facet, the documents that a search with it would show. */
    const counts = (query, facet, filters) => {
      const known = data.facets[facet];
      const others = Object.assign({}, filters, { [facet]: undefined });
      const seen = (known ? known.values : []).map(([value, label]) => ({ value, label, count: 0 }));
      for (const { doc } of search(query, { filters: others }).found) {
        for (const value of known ? known.pages[doc] : []) seen[value].count += 1;
      }
      return seen;
    };

    const documentAt = (doc) => ({
      url: data.urls[doc],
      title: data.titles[doc],
      label: data.labels[labels[doc]],
      isFallback: Boolean(fallback[doc]),
      text: data.texts[doc],
    });

    return { text, search, counts, document: documentAt, facets: data.facets, size: count };
  };
})();
