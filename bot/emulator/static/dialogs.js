// Modals, and the question that some buttons ask first.
import { post } from "./deeds.js";
import { isHalfFilled } from "./fields.js";
import { isLost, mark, settleDown } from "./focus.js";

const question = document.getElementById("confirm");
const openers = new Map(); // view → what gives the focus back to who opened it

// Only the top view of the stack is open; those below keep what was typed in them. `back`: to where the focus was.
export function showDialogs(back = mark()) {
  const dialogs = [...document.querySelectorAll("dialog.modal")];
  const shut = [...openers.keys()].filter((view) => !dialogs.some((one) => one.dataset.view === view));
  const toOpener = openers.get(shut[0]); // of the lowest one
  shut.forEach((view) => openers.delete(view));
  for (const dialog of dialogs) {
    if (!openers.has(dialog.dataset.view)) openers.set(dialog.dataset.view, back);
    if (!("top" in dialog.dataset)) dialog.close();
    else if (!dialog.open) open(dialog);
  }
  if (toOpener?.()) return;
  const top = dialogs.find((one) => one.open);
  if (top && isLost() && !back()) enter(top);
  if (shut.length && isLost()) settleDown();
}

function open(dialog) {
  dialog.showModal();
  enter(dialog);
  dialog.addEventListener("cancel", leave);
}

function enter(dialog) {
  const first = dialog.querySelector("[autofocus]") ?? dialog.querySelector(".dialog-body :is(input, textarea, select, summary)");
  (first ?? dialog.querySelector(".dialog-foot button")).focus();
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
  const back = mark();
  question.showModal();
  return new Promise((resolve) => {
    const decide = () => {
      if (isLost()) back();
      resolve(question.returnValue === "confirm");
    };
    question.addEventListener("close", decide, { once: true });
  });
}
