// Pointing at a count of a chart, or going to it with the keyboard, shows whose words it is and marks it in the list.
const hint = document.querySelector("[data-hint]");

function show(point, on) {
  const line = document.getElementById(point.dataset.count);
  if (!line) return;
  point.classList.toggle("on", on);
  line.classList.toggle("on", on);
  hint.hidden = !on;
  if (!on) return;
  // The list scrolls, the page does not.
  const list = line.parentElement;
  list.scrollTop = line.offsetTop - list.offsetTop - list.clientHeight / 3;
  const [head, quote, foot] = [...line.children].map((e) => e.textContent.replace(/\s+/g, " ").trim());
  hint.textContent = `${head}\n“${quote}”\n${foot}`;
  const box = point.getBoundingClientRect();
  const left = Math.min(Math.max(8, box.left + 16), innerWidth - hint.offsetWidth - 8);
  const above = box.top - hint.offsetHeight - 12;
  hint.style.left = `${left}px`;
  hint.style.top = `${above > 8 ? above : box.bottom + 12}px`;
}

// The native hint would lie upon ours; its words stay as the name of the link.
for (const point of document.querySelectorAll("[data-count]")) {
  const title = point.querySelector("title");
  point.setAttribute("aria-label", title.textContent);
  title.remove();
  point.addEventListener("pointerenter", () => show(point, true));
  point.addEventListener("pointerleave", () => show(point, false));
  point.addEventListener("focus", () => show(point, true));
  point.addEventListener("blur", () => show(point, false));
}
