// Asks a visitor whether they want notifications, and tells Sojourn of their browser.
//   <script src="https://sojourn.shop.example/sojourn-push.js" data-write-key="bk_…" data-worker="/sw.js" defer></script>
//   button.onclick = () => sojourn.push.ask({ topics: ["news"] });
"use strict";

(() => {
  const script = document.currentScript;
  const DAY = 86_400_000;
  const STORE = "sojourn-push"; // the service worker reads it too, which has no localStorage
  const KEPT = "/sojourn-push.json";
  const settings = {
    host: script ? new URL(script.src).origin : location.origin,
    writeKey: script?.dataset.writeKey ?? "",
    worker: script?.dataset.worker ?? "/sojourn-sw.js",
    scope: script?.dataset.scope,
    userId: undefined,
    userHash: undefined,
    anonymousId: undefined,
    patience: 20_000, // milliseconds; behind some firewalls a browser's push service never answers
  };

  /** What keeps this browser from notifications, if anything does. */
  function findObstacle() {
    if (!window.isSecureContext) return "insecure";
    return "serviceWorker" in navigator && "PushManager" in window && "Notification" in window ? null : "unsupported";
  }

  /** One thing after the other: a visit that says again who is there, a click, another page's word. */
  let last = Promise.resolve();
  function inTurn(work) {
    last = last.then(work, work);
    return last;
  }

  function recall(name) {
    try {
      return JSON.parse(localStorage.getItem(name) ?? "null");
    } catch {
      return null;
    }
  }

  /** What the server was told last: {at, host, writeKey, publicKey, visitor, endpoint, hasLeft}; null: nothing. */
  async function recallTold() {
    return (await (await caches.open(STORE)).match(KEPT))?.json() ?? null;
  }

  async function keepTold(told) {
    const store = await caches.open(STORE);
    await (told === null ? store.delete(KEPT) : store.put(KEPT, new Response(JSON.stringify(told))));
  }

  /** The visitor, as the site or its tracking library says; where neither does, as the server was told last. */
  function findVisitor(before) {
    const user = typeof window.analytics?.user === "function" ? window.analytics.user() : undefined;
    const libraryId = user?.anonymousId?.() ?? recall("ajs_anonymous_id") ?? undefined;
    const saidId = libraryId === undefined ? before?.userId : user?.id?.() ?? recall("ajs_user_id") ?? undefined;
    const userId = settings.userId ?? saidId;
    const userHash = settings.userHash ?? (userId === before?.userId ? before?.userHash : undefined);
    let anonymousId = settings.anonymousId ?? libraryId ?? before?.anonymousId ?? recall("sojourn.anonymous") ?? undefined;
    if (!anonymousId && !userId) {
      anonymousId = crypto.randomUUID();
      localStorage.setItem("sojourn.anonymous", JSON.stringify(anonymousId));
    }
    return { userId, anonymousId, userHash };
  }

  async function post(path, body) {
    const answer = await fetch(`${settings.host}/v1/push/${path}`, {
      method: "POST",
      credentials: "omit", // or a key that is refused makes the browser ask for a password
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ writeKey: settings.writeKey, ...body }),
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(said.message ?? `answered ${answer.status}`);
    return said;
  }

  async function find() {
    const registration = await navigator.serviceWorker.getRegistration(settings.scope);
    return (await registration?.pushManager.getSubscription()) ?? null;
  }

  /** Installs the worker, and waits until it is at work: one of another scope would never control this page. */
  async function install() {
    const registration = await navigator.serviceWorker.register(settings.worker, settings.scope ? { scope: settings.scope } : undefined);
    const coming = registration.installing ?? registration.waiting;
    if (registration.active || coming === null) return registration;
    await new Promise((resolve, reject) => {
      coming.addEventListener("statechange", () => {
        if (coming.state === "activated") resolve();
        if (coming.state === "redundant") reject(new Error("the service worker was not installed"));
      });
    });
    return registration;
  }

  async function subscribe() {
    const answer = await fetch(`${settings.host}/v1/push/key`);
    if (!answer.ok) throw new Error(`answered ${answer.status}`);
    const { publicKey } = await answer.json();
    const { pushManager } = await install();
    const give = () => inTime(pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey }));
    try {
      return { publicKey, subscription: await give() };
    } catch (error) {
      // One that was made with another key stands in the way.
      const old = error?.name === "InvalidStateError" ? await pushManager.getSubscription() : null;
      if (old === null) throw error;
      await old.unsubscribe();
      return { publicKey, subscription: await give() };
    }
  }

  function inTime(asked) {
    return new Promise((resolve, reject) => {
      const alarm = setTimeout(() => reject(new Error("the browser's push service does not answer")), settings.patience);
      asked.then(resolve, reject).finally(() => clearTimeout(alarm));
    });
  }

  async function tell({ publicKey, subscription }, before, topics) {
    const visitor = findVisitor(before?.visitor);
    const { endpoint } = subscription;
    const replaces = before && before.endpoint !== endpoint ? before.endpoint : undefined;
    await post("subscribe", { ...visitor, subscription: subscription.toJSON(), replaces, topics });
    const { host, writeKey } = settings;
    await keepTold({ at: Date.now(), host, writeKey, publicKey, visitor, endpoint });
  }

  /** Tells the server that this browser is gone; what it does not hear now, it is told at the next visit. */
  async function tellGone(before) {
    await keepTold({ ...before, hasLeft: true });
    await post("unsubscribe", { endpoint: before.endpoint });
    await keepTold(null);
  }

  /**
   * Says again that this browser is there: once a day, and when somebody else is at it. Where the browser has lost
   * its subscription, it makes another; where its owner took the leave back, it says so.
   */
  async function refresh() {
    if (findObstacle() !== null || !settings.writeKey) return;
    const before = await recallTold();
    if (before === null) return;
    if (before.hasLeft || Notification.permission !== "granted") return tellGone(before);
    const subscription = await find();
    if (subscription === null) return tell(await subscribe(), before, []);
    const isSame = before.endpoint === subscription.endpoint && JSON.stringify(before.visitor) === JSON.stringify(findVisitor(before.visitor));
    if (!isSame || Date.now() - before.at >= DAY) await tell({ publicKey: before.publicKey, subscription }, before, []);
  }

  const refreshQuietly = () => void inTurn(refresh).catch(() => undefined);

  const push = {
    /** Sets what the tag of this script did not: host, writeKey, worker, scope, anonymousId, patience. */
    setup(given) {
      Object.assign(settings, given);
      refreshQuietly();
    },
    /** Says who is at this browser: `userId` with the `userHash` by which your server vouches for them. */
    identify(given) {
      Object.assign(settings, { userHash: undefined }, given);
      return inTurn(refresh);
    },
    /** unsupported, insecure (no https), default (not asked yet), denied, granted, or subscribed. */
    async state() {
      const obstacle = findObstacle();
      if (obstacle !== null) return obstacle;
      if (Notification.permission !== "granted") return Notification.permission;
      return inTurn(async () => {
        const told = await recallTold();
        return told === null || told.hasLeft || (await find()) === null ? "granted" : "subscribed";
      });
    },
    /** Asks for notifications; to be called in a click. Answers the state that came of it. */
    async ask({ topics = [] } = {}) {
      const obstacle = findObstacle();
      if (obstacle !== null) return obstacle;
      if ((await Notification.requestPermission()) !== "granted") return Notification.permission;
      await inTurn(async () => tell(await subscribe(), await recallTold(), topics));
      return "subscribed";
    },
    /** No more notifications at this browser, whether the server hears of it now or not. */
    async leave() {
      if (findObstacle() !== null) return;
      await inTurn(async () => {
        const before = await recallTold();
        await (await find())?.unsubscribe();
        if (before !== null) await tellGone(before).catch(() => undefined);
      });
    },
  };

  window.sojourn = Object.assign(window.sojourn ?? {}, { push });
  refreshQuietly();
})();
