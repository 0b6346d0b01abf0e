// What somebody who can't see, or sees little, would stumble over on a page. Answers a list of sentences.
() => {
  const complaints = [];
  const say = (what, element) => complaints.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const isSeen = (element) => element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isSeen);

  if (!document.documentElement.lang) complaints.push("the page tells no language");
  if (!document.title.trim()) complaints.push("the page has no title");
  if (!document.querySelector("main")) complaints.push("the page has no main part");

  const spoken = (element) =>
    element.getAttribute("aria-label")?.trim() ||
    (element.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join("").trim() ||
    [...(element.labels ?? [])].map((label) => label.textContent).join("").trim();
  for (const field of all("input:not([type=hidden], [type=submit]), textarea, select"))
    if (!field.closest("[aria-hidden=true]") && !spoken(field)) say("a field without a label", field);
  for (const door of all("button, a[href], summary, [role=button]"))
    if (!spoken(door) && !door.textContent.trim()) say("a button or link without a name", door);
  for (const picture of all("img"))
    if (!picture.hasAttribute("alt")) say("a picture without words", picture);
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  for (const id of new Set(ids.filter((id, place) => ids.indexOf(id) !== place))) complaints.push(`an id twice: ${id}`);

  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const next = Number(heading.tagName[1]);
    if (next > level + 1) say("a heading that skips a level", heading);
    level = next;
  }
  if (all("h1").length !== 1) complaints.push(`${all("h1").length} first headings`);

  // Contrast: WCAG 2.2, success criterion 1.4.3: 4.5, and 3 for large letters.
  const canvas = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const over = (colours) => {
    canvas.clearRect(0, 0, 1, 1);
    for (const colour of colours) {
      canvas.fillStyle = colour;
      canvas.fillRect(0, 0, 1, 1);
    }
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (rgb) => {
    const [r, g, b] = rgb.map((one) => one / 255).map((one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    const found = [];
    for (let one = element; one; one = one.parentElement) {
      const { backgroundColor, backgroundImage } = getComputedStyle(one);
      if (backgroundImage !== "none" && one !== document.body && one !== document.documentElement) return null; // a picture: not judged
      found.unshift(backgroundColor);
    }
    return ["Canvas", ...found];
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.textContent.trim() || !isSeen(element) || element.closest("script, style, [aria-hidden=true], :disabled")) continue;
    const style = getComputedStyle(element);
    const under = behind(element);
    if (!under) continue;
    const [one, other] = [light(over([...under, style.color])), light(over(under))].sort((a, b) => b - a);
    const size = parseFloat(style.fontSize);
    const isLarge = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ratio = (one + 0.05) / (other + 0.05);
    if (ratio < (isLarge ? 3 : 4.5)) say(`letters that hardly stand out (${ratio.toFixed(2)})`, element);
  }
  return complaints;
}
