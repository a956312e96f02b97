// @ts-check
// Strokes on their way: kept in IndexedDB until the server has them in its journal, sent one after the other, in order.

const NAME = "pixelforest", STORE = "strokes";

/** @returns {Promise<IDBDatabase | null>} null where the browser keeps nothing (private windows): the page's memory still does */
function database() {
  return new Promise((resolve) => {
    let request;
    try { request = indexedDB.open(NAME, 1); } catch { resolve(null); return; }
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "order" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => resolve(null);
  });
}

/** Milliseconds until a server that did not answer, or could not store a stroke, is asked again. */
const AGAIN = 5000;

/** Whether the stroke itself is at fault; else it is kept: the server cannot store it now, does not know this page, or has another project open. @param {any} error */
const hopeless = (error) => error.status >= 400 && error.status < 500 && ![401, 403, 421].includes(error.status) && error.details?.project === undefined;

/** The ids that strokes for a project may name, the one for new strokes last. @param {any} project @returns {string[]} */
export const strokeIds = (project) => project?.ids ?? (project ? [project.id] : []);

export class Outbox {
  #waiting = /** @type {any[]} */ ([]);
  #order = Date.now() * 1000;
  #sending = false;
  #stuck = false;
  #database = database();
  #timer = /** @type {any} */ (0);

  /**
   * @param {(stroke: any) => Promise<any>} send
   * @param {{changed: (count: number) => void, sent: (stroke: any, answer: any) => void, refused: (stroke: any, error: any) => void, stuck: (error: any) => void}} tell
   * @param {(stroke: any) => boolean} mine whether the project that it belongs to is open
   */
  constructor(send, tell, mine) {
    this.send = send;
    this.tell = tell;
    this.mine = mine;
  }

  get waiting() { return this.#waiting.filter(this.mine); }

  /** Says how many wait; another project has others. */
  count() { this.tell.changed(this.waiting.length); }

  /** Strokes that an earlier page could not send. @returns {Promise<any[]>} */
  async left() {
    const db = await this.#database;
    if (!db) return [];
    return new Promise((resolve) => {
      const request = db.transaction(STORE).objectStore(STORE).getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => resolve([]);
    });
  }

  /** @param {any[]} strokes from {@link left} */
  take(strokes) {
    const known = new Set(this.#waiting.map((s) => s.id));
    this.#waiting = [...strokes.filter((s) => !known.has(s.id)), ...this.#waiting];
    this.count();
    this.flush();
  }

  /** @param {any} stroke */
  add(stroke) {
    const kept = { ...stroke, order: ++this.#order };
    this.#waiting.push(kept);
    this.#write((s) => s.put(kept));
    this.count();
    this.flush();
  }

  /** @param {any[]} strokes */
  drop(strokes) {
    const gone = new Set(strokes.map((s) => s.order));
    this.#waiting = this.#waiting.filter((s) => !gone.has(s.order));
    for (const order of gone) this.#write((s) => s.delete(order));
    this.count();
  }

  async flush() {
    if (this.#sending) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    for (let stroke; (stroke = this.#waiting.find(this.mine));) {
      const { order, ...body } = stroke;
      try {
        const answer = await this.send(body);
        this.#stuck = false;
        this.drop([stroke]);
        this.tell.sent(stroke, answer);
      } catch (/** @type {any} */ error) {
        if (!hopeless(error)) {
          if (error.status && !this.#stuck) this.tell.stuck(error);
          this.#stuck ||= !!error.status;
          this.#timer = setTimeout(() => this.flush(), AGAIN);
          break;
        }
        this.drop([stroke]);
        this.tell.refused(stroke, error);
      }
    }
    this.#sending = false;
  }

  /** Waits until nothing is on its way (or the server is gone). */
  async settled() {
    for (let i = 0; i < 200 && this.#sending; i++) await new Promise((resolve) => setTimeout(resolve, 10));
  }

  /** @param {(store: IDBObjectStore) => void} what */
  async #write(what) {
    const db = await this.#database;
    if (db) what(db.transaction(STORE, "readwrite").objectStore(STORE));
  }
}
