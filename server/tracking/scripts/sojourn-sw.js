// Sojourn's service worker: shows pushes, and leads a click to where it goes.
// A site has one file of its own at its root, such as /sw.js, with this line in it:
//   importScripts("https://sojourn.shop.example/sojourn-sw.js");
"use strict";

self.addEventListener("push", (event) => {
  const push = readPush(event.data);
  if (push === null) return;
  const { title, body, icon, image, tag, url, click, actions = [] } = push;
  event.waitUntil(self.registration.showNotification(title, {
    body,
    icon,
    image,
    tag,
    data: { url, click, actions },
    actions: actions.map((action, place) => ({ action: String(place), title: action.title })),
  }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const { actions = [], ...own } = event.notification.data ?? {};
  event.waitUntil(lead(actions[Number(event.action || -1)] ?? own));
});

// The browser or its push service has ended the subscription: another takes its place, or none may.
self.addEventListener("pushsubscriptionchange", (event) => event.waitUntil(renew(event.newSubscription)));

/** What came, if it is ours; another sender's push is left to the site's own worker. */
function readPush(data) {
  try {
    const push = data.json();
    return typeof push?.title === "string" ? push : null;
  } catch {
    return null;
  }
}

/** Goes to a tab that shows the page already, else opens one; the click is told by its own link. */
async function lead({ url, click }) {
  const target = url || self.registration.scope;
  const tabs = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const tab = tabs.find((one) => isSamePage(one.url, target));
  if (tab === undefined) return self.clients.openWindow(click || target);
  const told = click && fetch(click, { mode: "no-cors", credentials: "omit", keepalive: true }).catch(() => undefined);
  await tab.focus();
  return told;
}

/** Whether two addresses are of one page, wherever on it, and whatever campaign led there. */
function isSamePage(one, other) {
  const [here, there] = [one, other].map((address) => {
    const url = new URL(address, self.location.href);
    for (const name of [...url.searchParams.keys()]) if (name.startsWith("utm_")) url.searchParams.delete(name);
    url.hash = "";
    return url.href;
  });
  return here === there;
}

/** Subscribes once more for the visitor whom the page told of last; where that is not allowed any more, says so. */
async function renew(given) {
  const store = await self.caches.open("sojourn-push");
  const before = await (await store.match("/sojourn-push.json"))?.json();
  if (before === undefined || before.hasLeft) return;
  const { endpoint, publicKey, visitor } = before;
  if (self.Notification.permission !== "granted") {
    await tell(before, "unsubscribe", { endpoint });
    await store.delete("/sojourn-push.json");
    return;
  }
  const options = { userVisibleOnly: true, applicationServerKey: publicKey };
  const subscription = given ?? await self.registration.pushManager.subscribe(options);
  const replaces = endpoint === subscription.endpoint ? undefined : endpoint;
  await tell(before, "subscribe", { ...visitor, subscription: subscription.toJSON(), replaces });
  const told = { ...before, at: Date.now(), endpoint: subscription.endpoint };
  await store.put("/sojourn-push.json", new Response(JSON.stringify(told)));
}

/** Tells the server; what fails here is done by the page at the next visit. */
async function tell({ host, writeKey }, path, body) {
  const answer = await fetch(`${host}/v1/push/${path}`, {
    method: "POST",
    credentials: "omit",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ writeKey, ...body }),
  });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
}
