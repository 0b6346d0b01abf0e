// The focus stays with what somebody was at, also when the app replaces that: then its successor gets it.

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex]";
const DEEDS = ["action", "do", "callback", "move", "show", "insert", "name", "value", "sort", "turn"];

export const isLost = () => !document.activeElement || document.activeElement === document.body;

// Made while all is as it was, this gives the focus back later; it answers whether that could be done.
export function mark() {
  if (isLost()) return () => false;
  const active = document.activeElement;
  const { selectionStart, selectionEnd } = active;
  const heir = heirOf(active);
  return () => {
    const place = active.isConnected ? active : heir();
    if (!place) return false;
    if (place.matches(".message")) place.tabIndex = -1;
    place.focus({ preventScroll: true });
    if (selectionStart != null && place.setSelectionRange) place.setSelectionRange(selectionStart, selectionEnd);
    return document.activeElement === place;
  };
}

// Who lost the focus for good goes on where everybody begins; to a touch the field would answer with a keyboard.
export function settleDown() {
  const box = matchMedia("(pointer: coarse)").matches ? null : document.getElementById("composer");
  (box ?? document.getElementById("main")).focus({ preventScroll: true });
}

const keyOf = ({ dataset }) => dataset.key ?? dataset.ts;

// What the server sends as one: a message, a form, the whole of Home.
function partOf(element) {
  let part = element;
  while (part && !part.parentElement?.id.startsWith("fragment-")) part = part.parentElement;
  return part;
}

function heirOf(active) {
  const part = partOf(active);
  if (!part) return () => document.getElementById(active.id);
  const [place, key, at] = [part.parentElement.id, keyOf(part), alike(active, part).indexOf(active)];
  const beside = [part.nextElementSibling, part.previousElementSibling].filter((one) => one?.matches(".message"));
  return () => {
    const now = [...document.getElementById(place).children].find((one) => keyOf(one) === key);
    if (!now) return beside.find((one) => one.isConnected);
    const heir = active === part ? now : among(alike(active, now), active, at);
    return heir ?? (now.matches(".message") ? now : null);
  };
}

const alike = (one, part) => [...part.querySelectorAll(STOPS)].filter((other) => likeness(other) === likeness(one));

// Without the block, which is another one when the app sends the same anew; and without the words, which may change.
function likeness(one) {
  const boxed = ["checkbox", "radio"].includes(one.type) && one.value;
  const href = one.dataset.action ? null : one.getAttribute("href");
  return JSON.stringify([one.tagName, one.type, one.name?.split("|").pop(), boxed, href, ...DEEDS.map((deed) => one.dataset[deed])]);
}

// The same one, or what is about the same, or what stands in its place.
function among(found, active, at) {
  const block = (one) => one.dataset.block ?? one.name ?? "";
  const about = (one) => one.dataset.about ?? "";
  const same = found.filter((one) => about(one) === about(active));
  const own = block(active) && same.find((one) => block(one) === block(active));
  return own || (about(active) && same[0]) || found[Math.min(at, found.length - 1)];
}
