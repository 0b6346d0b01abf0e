// What a person does: every click, choice and form becomes one POST to /do/….
import { isFit } from "./composer.js";
import { asksFirst } from "./dialogs.js";
import { complaints, putBack, settle, showComplaints, showErrors } from "./fields.js";
import { showChosen } from "./menus.js";
import { edit, erase, rewrite } from "./own.js";

const { as, at, thread } = document.body.dataset;
const toast = document.getElementById("toast");

export async function post(deed, fields, controls) {
  const body = controls ?? new FormData();
  body.set("as", as);
  for (const [name, value] of Object.entries(fields)) body.append(name, value ?? "");
  try {
    const answer = await fetch(`/do/${deed}`, { method: "POST", body });
    if (!answer.ok) tell(await answer.text());
    return answer.ok && (answer.status === 204 || answer.json());
  } catch {
    tell("De werkruimte antwoordt niet. Draait het programma nog?");
    return false;
  }
}

// In the topmost dialog, for what lies outside that is shaded and not read out.
function tell(sentence) {
  ([...document.querySelectorAll("dialog[open]")].pop() ?? document.body).append(toast);
  toast.textContent = sentence;
  setTimeout(() => toast.textContent === sentence && (toast.textContent = ""), 6000);
}

// The message, modal or Home in which an element stands, with everything filled in there.
export function surfaceOf(element) {
  const surface = element.closest("[data-view], [data-ts]");
  if (!surface) return [{ channel: at }, new FormData()];
  const { view, ts } = surface.dataset;
  return [view ? { view } : { ts, channel: at }, controlsIn(surface)];
}

export function controlsIn(surface) {
  const controls = new FormData();
  for (const one of surface.querySelectorAll("[name]")) {
    if (["checkbox", "radio"].includes(one.type) && !one.checked) continue;
    controls.append(one.name, one.value);
  }
  return controls;
}

async function whileBusy(element, work) {
  if (element.getAttribute("aria-busy")) return false;
  element.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    element.removeAttribute("aria-busy");
  }
}

async function click(element, value) {
  const { block, action, confirm } = element.dataset;
  if (confirm && !(await asksFirst(JSON.parse(confirm)))) return false;
  const [where, controls] = surfaceOf(element);
  const values = [].concat(value ?? element.dataset.value ?? []);
  for (const one of values) controls.append("value", one);
  await whileBusy(element, () => post("click", { ...where, block, action }, controls));
  return true;
}

async function choose(control) {
  if (await click(control, chosen(control))) settle(control);
  else putBack(control);
  showChosen(control.closest(".several")?.parentElement);
}

function chosen(control) {
  if (control.type !== "checkbox") return control.value;
  const box = control.closest("[data-group]");
  return [...box.querySelectorAll("input:checked")].map((one) => one.value);
}

const CLICKS = {
  click: (element) => click(element),
  shortcut: (element) => post("shortcut", { ...surfaceOf(element)[0], callback: element.dataset.callback }),
  react: (element) => post("react", { ...surfaceOf(element)[0], name: element.dataset.name }),
  rewrite: (element) => rewrite(element),
  erase: (element) => erase(element),
  leave: (element) => element.closest("dialog").close(),
  clock: ({ dataset }) => post("clock", { move: dataset.move }),
  card: ({ dataset }) => post("card", { show: dataset.show }),
  close: (element) => post("close", { view: element.closest("[data-view]").dataset.view, all: element.dataset.all }),
};

async function submit(form) {
  const dialog = form.closest("dialog");
  const wrong = complaints(form);
  showComplaints(form, wrong);
  const button = form.querySelector("[type=submit]");
  if (wrong.size || !button) return;
  const { view } = dialog.dataset;
  const { errors } = await whileBusy(button, () => post("submit", { view }, controlsIn(form)));
  const shown = errors && document.querySelector(`dialog[data-view="${view}"] form`);
  if (shown) showErrors(shown, errors);
}

async function say(form) {
  const box = form.elements.text;
  const text = box.value;
  if (!text.trim()) return;
  const isReply = form.dataset.draft === "thread";
  if (!isFit(form)) return;
  box.value = "";
  box.dispatchEvent(new Event("input", { bubbles: true }));
  const said = await post("say", { channel: at, text, thread: isReply ? thread : "" });
  if (said || box.value) return;
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

async function clock(form) {
  if (await post("clock", { move: "to", moment: form.elements.moment.value })) form.closest("[popover]").hidePopover();
}

export function startDeeds() {
  document.addEventListener("click", (event) => {
    const element = event.target.closest(":is(button, a):is([data-do], [data-action])");
    if (!element) return;
    element.closest("[popover]")?.hidePopover();
    CLICKS[element.dataset.do ?? "click"](element);
  });
  document.addEventListener("submit", (event) => {
    const deed = event.target.dataset.do;
    if (!deed) return;
    event.preventDefault();
    ({ submit, say, clock, edit })[deed](event.target);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.dataset.dispatch === "change") choose(target);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.target.dataset.dispatch !== "enter" || event.shiftKey) return;
    event.preventDefault();
    click(event.target, event.target.value);
  });
  let typing;
  document.addEventListener("input", ({ target }) => {
    if (target.dataset.dispatch !== "typing") return;
    clearTimeout(typing);
    typing = setTimeout(() => click(target, target.value), 500);
  });
}
