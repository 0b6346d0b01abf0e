// Fields of a form: what is wrong with them, said at the field itself, and what was typed, kept over an update.

const WRONG = {
  valueMissing: () => "Vul dit in.",
  tooShort: (one) => `Gebruik minstens ${one.minLength} tekens.`,
  tooLong: (one) => `Gebruik hoogstens ${one.dataset.maxlength} tekens; nu zijn het er ${lengthOf(one)}.`,
  rangeUnderflow: (one) => `Vul ${one.min} of meer in.`,
  rangeOverflow: (one) => `Vul ${one.max} of minder in.`,
  stepMismatch: () => "Vul een heel getal in.",
  badInput: () => "Dit kan ik niet lezen.",
  patternMismatch: (one) => WRONG.typeMismatch(one),
  typeMismatch: (one) => (one.type === "email" ? "Dit is geen e-mailadres." : "Dit is geen webadres."),
};

function nothingChosen(group) {
  const boxes = [...group.querySelectorAll("input")];
  if (boxes.some((one) => one.type === "radio")) return "Kies er een.";
  return boxes.length === 1 && boxes[0].type === "checkbox" ? "Vink dit aan." : "Kies er minstens een.";
}

const ADDED = ".files ul, .several .choices"; // where this page puts what the server didn't send

// Field element → sentence, for what Slack checks itself before it bothers the app.
export function complaints(form) {
  const wrong = new Map();
  for (const one of form.elements) {
    const problem = Object.keys(WRONG).find((name) => one.validity?.[name] || OWN[name]?.(one));
    if (problem && one.closest(".field")) wrong.set(one.closest(".field"), WRONG[problem](one));
  }
  for (const group of form.querySelectorAll("[data-group]")) {
    const count = group.querySelectorAll("input:checked, input[type=hidden]").length;
    const most = Number(group.dataset.most ?? Infinity);
    if (!count && "required" in group.dataset) wrong.set(group.closest(".field"), nothingChosen(group));
    if (count > most) wrong.set(group.closest(".field"), `Kies er hoogstens ${most}.`);
  }
  return wrong;
}

// Browsers check a minimum length only after somebody typed, and cut off what is longer than the maximum; Slack doesn't.
const lengthOf = ({ value }) => [...(value ?? "")].length;
const OWN = {
  tooShort: (one) => one.minLength > 0 && one.value && lengthOf(one) < one.minLength,
  tooLong: (one) => lengthOf(one) > Number(one.dataset.maxlength ?? Infinity),
};

export function showComplaints(form, wrong) {
  for (const field of form.querySelectorAll(".field")) complain(field, wrong.get(field) ?? "");
  const first = [...form.querySelectorAll(".field")].find((field) => wrong.has(field));
  first?.querySelector("input, textarea, select, summary")?.focus({ preventScroll: true });
  first?.scrollIntoView({ block: "nearest" }); // the label, and what is wrong beneath it
}

// The app's own, by block.
export function showErrors(form, errors) {
  const fields = [...form.querySelectorAll(".field")].filter((field) => field.dataset.block in errors);
  showComplaints(form, new Map(fields.map((field) => [field, errors[field.dataset.block]])));
}

export function complain(field, sentence) {
  field.classList.toggle("invalid", Boolean(sentence));
  const said = field.querySelector(".error");
  if (said.textContent !== sentence) said.textContent = sentence;
  for (const one of field.querySelectorAll("[name]")) {
    if (sentence) one.setAttribute("aria-invalid", "true");
    else one.removeAttribute("aria-invalid");
  }
}

// What was wrong with a field is said until somebody mends it.
export function startFields() {
  for (const edit of ["input", "change"]) {
    document.addEventListener(edit, ({ target }) => {
      const field = target.closest(".field.invalid");
      if (field) complain(field, "");
    });
  }
}

// What somebody typed stays when the app replaces a view: fields with the same name keep it.
export function keepTyped(old, fresh) {
  putTyped(touched(old), fresh);
  for (const list of old.querySelectorAll(ADDED)) keepAdded(list, fresh);
  for (const one of old.querySelectorAll("details")) {
    const same = [...fresh.querySelectorAll("details")].find((other) => other.className === one.className);
    if (same && one.dataset.group === same.dataset.group) same.open = one.open;
  }
}

export const isHalfFilled = (form) => touched(form).length > 0;
const touched = (place) => [...place.querySelectorAll("[name]")].filter(isTouched);

function putTyped(typed, fresh) {
  for (const one of typed) {
    const same = twin(one, fresh);
    const kept = isBox(one) ? "checked" : "value";
    if (!same || same[kept] === one[kept]) continue;
    same[kept] = one[kept];
    const field = same.closest(".field.invalid");
    if (field) complain(field, ""); // it was about what stood there before
  }
}

// The same for a reload: what `typedIn` gives can be kept as text, and `typeAgain` puts it back.
export function typedIn(form) {
  const typed = touched(form).map(({ name, type, value, checked }) => ({ name, type, value, checked }));
  const lists = [...form.querySelectorAll(ADDED)].map((list) => [list.closest("[data-group]").dataset.group, list.innerHTML]);
  return { typed, lists };
}

export function typeAgain({ typed, lists }, form) {
  const kept = new Map(lists);
  for (const list of form.querySelectorAll(ADDED)) {
    const html = kept.get(list.closest("[data-group]").dataset.group);
    if (html) list.innerHTML = html;
  }
  putTyped(typed, form);
}

// What this page itself put there: uploaded files, and what the app suggested.
function keepAdded(list, fresh) {
  const group = list.closest("[data-group]").dataset.group;
  const same = [...fresh.querySelectorAll("[data-group]")].find((one) => one.dataset.group === group)?.querySelector(":scope > ul, .choices");
  if (same) same.replaceChildren(...list.childNodes);
}

// What the app last took from a control; a question that is answered with no puts it back.
const settled = new WeakMap();
const isBox = (one) => ["checkbox", "radio"].includes(one.type);
const siblings = (one) => (isBox(one) ? [...one.closest("[data-group]").querySelectorAll("input")] : [one]);
const firstValue = (one) => (isBox(one) ? one.defaultChecked : (one.options ? initialOption(one).value : one.defaultValue));

export function settle(control) {
  for (const one of siblings(control)) settled.set(one, isBox(one) ? one.checked : one.value);
}

export function putBack(control) {
  for (const one of siblings(control)) one[isBox(one) ? "checked" : "value"] = settled.get(one) ?? firstValue(one);
}

function initialOption(select) {
  return [...select.options].find((option) => option.defaultSelected) ?? select.options[0];
}

function isTouched(one) {
  return (isBox(one) ? one.checked : one.value) !== firstValue(one);
}

function twin(one, fresh) {
  const same = [...fresh.querySelectorAll("[name]")].filter((other) => other.name === one.name && other.type === one.type);
  return isBox(one) ? same.find((other) => other.value === one.value) : same[0];
}
