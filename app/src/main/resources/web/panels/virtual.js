// @ts-check
// Long lists: beyond 200 entries only what is in sight is made.

const ALL = 200;

/**
 * Which entries to make, and how much room the others take.
 * @param {number} count @param {number} item size of one, pixels @param {number} scroll @param {number} room size of what is seen
 */
export function range(count, item, scroll, room) {
  if (count <= ALL) return { first: 0, last: count, before: 0, after: 0 };
  const extra = 12, first = Math.max(0, Math.min(count, Math.floor(scroll / item)) - extra), last = Math.min(count, Math.ceil((scroll + room) / item) + extra);
  return { first, last, before: first * item, after: (count - last) * item };
}
