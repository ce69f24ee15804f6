// The shop's page: tracks as a real site does, with a public key and a visitor its server vouches for.
"use strict";

const PRODUCTS = [
  { product_id: "jacket", name: "Trail jacket", price: 129, hue: 158, lines: "M24 12l-12 6-4 30h9V28 M40 12l12 6 4 30h-9V28 M24 12c2 6 14 6 16 0 M17 52h30V28 M17 28v24 M32 17v35" },
  { product_id: "pack", name: "Day pack", price: 89, hue: 28, lines: "M18 54V26a14 14 0 0 1 28 0v28z M24 54V40h16v14 M26 13V9h12v4 M25 29h14 M18 36h-5v14h5 M46 36h5v14h-5" },
  { product_id: "socks", name: "Wool socks", price: 18, hue: 345, lines: "M22 8h18v26l-2 8-12 12a8 8 0 0 1-12-11l8-9z M22 16h18 M22 22h18 M14 44l9 9 M40 34c-6 0-9 3-9 8" },
  { product_id: "shell", name: "Storm shell", price: 199, hue: 212, lines: "M22 18c0-12 20-12 20 0l10 5 4 27h-9V32 M22 18l-10 5-4 27h9V32 M17 32v22h30V32 M22 18c4 5 16 5 20 0 M32 22v32 M23 42h4 M37 42h4" },
  { product_id: "mug", name: "Camp mug", price: 14, hue: 48, lines: "M14 22h28v26a6 6 0 0 1-6 6H20a6 6 0 0 1-6-6z M42 28h6a5 5 0 0 1 5 5v5a5 5 0 0 1-5 5h-6 M22 8c-3 3 3 5 0 8 M32 8c-3 3 3 5 0 8" },
  { product_id: "shoes", name: "Trail shoes", price: 139, hue: 262, lines: "M8 24v22h48v-6c0-4-4-6-10-7-6-1-10-5-13-11l-6 4c-6 3-12 3-19-2z M8 46v6h48v-6 M30 30l5-4 M35 34l4-5 M40 37l3-5" },
];
/** Where what an event sets going is seen. */
const SEEN_AT = {
  "Signed Up": "/journeys/welcome", "Product Added": "/journeys/abandoned-cart", "Order Completed": "/journeys/abandoned-cart",
  "Ticket Closed": "/journeys/after-ticket", "Time passed": "/mailbox",
};
const $ = (id) => document.getElementById(id);
const remember = (name, value) => localStorage.setItem(`meadow.${name}`, JSON.stringify(value));
const recall = (name, fallback) => JSON.parse(localStorage.getItem(`meadow.${name}`) ?? "null") ?? fallback;
const makeId = (prefix) => `${prefix}-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;

const shop = {
  key: "",
  anonymousId: recall("anonymous", null) ?? makeId("anon"),
  visitor: recall("visitor", null), // {userId, name, userHash}
  cart: recall("cart", null) ?? { id: makeId("cart"), items: [] },
  ticket: recall("ticket", null),
};
remember("anonymous", shop.anonymousId);

async function ask(path, options = {}) {
  const headers = { "X-Sojourn-App": "1", ...options.headers };
  if (options.body) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { ...options, headers });
  const body = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  return { ok: answer.ok, status: answer.status, body };
}

/** Sends one call to the tracking door, and shows what became of it. */
async function track(kind, call) {
  const body = {
    anonymousId: shop.anonymousId,
    messageId: makeId("message"),
    ...(shop.visitor && { userId: shop.visitor.userId, userHash: shop.visitor.userHash }),
    ...call,
  };
  const headers = { Authorization: `Basic ${btoa(`${await shop.key}:`)}` };
  const answer = await ask(`/v1/${kind}`, { method: "POST", headers, body: JSON.stringify(body) });
  note(call.event ?? kind, call.properties ?? call.traits ?? {}, answer.status);
  return answer.ok;
}

function note(name, details, status) {
  const item = document.createElement("li");
  const title = document.createElement("strong");
  const code = document.createElement("code");
  title.textContent = name;
  code.textContent = `${status} · ${JSON.stringify(details)}`;
  code.title = code.textContent;
  item.append(title, code);
  if (SEEN_AT[name] && status < 400) {
    const link = document.createElement("a");
    link.href = SEEN_AT[name];
    link.target = "_blank";
    link.textContent = SEEN_AT[name] === "/mailbox" ? "See the mailbox" : "See the journey";
    item.append(link);
  }
  if (status >= 400) item.classList.add("bad");
  const log = $("log");
  if (log.firstElementChild?.classList.contains("small")) log.replaceChildren();
  log.prepend(item);
  while (log.children.length > 30) log.lastElementChild.remove();
}

function drawProducts() {
  $("products").replaceChildren(...PRODUCTS.map((product) => {
    const card = document.createElement("article");
    const picture = document.createElement("button");
    const text = document.createElement("div");
    const name = document.createElement("strong");
    const price = document.createElement("span");
    const add = document.createElement("button");
    card.className = "product";
    picture.className = "picture";
    picture.append(drawLines(product.lines));
    picture.setAttribute("aria-label", `Look at ${product.name}`);
    picture.addEventListener("click", () => look(product));
    picture.style.background = `linear-gradient(140deg, hsl(${product.hue} 38% 72%), hsl(${product.hue + 30} 34% 46%))`;
    text.className = "text";
    name.textContent = product.name;
    price.className = "price";
    price.textContent = `€ ${product.price}`;
    add.textContent = "Add to cart";
    add.addEventListener("click", () => addToCart(product));
    text.append(name, price, add);
    card.append(picture, text);
    return card;
  }));
}

function drawLines(lines) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 64 64");
  path.setAttribute("d", lines);
  svg.append(path);
  return svg;
}

function look({ product_id, name, price }) {
  return track("track", { event: "Product Viewed", properties: { product_id, name, price, currency: "EUR" } });
}

function sum() {
  return shop.cart.items.reduce((total, item) => total + item.price * item.quantity, 0);
}

function describeCart() {
  const items = shop.cart.items.map(({ product_id, name, price, quantity }) =>
    ({ product_id, name, quantity, price: `€ ${price}` }));
  return { cart_id: shop.cart.id, total: sum(), items };
}

function drawCart() {
  remember("cart", shop.cart);
  $("cart").replaceChildren(...shop.cart.items.map((item) => {
    const line = document.createElement("li");
    const name = document.createElement("span");
    const price = document.createElement("span");
    name.textContent = `${item.quantity} × ${item.name}`;
    price.textContent = `€ ${item.price * item.quantity}`;
    line.append(name, price);
    return line;
  }));
  $("total").textContent = shop.cart.items.length ? `€ ${sum()}` : "Empty";
  $("buy").disabled = $("fresh").disabled = shop.cart.items.length === 0;
}

async function addToCart({ product_id, name, price }) {
  const held = shop.cart.items.find((item) => item.product_id === product_id);
  if (held) held.quantity += 1;
  else shop.cart.items.push({ product_id, name, price, quantity: 1 });
  drawCart();
  await track("track", { event: "Product Added", properties: { product_id, name, price, quantity: 1, ...describeCart() } });
}

function beginCart() {
  shop.cart = { id: makeId("cart"), items: [] };
  drawCart();
}

async function buy() {
  const order = { order_id: makeId("order"), ...describeCart(), products: shop.cart.items, currency: "EUR" };
  if (await track("track", { event: "Order Completed", properties: order })) beginCart();
}

async function signUp(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  const email = String(form.get("email")).trim();
  const name = String(form.get("first_name")).trim();
  const signed = await ask("/shop/api/signature", { method: "POST", body: JSON.stringify({ user_id: email }) });
  if (!signed.ok) return note("The shop's server did not answer", {}, signed.status);
  shop.visitor = { userId: email, name, userHash: signed.body.signature };
  remember("visitor", shop.visitor);
  drawVisitor();
  identifyPush();
  await track("identify", {
    traits: {
      email, phone: String(form.get("phone")).replace(/[^+\d]/g, "") || undefined, first_name: name, plan: form.get("plan"),
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      consents: { newsletter: form.has("newsletter"), offers: form.has("offers") },
    },
  });
  await track("track", { event: "Signed Up", properties: { plan: form.get("plan") } });
  return undefined;
}

/** Opens a ticket, or closes the open one. */
async function moveTicket() {
  const ticket = shop.ticket ?? { ticket_id: makeId("ticket").slice(0, 14), subject: "Which size?" };
  const isOpen = shop.ticket !== null;
  if (!await track("track", { event: isOpen ? "Ticket Closed" : "Ticket Opened", properties: ticket })) return;
  shop.ticket = isOpen ? null : ticket;
  drawTicket();
}

function drawTicket() {
  remember("ticket", shop.ticket);
  $("ticket").textContent = shop.ticket ? "It is answered: close the ticket" : "Ask which size fits";
  $("ticket-words").textContent = shop.ticket ? `Ticket ${shop.ticket.ticket_id} is open.` : "No open ticket.";
}

const PUSH_WORDS = {
  default: "News may come as notifications, too.",
  granted: "News may come as notifications, too.",
  subscribed: "Notifications come to this browser.",
  denied: "This browser does not let the shop notify you. Allow notifications in its settings for this site, then try again.",
  insecure: "Browsers take notifications only over https, or from this very machine as localhost.",
  unsupported: "This browser knows no notifications. An iPhone or iPad does once the shop is on its home screen.",
};

/** Says how it stands with notifications, and what the button does. */
function drawPush(state, words = PUSH_WORDS[state]) {
  $("push-words").textContent = words;
  $("push").textContent = state === "subscribed" ? "No more notifications" : "Tell me of news";
  $("push").disabled = state === "insecure" || state === "unsupported";
}

/** Tells the script of pushes what a site's own page knows, at every visit. */
async function beginPush() {
  const { push } = window.sojourn;
  push.setup({ writeKey: await shop.key, anonymousId: shop.anonymousId });
  drawPush(await push.state());
  await identifyPush();
}

async function identifyPush() {
  if (!shop.visitor) return;
  const { userId, userHash } = shop.visitor;
  await window.sojourn.push.identify({ userId, userHash }).catch((error) => note("Push", { error: error.message }, 400));
}

/** Asks for notifications, as a site does in a click, or ends them; what the browser says is told. */
async function changePush() {
  const { push } = window.sojourn;
  const isLeaving = $("push").textContent === "No more notifications";
  $("push").disabled = true;
  $("push-words").textContent = isLeaving ? "One moment …" : "Your browser is asked …";
  try {
    const answered = await (isLeaving ? push.leave() : push.ask({ topics: ["newsletter"] }));
    const state = await push.state();
    drawPush(state, answered === "default" ? "The browser asked and got no answer. You can try again." : undefined);
    note("Push", { state }, isLeaving || state === "subscribed" ? 200 : 400);
  } catch (error) {
    drawPush(await push.state(), `The browser could not subscribe: ${error.message}`);
    note("Push", { error: error.message }, 400);
  }
}

function drawVisitor() {
  $("who").textContent = shop.visitor ? shop.visitor.userId : "Not signed in";
}

async function drawClock() {
  const answer = await ask("/api/v1/clock");
  if (!answer.ok) {
    $("now").textContent = "Log in to see the clock";
    return null;
  }
  const now = new Date(answer.body.now);
  $("now").textContent = now.toLocaleString(undefined, {
    weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit",
  });
  return now;
}

/** The time from now until the next weekday's 09:00 here, and a minute, as ISO 8601. */
function untilMorning(now) {
  const morning = new Date(now);
  morning.setHours(9, 1, 0, 0);
  do morning.setDate(morning.getDate() + 1); while ([0, 6].includes(morning.getDay()));
  return `PT${Math.ceil((morning - now) / 60000)}M`;
}

async function letPass(by) {
  const now = await drawClock();
  const step = by === "morning" ? untilMorning(now ?? new Date()) : by;
  const answer = await ask("/api/v1/clock/advance", { method: "POST", body: JSON.stringify({ by: step }) });
  $("clock-error").hidden = answer.ok;
  $("clock-error").textContent = answer.status === 401
    ? "Come in by the link on the console first: the clock is the owner's."
    : answer.body.title ?? "The clock did not move.";
  if (answer.ok) note("Time passed", { by: step }, answer.status);
  await drawClock();
}

async function begin() {
  drawProducts();
  drawCart();
  drawVisitor();
  drawTicket();
  shop.key = ask("/shop/api/shop").then(({ body }) => body.browser_key);
  // Listened to before the key is there: who is quick loses nothing.
  $("signup").addEventListener("submit", signUp);
  $("buy").addEventListener("click", buy);
  $("fresh").addEventListener("click", beginCart);
  $("ticket").addEventListener("click", moveTicket);
  $("push").addEventListener("click", changePush);
  beginPush();
  for (const button of document.querySelectorAll("[data-by]")) {
    button.addEventListener("click", () => letPass(button.dataset.by));
  }
  await track("page", { name: "Shop", properties: { path: location.pathname } });
  await drawClock();
  setInterval(drawClock, 5000);
}

begin();
