// Terms and what they are, as a list that stays in place while it changes.

import { el, rows, text } from './dom.js';

/** Shows pairs of a term and its value. */
export function showFacts(list, pairs) {
  rows(list, pairs, ([term]) => term, ([term]) => {
    const value = el('dd');
    return {
      node: el('div', {}, el('dt', {}, term), value),
      update: ([, now]) => text(value, String(now)),
    };
  });
}
