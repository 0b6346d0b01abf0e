// The screen: one card at a time, what is new at once, and a stream that comes back by itself.
const READING = 40; // milliseconds a character
const AT_LEAST = 10_000; // milliseconds a card
const PATIENCE = 45_000; // milliseconds without a word, after which the stream is taken for lost; the server's is 15
const AGAIN = 5_000; // milliseconds until a next try
const TOO_LONG = 600_000; // milliseconds without the server: what hangs here may have been withdrawn since
const SMALLEST = 0.5; // of the size that a text begins with

const page = document.documentElement;
const cards = document.getElementById("cards");
const turn = document.getElementById("turn");
const away = document.getElementById("away");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const sources = new Map([...cards.children].map((card) => [card.dataset.key, card.outerHTML]));
let order = [...sources.keys()];
let shown = null; // the key of the card that one sees
let arrivals = [];
let timer;

const cardOf = (key) => [...cards.children].find((card) => card.dataset.key === key);

function show(key) {
  clearTimeout(timer);
  arrivals = arrivals.filter((one) => one !== key);
  shown = key;
  for (const card of cards.children) card.classList.toggle("on", card.dataset.key === key);
  const card = cardOf(key);
  if (!card) return;
  fit(card);
  const time = AT_LEAST + READING * card.textContent.trim().length;
  turn.getAnimations().forEach((one) => one.cancel());
  if (!calm.matches) turn.animate([{ transform: "scaleX(0)" }, { transform: "scaleX(1)" }], time);
  timer = setTimeout(next, time);
}

function next(step = 1) {
  cardOf(shown)?.classList.remove("new");
  const at = order.indexOf(shown);
  show(arrivals[0] ?? order[(at + step + order.length) % order.length]);
}

// Letters as large as there is room for.
function fit(card) {
  const words = card.querySelector(".words");
  const text = words.firstElementChild;
  text.style.removeProperty("--size");
  const largest = parseFloat(getComputedStyle(text).fontSize);
  for (let size = largest; text.scrollHeight > words.clientHeight && size > largest * SMALLEST; size -= largest / 24)
    text.style.setProperty("--size", `${size}px`);
}

// Only what changed is replaced, so that the card one reads stays where it is.
function take(html) {
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const now = [...fresh.content.querySelectorAll(".card")];
  const keys = now.map((card) => card.dataset.key);
  const left = [...cards.children].filter((card) => !keys.includes(card.dataset.key));
  left.forEach(forget);
  for (const card of now) keep(card, isOlder(card.dataset.key, keys, left));
  order = keys;
  for (const id of ["count", "date"]) document.getElementById(id).replaceWith(fresh.content.querySelector(`#${id}`));
  if (arrivals.length || !order.includes(shown)) next();
  else fit(cardOf(shown));
}

const kindOf = (key) => key.split(":")[0];

// Whether a card came to fill the place of one that left, from further down: that is no news.
function isOlder(key, keys, left) {
  const alike = keys.filter((one) => kindOf(one) === kindOf(key));
  const places = left.filter((card) => kindOf(card.dataset.key) === kindOf(key)).length;
  return alike.length > 1 && alike.indexOf(key) >= alike.length - places;
}

function forget(card) {
  sources.delete(card.dataset.key);
  arrivals = arrivals.filter((key) => key !== card.dataset.key);
  card.remove();
}

function keep(card, isOld) {
  const { key } = card.dataset;
  const source = card.outerHTML;
  const old = cardOf(key);
  if (sources.get(key) === source) return;
  sources.set(key, source);
  if (old) {
    card.classList.toggle("on", key === shown);
    old.replaceWith(card);
  } else {
    card.classList.toggle("new", !isOld);
    if (!isOld) arrivals.push(key);
    cards.append(card);
  }
}

let stream;
let heard = performance.now();

function listen() {
  stream?.close();
  stream = new EventSource(document.body.dataset.stream);
  stream.onopen = hear;
  stream.onerror = async () => {
    if (stream.readyState === EventSource.CLOSED && (await status()) === 404) switchOff();
  };
  stream.addEventListener("beat", hear);
  stream.addEventListener("gone", switchOff);
  stream.addEventListener("wall", (event) => {
    hear();
    const { html, resting, version } = JSON.parse(event.data);
    if (version !== document.body.dataset.version) reload();
    page.classList.toggle("resting", resting);
    take(html);
  });
}

function hear() {
  heard = performance.now();
  away.hidden = true;
}

// A browser gives up after an answer that is no stream, and sees no end to one that fell silent.
async function watch() {
  const quiet = performance.now() - heard;
  if (quiet > TOO_LONG) away.hidden = false;
  const isLost = stream.readyState === EventSource.CLOSED || quiet > PATIENCE;
  if (isLost && (await status()) === 404) switchOff();
  else if (isLost) listen();
}

async function status() {
  try {
    return (await fetch(location.href, { method: "HEAD", cache: "no-store" })).status;
  } catch {
    return 0;
  }
}

// Once in a while at most, and never to a page that isn't there: nobody stands by to press a key.
async function reload() {
  const last = Number(sessionStorage.getItem("reloaded") ?? 0);
  if (Date.now() - last < 60_000 || (await status()) !== 200) return;
  sessionStorage.setItem("reloaded", Date.now());
  location.reload();
}

function switchOff() {
  clearTimeout(timer);
  clearInterval(watching);
  stream.close();
  document.getElementById("gone").hidden = false;
  document.querySelectorAll("#wall, #dimmed, header").forEach((one) => one.remove());
}

page.classList.add("live");
next();
listen();
const watching = setInterval(watch, AGAIN);
addEventListener("resize", () => cardOf(shown) && fit(cardOf(shown)));
addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step && order.length) next(step);
});
