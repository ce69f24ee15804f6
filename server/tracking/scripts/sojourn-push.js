// Asks a visitor whether they want notifications, and tells Sojourn of their browser.
//   <script src="https://sojourn.shop.example/sojourn-push.js" data-write-key="bk_…" data-worker="/sw.js" defer></script>
//   button.onclick = () => sojourn.push.ask({ topics: ["news"] });
"use strict";

(() => {
  const script = document.currentScript;
  const DAY = 86_400_000;
  const KEPT = "sojourn.push";
  const settings = {
    host: script ? new URL(script.src).origin : location.origin,
    writeKey: script?.dataset.writeKey ?? "",
    worker: script?.dataset.worker ?? "/sojourn-sw.js",
    scope: script?.dataset.scope,
    userId: undefined,
    userHash: undefined,
    anonymousId: undefined,
  };

  const isSupported = () => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

  function recall(name) {
    try {
      return JSON.parse(localStorage.getItem(name) ?? "null");
    } catch {
      return null;
    }
  }

  /** The visitor's id, as the site's tracking library has it; else one of our own. */
  function findVisitor() {
    const user = typeof window.analytics?.user === "function" ? window.analytics.user() : undefined;
    const userId = settings.userId ?? user?.id?.() ?? undefined;
    let anonymousId = settings.anonymousId ?? user?.anonymousId?.() ?? recall("ajs_anonymous_id") ?? recall("sojourn.anonymous");
    if (!anonymousId && !userId) {
      anonymousId = crypto.randomUUID();
      localStorage.setItem("sojourn.anonymous", JSON.stringify(anonymousId));
    }
    return { userId: userId ?? undefined, anonymousId: anonymousId ?? undefined, userHash: settings.userHash };
  }

  async function post(path, body) {
    const answer = await fetch(`${settings.host}/v1/push/${path}`, {
      method: "POST",
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

  async function subscribe() {
    const { publicKey } = await (await fetch(`${settings.host}/v1/push/key`)).json();
    await navigator.serviceWorker.register(settings.worker, settings.scope ? { scope: settings.scope } : undefined);
    const registration = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: publicKey };
    try {
      return await registration.pushManager.subscribe(options);
    } catch (error) {
      // One that was made with another key stands in the way.
      const old = error?.name === "InvalidStateError" ? await registration.pushManager.getSubscription() : null;
      if (old === null) throw error;
      await old.unsubscribe();
      return registration.pushManager.subscribe(options);
    }
  }

  async function tell(subscription, topics) {
    const visitor = findVisitor();
    const said = await post("subscribe", { ...visitor, subscription: subscription.toJSON(), topics });
    localStorage.setItem(KEPT, JSON.stringify({ at: Date.now(), endpoint: subscription.endpoint, who: JSON.stringify(visitor) }));
    return said;
  }

  /** Says again that this browser is there: once a day, and when somebody else is at it. */
  async function refresh() {
    if (!isSupported() || Notification.permission !== "granted") return;
    const subscription = await find();
    if (subscription === null) return;
    const kept = recall(KEPT);
    const isKnown = kept?.endpoint === subscription.endpoint && kept.who === JSON.stringify(findVisitor()) && Date.now() - kept.at < DAY;
    if (!isKnown) await tell(subscription, []);
  }

  const push = {
    /** Sets what the tag of this script did not: host, writeKey, worker, scope, anonymousId. */
    setup(given) {
      Object.assign(settings, given);
    },
    /** Says who is at this browser: `userId` with the `userHash` by which your server vouches for them. */
    identify(given) {
      Object.assign(settings, given);
      return refresh();
    },
    /** unsupported, default (not asked yet), denied, granted, or subscribed. */
    async state() {
      if (!isSupported()) return "unsupported";
      if (Notification.permission !== "granted") return Notification.permission;
      return (await find()) === null ? "granted" : "subscribed";
    },
    /** Asks for notifications; to be called in a click. Answers the state that came of it. */
    async ask({ topics = [] } = {}) {
      if (!isSupported()) return "unsupported";
      if ((await Notification.requestPermission()) !== "granted") return Notification.permission;
      await tell(await subscribe(), topics);
      return "subscribed";
    },
    /** No more notifications at this browser. */
    async leave() {
      const subscription = isSupported() ? await find() : null;
      localStorage.removeItem(KEPT);
      if (subscription === null) return;
      await post("unsubscribe", { endpoint: subscription.endpoint });
      await subscription.unsubscribe();
    },
  };

  window.sojourn = Object.assign(window.sojourn ?? {}, { push });
  refresh().catch(() => undefined);
})();
