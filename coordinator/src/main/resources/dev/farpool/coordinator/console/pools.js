// The pools: how far each has come, how fast it goes, and what it waits for.

import * as api from './api.js';
import { confirmButton } from './confirm.js';
import { el, instead, rows, text, width } from './dom.js';
import { compact, count, counted, poolName, rate, reachable, span } from './format.js';
import { poolColour } from './timeline.js';

const RATE_SECONDS = 10;

const list = document.getElementById('pools');

/** Shows the pools of a status. */
export function showPools(status, page) {
  rows(list, status.pools.rows, pool => pool.poolId, pool => poolRow(pool, page));
  if (status.pools.total === 0) {
    instead(list, 'none', 'No pools. Run something: ',
      el('code', {}, `farpool exec --coordinator ${reachable(status.coordinator.address)} -- hostname`));
  } else {
    instead(list, status.pools.matching === 0 ? 'unmatched' : '',
      `None of ${counted(status.pools.total, 'pool')} matches the search; clear it to see all.`);
  }
}

function poolRow(first, page) {
  const state = el('span', { class: 'chip' });
  const client = el('span', { class: 'muted clip fill' });
  const done = el('span', { class: 'done' });
  const wrong = el('span', { class: 'wrong' });
  const now = el('span', { class: 'now' });
  const track = el('div', { class: 'track', role: 'progressbar', 'aria-valuemin': 0, 'aria-valuemax': 100 },
    done, wrong, now);
  const progress = el('span');
  const speed = el('span', { class: 'muted' });
  const why = el('p', { class: 'muted wrap' });
  const name = el('button', { class: 'plain name', onclick: () => page.openPool(first.poolId) },
    poolName(first.poolId, first.name));
  const cancel = confirmButton('Cancel', 'End the whole pool?', () => api.cancelPool(first.poolId));
  const dot = el('i', { class: 'key' });
  dot.style.background = `var(--pool-${poolColour(first.poolId)})`;
  const measured = meter();
  const node = el('li', { 'data-pool': first.poolId },
    el('div', { class: 'row' }, el('span', {}, dot, name), state, client, cancel),
    track,
    el('div', { class: 'row' }, progress, el('span', { class: 'fill' }), speed),
    why);

  return {
    node,
    update(pool) {
      const ended = pool.succeeded + pool.failed;
      const all = ended + pool.waiting + pool.running;
      text(state, pool.state);
      state.className = `chip ${pool.state}`;
      state.hidden = pool.state === 'run';
      text(client, pool.client);
      width(done, pool.succeeded / all);
      width(wrong, pool.failed / all);
      width(now, pool.running / all);
      track.setAttribute('aria-valuenow', all ? Math.round((100 * ended) / all) : 0);
      track.setAttribute('aria-label', `Progress of ${name.textContent}`);
      text(progress, said(pool, ended, all));
      text(speed, speedOf(measured(ended), pool));
      text(why, pool.waitingFor && `First waits: ${pool.waitingFor}`);
      why.hidden = !pool.waitingFor;
      cancel.hidden = !page.isOperator || pool.state === 'terminate';
    },
  };
}

function said(pool, ended, all) {
  const failed = pool.failed ? `, ${compact(pool.failed)} failed` : '';
  return `${compact(ended)} of ${compact(all)} done${failed}, ${compact(pool.running)} running`
    + ` on at most ${count(pool.processes)}`;
}

function speedOf(perSecond, pool) {
  if (!perSecond) {
    return '';
  }
  const left = pool.waiting + pool.running;
  return `${rate(perSecond)}/s${left > 0 ? `, ${span(left / perSecond)} left` : ''}`;
}

/** Measures how fast a number grows, over the last seconds. */
function meter() {
  const seen = [];
  return number => {
    const now = performance.now() / 1000;
    seen.push({ now, number });
    while (seen.length > 2 && seen[1].now < now - RATE_SECONDS) {
      seen.shift();
    }
    const time = now - seen[0].now;
    return time > 0 ? Math.max(0, number - seen[0].number) / time : 0;
  };
}
