// What somebody typed in an open form outlives a reload of the page.
import { typedIn, typeAgain } from "./fields.js";

const mine = `form ${document.body.dataset.as} `;

export function startDrafts() {
  const forms = () => [...document.querySelectorAll("dialog.modal")].map((one) => [mine + one.dataset.view, one]);
  for (const [key, form] of forms()) {
    const kept = sessionStorage.getItem(key);
    if (kept) typeAgain(JSON.parse(kept), form);
  }
  Object.keys(sessionStorage).filter((key) => key.startsWith(mine)).forEach((key) => sessionStorage.removeItem(key));
  addEventListener("pagehide", () => {
    for (const [key, form] of forms()) sessionStorage.setItem(key, JSON.stringify(typedIn(form)));
  });
}
