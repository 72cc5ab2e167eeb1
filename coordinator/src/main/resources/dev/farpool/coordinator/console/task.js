// One task: what it does, waits for or came to, its attempts, and what it printed.

import * as api from './api.js';
import { confirmButton } from './confirm.js';
import { el, rows, text } from './dom.js';
import { showFacts } from './facts.js';
import { causeOf } from './failures.js';
import { clock, count, span, taskName, words } from './format.js';

export function taskView(pool, index, page) {
  const title = el('h2', { id: 'sheet-title' }, `${pool}/${index}`);
  const state = el('span', { class: 'chip' });
  const explanation = el('p', { class: 'wrap' });
  const cause = el('p', { class: 'cause', hidden: true });
  const facts = el('dl', { class: 'facts' });
  const attempts = section('Attempts', el('ul', { class: 'panel list' }));
  const output = section('Output', el('pre', { class: 'output', tabindex: 0 }));
  const cancel = confirmButton('Cancel task', 'End it now?', () => api.cancelTask(pool, index));
  const save = el('button', { class: 'small', onclick: () => keep(pool, index) }, 'Save output');
  let shownOutput = '';

  return {
    title,
    nodes: [el('div', { class: 'row' }, state, cancel, save), explanation, cause, facts,
      attempts.node, output.node],
    async refresh() {
      const answer = await api.task(pool, index);
      const { task } = answer;
      text(title, taskName({ ...task, count: 1, index }));
      text(state, words(task.state));
      state.className = `chip ${task.state}`;
      text(explanation, answer.explanation);
      cause.hidden = task.state !== 'failed' || answer.explanation.includes(task.message);
      text(cause, causeOf(task));
      showFacts(facts, factsOf(task));
      attempts.node.hidden = answer.attempts.length < 2;
      rows(attempts.content, answer.attempts, attempt => attempt.attempt, attemptRow);
      cancel.hidden = !page.isOperator || !['waiting', 'running'].includes(task.state);
      save.hidden = answer.output.length === 0;
      const said = JSON.stringify(answer.output);
      if (said !== shownOutput) { // Otherwise what is selected in it would be lost.
        shownOutput = said;
        showOutput(output.content, answer.output);
      }
      if (answer.output.length === 0) {
        text(output.content, nothingPrinted(task));
      }
    },
  };
}

function section(title, content) {
  return { node: el('section', {}, el('h3', {}, title), content), content };
}

function factsOf(task) {
  const facts = [
    ['Worker', task.worker && `${task.worker} on ${task.host}`],
    ['Process', task.pid || ''],
    ['Attempt', task.attempt || ''],
    ['Submitted', task.queuedAt && clock(task.queuedAt)],
    ['Started', task.startedAt && clock(task.startedAt)],
    ['Ended', task.endedAt && clock(task.endedAt)],
    ['Ran for', task.ranSeconds != null && span(task.ranSeconds)],
  ];
  return facts.filter(([, value]) => value);
}

function attemptRow(first) {
  const times = el('span', { class: 'muted' });
  const ending = el('p', { class: 'wrap' });
  return {
    node: el('li', {},
      el('div', { class: 'row' }, el('strong', {}, `Attempt ${first.attempt}`),
        el('span', { class: 'muted' }, first.worker), el('span', { class: 'fill' }), times),
      ending),
    update(attempt) {
      text(times, [attempt.startedAt, attempt.endedAt].filter(Boolean).map(clock).join(' to '));
      text(ending, attempt.message || (attempt.endedAt ? 'it ended' : 'it runs'));
    },
  };
}

function showOutput(parent, pieces) {
  const wasAtEnd = parent.scrollTop + parent.clientHeight >= parent.scrollHeight - 4;
  parent.replaceChildren(...pieces.flatMap(piece => [
    piece.dropped ? el('span', { class: 'gap' }, `[${count(piece.dropped)} bytes are not kept]\n`) : '',
    el('span', { class: piece.stderr ? 'err' : '' }, piece.text),
  ]));
  if (wasAtEnd) {
    parent.scrollTop = parent.scrollHeight;
  }
}

function nothingPrinted(task) {
  return ['waiting', 'running'].includes(task.state)
    ? 'Nothing printed yet.'
    : 'It printed nothing, or nothing of it is kept.';
}

async function keep(pool, index) {
  const url = URL.createObjectURL(await api.output(pool, index));
  el('a', { href: url, download: `task-${index}.txt` }).click();
  URL.revokeObjectURL(url);
}
