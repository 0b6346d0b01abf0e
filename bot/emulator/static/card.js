// The card of what a newcomer can try: its next step is in sight.

export function showStep() {
  const step = document.querySelector(".try-out [aria-current=step]");
  if (!step) return;
  const card = step.closest(".try-out");
  const above = card.querySelector("header").offsetHeight + step.offsetHeight;
  card.scrollTop = step.offsetTop - above; // so that what was done last shows too
}
