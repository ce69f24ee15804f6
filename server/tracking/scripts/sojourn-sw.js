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
  if (click) fetch(click, { mode: "no-cors", credentials: "omit", keepalive: true }).catch(() => undefined);
  return tab.focus();
}

/** Whether two addresses are of one page, wherever on it. */
function isSamePage(one, other) {
  return one.split("#")[0] === new URL(other, self.location.href).href.split("#")[0];
}
