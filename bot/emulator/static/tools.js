// The tools of a message: there is one set, which goes to the message under the pointer or with the focus.

const tools = document.querySelector("#tools-home .tools");
const link = tools.querySelector("[data-thread]");

export function startTools() {
  document.addEventListener("pointerover", give);
  document.addEventListener("focusin", give);
}

function give({ target }) {
  const message = target.closest?.(".message:not(.only-you)");
  if (!message || message.contains(tools) || tools.querySelector(":popover-open")) return;
  message.append(tools);
  const url = new URL(link.href);
  url.searchParams.set("thread", message.dataset.ts);
  link.href = url.search;
  link.hidden = Boolean(message.closest(".thread"));
}
