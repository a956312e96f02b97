// @ts-check
// The state of the page: one plain object, replaced with every change, never changed in place.

/**
 * @template S
 * @typedef {{get: () => S, update: (patch: Partial<S> | ((state: S) => Partial<S>)) => void, subscribe: (listener: (state: S, before: S) => void) => () => void}} Store
 */

/**
 * @template S
 * @param {S} initial
 * @returns {Store<S>}
 */
export function createStore(initial) {
  let state = initial;
  const listeners = new Set();
  return {
    get: () => state,
    update(patch) {
      const change = typeof patch === "function" ? patch(state) : patch;
      const before = state;
      state = { ...state, ...change };
      for (const listener of listeners) listener(state, before);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
