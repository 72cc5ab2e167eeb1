// Asks once a second while somebody looks, and tells when no answer comes any more.

const PERIOD_MILLIS = 1000;
const SLOWEST_MILLIS = 5000;
const SHORTEST_MILLIS = 50;

/**
 * Begins to ask.
 *
 * @param ask gives the promise of an answer
 * @param tell is told: answer(it), lost(since, problem), loginNeeded(problem)
 */
export function poll(ask, tell) {
  let timer = 0;
  let asking = false;
  let lostSince = null;
  let pause = PERIOD_MILLIS;

  async function turn() {
    asking = true;
    const began = performance.now();
    const { answer, problem } = await ask().then(answer => ({ answer }), problem => ({ problem }));
    asking = false;
    lostSince = problem ? lostSince ?? new Date() : null;
    pause = problem ? Math.min(SLOWEST_MILLIS, pause * 1.5) : PERIOD_MILLIS;
    if (problem?.needsLogin) {
      tell.loginNeeded(problem);
      return;
    }
    if (!document.hidden) {
      timer = setTimeout(turn, Math.max(SHORTEST_MILLIS, pause - (performance.now() - began)));
    }
    if (problem) {
      tell.lost(lostSince, problem);
    } else {
      tell.answer(answer);
    }
  }

  function wake() {
    clearTimeout(timer);
    if (!asking && !document.hidden) {
      turn();
    }
  }

  document.addEventListener('visibilitychange', () =>
    document.hidden ? clearTimeout(timer) : wake());
  wake();
  return { wake };
}
