// What somebody does with a message of their own: change it, delete it.
import { post, surfaceOf } from "./deeds.js";
import { asksFirst } from "./dialogs.js";
import { focusOn } from "./keyboard.js";

const dialog = document.getElementById("rewrite");
const box = dialog.querySelector("textarea");
const SURE = {
  title: "Bericht verwijderen",
  text: "Weet je het zeker? Je krijgt het niet terug.",
  confirm: "Verwijderen",
  deny: "Annuleren",
  style: "danger",
};
let place; // the conversation or thread in which the message stands
let where;

export function startOwn() {
  dialog.addEventListener("close", () => back());
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    box.form.requestSubmit();
  });
}

export function rewrite(button) {
  box.value = take(button).dataset.own;
  dialog.showModal();
}

export async function edit() {
  if (await post("edit", { ...where, text: box.value })) dialog.close();
}

export async function erase(button) {
  take(button);
  if ((await asksFirst(SURE)) && (await post("erase", where))) place.focus();
  else back();
}

function take(button) {
  [where] = surfaceOf(button);
  place = button.closest(".scroll");
  return button.closest(".message");
}

function back() {
  focusOn(place.querySelector(`[data-ts="${where.ts}"]`) ?? place);
}
