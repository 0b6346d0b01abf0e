// Live updates: the server sends fragments, and only what changed in them is replaced.
import { showStep } from "./card.js";
import { showDialogs } from "./dialogs.js";
import { keepTyped } from "./fields.js";
import { isLost, mark, settleDown } from "./focus.js";
import { showChosen } from "./menus.js";
import { takeTools } from "./tools.js";

const NEAR = 80; // pixels from the bottom that still count as reading the latest
const PATIENCE = 20_000; // milliseconds that a hidden page keeps its stream; a browser allows six to one server
const sources = new WeakMap(); // node → how the server sent it
const newer = document.getElementById("newer");

export function startLive() {
  const fragments = document.querySelectorAll("[id^=fragment-]");
  fragments.forEach((one) => [...one.children].forEach((child) => sources.set(child, child.outerHTML)));
  newer?.addEventListener("click", () => toEnd(document.getElementById("main")));
  document.getElementById("main").addEventListener("scroll", (event) => {
    if (newer && isAtEnd(event.target)) newer.hidden = true;
  });
  listen();
  rest();
}

let stream;
let asked = {};

// What the stream is asked for: what the page shows, and the filter of the developer's drawer.
export function listen(more = {}) {
  stream?.close();
  asked = { ...asked, ...more };
  const { as, at, thread, new: fresh } = document.body.dataset;
  const developer = document.getElementById("developer") ? 1 : 0;
  stream = new EventSource(`/stream?${new URLSearchParams({ as, at, thread, new: fresh, developer, ...asked })}`);
  const offline = document.getElementById("offline");
  stream.onopen = () => (offline.hidden = true);
  stream.onerror = () => (offline.hidden = false);
  stream.onmessage = (event) => {
    const { title, fragments } = JSON.parse(event.data);
    document.title = title;
    for (const [name, html] of Object.entries(fragments)) show(document.getElementById(`fragment-${name}`), html);
  };
}

function rest() {
  let waiting;
  document.addEventListener("visibilitychange", () => {
    clearTimeout(waiting);
    if (document.hidden) waiting = setTimeout(() => stream.close(), PATIENCE);
    else if (stream.readyState === EventSource.CLOSED) listen();
  });
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

function show(place, html) {
  if (!place) return;
  const scroller = place.parentElement;
  const wasAtEnd = place.matches(".conversation") && isAtEnd(scroller);
  const [wasLost, back] = [isLost(), mark()];
  const fresh = document.createElement("template");
  fresh.innerHTML = html;
  const added = sync(place, [...fresh.content.children]);
  if (wasAtEnd) toEnd(scroller);
  else if (added && newer && place.id === "fragment-main") newer.hidden = false;
  if (place.id === "fragment-dialogs") showDialogs(back);
  if (place.id === "fragment-card") showStep();
  if (!wasLost && isLost() && !back()) settleDown();
  showChosen(place);
}

// Makes the children of `place` those of `fresh`, by their keys; what the server sent unchanged is left alone.
function sync(place, fresh) {
  const keyOf = ({ dataset }) => dataset.key ?? dataset.ts;
  const known = new Map([...place.children].map((child) => [keyOf(child), child]));
  let [cursor, added] = [place.firstElementChild, false];
  for (const child of fresh) {
    const source = child.outerHTML;
    const old = known.get(keyOf(child));
    known.delete(keyOf(child));
    const isSame = old && sources.get(old) === source;
    const node = isSame ? old : old ? replace(old, child) : child;
    if (!isSame) sources.set(node, source);
    added ||= !old && "ts" in node.dataset;
    if (cursor === old) cursor = node;
    if (node !== cursor) place.insertBefore(node, cursor);
    cursor = node.nextElementSibling;
  }
  known.forEach((gone) => gone.remove());
  return added;
}

function replace(old, node) {
  const giveBack = takeTools(old);
  keepTyped(old, node);
  const scrolled = old.querySelector(".dialog-body")?.scrollTop;
  if (old.open && "top" in node.dataset) patch(old, node);
  else old.replaceWith(node);
  const shown = node.isConnected ? node : old;
  const failed = shown.querySelector(".failed"); // what went wrong stands on top
  if (scrolled && !failed) shown.querySelector(".dialog-body").scrollTop = scrolled;
  giveBack(shown);
  return shown;
}

// An open dialog stays open: its contents move, not the dialog.
function patch(old, node) {
  old.replaceChildren(...node.childNodes);
}

// A conversation is laid out from its end, so that is where it scrolls from.
const isAtEnd = (scroller) => Math.abs(scroller.scrollTop) < NEAR;
const toEnd = (scroller) => scroller.scrollTo({ top: 0, behavior: "instant" });
