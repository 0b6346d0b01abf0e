// The message fields: drafts that survive a change of place, Enter to send, and completion of commands.

const { as, at, thread } = document.body.dataset;
const LONGEST = 12_000; // characters of a message, as in Slack

export function startComposers() {
  for (const form of document.querySelectorAll("form[data-draft]")) startComposer(form);
  const box = document.getElementById("composer");
  if (box) startCompletion(box);
  const isTouch = matchMedia("(pointer: coarse)").matches;
  if (!isTouch) (document.querySelector(".thread textarea") ?? box)?.focus();
}

function startComposer(form) {
  const box = form.elements.text;
  const key = `draft ${as} ${at} ${form.dataset.draft === "thread" ? thread : ""}`;
  box.value ||= sessionStorage.getItem(key) ?? "";
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${box.scrollHeight}px`;
    const send = form.querySelector(".send");
    if (document.activeElement === send) box.focus(); // or it loses the focus to nothing
    send.disabled = !box.value.trim();
  };
  grow();
  box.addEventListener("input", () => {
    form.querySelector(".error").textContent = "";
    if (box.value) sessionStorage.setItem(key, box.value);
    else sessionStorage.removeItem(key);
    grow();
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.defaultPrevented) return;
    event.preventDefault();
    form.requestSubmit();
  });
}

// What can't go is not sent, and stays; why is said at the field.
export function isFit(form) {
  form.querySelector(".error").textContent = hindrance(form.elements.text.value, form.dataset.draft === "thread");
  return !form.querySelector(".error").textContent;
}

function hindrance(text, isReply) {
  const [length, said] = [[...text].length, new Intl.NumberFormat("nl").format];
  if (length > LONGEST) return `Een bericht heeft hoogstens ${said(LONGEST)} tekens. Dit zijn er ${said(length)}.`;
  const isCommand = /^\s*\/(?!\/)/.test(text);
  return isReply && isCommand ? "In een thread werken opdrachten niet. Typ ze in het gesprek zelf." : "";
}

function startCompletion(box) {
  const list = document.getElementById("fragment-commands");
  const hint = document.getElementById("command-hint");
  const options = () => [...list.children];
  const visible = () => options().filter((one) => !one.hidden);

  // Said once, in a line that is there anyway; who has sent something knows.
  const isNew = () => !box.value && !localStorage.getItem("begun");
  box.form.addEventListener("submit", () => localStorage.setItem("begun", "1"));
  const begin = () => isNew() && (hint.textContent = box.dataset.begin);
  begin();

  function refresh() {
    const word = /^\/\S*$/.exec(box.value)?.[0].toLowerCase();
    options().forEach((one) => (one.hidden = !word || !one.dataset.command.startsWith(word)));
    list.hidden = !visible().length;
    activate(visible().find((one) => one.dataset.command === word) ?? visible()[0]);
    const typed = options().find((one) => box.value.startsWith(`${one.dataset.command} `));
    hint.textContent = typed ? `${typed.dataset.command} ${typed.dataset.usage} · ${typed.querySelector("small").textContent}` : "";
    begin();
  }

  function activate(option) {
    options().forEach((one) => one.setAttribute("aria-selected", String(one === option)));
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
    option?.scrollIntoView({ block: "nearest" });
  }

  function insert(text) {
    box.value = text;
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  }

  function onKey(event) {
    if (list.hidden) return;
    const active = list.querySelector("[aria-selected=true]");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      const shown = visible();
      activate(shown[(shown.indexOf(active) + step + shown.length) % shown.length]);
    } else if (event.key === "Escape") {
      list.hidden = true;
    } else if (event.key === "Tab" || (event.key === "Enter" && active.dataset.command !== box.value)) {
      insert(`${active.dataset.command} `);
    } else return;
    event.preventDefault();
  }

  box.addEventListener("input", refresh);
  box.addEventListener("keydown", onKey, { capture: true });
  box.addEventListener("blur", () => (list.hidden = true));
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    insert(`${event.target.closest("[data-command]").dataset.command} `);
  });
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-insert]");
    if (!button) return;
    button.closest("[popover]")?.hidePopover();
    insert(button.dataset.insert);
  });
}
