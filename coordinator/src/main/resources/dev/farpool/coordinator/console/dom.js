// Makes and changes nodes. Text is always set as text: nothing here reads markup, so whatever
// names, messages and output hold, it is shown as it is.

const SVG = 'http://www.w3.org/2000/svg';

/** Makes an element; attributes that are false or null are left out, on… are listeners. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** The same within a drawing. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else {
      attribute(node, name, value);
    }
  }
  node.append(...children.filter(child => child != null));
  return node;
}

/** Sets an attribute if it is another than before. */
export function attribute(node, name, value) {
  if (value == null || value === false) {
    node.removeAttribute(name);
  } else if (node.getAttribute(name) !== String(value)) {
    node.setAttribute(name, value === true ? '' : value);
  }
}

/** Sets the text of a node if it is another than before, so that a selection in it stays. */
export function text(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

/** Shows a share of 0 to 1 as the width of a bar. */
export function width(node, share) {
  node.style.width = `${(100 * Math.min(1, Math.max(0, share || 0))).toFixed(2)}%`;
}

const kept = new WeakMap();

/**
 * Shows items as the children of a node, in order. Each has a row that stays while its key is there,
 * and the focus with it.
 *
 * @param create makes a row: its node, and what updates it from an item
 */
export function rows(parent, items, keyOf, create) {
  const before = kept.get(parent) ?? new Map();
  const now = new Map(items.map(item => [keyOf(item), item]));
  for (const [key, row] of before) {
    if (!now.has(key)) {
      row.node.remove();
      row.removed?.();
    }
  }
  let place = parent.firstElementChild;
  const next = new Map();
  for (const [key, item] of now) {
    const row = before.get(key) ?? create(item);
    next.set(key, row);
    if (row.node === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(row.node, place);
    }
    row.update(item);
  }
  kept.set(parent, next);
}

/**
 * Says in place of rows why there are none. It stays as long as the reason does, so that a command
 * in it can be copied.
 *
 * @param reason a word for it; empty if there are rows
 */
export function instead(list, reason, ...content) {
  if ((list.dataset.instead ?? '') !== reason) {
    list.dataset.instead = reason;
    list.querySelector('.empty')?.remove();
    if (reason) {
      list.append(el('li', { class: 'empty' }, ...content));
    }
  }
}
