// Data tables: sorted by a column, a page at a time, filtered by words.

const compare = new Intl.Collator("nl", { numeric: true }).compare;
const rowsOf = (table) => [...table.tBodies[0].rows];
const places = new WeakMap(); // row → where the app put it

export function startTables() {
  document.addEventListener("click", ({ target }) => {
    const box = target.closest(".data-table");
    const button = target.closest("[data-sort], [data-turn]");
    if (!box || !button) return;
    if (button.dataset.sort) sort(box, Number(button.dataset.sort));
    show(box, button.dataset.turn ? page(box) + Number(button.dataset.turn) : 0);
  });
  document.addEventListener("input", ({ target }) => {
    if (target.matches(".table-filter")) show(target.closest(".data-table"), 0);
  });
}

const page = (box) => Number(box.dataset.page ?? 0);

// Up, down, and then as the app sent it.
function sort(box, column) {
  const table = box.querySelector("table");
  const heads = [...table.tHead.rows[0].cells];
  const now = heads[column].getAttribute("aria-sort");
  heads.forEach((one) => one.removeAttribute("aria-sort"));
  const rows = rowsOf(table);
  rows.forEach((row, index) => places.has(row) || places.set(row, index));
  const sign = now === "ascending" ? -1 : 1;
  if (now === "descending") rows.sort((one, other) => places.get(one) - places.get(other));
  else {
    heads[column].setAttribute("aria-sort", now ? "descending" : "ascending");
    rows.sort((one, other) => sign * byValue(one.cells[column], other.cells[column]));
  }
  table.tBodies[0].append(...rows);
}

function byValue(one, other) {
  const [a, b] = [one.dataset.number, other.dataset.number];
  return a !== undefined && b !== undefined ? a - b : compare(one.textContent, other.textContent);
}

function show(box, wanted) {
  const size = Number(box.dataset.pageSize);
  const words = box.querySelector(".table-filter")?.value.toLowerCase() ?? "";
  const rows = rowsOf(box.querySelector("table"));
  const found = rows.filter((row) => row.textContent.toLowerCase().includes(words));
  const last = Math.max(0, Math.ceil(found.length / size) - 1);
  const at = Math.min(Math.max(wanted, 0), last);
  box.dataset.page = at;
  const shown = new Set(found.slice(at * size, (at + 1) * size));
  rows.forEach((row) => (row.hidden = !shown.has(row)));
  const pager = box.querySelector(".pager");
  if (!pager) return;
  const end = at * size + shown.size;
  pager.querySelector("span").textContent = found.length ? `${at * size + 1}–${end} van ${found.length}` : "Niets gevonden";
  const [back, on] = pager.querySelectorAll("button");
  back.disabled = at === 0;
  on.disabled = at === last;
}
