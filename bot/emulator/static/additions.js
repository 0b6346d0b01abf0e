// What a form gets from elsewhere while somebody fills it in: uploaded files, and the choices of a menu that the app fills.
import { post, surfaceOf } from "./deeds.js";
import { complain } from "./fields.js";
import { showChosen } from "./menus.js";

export function startAdditions() {
  document.addEventListener("change", ({ target }) => "upload" in target.dataset && upload(target));
  document.addEventListener("click", ({ target }) => target.closest("[data-remove]") && remove(target.closest("li")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target.matches("[type=search]")) event.preventDefault(); // or it hands in the form
  });
  const waiting = new WeakMap();
  document.addEventListener("input", ({ target }) => {
    if (!("suggest" in target.dataset)) return;
    clearTimeout(waiting.get(target));
    waiting.set(target, setTimeout(() => suggest(target), 300));
  });
  document.addEventListener("toggle", ({ target }) => {
    const box = target.open && target.querySelector?.("[data-suggest]");
    if (!box) return;
    box.focus();
    if (box.dataset.least === "0") suggest(box);
  }, { capture: true });
}

function remove(item) {
  const list = item.parentElement;
  item.remove();
  list.dispatchEvent(new Event("change", { bubbles: true }));
  list.parentElement.querySelector("input").focus();
}

async function upload(input) {
  const box = input.closest(".files");
  for (const file of input.files) {
    const wrong = isWanted(file, input) ? "" : `Dit veld neemt geen ${file.name}. Wel: ${input.accept}`;
    if (wrong && box.closest(".field")) complain(box.closest(".field"), wrong);
    if (wrong) continue;
    const controls = new FormData();
    controls.set("file", file);
    const kept = await post("upload", {}, controls);
    if (kept) box.querySelector("ul").append(listed(input.dataset.upload, kept));
  }
  input.value = "";
}

function isWanted({ name }, { accept }) {
  return !accept || accept.split(",").some((kind) => name.toLowerCase().endsWith(kind.toLowerCase()));
}

function listed(name, { id, name: words }) {
  const item = document.createElement("li");
  const held = Object.assign(document.createElement("input"), { type: "hidden", name, value: id });
  const remove = Object.assign(document.createElement("button"), { type: "button", className: "icon-button", textContent: "✕" });
  remove.dataset.remove = "";
  remove.setAttribute("aria-label", `${words} weghalen`);
  item.append(`📄 ${words} `, held, remove);
  return item;
}

async function suggest(input) {
  const { block, action, least } = input.dataset;
  const status = input.parentElement.querySelector("[role=status]");
  if (input.value.length < least) return;
  const found = await post("suggest", { ...surfaceOf(input)[0], block, action, typed: input.value });
  if (!found) return;
  status.textContent = found.options.length ? "" : "Niets gevonden.";
  const list = input.parentElement.querySelector(".choices");
  const kept = [...list.children].filter((one) => one.querySelector("input").checked);
  const values = kept.map((one) => one.querySelector("input").value);
  const fresh = found.options.filter((one) => !values.includes(one.value)).map((one) => choice(input, one));
  list.replaceChildren(...kept, ...fresh);
  showChosen(input.closest(".several").parentElement);
}

function choice(input, { value, text }) {
  const box = input.parentElement.querySelector("template").content.firstElementChild.cloneNode(true);
  box.querySelector("input").value = value;
  box.querySelector("span").textContent = text;
  return box;
}
