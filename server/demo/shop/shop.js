// The shop's page: tracks as a real site does, with a public key and a visitor its server vouches for.
"use strict";

const PRODUCTS = [
  { product_id: "jacket", name: "Trail jacket", price: 129, hue: 158 },
  { product_id: "pack", name: "Day pack", price: 89, hue: 28 },
  { product_id: "socks", name: "Wool socks", price: 18, hue: 345 },
  { product_id: "shell", name: "Storm shell", price: 199, hue: 212 },
  { product_id: "mug", name: "Camp mug", price: 14, hue: 48 },
  { product_id: "shoes", name: "Trail shoes", price: 139, hue: 262 },
];
const $ = (id) => document.getElementById(id);
const remember = (name, value) => localStorage.setItem(`meadow.${name}`, JSON.stringify(value));
const recall = (name, fallback) => JSON.parse(localStorage.getItem(`meadow.${name}`) ?? "null") ?? fallback;
const makeId = (prefix) => `${prefix}-${crypto.getRandomValues(new Uint32Array(2)).join("")}`;

const shop = {
  key: "",
  anonymousId: recall("anonymous", null) ?? makeId("anon"),
  visitor: recall("visitor", null), // {userId, name, userHash}
  cart: recall("cart", null) ?? { id: makeId("cart"), items: [] },
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
  const headers = { Authorization: `Basic ${btoa(`${shop.key}:`)}` };
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
  item.append(title, code);
  if (status >= 400) item.classList.add("bad");
  const log = $("log");
  if (log.firstElementChild?.classList.contains("small")) log.replaceChildren();
  log.prepend(item);
  while (log.children.length > 30) log.lastElementChild.remove();
}

function drawProducts() {
  $("products").replaceChildren(...PRODUCTS.map((product) => {
    const card = document.createElement("article");
    const picture = document.createElement("div");
    const text = document.createElement("div");
    const name = document.createElement("strong");
    const price = document.createElement("span");
    const add = document.createElement("button");
    card.className = "product";
    picture.className = "picture";
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
  await track("identify", {
    traits: {
      email, first_name: name, plan: form.get("plan"),
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      consents: { newsletter: form.has("newsletter"), offers: form.has("offers") },
    },
  });
  await track("track", { event: "Signed Up", properties: { plan: form.get("plan") } });
  return undefined;
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
  shop.key = (await ask("/shop/api/shop")).body.browser_key;
  $("signup").addEventListener("submit", signUp);
  $("buy").addEventListener("click", buy);
  $("fresh").addEventListener("click", beginCart);
  $("ticket").addEventListener("click", () =>
    track("track", { event: "Ticket Closed", properties: { ticket_id: makeId("ticket").slice(0, 14), subject: "Which size?" } }));
  for (const button of document.querySelectorAll("[data-by]")) {
    button.addEventListener("click", () => letPass(button.dataset.by));
  }
  await track("page", { name: "Shop", properties: { path: location.pathname } });
  await drawClock();
  setInterval(drawClock, 5000);
}

begin();
