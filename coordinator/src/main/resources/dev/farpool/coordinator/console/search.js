// The field at the top: POOL/INDEX opens a task, anything else narrows workers and pools.

const TASK = /^\s*(.+)\/(\d{1,15})\s*$/;

/**
 * Listens to the field.
 *
 * @param narrow is called with a text that rows must have
 * @param open is called with a pool and an index
 */
export function listen({ narrow, open }) {
  const form = document.getElementById('search');
  const input = document.getElementById('find');
  form.addEventListener('submit', event => {
    event.preventDefault();
    const [, pool, index] = input.value.match(TASK) ?? [];
    if (pool) {
      open(pool, index);
      input.value = '';
    }
  });
  input.addEventListener('input', () => narrow(TASK.test(input.value) ? '' : input.value.trim()));
}
