// Which part of a long list is shown.

import { el, text } from './dom.js';
import { count } from './format.js';

/**
 * Makes a pager in a node.
 *
 * @param size how many rows a page has
 * @param turned is called with the first row of the page that is wanted
 */
export function pager(parent, noun, size, turned) {
  let from = 0;
  const where = el('span');
  const back = button('‹', `Previous ${noun}`, () => turned(Math.max(0, from - size)));
  const on = button('›', `Next ${noun}`, () => turned(from + size));
  parent.append(where, back, on);
  return window => {
    from = window.from;
    const end = from + window.rows.length;
    parent.hidden = window.rows.length === window.matching;
    text(where, `${count(from + 1)}–${count(end)} of ${count(window.matching)}`);
    back.disabled = from === 0;
    on.disabled = end >= window.matching;
  };
}

function button(label, name, clicked) {
  return el('button', { class: 'small', 'aria-label': name, onclick: clicked }, label);
}
