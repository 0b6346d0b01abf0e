// Menus, the drawer on a small screen, and what is chosen in a list of check boxes.

const drawer = document.getElementById("drawer-button");
const ROOM = 300; // pixels that a menu would like
const shade = document.getElementById("shade");
const sidebar = document.getElementById("sidebar");

export function startMenus() {
  document.addEventListener("beforetoggle", place, true);
  document.addEventListener("keydown", walk);
  document.addEventListener("change", ({ target }) => showChosen(target.closest(".several")?.parentElement));
  document.addEventListener("click", ({ target, detail }) => {
    // With a pointer one choice is the choice; the arrow keys go on to the next.
    if (detail && target.matches(".several input[type=radio]")) fold(target.closest(".several"));
    for (const open of document.querySelectorAll(".several[open]")) if (!open.contains(target)) open.open = false;
  });
  drawer.addEventListener("click", () => slide(drawer.getAttribute("aria-expanded") === "false"));
  shade.addEventListener("click", () => slide(false));
  addEventListener("keydown", (event) => event.key === "Escape" && !shade.hidden && slide(false));
  sidebar.addEventListener("click", ({ target }) => !shade.hidden && target.closest("button") && slide(false));
  matchMedia("(max-width: 720px)").addEventListener("change", () => !shade.hidden && slide(false));
  showChosen(document);
}

function fold(list) {
  list.open = false;
  list.querySelector("summary").focus();
}

function slide(open) {
  drawer.setAttribute("aria-expanded", String(open));
  document.body.classList.toggle("drawer-open", open);
  shade.hidden = !open;
  for (const one of document.querySelectorAll(".skip, main, .thread, .developer")) one.inert = open;
  (open ? (sidebar.querySelector("[aria-current]") ?? sidebar.querySelector("a")) : drawer).focus();
}

// A menu opens beside its button, inside the window.
function place(event) {
  const menu = event.target;
  if (!menu.matches?.(".menu") || event.newState !== "open") return;
  const at = document.querySelector(`[popovertarget="${menu.id}"]`).getBoundingClientRect();
  const above = at.top > innerHeight / 2;
  menu.style.top = above ? "auto" : `${at.bottom + 4}px`;
  menu.style.bottom = above ? `${innerHeight - at.top + 4}px` : "auto";
  const toLeft = at.left > innerWidth / 2 || at.left + ROOM > innerWidth;
  menu.style.left = toLeft ? "auto" : `${at.left}px`;
  menu.style.right = toLeft ? `${innerWidth - at.right}px` : "auto";
  menu.style.maxWidth = `${Math.min(420, (toLeft ? at.right : innerWidth - at.left) - 8)}px`;
}

function walk(event) {
  const step = !event.target.closest(".menu input") && { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const menu = step && (document.activeElement.closest(".menu") ?? document.querySelector(".menu:popover-open"));
  if (!menu) return;
  event.preventDefault();
  const entries = [...menu.querySelectorAll(":is(button, a):not([hidden])")];
  const next = entries.indexOf(document.activeElement) + step;
  entries[(next + entries.length) % entries.length]?.focus();
}

export function showChosen(place) {
  for (const list of place?.querySelectorAll(".several") ?? []) {
    const names = [...list.querySelectorAll("input:checked")].map((one) => one.parentElement.textContent.trim());
    const shown = list.querySelector("[data-chosen]");
    shown.textContent = names.join(", ") || shown.dataset.chosen;
  }
}
