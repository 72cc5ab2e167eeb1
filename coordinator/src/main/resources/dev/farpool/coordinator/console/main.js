// Puts the page together: what is asked once a second, and who shows it.

import * as api from './api.js';
import { showLive, showLost } from './connection.js';
import { text } from './dom.js';
import { showFailures } from './failures.js';
import { counted, span } from './format.js';
import * as hour from './history.js';
import * as keyboard from './keyboard.js';
import * as login from './login.js';
import { overview } from './overview.js';
import { pager } from './pager.js';
import { poll } from './poller.js';
import { showPools } from './pools.js';
import * as search from './search.js';
import * as sheet from './sheet.js';
import { showWorkers } from './workers.js';

const ROWS = 20;
const FAILURES = 20;
const WRONG_BY_MILLIS = 5000;

/** What of the lists is looked at. */
const asked = { find: '', workersFrom: 0, poolsFrom: 0, rows: ROWS };

/** What all parts know. */
const page = {
  isOperator: false,
  ahead: null,
  /** The coordinator's time, of which every other time on the page is. */
  now: () => performance.now() + (page.ahead ?? Date.now() - performance.now()),
  open: task => sheet.show(task.poolId, task.index),
  openPool: pool => sheet.show(pool),
};

const showOverview = overview();
const pageWorkers = pager(document.getElementById('workers-pager'), 'workers', ROWS, from => look({ workersFrom: from }));
const pagePools = pager(document.getElementById('pools-pager'), 'pools', ROWS, from => look({ poolsFrom: from }));

async function ask() {
  const [status, activity, failures] = await Promise.all([
    api.status(asked), api.activity(hour.next()), api.failures(FAILURES), sheet.refresh()]);
  return { status, intervals: hour.add(activity), failures: failures.tasks };
}

function show({ status, intervals, failures }) {
  page.isOperator = status.caller.role === 'operator';
  setClock(status.coordinator.nowMillis);
  showLive();
  const { coordinator, caller } = status;
  text(document.getElementById('about'),
    `${coordinator.address} · version ${coordinator.version} · up ${span(coordinator.uptimeSeconds)}`
    + (caller.name === 'local' ? '' : ` · ${caller.name} (${caller.role})`));
  document.title = `${status.totals.busy}/${status.totals.cores} busy, `
    + `${counted(status.totals.waiting, 'task')} waiting · Farpool`;
  showOverview(status, intervals);
  showWorkers(status, page);
  showPools(status, page);
  showFailures(failures, page);
  pageWorkers(status.workers);
  pagePools(status.pools);
}

/** Answers are a little old, so the youngest one tells the time best. */
function setClock(nowMillis) {
  if (nowMillis != null) {
    const ahead = nowMillis - performance.now();
    const isNear = page.ahead != null && Math.abs(ahead - page.ahead) < WRONG_BY_MILLIS;
    page.ahead = isNear ? Math.max(page.ahead, ahead) : ahead;
  }
}

function look(change) {
  Object.assign(asked, change);
  polling.wake();
}

keyboard.listen();
sheet.listen(page);
search.listen({
  narrow: find => look({ find, workersFrom: 0, poolsFrom: 0 }),
  open: sheet.show,
});
const polling = poll(ask, {
  answer: show,
  lost: showLost,
  loginNeeded: problem => login.ask(problem, () => polling.wake()),
});
