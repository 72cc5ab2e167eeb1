// The workers: what each is, and what its slots do and did.

import * as api from './api.js';
import { confirmButton } from './confirm.js';
import { attribute, el, instead, rows, text } from './dom.js';
import { showFacts } from './facts.js';
import { count, counted, poolName, reachable, span, taskName } from './format.js';
import { Lanes } from './lanes.js';
import { timeline } from './timeline.js';

/** Up to so many slots are told one by one. */
const MOST_TOLD = 8;
const TOLD_HEIGHT = 22;
const STRIP_HEIGHT = 96;

const list = document.getElementById('workers');

/** Shows the workers of a status. */
export function showWorkers(status, page) {
  rows(list, status.workers.rows, worker => `${worker.name}/${worker.cores}`, worker => workerRow(worker, page));
  showEmpty(status);
  text(document.getElementById('workers-hint'),
    status.workers.rows.length ? 'each bar a task, the last minute' : '');
}

function showEmpty({ workers, coordinator }) {
  if (workers.total === 0) {
    instead(list, 'none', 'No workers yet. Start one: ',
      el('code', {}, `farpool worker --coordinator ${reachable(coordinator.address)}`));
  } else {
    instead(list, workers.matching === 0 ? 'unmatched' : '',
      `None of ${counted(workers.total, 'worker')} matches the search; clear it to see all.`);
  }
}

function workerRow(first, page) {
  const facts = el('dl', { class: 'facts', hidden: true });
  const name = el('button', { class: 'plain', 'aria-expanded': 'false', onclick: toggle }, first.name);
  const state = el('span', { class: 'chip' });
  const host = el('span', { class: 'muted clip host' });
  const busy = el('span');
  const drain = confirmButton('Drain', 'Drain it?', () => api.drain(first.name));
  const slots = slotView(first.cores, page);
  const node = el('li', { 'data-worker': first.name },
    el('div', { class: 'row' }, name, state, host, el('span', { class: 'fill' }), busy, drain),
    facts, slots.node);

  function toggle() {
    facts.hidden = !facts.hidden;
    attribute(name, 'aria-expanded', String(!facts.hidden));
  }

  return {
    node,
    removed: slots.stop,
    update(worker) {
      text(state, worker.state);
      state.className = `chip ${worker.state}`;
      text(host, worker.host);
      text(busy, `${count(worker.busy)} of ${count(worker.cores)} busy`);
      drain.hidden = !page.isOperator || worker.state === 'draining';
      showFacts(facts, told(worker, page.now()));
      slots.update(worker);
    },
  };
}

function told(worker, now) {
  const labels = Object.entries(worker.labels).map(([key, value]) => `${key}=${value}`);
  return [
    ['Host', worker.host],
    ['Process', worker.pid],
    ['Version', worker.version || '–'],
    ['Here for', span(Math.max(0, now - Date.parse(worker.registeredAt)) / 1000)],
    ['Last heard', `${span(worker.lastHeardSeconds)} ago`],
    ['Labels', labels.join(', ') || 'none'],
  ];
}

/** The slots: a strip of the last minute, and what each does now where there are few. */
function slotView(cores, page) {
  const isTold = cores <= MOST_TOLD;
  const laneHeight = isTold ? TOLD_HEIGHT : Math.max(2, Math.floor(STRIP_HEIGHT / cores));
  const lanes = new Lanes();
  const canvas = el('canvas', { role: 'img' });
  const now = isTold ? el('ol', { 'aria-label': 'Slots' }) : el('div', { class: 'muted wrap' });
  const labels = isTold ? Array.from({ length: cores }, () => slotLabel(page)) : [];
  now.append(...labels.map(label => label.node));
  const stop = timeline(canvas, lanes, { laneHeight, now: page.now, open: page.open });
  return {
    node: el('div', { class: 'slots' }, canvas, now),
    stop,
    update(worker) {
      lanes.feed(worker, page.now());
      attribute(canvas, 'aria-label',
        `Slots of ${worker.name} in the last minute; ${worker.busy} of ${worker.cores} are busy`);
      if (isTold) {
        tell(labels, lanes.running(), worker, page.now());
      } else {
        text(now, worker.pools.map(pool =>
          `${poolName(pool.poolId, pool.poolName)}: ${count(pool.slots)}`).join(', ') || 'all free');
      }
    },
  };
}

/** Tells of each slot what it does; tasks that are too short to be seen take slots all the same. */
function tell(labels, running, worker, now) {
  const unseen = unseenPools(worker);
  labels.forEach((label, lane) => {
    const task = running[lane];
    const pool = task ? null : unseen.pop();
    if (task) {
      label.task(task, now);
    } else {
      label.idle(pool ? poolName(pool.poolId, pool.poolName) : 'free', pool ? 'short' : '');
    }
  });
}

/** The pools that have slots here of which no task is known: each as often as that. */
function unseenPools(worker) {
  return worker.pools.flatMap(pool => {
    const seen = worker.running.filter(task => task.poolId === pool.poolId).length;
    return new Array(Math.max(0, pool.slots - seen)).fill(pool);
  });
}

function slotLabel(page) {
  let shown = null;
  const button = el('button', { class: 'plain clip', onclick: () => page.open(shown) });
  const idle = el('span', { class: 'muted clip' });
  const time = el('span', { class: 'muted' });
  return {
    node: el('li', {}, button, idle, time),
    task(task, now) {
      shown = task;
      button.hidden = false;
      idle.hidden = true;
      text(button, taskName(task));
      text(time, span(Math.max(0, now - task.startMillis) / 1000));
    },
    idle(what, note) {
      button.hidden = true;
      idle.hidden = false;
      text(idle, what);
      text(time, note);
    },
  };
}
