// The cluster in figures, and its last hour in two charts.

import { chart } from './chart.js';
import { el, text, width } from './dom.js';
import { compact, count, counted, rate, span, spanMark } from './format.js';

const done = interval => interval.succeeded + interval.failed;

export function overview() {
  const parent = document.getElementById('figures');
  const busy = figure(parent, 'Busy cores', true);
  const workers = figure(parent, 'Workers');
  const waiting = figure(parent, 'Waiting tasks');
  const speed = figure(parent, 'Tasks ended');
  const wait = figure(parent, 'Wait, half below');
  const failed = figure(parent, 'Failed, last hour');
  const throughput = chart(document.getElementById('throughput'), {
    title: 'Tasks ended per second',
    stacked: true,
    format: rate,
    series: [
      { label: 'succeeded', key: 'ok', class: 'bar-ok', value: i => i.succeeded / (i.lengthSeconds || 1) },
      { label: 'failed', key: 'bad', class: 'bar-bad', value: i => i.failed / (i.lengthSeconds || 1) },
    ],
  });
  const waits = chart(document.getElementById('wait'), {
    title: 'Wait for a slot',
    stacked: false,
    format: span,
    mark: spanMark,
    series: [
      { label: 'half', key: 'half', class: 'line', value: i => i.waitP50Seconds },
      { label: '99 %', key: 'high', class: 'line line-high', value: i => i.waitP99Seconds },
    ],
  });

  return (status, intervals) => {
    const { totals } = status;
    busy(count(totals.busy), `of ${count(totals.cores)}`, null, totals.busy / totals.cores);
    workers(count(status.workers.total), '', states(totals.workersByState));
    waiting(compact(totals.waiting), '', `${compact(totals.running)} running`);
    const now = recent(intervals);
    speed(rate(now.perSecond), 'per s', `${counted(status.pools.total, 'pool')}, ${counted(status.coordinator.sessions, 'session')}`);
    const latest = intervals.findLast(interval => interval.waitP50Seconds != null);
    wait(span(latest?.waitP50Seconds), '', latest ? `99 % below ${span(latest.waitP99Seconds)}` : 'no task yet');
    const wrong = intervals.reduce((sum, interval) => sum + interval.failed, 0);
    const lost = intervals.reduce((sum, interval) => sum + interval.lost, 0);
    failed(compact(wrong), '', `${counted(lost, 'attempt')} lost`, null, wrong > 0);
    throughput(intervals);
    waits(intervals);
  };
}

/** How fast it is now: over the interval that is open, and the one before as the open one is short. */
function recent(intervals) {
  const last = intervals.slice(-2);
  const seconds = last.reduce((sum, interval) => sum + interval.lengthSeconds, 0);
  const tasks = last.reduce((sum, interval) => sum + done(interval), 0);
  return { perSecond: seconds > 0 ? tasks / seconds : 0 };
}

function states(workersByState) {
  const others = Object.entries(workersByState).filter(([state]) => state !== 'active');
  return others.map(([state, number]) => `${count(number)} ${state}`).join(', ') || 'all active';
}

function figure(parent, label, hasMeter) {
  const value = el('span');
  const unit = el('small');
  const note = el('p', { class: 'note' });
  const bar = el('span');
  const box = el('div', { class: 'figure' },
    el('p', { class: 'label' }, label),
    el('p', { class: 'value' }, value, ' ', unit),
    hasMeter ? el('div', { class: 'meter' }, bar) : note);
  parent.append(box);
  return (number, of, said, share, isAlarm) => {
    text(value, number);
    text(unit, of);
    text(note, said ?? '');
    width(bar, share);
    box.classList.toggle('alarm', Boolean(isAlarm));
  };
}
