// Keys: / goes to the search, j and k or the arrows move within a list, Esc leaves the search.

const STEPS = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 };

export function listen() {
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event)) {
      return;
    }
    if (event.key === '/') {
      document.getElementById('find').focus();
      event.preventDefault();
    } else if (STEPS[event.key] && move(STEPS[event.key])) {
      event.preventDefault();
    }
  });
}

function isTyping(event) {
  const isField = event.target.matches('input, select');
  if (isField && event.key === 'Escape') {
    event.target.blur();
  }
  return isField;
}

/** Moves the focus to the row after or before, or to the first if none has it. */
function move(step) {
  const list = document.activeElement.closest('.list') ?? document.querySelector('#workers');
  const rows = [...list.children].map(row => row.querySelector('button')).filter(Boolean);
  if (document.querySelector('dialog[open]') || rows.length === 0) {
    return false;
  }
  const row = document.activeElement.closest('.list > li');
  const at = rows.findIndex(button => row?.contains(button));
  rows[at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))].focus();
  return true;
}
