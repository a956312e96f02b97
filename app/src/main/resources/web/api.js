// @ts-check
// The only file that speaks to the server: one function a route, and the events. docs/page-protocol.md has every word of it.

/** What the server says went wrong; `status` is 0 when it could not be reached. */
export class ApiError extends Error {
  /** @param {number} status @param {{title?: string, message?: string, action?: string, details?: any}} answer */
  constructor(status, answer) {
    super(answer.message ?? "");
    this.status = status;
    this.title = answer.title ?? "Something went wrong";
    this.action = answer.action ?? "";
    this.details = answer.details ?? null;
  }
}

const UNREACHABLE = { title: "PixelForest stopped answering", message: "The program may have been closed.", action: "Start it again; this page goes on by itself." };

/** @param {string} token @param {string} page */
export function createApi(token, page) {
  /** @param {string} method @param {string} path @param {any} [body] @param {AbortSignal} [signal] @param {boolean} [keepalive] is sent although the page closes */
  async function ask(method, path, body, signal, keepalive = false) {
    const headers = /** @type {Record<string, string>} */ ({ "X-PixelForest-Token": token });
    let answer;
    try {
      const raw = body instanceof Blob;
      if (body !== undefined) headers["Content-Type"] = raw ? body.type : "application/json";
      answer = await fetch(path, { method, headers, signal, keepalive, body: body === undefined ? undefined : raw ? body : JSON.stringify(body) });
    } catch (error) {
      if (signal?.aborted) throw error;
      throw new ApiError(0, UNREACHABLE);
    }
    if (answer.ok) return answer;
    const text = await whole(answer.text());
    let what;
    try { what = JSON.parse(text); } catch { what = { title: "Something went wrong", message: `${method} ${path.split("?")[0]} was answered with ${answer.status}.` }; }
    throw new ApiError(answer.status, what);
  }
  /** A program that ends while it answers does not answer. @template T @param {Promise<T>} body @param {AbortSignal} [signal] @returns {Promise<T>} */
  const whole = (body, signal) => body.catch((error) => { throw signal?.aborted ? error : new ApiError(0, UNREACHABLE); });
  const json = async (/** @type {string} */ method, /** @type {string} */ path, /** @type {any} */ body = undefined, keepalive = false) => {
    const answer = await ask(method, path, body, undefined, keepalive);
    const text = await whole(answer.text());
    return text ? JSON.parse(text) : {};
  };
  const post = (/** @type {string} */ path, /** @type {any} */ body = {}) => json("POST", `/api/${path}`, body);
  const put = (/** @type {string} */ path, /** @type {any} */ body) => json("PUT", `/api/${path}`, body);
  const remove = (/** @type {string} */ path) => json("DELETE", `/api/${path}`);
  const binary = async (/** @type {string} */ path, /** @type {Record<string, any>} */ query, /** @type {AbortSignal | undefined} */ signal) => {
    const answer = await ask("GET", `/api/${path}?${new URLSearchParams(query)}`, undefined, signal);
    return answer.status === 204 ? null : whole(answer.arrayBuffer(), signal);
  };
  const of = (/** @type {string | number} */ id) => encodeURIComponent(id);

  return {
    page,
    state: () => json("GET", "/api/state"),
    raw: async (/** @type {string} */ image, /** @type {Record<string, any>} */ query, /** @type {AbortSignal | undefined} */ signal = undefined) => /** @type {ArrayBuffer} */ (await binary(`images/${of(image)}/raw`, query, signal)),
    labels: async (/** @type {string} */ image, /** @type {Record<string, any>} */ query) => /** @type {ArrayBuffer} */ (await binary(`images/${of(image)}/labels`, query, undefined)),
    probabilities: (/** @type {string} */ image, /** @type {Record<string, any>} */ query) => binary(`images/${of(image)}/probabilities`, query, undefined),
    feature: async (/** @type {string} */ image, /** @type {Record<string, any>} */ query, /** @type {AbortSignal} */ signal) => /** @type {ArrayBuffer} */ (await binary(`images/${of(image)}/feature`, query, signal)),
    batchRaw: async (/** @type {string} */ id, /** @type {Record<string, any>} */ query, /** @type {AbortSignal | undefined} */ signal = undefined) => /** @type {ArrayBuffer} */ (await binary(`batch/${of(id)}/raw`, query, signal)),
    batchProbabilities: (/** @type {string} */ id, /** @type {Record<string, any>} */ query) => binary(`batch/${of(id)}/probabilities`, query, undefined),

    stroke: (/** @type {any} */ stroke) => post("strokes", stroke),
    strokes: (/** @type {string | null} */ before) => json("GET", `/api/strokes?limit=200${before ? `&before=${of(before)}` : ""}`),
    removeStroke: (/** @type {string} */ id) => remove(`strokes/${of(id)}`),
    undo: () => post("undo"),
    redo: () => post("redo"),
    addClass: (/** @type {any} */ what) => post("classes", what),
    changeClass: (/** @type {number} */ n, /** @type {any} */ what) => json("PATCH", `/api/classes/${n}`, what),
    removeClass: (/** @type {number} */ n) => remove(`classes/${n}`),
    clearClass: (/** @type {number} */ n) => post(`classes/${n}/clear`),
    mergeClass: (/** @type {number} */ n, /** @type {number} */ into) => post(`classes/${n}/merge`, { into }),
    exportLabels: (/** @type {string} */ folder, replace = false) => post("labels/export", { folder, replace }),
    importLabels: (/** @type {string} */ image, /** @type {string} */ path) => post(`images/${of(image)}/labels/import`, { path }),

    live: (/** @type {boolean} */ on) => post("live", { on }),
    update: () => post("update"),
    cancelUpdate: () => post("update/cancel"),
    pixelsOf: (/** @type {number} */ painted, /** @type {number} */ predicted) => json("GET", `/api/quality/pixels?painted=${painted}&predicted=${predicted}`),
    features: (/** @type {any} */ selection) => put("features", selection),
    channelsUsed: (/** @type {boolean[]} */ used) => put("channels/used", { used }),
    suggest: () => post("suggestion"),
    dropSuggestion: () => remove("suggestion"),

    exportSettings: (/** @type {any} */ settings) => put("export/settings", settings),
    export: (/** @type {string[] | null} */ images) => post("export", { images }),
    cancelExport: () => post("export/cancel"),
    deleteExports: () => remove("export"),
    reveal: (/** @type {string} */ path) => post("reveal", { path }),

    batchAdd: (/** @type {string[]} */ paths) => post("batch/files", { paths }),
    batchClear: () => remove("batch/files"),
    batch: (/** @type {"run" | "pause" | "resume" | "cancel"} */ what) => post(`batch/${what}`),
    batchRetry: (/** @type {string[]} */ ids) => post("batch/retry", { ids }),
    batchSkip: (/** @type {string[]} */ ids) => post("batch/skip", { ids }),
    batchSettings: (/** @type {any} */ settings) => put("batch/settings", settings),

    files: (/** @type {string | null} */ path, q = "") => json("GET", `/api/files?${new URLSearchParams({ ...(path ? { path } : {}), ...(q ? { q } : {}) })}`),
    find: (/** @type {{name: string, size: number}[]} */ files) => post("find", { files }),
    open: (/** @type {string} */ path) => post("open", { path }),
    openDemo: () => post("open", { demo: true }),
    close: () => post("close"),
    save: (/** @type {string | null} */ path = null, replace = false) => post("save", { path, replace }),
    addImages: (/** @type {any} */ what) => post("images", what),
    changeImage: (/** @type {string} */ id, /** @type {any} */ what) => json("PATCH", `/api/images/${of(id)}`, what),
    removeImage: (/** @type {string} */ id) => remove(`images/${of(id)}`),
    watch: (/** @type {boolean} */ on) => post("watch", { on }),
    prepare: (/** @type {string} */ folder) => post("prepare", { folder }),
    cancelPrepare: () => post("prepare/cancel"),
    view: (/** @type {any} */ view, keepalive = false) => json("PUT", "/api/view", view, keepalive),
    thumbnail: (/** @type {Blob} */ png) => put("thumbnail", png),

    /** @param {Listener} listener */
    listen: (listener) => listen(token, page, { ...listener, strange: () => { ask("HEAD", "/api/state").catch((error) => { if (error.status === 401) listener.strange(); }); } }),
  };
}

/** @typedef {{event: (message: any) => void, tile: (arrived: any, planes: Uint16Array) => void, connected: () => void, lost: (seconds: number) => void, strange: () => void}} Listener strange: who answers there does not know this page */

const WAITS = [1, 2, 3, 5];

/** Stays connected: after a loss it tries again after 1, 2, 3, 5, 5 … seconds. @param {string} token @param {string} page @param {Listener} listener */
function listen(token, page, listener) {
  let socket = /** @type {WebSocket | null} */ (null), tries = 0, timer = 0, heard = 0, view = /** @type {string | null} */ (null), viewTimer = 0, sentView = "", asked = 0, greeted = false;

  function open() {
    clearTimeout(timer);
    const s = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/api/events?token=${encodeURIComponent(token)}&page=${page}`);
    s.binaryType = "arraybuffer";
    socket = s;
    heard = Date.now();
    asked = 0;
    greeted = false;
    s.onmessage = ({ data }) => {
      heard = Date.now();
      if (typeof data === "string") {
        const message = JSON.parse(data);
        if (message.event === "hello") { greeted = true; tries = 0; sentView = ""; listener.connected(); flush(); }
        listener.event(message);
        return;
      }
      const n = new DataView(data).getUint32(0, true);
      listener.tile(JSON.parse(new TextDecoder().decode(new Uint8Array(data, 4, n))), new Uint16Array(data, 4 + n));
    };
    // A browser does not say why a socket was refused.
    s.onclose = () => { if (socket !== s) return; if (!greeted) listener.strange(); lost(); };
  }

  function lost() {
    socket = null;
    const wait = WAITS[Math.min(tries++, WAITS.length - 1)];
    listener.lost(wait);
    clearTimeout(timer);
    timer = window.setTimeout(open, wait * 1000);
  }

  function flush() {
    viewTimer = 0;
    if (view === null || view === sentView || socket?.readyState !== WebSocket.OPEN) return;
    socket.send(view);
    sentView = view;
  }

  setInterval(() => {
    if (!socket || socket.readyState === WebSocket.CONNECTING) return;
    // NB: counted from the question, for the clock of a hidden page ticks once a minute.
    if (asked > heard && Date.now() - asked > 12000) { const s = socket; socket = null; s.onclose = null; s.close(); lost(); } else if (socket.readyState === WebSocket.OPEN && asked <= heard) { asked = Date.now(); socket.send('{"event":"ping"}'); }
  }, 5000);
  open();

  return {
    /** @param {any} seen */
    view(seen) {
      view = JSON.stringify({ event: "view", ...seen });
      viewTimer ||= window.setTimeout(flush, 100);
    },
    /** Everything that is seen is wanted anew: who sees nothing has nothing. */
    again() {
      if (socket?.readyState === WebSocket.OPEN) socket.send('{"event":"view","image":null}');
      sentView = "";
      if (view !== null) viewTimer ||= window.setTimeout(flush, 100);
    },
    /** Something is painted or dragged: what nobody waits for can wait. @param {boolean} down */
    hand(down) { if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ event: "hand", down })); },
    now() { if (!socket) { tries = 0; open(); } },
  };
}
