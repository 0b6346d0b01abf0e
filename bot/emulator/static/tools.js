// The tools of a message: there is one set, which goes to the message under the pointer or with the focus.

const tools = document.querySelector("#tools-home .tools");
const forOwn = tools.querySelectorAll("[data-for-own]");
const more = tools.querySelector("[popovertarget]");
const link = tools.querySelector("[data-thread]");

export function startTools() {
  document.addEventListener("pointerover", give);
  document.addEventListener("focusin", give);
}

// Off a message that is about to be replaced; what this gives puts them on its successor, and the focus too.
export function takeTools(message) {
  if (!message.contains(tools)) return () => {};
  const active = tools.contains(document.activeElement) ? document.activeElement : null;
  tools.remove();
  return (shown) => {
    shown.append(tools);
    (active?.closest(".menu") ? more : active)?.focus({ preventScroll: true });
  };
}

function give({ target }) {
  const message = target.closest?.(".message:not(.only-you)");
  if (!message || message.contains(tools) || tools.querySelector(":popover-open")) return;
  message.append(tools);
  const url = new URL(link.href);
  url.searchParams.set("thread", message.dataset.ts);
  link.href = url.search;
  link.hidden = Boolean(message.closest(".thread"));
  forOwn.forEach((one) => (one.hidden = !("own" in message.dataset)));
  more.hidden = !tools.querySelector(".menu > :not([hidden])");
}
