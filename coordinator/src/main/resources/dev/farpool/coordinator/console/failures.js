// What failed lately, and why.

import { el, instead, rows, text } from './dom.js';
import { clock, span, taskName, words } from './format.js';

const list = document.getElementById('failures');

/** Shows tasks that failed, the latest first. */
export function showFailures(tasks, page) {
  rows(list, tasks, task => `${task.poolId}/${task.index}`, task => failureRow(task, page));
  instead(list, tasks.length ? '' : 'none', 'No task has failed lately.');
}

function failureRow(task, page) {
  const when = el('span', { class: 'muted' });
  const cause = el('p', { class: 'wrap' });
  const where = el('span', { class: 'muted clip' });
  const node = el('li', { 'data-task': `${task.poolId}/${task.index}` },
    el('div', { class: 'row' },
      el('button', { class: 'plain', onclick: () => page.open(task) }, taskName(task)),
      where, el('span', { class: 'fill' }), when),
    cause);
  return {
    node,
    update(failed) {
      text(cause, causeOf(failed));
      text(where, failed.worker && `on ${failed.worker}`);
      const age = (page.now() - Date.parse(failed.endedAt)) / 1000;
      text(when, age < 3600 ? `${span(Math.max(1, Math.floor(age)))} ago` : clock(failed.endedAt));
    },
  };
}

/** In one sentence why a task has no result. */
export function causeOf(task) {
  const kind = task.failureKind === 'unspecified' ? '' : words(task.failureKind);
  return [kind, task.message || exit(task.exit)].filter(Boolean).join(': ');
}

function exit(status) {
  if (!status) {
    return '';
  }
  return 'signal' in status ? `killed by signal ${status.signal}` : `exit code ${status.code}`;
}
