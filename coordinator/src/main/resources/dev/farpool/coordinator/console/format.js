// Numbers, times and names as people read them.

const whole = new Intl.NumberFormat('en');
const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
const clockFormat = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit', minute: '2-digit', second: '2-digit',
});

/** 12,345. */
export const count = number => whole.format(number);

/** 12,345, but 1.2M where the digits would say no more. */
export const compact = number => (number < 100_000 ? whole : short).format(number);

/** A number and its noun. */
export const counted = (number, noun) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Per second. */
export function rate(perSecond) {
  return perSecond > 0 && perSecond < 10 ? perSecond.toFixed(1) : compact(Math.round(perSecond));
}

/** A span in its largest one or two units. */
export function span(seconds) {
  if (seconds == null) {
    return '–';
  }
  if (seconds < 0.001) {
    return `${Math.round(seconds * 1e6)} µs`;
  }
  if (seconds < 1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (seconds < 10) {
    return `${seconds.toFixed(1)} s`;
  }
  if (seconds < 60) {
    return `${Math.floor(seconds)} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  }
  const hours = Math.floor(seconds / 3600);
  return hours < 48
    ? `${hours} h ${Math.floor((seconds % 3600) / 60)} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** A span at the side of a chart, where there is little room. */
export function spanMark(seconds) {
  if (seconds < 1) {
    return span(seconds);
  }
  return seconds < 600 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}

/** 14:03:59. */
export const clock = time => clockFormat.format(new Date(time));

/** What a pool is called. */
export const poolName = (id, name) => name || id.slice(0, 8);

/** What a task, or tasks in a row, are called. */
export function taskName(task) {
  const last = task.count > 1 ? `-${task.index + task.count - 1}` : '';
  return `${poolName(task.poolId, task.poolName)}/${task.index}${last}`;
}

/** An enum value as words: process_died as “process died”. */
export const words = value => value.replaceAll('_', ' ');

/** An address for other machines: a coordinator that listens everywhere is where this page is from. */
export function reachable(address) {
  return address.replace(/^(0\.0\.0\.0|\[::])/, location.hostname);
}
