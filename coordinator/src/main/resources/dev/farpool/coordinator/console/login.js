// Asks for a token when the coordinator wants one.

import * as api from './api.js';
import { el, text } from './dom.js';

const dialog = document.getElementById('login');
const problem = el('p', { class: 'cause', role: 'alert' });
const input = el('input', { id: 'token', type: 'password', autocomplete: 'off', required: true });
let done = () => {};

dialog.append(
  el('form', { method: 'dialog', onsubmit: submit },
    el('h2', { id: 'login-title' }, 'Log in'),
    el('p', { class: 'muted' },
      'This coordinator wants the token of a viewer or an operator. It is kept in this tab only.'),
    problem,
    el('label', { for: 'token' }, 'Token'),
    input,
    el('button', { class: 'primary' }, 'Log in')));
dialog.addEventListener('cancel', event => event.preventDefault());

function submit() {
  api.useToken(input.value.trim());
  input.value = '';
  done();
}

/** Shows the form; calls back when a token was given. */
export function ask(refused, given) {
  done = given;
  text(problem, refused.message);
  if (!dialog.open) {
    dialog.showModal();
  }
}
