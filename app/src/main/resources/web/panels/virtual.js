// @ts-check
// Long lists: beyond 200 entries only what is in sight is made, and a list that comes back stands where it was left.

const ALL = 200;

/**
 * Which entries to make, and how much room the others take.
 * @param {number} count @param {number} item size of one, pixels @param {number} scroll @param {number} room size of what is seen @param {number} [columns] entries side by side
 */
export function range(count, item, scroll, room, columns = 1) {
  if (count <= ALL) return { first: 0, last: count, before: 0, after: 0 };
  const extra = 12, lines = Math.ceil(count / columns), first = Math.max(0, Math.min(lines, Math.floor(scroll / item)) - extra), last = Math.max(first, Math.min(lines, Math.ceil((scroll + room) / item) + extra));
  return { first: first * columns, last: Math.min(count, last * columns), before: first * item, after: (lines - last) * item };
}

/** Where to scroll so that an entry is in sight; `scroll` itself where it is. @param {number} at its place @param {number} item @param {number} scroll @param {number} room */
export const towards = (at, item, scroll, room) => Math.max(0, Math.min(at * item, Math.max((at + 1) * item - room, scroll)));

/**
 * How far a list is scrolled. A new element of the list, or one that was hidden, starts at 0: it is put back to where the list was.
 * @param {number} item size of an entry along the list, pixels @param {boolean} [across] from left to right
 */
export function scroller(item, across = false) {
  let at = 0, count = 0, of = /** @type {any} */ (undefined), element = /** @type {HTMLElement | null} */ (null), redraw = () => {};
  const list = { room: across ? 1200 : 900, width: 0, range: inSight, watch, of: from, show };
  const put = () => { if (element) { if (across) element.scrollLeft = at; else element.scrollTop = at; } };

  /** @param {number} n entries @param {number} [offset] what comes before them, pixels @param {number} [columns] */
  function inSight(n, offset = 0, columns = 1) { count = n; return range(n, item, at - offset, list.room, columns); }

  /** Another list starts at its start. @param {any} what */
  function from(what) { if (what !== of) { of = what; at = 0; put(); } }

  /** To be called with the element once, when it is made. @param {any} act */
  function watch(act) {
    return (/** @type {HTMLElement} */ now) => {
      element = now;
      redraw = () => { if (count > ALL) act.update((/** @type {any} */ s) => ({ scrolled: s.scrolled + 1 })); };
      now.addEventListener("scroll", () => { if (now !== element || !now.clientHeight) return; at = across ? now.scrollLeft : now.scrollTop; redraw(); });
      new ResizeObserver(() => {
        if (now !== element || !now.clientHeight) return;
        list.room = across ? now.clientWidth : now.clientHeight;
        list.width = now.clientWidth;
        put();
        redraw();
      }).observe(now);
    };
  }

  /** @param {number} k place of an entry that is to be in sight */
  function show(k) {
    const to = towards(k, item, at, list.room);
    if (k < 0 || to === at) return;
    at = to;
    put();
    redraw();
  }
  return list;
}
