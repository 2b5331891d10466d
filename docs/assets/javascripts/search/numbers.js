/* Small tools of the engine: reading what the build packed, and counting typing errors. */
(() => {
  "use strict";
  const portal = (globalThis.portalSearch = globalThis.portalSearch || {});

  /** Read the number string that scripts/portal/build/search.py writes. */
  const readNumbers = (signs) => {
    const found = [];
    let value = 0;
    let scale = 1;
    for (let at = 0; at < signs.length; at += 1) {
      let digit = signs.charCodeAt(at);
      digit -= digit > 92 ? 36 : 35;
      if (digit < 45) {
        found.push(value + digit * scale);
        value = 0;
        scale = 1;
      } else {
        value += digit * scale; // the digit is 45 too high, which is the carry of the next place
        scale *= 45;
      }
    }
    return found;
  };

  const readTerms = (coded) => {
    const terms = [];
    let last = "";
    for (const item of coded ? coded.split(" ") : []) {
      last = last.slice(0, readNumbers(item[0])[0]) + item.slice(1);
      terms.push(last);
    }
    return terms;
  };

  /** Count typing errors between two words, a swap of neighbours as one; stop above `most`. */
  const distance = (one, two, most) => {
    if (Math.abs(one.length - two.length) > most) return most + 1;
    let before = [];
    let above = Array.from({ length: two.length + 1 }, (_, at) => at);
    for (let row = 1; row <= one.length; row += 1) {
      const current = [row];
      let least = row;
      for (let at = 1; at <= two.length; at += 1) {
        const same = one[row - 1] === two[at - 1];
        let cost = Math.min(above[at] + 1, current[at - 1] + 1, above[at - 1] + (same ? 0 : 1));
        if (row > 1 && at > 1 && one[row - 1] === two[at - 2] && one[row - 2] === two[at - 1]) {
          cost = Math.min(cost, before[at - 2] + 1);
        }
        current.push(cost);
        least = Math.min(least, cost);
      }
      if (least > most) return most + 1;
      before = above;
      above = current;
    }
    return above[two.length];
  };

  Object.assign(portal, { readNumbers, readTerms, distance });
})();
