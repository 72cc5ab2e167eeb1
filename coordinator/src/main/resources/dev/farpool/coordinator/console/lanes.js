// Which slot a task is drawn in. The coordinator counts slots and does not name them, so tasks of one
// executor stay in one lane, and no two that ran at the same time share one.

export const SPAN_MILLIS = 60_000;

/** Times of different tasks agree to about this much. */
const TOLERANCE_MILLIS = 30;

const keyOf = task => `${task.poolId}/${task.index}/${task.attempt}`;

export class Lanes {
  #tasks = new Map();
  #count = 0;

  /** Takes in what a worker does and did. */
  feed(worker, now) {
    this.#count = worker.cores;
    const running = new Set(worker.running.map(keyOf));
    const seen = [...worker.recent, ...worker.running];
    seen.sort((one, other) => one.startMillis - other.startMillis);
    for (const task of seen) {
      this.#add(task);
    }
    for (const [key, task] of this.#tasks) {
      if (task.endMillis == null && !running.has(key)) {
        task.endMillis = now; // Its end was not among what is told.
      }
      if (task.endMillis != null && task.endMillis < now - SPAN_MILLIS) {
        this.#tasks.delete(key);
      }
    }
  }

  get count() {
    return this.#count;
  }

  get tasks() {
    return this.#tasks.values();
  }

  /** What runs, by lane. */
  running() {
    const lanes = new Array(this.#count).fill(null);
    for (const task of this.#tasks.values()) {
      if (task.endMillis == null) {
        lanes[task.lane] = task;
      }
    }
    return lanes;
  }

  #add(task) {
    const known = this.#tasks.get(keyOf(task));
    if (known) {
      known.endMillis = task.endMillis;
      known.state = task.state;
    } else {
      this.#tasks.set(keyOf(task), { ...task, lane: this.#laneFor(task) });
    }
  }

  #laneFor(task) {
    const end = task.endMillis ?? Infinity;
    const taken = new Array(this.#count).fill(false);
    let own = -1;
    for (const other of this.#tasks.values()) {
      const overlap = Math.min(end, other.endMillis ?? Infinity)
        - Math.max(task.startMillis, other.startMillis);
      taken[other.lane] ||= overlap > TOLERANCE_MILLIS;
      if (task.pid && other.pid === task.pid) {
        own = other.lane;
      }
    }
    if (own >= 0 && !taken[own]) {
      return own;
    }
    return Math.max(0, taken.indexOf(false));
  }
}
