// Asks the coordinator. A token lives in this tab only, and goes in a header that no other page can
// set.

const TOKEN = 'farpool-token';
const PATIENCE_MILLIS = 6000;

/** An answer that is a refusal. */
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }

  get needsLogin() {
    return this.status === 401 || this.status === 403;
  }
}

/** Uses a token from now on; an empty one for none. */
export function useToken(token) {
  if (token) {
    sessionStorage.setItem(TOKEN, token);
  } else {
    sessionStorage.removeItem(TOKEN);
  }
}

async function call(path, options = {}) {
  const headers = { ...options.headers };
  const token = sessionStorage.getItem(TOKEN);
  if (token) {
    headers.Authorization = `Bearer ${token}`;
  }
  const response = await fetch(path, {
    ...options,
    headers,
    cache: 'no-store',
    credentials: 'omit',
    signal: AbortSignal.timeout(PATIENCE_MILLIS),
  });
  if (!response.ok) {
    const answer = await response.json().catch(() => ({}));
    throw new Refused(response.status, answer.error ?? `the answer was ${response.status}`);
  }
  return response;
}

async function get(path, query = {}) {
  return (await call(`${path}?${new URLSearchParams(query)}`)).json();
}

async function post(path, content) {
  const response = await call(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(content),
  });
  return response.json();
}

const taskPath = (pool, index) => `api/tasks/${encodeURIComponent(pool)}/${index}`;

export const status = window => get('api/status', window);
export const activity = since => get('api/activity', { since });
export const tasks = query => get('api/tasks', query);
export const failures = rows => tasks({ state: 'failed', rows });
export const task = (pool, index) => get(taskPath(pool, index));
export const output = async (pool, index) => (await call(`${taskPath(pool, index)}/output`)).blob();
export const drain = worker => post('api/drain', { worker });
export const cancelTask = (pool, index) => post('api/cancel', { pool, index });
export const cancelPool = pool => post('api/cancel', { pool });
