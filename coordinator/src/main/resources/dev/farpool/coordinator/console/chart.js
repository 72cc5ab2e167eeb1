// A chart of the last hour: bars or lines over time, drawn anew when there is something new.

import { attribute, el, svg, text } from './dom.js';
import { clock } from './format.js';

const HEIGHT = 132;
const LEFT = 46;
const RIGHT = 4;
const TOP = 8;
const BOTTOM = 20;
/** How much is shown, and how far the marks below it are apart. */
const SPANS_MINUTES = [[5, 1], [10, 2], [15, 3], [30, 5], [60, 10]];
const MARK_WIDTH = 46;
const MOST_BARS = 120;

/**
 * Makes a chart in a figure.
 *
 * @param title what it shows
 * @param series of each its label and class, and value(interval), null for none
 * @param stacked whether values are bars that add up; else they are lines
 * @param format of a value
 * @param mark the same, but short
 */
export function chart(parent, { title, series, stacked, format, mark = format }) {
  const reading = el('span');
  const drawing = svg('svg', { class: 'chart', role: 'img' });
  const legend = el('span', {},
    ...series.map(each => el('span', {}, el('i', { class: `key ${each.key}` }), each.label)));
  parent.append(el('figcaption', {}, el('strong', {}, title), reading, legend), drawing);
  let points = [];
  let hovered = null;

  function tell(point) {
    const said = point
      ? series.map((each, i) => `${each.label} ${point.values[i] == null ? '–' : format(point.values[i])}`)
      : [];
    text(reading, hovered ? `${clock(hovered.end)}: ${said.join(', ')}` : '');
    attribute(drawing, 'aria-label', `${title} over the last hour; now ${said.join(', ') || 'nothing'}`);
  }

  function draw() {
    const width = drawing.clientWidth;
    if (width > 0) {
      const scale = scales(points, width, stacked);
      attribute(drawing, 'viewBox', `0 0 ${width} ${HEIGHT}`);
      drawing.replaceChildren(
        ...grid(scale, width, mark),
        ...(stacked ? bars(points, series, scale) : lines(points, series, scale)),
        ...(hovered ? [cursor(scale.x(hovered.end))] : []));
    }
    tell(hovered ?? points.at(-1));
  }

  drawing.addEventListener('pointermove', event => {
    const scale = scales(points, drawing.clientWidth, stacked);
    const distance = point => Math.abs(scale.x((point.start + point.end) / 2) - event.offsetX);
    hovered = points.reduce((best, point) =>
      best && distance(best) <= distance(point) ? best : point, null);
    draw();
  });
  drawing.addEventListener('pointerleave', () => {
    hovered = null;
    draw();
  });
  new ResizeObserver(draw).observe(drawing);

  return intervals => {
    points = grouped(intervals, stacked ? Math.ceil(intervals.length / MOST_BARS) : 1, series);
    draw();
  };
}

/** Points of some intervals each; their values are means. */
function grouped(intervals, size, series) {
  const points = [];
  for (let i = 0; i < intervals.length; i += size) {
    const part = intervals.slice(i, i + size);
    const values = series.map(each => {
      const known = part.map(each.value).filter(value => value != null);
      return known.length ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
    });
    const last = part.at(-1);
    points.push({
      start: Date.parse(part[0].start),
      end: Date.parse(last.start) + 1000 * last.lengthSeconds,
      values,
    });
  }
  return points;
}

function scales(points, width, stacked) {
  const end = points.at(-1)?.end ?? Date.now();
  const needed = (end - (points[0]?.start ?? end)) / 60_000;
  const [minutes, apart] = SPANS_MINUTES.find(([span]) => span >= needed) ?? SPANS_MINUTES.at(-1);
  const start = end - minutes * 60_000;
  const sizes = points.map(({ values }) =>
    stacked ? values.reduce((sum, value) => sum + (value ?? 0), 0) : Math.max(...values, 0));
  const top = round(Math.max(...sizes, 0));
  return {
    start,
    end,
    apart: apart * 60_000,
    top,
    x: time => LEFT + ((time - start) / (end - start)) * (width - LEFT - RIGHT),
    y: value => HEIGHT - BOTTOM - (value / top) * (HEIGHT - TOP - BOTTOM),
  };
}

/** The next of 1, 2 or 5 times a power of ten. */
function round(value) {
  if (value <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(value));
  return power * [1, 2, 5, 10].find(step => step * power >= value * 0.999);
}

function grid(scale, width, mark) {
  const values = [0, 0.5, 1].map(share => share * scale.top);
  return [
    ...values.map(value =>
      svg('line', { class: 'grid', x1: LEFT, x2: width - RIGHT, y1: scale.y(value), y2: scale.y(value) })),
    ...values.slice(1).map(value =>
      svg('text', { x: LEFT - 6, y: scale.y(value) + 4, 'text-anchor': 'end' }, mark(value))),
    ...times(scale, width).map(time =>
      svg('text', { x: scale.x(time), y: HEIGHT - 4, 'text-anchor': 'middle' }, clock(time).slice(0, 5))),
    svg('text', { x: width - RIGHT, y: HEIGHT - 4, 'text-anchor': 'end' }, 'now'),
  ];
}

/** Whole minutes, as many as there is room for. */
function times({ start, end, apart, x }, width) {
  const fits = Math.max(1, Math.floor((width - LEFT - RIGHT) / MARK_WIDTH));
  const step = apart * Math.max(1, Math.ceil((end - start) / apart / fits));
  const found = [];
  for (let time = Math.ceil(start / step) * step; x(time) < width - MARK_WIDTH; time += step) {
    found.push(time);
  }
  return found;
}

function bars(points, series, scale) {
  const drawn = [];
  for (const point of points) {
    const x = scale.x(point.start);
    const width = Math.max(1, scale.x(point.end) - x - 1);
    let sum = 0;
    point.values.forEach((value, i) => {
      if (value > 0) {
        const y = scale.y(sum + value);
        const height = Math.max(1, scale.y(sum) - y);
        drawn.push(svg('rect', { class: series[i].class, x, y, width, height }));
        sum += value;
      }
    });
  }
  return drawn;
}

function lines(points, series, scale) {
  return series.map((each, i) => {
    let path = '';
    let pen = 'M';
    for (const { end, values } of points) {
      if (values[i] == null) {
        pen = 'M';
      } else {
        path += `${pen}${scale.x(end).toFixed(1)} ${scale.y(values[i]).toFixed(1)}`;
        path += pen === 'M' ? 'h.01' : ''; // So that a value without neighbours is seen.
        pen = 'L';
      }
    }
    return svg('path', { class: each.class, d: path, 'stroke-linecap': 'round' });
  });
}

function cursor(x) {
  return svg('line', { class: 'cursor', x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM });
}
