// The tasks of one pool: those that run, then those that wait, then those that ended lately.

import * as api from './api.js';
import { el, instead, rows, text } from './dom.js';
import { causeOf } from './failures.js';
import { compact, span, taskName, words } from './format.js';

const STATES = ['', 'running', 'waiting', 'succeeded', 'failed', 'cancelled'];
const ROWS = 50;

export function poolView(pool, page) {
  const title = el('h2', { id: 'sheet-title' }, pool);
  const summary = el('p', { class: 'muted' });
  const list = el('ul', { class: 'panel list', 'aria-label': 'Tasks' });
  const filter = el('select', { class: 'small', 'aria-label': 'State', onchange: refresh },
    ...STATES.map(state => el('option', { value: state }, state || 'all states')));
  const more = el('button', { class: 'small', onclick: next }, 'Further tasks');
  let cursor = '';
  let further = '';

  async function refresh() {
    const query = { pool, rows: ROWS, cursor };
    const answer = await api.tasks(filter.value ? { ...query, state: filter.value } : query);
    further = answer.nextCursor;
    more.hidden = !further && !cursor;
    text(more, further ? 'Further tasks' : 'From the first again');
    text(summary, `${compact(answer.running)} running, ${compact(answer.waiting)} waiting`);
    const name = answer.tasks.find(task => task.poolName)?.poolName;
    text(title, name ? `${name} (${pool.slice(0, 8)})` : pool);
    rows(list, answer.tasks, task => `${task.index}/${task.state}`, task => taskRow(task, page));
    instead(list, answer.tasks.length ? '' : 'none', 'No such tasks, or nothing is kept of them.');
  }

  function next() {
    cursor = further;
    refresh().catch(problem => text(summary, problem.message));
  }

  return { title, nodes: [el('div', { class: 'row' }, filter, summary), list, more], refresh };
}

function taskRow(task, page) {
  const state = el('span', { class: `chip ${task.state}` }, words(task.state));
  const where = el('span', { class: 'muted clip' });
  const time = el('span', { class: 'muted' });
  const cause = el('p', { class: 'wrap muted' });
  const node = el('li', {},
    el('div', { class: 'row' },
      el('button', { class: 'plain', onclick: () => page.open(task) }, taskName(task)),
      state, where, el('span', { class: 'fill' }), time),
    cause);
  return {
    node,
    update(now) {
      text(where, now.worker);
      text(time, now.ranSeconds == null ? '' : span(now.ranSeconds));
      text(cause, now.state === 'failed' ? causeOf(now) : '');
    },
  };
}
