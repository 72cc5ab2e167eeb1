// The sheet at the side: one task or one pool. What it shows is in the address, so it can be kept,
// sent to others, and left with the browser's way back.

import { el, text } from './dom.js';
import { poolView } from './pool.js';
import { taskView } from './task.js';

const dialog = document.getElementById('sheet');
let view = null;
let page = null;

/** Lets addresses open and close the sheet. */
export function listen(thePage) {
  page = thePage;
  addEventListener('hashchange', follow);
  dialog.addEventListener('close', () => {
    if (location.hash) {
      history.replaceState(null, '', location.pathname);
    }
    view = null;
    dialog.replaceChildren();
  });
  dialog.addEventListener('click', event => event.target === dialog && dialog.close());
  follow();
}

/** The address of a task, or of a pool where there is no index. */
export function show(pool, index) {
  location.hash = index == null
    ? `#/${encodeURIComponent(pool)}`
    : `#/${encodeURIComponent(pool)}/${index}`;
}

function follow() {
  const [, pool, index] = location.hash.match(/^#\/([^/]+)(?:\/(\d+))?$/) ?? [];
  if (!pool) {
    dialog.close();
    return;
  }
  const id = decodeURIComponent(pool);
  view = index == null ? poolView(id, page) : taskView(id, Number(index), page);
  view.problem = el('p', { class: 'cause', role: 'alert', hidden: true });
  const close = el('button', { class: 'small', onclick: () => dialog.close() }, 'Close');
  dialog.replaceChildren(el('div', {}, el('div', { class: 'row' }, view.title, close),
    view.problem, ...view.nodes));
  if (!dialog.open) {
    dialog.showModal();
  }
  refresh();
}

/** Asks anew for what the sheet shows; a problem is told in it and is no problem of the page. */
export async function refresh() {
  const asked = view;
  if (!asked) {
    return;
  }
  try {
    await asked.refresh();
    asked.problem.hidden = true;
  } catch (problem) {
    text(asked.problem, problem.message);
    asked.problem.hidden = false;
  }
}
