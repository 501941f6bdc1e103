// Moves the map without a reload: the server draws, this asks for the next picture and puts it in place of the last.
const id = "map-live";
const here = () => document.getElementById(id);
let asking = null;

async function show(address, remember) {
  asking?.abort();
  const mine = (asking = new AbortController());
  try {
    const answer = await fetch(address, { signal: mine.signal, headers: { accept: "text/html" } });
    if (!answer.ok || answer.redirected) { location.href = address; return; }
    const next = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
    if (!next || mine.signal.aborted) return;
    const held = document.activeElement;
    const again = held?.dataset?.move ? `[data-move="${held.dataset.move}"]` : held?.dataset?.day ? `[data-day="${held.dataset.day}"]` : held?.id && here().contains(held) ? `#${CSS.escape(held.id)}` : null;
    here().replaceWith(document.adoptNode(next));
    begin();
    if (again) here().querySelector(again)?.focus({ preventScroll: true });
    if (remember) history.pushState(null, "", address); else history.replaceState(null, "", address);
  } catch (e) {
    if (e.name !== "AbortError") location.href = address;
  }
}

// Links and the form ask for the next picture.
document.addEventListener("click", (e) => {
  const link = e.target.closest?.("a");
  if (!link || e.button || e.metaKey || e.ctrlKey || e.shiftKey || !here()?.contains(link)) return;
  const address = link.getAttribute("href");
  if (address?.startsWith("/map")) { e.preventDefault(); show(address, true); }
});
document.addEventListener("submit", (e) => {
  if (e.target.matches?.("[data-map-form]")) { e.preventDefault(); show(address(e.target), true); }
});
document.addEventListener("change", (e) => {
  const form = e.target.closest?.("[data-map-form]");
  if (form) show(address(form), true);
});
addEventListener("popstate", () => show(location.pathname + location.search, false));

function address(form) {
  const parts = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value) parts.append(name, value);
  const query = parts.toString();
  return query ? `/map?${query}` : "/map";
}

// The slider writes the form's days. Days are counted from 1970.
const day = (n) => new Date(n * 864e5).toISOString().slice(0, 10);
let wait = 0;
document.addEventListener("input", (e) => {
  const range = e.target.closest?.("[data-day]");
  if (!range) return;
  const form = here().querySelector("[data-map-form]");
  const [from, to] = ["since", "until"].map((n) => here().querySelector(`[data-day="${n}"]`));
  if (+from.value > +to.value) (range === from ? to : from).value = range.value;
  form.elements.since.value = from.value === from.min ? "" : day(+from.value);
  form.elements.until.value = to.value === to.max ? "" : day(+to.value);
  clearTimeout(wait);
  wait = setTimeout(() => show(address(form), false), 60);
});

// The wheel and the hand move what is seen; keys do while the map's links have the focus.
document.addEventListener("keydown", (e) => {
  if (!e.target.closest?.("[data-map-picture], [data-map-moves]") || e.metaKey || e.ctrlKey || e.altKey) return;
  const name = { "+": "Closer", "=": "Closer", "-": "Farther", ArrowLeft: "West", ArrowRight: "East", ArrowUp: "North", ArrowDown: "South", 0: "Where the incidents are" }[e.key];
  if (name) { e.preventDefault(); here().querySelector(`[data-move="${name}"]`)?.click(); }
});

function begin() {
  here().querySelector("[data-map-slider]")?.removeAttribute("hidden");
  const picture = here().querySelector("[data-map-picture]");
  const world = picture.querySelector(".world");
  const [west, south, east, north] = picture.dataset.seen.split(",").map(Number);
  // On a phone the picture is wider than the window: it begins where most is told.
  const most = picture.querySelector(".mark, .tagged")?.parentElement.getAttribute("x") ?? "50";
  picture.scrollLeft = (parseFloat(most) / 100) * picture.scrollWidth - picture.clientWidth / 2;
  let start = null;
  const settle = (dx, dy, by) => {
    const box = { width: world.clientWidth || picture.clientWidth, height: world.clientHeight || picture.clientHeight };
    const [w, h] = [(east - west) / by, (north - south) / by];
    const lon = (west + east) / 2 - (dx / box.width) * (east - west);
    const lat = (south + north) / 2 + (dy / box.height) * (north - south);
    const form = here().querySelector("[data-map-form]");
    const parts = new URLSearchParams(address(form).split("?")[1]);
    parts.set("bbox", [lon - w / 2, lat - h / 2, lon + w / 2, lat + h / 2].map((v) => v.toFixed(3)).join(","));
    show(`/map?${parts}`, true);
  };
  picture.addEventListener("pointerdown", (e) => {
    if (e.button || e.pointerType === "touch") return;
    start = { x: e.clientX, y: e.clientY, moved: false };
  });
  picture.addEventListener("pointermove", (e) => {
    if (!start) return;
    const [dx, dy] = [e.clientX - start.x, e.clientY - start.y];
    if (!start.moved && Math.hypot(dx, dy) < 5) return;
    if (!start.moved) { start.moved = true; picture.setPointerCapture(e.pointerId); picture.classList.add("held"); }
    world.style.transform = `translate(${dx}px, ${dy}px)`;
  });
  picture.addEventListener("pointerup", (e) => {
    const was = start;
    start = null;
    picture.classList.remove("held");
    if (was?.moved) settle(e.clientX - was.x, e.clientY - was.y, 1);
  });
  picture.addEventListener("pointercancel", () => { start = null; world.style.transform = ""; });
  picture.addEventListener("dragstart", (e) => e.preventDefault());
  // A click that ends a drag opens nothing.
  picture.addEventListener("click", (e) => { if (world.style.transform) { e.preventDefault(); e.stopPropagation(); } }, true);
  let turned = 0, settling = 0;
  picture.addEventListener("wheel", (e) => {
    // Only with Ctrl or a pinch, so that the page still scrolls.
    if (!e.ctrlKey) return;
    e.preventDefault();
    turned += e.deltaY;
    clearTimeout(settling);
    settling = setTimeout(() => { settle(0, 0, 2 ** (-turned / 200)); turned = 0; }, 120);
  }, { passive: false });
}
if (here()) begin();
