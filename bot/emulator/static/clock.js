// The workspace's clock, when it was moved: it goes on ticking.

const LOOK = { weekday: "short", day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit" };

export function startClock() {
  setInterval(tick, 5000);
}

function tick() {
  const moved = document.querySelector("[data-ahead]");
  if (!moved) return;
  const format = new Intl.DateTimeFormat("nl", { ...LOOK, timeZone: moved.dataset.zone });
  const partsOf = (moment) => Object.fromEntries(format.formatToParts(moment).map(({ type, value }) => [type, value]));
  const { weekday, day, month, year, hour, minute } = partsOf(Date.now() + 1000 * moved.dataset.ahead);
  const ofYear = year === partsOf(Date.now()).year ? "" : ` ${year}`;
  moved.querySelector("[data-clock]").textContent = `${weekday} ${day} ${month}${ofYear} ${hour}:${minute}`;
}
