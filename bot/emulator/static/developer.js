// The developer's drawer: a request is loaded in full when it is opened; the filter goes to the server.
import { listen } from "./live.js";

export function startDeveloper() {
  const drawer = document.getElementById("developer");
  if (!drawer) return;
  drawer.addEventListener("toggle", ({ target }) => target.open && load(target), { capture: true });
  const filter = drawer.querySelector(".filter");
  let waiting;
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => listen(Object.fromEntries(new FormData(filter))), 250);
  });
}

async function load(one) {
  const detail = one.querySelector(".detail");
  try {
    const answer = await fetch(`/exchanges/${one.dataset.exchange}`);
    const text = await answer.text();
    if (answer.ok) detail.innerHTML = text;
    else detail.textContent = text;
  } catch {
    detail.textContent = "De werkruimte antwoordt niet. Draait het programma nog?";
  }
}
