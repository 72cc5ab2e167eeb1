// Draws what slots did in the last minute; it flows from right to left.

import { SPAN_MILLIS } from './lanes.js';
import { span, taskName } from './format.js';

const TICK_MILLIS = 250;
const CALM_TICK_MILLIS = 1000;
const GRID_MILLIS = 10_000;
const POOL_COLOURS = 8;
const LABEL_HEIGHT = 14;
const LABEL_WIDTH = 34;

const drawn = new Set();
const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
setInterval(() => document.hidden || drawAll(), calm ? CALM_TICK_MILLIS : TICK_MILLIS);

function drawAll() {
  const style = getComputedStyle(document.documentElement);
  drawn.forEach(draw => draw(style));
}

/** The colour of a pool: a number from 1 to 8, always the same for the same pool. */
export function poolColour(poolId) {
  let hash = 0;
  for (const character of poolId) {
    hash = (31 * hash + character.codePointAt(0)) >>> 0;
  }
  return 1 + (hash % POOL_COLOURS);
}

/**
 * Draws lanes until it is stopped.
 *
 * @param laneHeight in pixels
 * @param now gives the coordinator's time
 * @param open is called with a task that was clicked
 */
export function timeline(canvas, lanes, { laneHeight, now, open }) {
  const draw = style => paint(canvas, lanes, laneHeight, now(), style);
  drawn.add(draw);

  function taskAt(event) {
    const time = now() - SPAN_MILLIS * (1 - event.offsetX / canvas.clientWidth);
    const lane = Math.floor(event.offsetY / laneHeight);
    return [...lanes.tasks].find(task =>
      task.lane === lane && task.startMillis <= time && time <= (task.endMillis ?? Infinity));
  }

  canvas.addEventListener('click', event => {
    const task = taskAt(event);
    if (task) {
      open(task);
    }
  });
  canvas.addEventListener('pointermove', event => {
    const task = taskAt(event);
    canvas.style.cursor = task ? 'pointer' : '';
    canvas.title = task ? described(task, now()) : '';
  });
  return () => drawn.delete(draw);
}

function described(task, now) {
  const ran = ((task.endMillis ?? now) - task.startMillis) / 1000;
  return `${taskName(task)}, ${task.state}, ${span(ran)}`;
}

function paint(canvas, lanes, laneHeight, now, style) {
  const width = canvas.clientWidth;
  const height = lanes.count * laneHeight;
  const ratio = devicePixelRatio;
  canvas.style.height = `${height}px`;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  pen.scale(ratio, ratio);
  const x = time => width * (1 - (now - time) / SPAN_MILLIS);
  paintGrid(pen, x, now, height, style);
  for (const task of lanes.tasks) {
    paintTask(pen, task, x, laneHeight, now, style);
  }
}

function paintGrid(pen, x, now, height, style) {
  pen.fillStyle = style.getPropertyValue('--line');
  for (let time = now - (now % GRID_MILLIS); time > now - SPAN_MILLIS; time -= GRID_MILLIS) {
    pen.fillRect(Math.round(x(time)), 0, 1, height);
  }
}

function paintTask(pen, task, x, laneHeight, now, style) {
  const failed = task.state === 'failed' || task.state === 'cancelled';
  const gap = laneHeight > 4 ? 1 : 0;
  const left = Math.max(0, x(task.startMillis));
  const width = Math.max(1, x(task.endMillis ?? now) - left - gap);
  const top = task.lane * laneHeight + gap;
  const height = Math.max(1, laneHeight - 2 * gap);
  pen.fillStyle = style.getPropertyValue(failed ? '--bad' : `--pool-${poolColour(task.poolId)}`);
  pen.globalAlpha = laneHeight < LABEL_HEIGHT ? 0.8 : 0.3;
  pen.fillRect(left, top, width, height);
  pen.globalAlpha = 1;
  pen.fillRect(left, top, Math.min(width, 2), height);
  if (laneHeight >= LABEL_HEIGHT && width > LABEL_WIDTH) {
    pen.fillStyle = style.getPropertyValue('--ink');
    pen.font = `11px ${style.getPropertyValue('--sans')}`;
    pen.textBaseline = 'middle';
    pen.fillText(task.index, left + 6, top + height / 2 + 0.5, width - 8);
  }
}
