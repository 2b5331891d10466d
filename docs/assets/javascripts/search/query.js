/* From a query to pages with sections and snippets; loads the text of those pages only. */
(() => {
  "use strict";
  const portal = (globalThis.portalSearch = globalThis.portalSearch || {});
  let opening = null;

  /** Load and open the index of this page's locale, once. */
  portal.ready = () => {
    if (!opening) {
      const name = portal.config.index.replace(/^.*\//, "").replace(/\.js$/, "");
      opening = portal.fetchData(name).then((data) => portal.open(data));
      opening.catch(() => {
        opening = null;
      });
    }
    return opening;
  };

  /** Find pages, best first, without their text: enough for the first lines of a result. */
  portal.find = async (query, options) => {
    const index = await portal.ready();
    if (!query.trim()) return { index, total: 0, terms: new Map(), pages: [] };
    const { total, found, terms } = index.search(query, options);
    const pages = found.map(({ doc, score }) => Object.assign({ score }, index.document(doc)));
    return { index, total, terms, pages };
  };

  /** Load the text of one found page and choose its sections and its snippet. */
  portal.detail = async (index, page, terms) => {
    if (!page.text) return { sections: [], snippet: [] };
    return portal.choose(index.text, await portal.fetchData(page.text), terms, page.isFallback);
  };

  /** Answer `portalSearch.query`. */
  portal.ask = async (query, { filters, limit = 10 } = {}) => {
    const { index, pages, terms } = await portal.find(query, { filters, limit });
    return Promise.all(
      pages.map(async (page) => {
        const { sections } = await portal.detail(index, page, terms);
        return {
          url: page.url,
          title: page.title,
          score: page.score,
          sections: sections.map(({ id, title }) => ({ id, title })),
        };
      })
    );
  };
})();
