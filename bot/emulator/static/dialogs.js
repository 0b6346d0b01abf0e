// Modals, and the question that some buttons ask first.
import { post } from "./deeds.js";
import { isHalfFilled } from "./fields.js";

const question = document.getElementById("confirm");

// Only the top view of the stack is open; those below keep what was typed in them.
export function showDialogs() {
  for (const dialog of document.querySelectorAll("dialog.modal")) {
    if (!("top" in dialog.dataset)) dialog.close();
    else if (!dialog.open) open(dialog);
  }
}

function open(dialog) {
  dialog.showModal();
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".dialog-body :is(input, textarea, select, summary)");
  (first ?? dialog.querySelector(".dialog-foot button")).focus();
  dialog.addEventListener("cancel", leave);
}

const LOSE = {
  title: "Sluiten zonder te bewaren?",
  text: "Wat je hier hebt ingevuld, gaat dan verloren.",
  confirm: "Sluiten",
  deny: "Verder invullen",
  style: "danger",
};

// Escape is pressed by accident; the buttons that close a window are not.
async function leave(event) {
  const dialog = event.currentTarget;
  if (event.target !== dialog) return; // a choice of files that was called off bubbles up to here
  event.preventDefault();
  if (isHalfFilled(dialog) && !(await asksFirst(LOSE))) return;
  post("close", { view: dialog.dataset.view });
}

// Resolves to whether the person is sure.
export function asksFirst({ title, text, confirm, deny, style }) {
  document.getElementById("confirm-title").textContent = title;
  document.getElementById("confirm-text").textContent = text;
  document.getElementById("confirm-deny").textContent = deny;
  const yes = document.getElementById("confirm-yes");
  yes.textContent = confirm;
  yes.className = `button ${style}`;
  question.returnValue = "deny";
  question.showModal();
  return new Promise((resolve) => {
    question.addEventListener("close", () => resolve(question.returnValue === "confirm"), { once: true });
  });
}
