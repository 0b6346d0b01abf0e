// The keyboard alone: arrow keys go through lists and messages, Escape closes, and the focus goes back where it was.

const LISTS = [
  [".sidebar", "li a"],
  [".exchanges", "summary"],
  [".conversation, .scroll[role=log]", ".message"],
];
const OPEN = "dialog[open], :popover-open, .commands:not([hidden]), .several[open]";

export function startKeyboard() {
  document.addEventListener("keydown", walk);
  document.addEventListener("keydown", leave);
  document.addEventListener("click", ({ target }) => {
    const link = target.closest("a[data-focus-next]");
    if (link) sessionStorage.setItem("focus", link.dataset.focusNext);
  });
  const wanted = sessionStorage.getItem("focus");
  sessionStorage.removeItem("focus");
  const place = wanted && document.querySelector(wanted);
  if (place) focusOn(place);
}

export function focusOn(place) {
  if (place.matches(".message")) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: "nearest" });
}

function walk(event) {
  const steps = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  const step = steps[event.key];
  const here = document.activeElement;
  const isItself = LISTS.some(([, items]) => here.matches(items)) || here.matches(".scroll");
  if (!step || !isItself || event.altKey || event.ctrlKey || event.metaKey || event.defaultPrevented) return;
  const [list, items] = LISTS.find(([one]) => here.closest(one)) ?? [];
  const all = list ? [...here.closest(list).querySelectorAll(items)].filter((one) => one.offsetParent) : [];
  if (!all.length) return;
  event.preventDefault();
  const fromList = [-1, Infinity].includes(step) ? all.length - 1 : 0;
  const at = all.includes(here) ? all.indexOf(here) + step : fromList;
  focusOn(all[Math.min(Math.max(at, 0), all.length - 1)]);
}

// What was opened last closes first; the browser itself closes dialogs and menus.
function leave(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  if (event.target.matches("[type=search]") && event.target.value) return; // the browser empties it first
  const several = document.activeElement.closest(".several[open]");
  if (several) {
    event.preventDefault();
    several.open = false;
    several.querySelector("summary").focus();
  } else if (!document.querySelector(OPEN)) {
    const panel = document.activeElement.closest(".thread, .developer");
    panel?.querySelector("[data-escape]").click();
  }
}
