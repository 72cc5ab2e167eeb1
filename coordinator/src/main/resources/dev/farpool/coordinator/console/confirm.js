// A button for what cannot be undone: it asks once more, and forgets that after a while.

import { el, text } from './dom.js';

const PATIENCE_MILLIS = 4000;

/**
 * Makes one.
 *
 * @param act gives a promise; if that fails its message is shown in place of the label
 */
export function confirmButton(label, question, act) {
  const button = el('button', { class: 'small', onclick: clicked }, label);
  let timer = 0;

  function calm() {
    button.classList.remove('sure');
    text(button, label);
  }

  async function clicked() {
    clearTimeout(timer);
    if (button.classList.contains('sure')) {
      calm();
      button.disabled = true;
      await act().catch(problem => text(button, problem.message));
      button.disabled = false;
    } else {
      button.classList.add('sure');
      text(button, question);
    }
    timer = setTimeout(calm, PATIENCE_MILLIS);
  }

  return button;
}
