// Shows whether what is seen is of now, and if not, since when.

import { text } from './dom.js';
import { clock, span } from './format.js';

const link = document.getElementById('link');
const linkText = document.getElementById('link-text');
const banner = document.getElementById('lost');

export function showLive() {
  link.className = 'link live';
  text(linkText, 'Live');
  banner.hidden = true;
}

export function showLost(since, problem) {
  link.className = 'link gone';
  text(linkText, 'Not connected');
  banner.hidden = false;
  const reason = problem.status ? ` (${problem.message})` : '';
  text(banner, `No answer from the coordinator since ${clock(since)}, for `
    + `${span(Math.round((Date.now() - since) / 1000))}${reason}. What you see is from before;`
    + ' it is tried again.');
}
