// Quicker hands on pages that can do without: marks and lines of a report light up together; keys lead to pages.

const report = document.querySelector("[data-report]");
if (report) {
  const lit = () => report.querySelectorAll(".on").forEach((e) => e.classList.remove("on"));
  const light = (n) => {
    lit();
    report.querySelectorAll("[data-claims]").forEach((e) => {
      e.classList.toggle("on", e.dataset.claims.split(" ").includes(n));
    });
    report.querySelector(`.line[data-n="${CSS.escape(n)}"]`)?.classList.add("on");
  };
  const innermost = (e) => e.dataset.claims.split(" ").at(-1);
  const over = (event) => {
    const stretch = event.target.closest("[data-claims]");
    const line = event.target.closest(".line[data-n]");
    if (stretch?.dataset.claims) light(innermost(stretch));
    else if (line) light(line.dataset.n);
  };
  report.addEventListener("pointerover", over);
  report.addEventListener("focusin", over);
  report.addEventListener("pointerleave", lit);
  report.querySelector(".text").addEventListener("click", (event) => {
    const stretch = event.target.closest("[data-claims]");
    if (!stretch?.dataset.claims || event.target.closest("a") || getSelection().toString()) return;
    const line = report.querySelector(`.line[data-n="${CSS.escape(innermost(stretch))}"]`);
    line?.scrollIntoView({ block: "nearest" });
    line?.focus({ preventScroll: true });
  });
}

// On a phone the filters would fill the screen: they open when they are asked for.
if (!matchMedia("(min-width: 44rem)").matches) {
  document.querySelectorAll("details.narrow").forEach((e) => e.removeAttribute("open"));
}

// "g" and then a letter opens a page; "/" goes to the search field.
const pages = { o: "/", r: "/reports", c: "/claims", f: "/figures", i: "/incidents", x: "/ceasefires", t: "/tolls", m: "/map", e: "/entities", v: "/review" };
let going = false;
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "/") {
    const field = document.querySelector("input[type=search]");
    if (field) { event.preventDefault(); field.focus(); }
  } else if (going && pages[event.key]) {
    location.href = pages[event.key];
  }
  going = event.key === "g";
});

// On the page of an incident lines are drawn from each denial to what it denies: all of them behind the claims, those of
// the claim under the pointer or with the focus in front.
const sides = document.querySelector("[data-sides]");
if (sides && matchMedia("(min-width: 44rem)").matches) {
  const ns = "http://www.w3.org/2000/svg";
  const layer = (name) => {
    const svg = document.createElementNS(ns, "svg");
    svg.setAttribute("class", name);
    svg.setAttribute("aria-hidden", "true");
    sides.append(svg);
    return svg;
  };
  const all = layer("ties"), near = layer("ties near");
  const ties = [];
  for (const line of sides.querySelectorAll(".line.denies")) {
    for (const link of line.querySelectorAll(".answer a[href*='#l-']")) {
      const to = document.getElementById(link.hash.slice(1));
      if (!to || !sides.contains(to)) continue;
      ties.push([line, to]);
      // On the same page, the link leads there.
      link.setAttribute("href", link.hash);
    }
  }
  const path = (line, to) => {
    const frame = sides.getBoundingClientRect();
    const a = line.getBoundingClientRect(), b = to.getBoundingClientRect();
    const left = a.left < b.left;
    const from = { x: (left ? a.right : a.left) - frame.left, y: a.top - frame.top + 16 };
    const end = { x: (left ? b.left : b.right) - frame.left, y: b.top - frame.top + 16 };
    const bend = (end.x - from.x) / 2;
    const drawn = document.createElementNS(ns, "path");
    drawn.setAttribute("d", `M${from.x} ${from.y} C${from.x + bend} ${from.y} ${end.x - bend} ${end.y} ${end.x} ${end.y}`);
    return drawn;
  };
  const draw = (svg, which) => {
    svg.setAttribute("width", sides.clientWidth);
    svg.setAttribute("height", sides.clientHeight);
    svg.replaceChildren(...which.map(([line, to]) => path(line, to)));
  };
  const over = (event) => {
    const at = event.target.closest(".line");
    draw(near, at ? ties.filter((tie) => tie.includes(at)) : []);
  };
  sides.addEventListener("pointerover", over);
  sides.addEventListener("focusin", over);
  sides.addEventListener("pointerleave", () => draw(near, []));
  new ResizeObserver(() => { draw(all, ties); draw(near, []); }).observe(sides);
}
