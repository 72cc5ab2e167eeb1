// The last hour, interval by interval, as far as this page has heard of it.

const MOST = 360;

let coordinator = '';
let intervals = [];

/** From which interval on something new is to be asked for; the last is still open. */
export const next = () => intervals.at(-1)?.number ?? 0;

/** Takes an answer in, and gives all intervals, oldest first. */
export function add(answer) {
  if (answer.coordinatorId !== coordinator) {
    coordinator = answer.coordinatorId;
    intervals = [];
  }
  const first = answer.intervals[0]?.number ?? Infinity;
  intervals = [...intervals.filter(interval => interval.number < first), ...answer.intervals];
  intervals = intervals.slice(-MOST);
  return intervals;
}
