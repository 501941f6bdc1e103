// Reviewing without a mouse. Every key does what a button, a link or a field of the page does; without this, those remain.

const judge = document.querySelector("[data-judge]");
const queue = document.querySelector("[data-queue]");
const keys = document.querySelector("dialog.keys");
const form = judge?.querySelector("form");

const follow = (rel) => document.querySelector(`a[rel=${rel}]`)?.click();

// The first field that a person fills in.
const enter = (control) => {
  const field = control?.querySelector("select, textarea, input:not([type=hidden])");
  field?.focus();
  field?.select?.();
};

let sent = false;
const press = (verdict) => {
  const button = form?.querySelector(`button[name=do][value=${verdict}]`);
  if (button && !sent) form.requestSubmit(button);
};
// The same form is not sent twice, however long the answer takes.
form?.addEventListener("submit", (event) => {
  if (sent) return event.preventDefault();
  sent = true;
});
addEventListener("pageshow", () => { sent = false; });

const move = (by) => {
  const links = [...queue.querySelectorAll("li > a")];
  const at = links.indexOf(document.activeElement);
  links[Math.min(Math.max(at + by, 0), links.length - 1)]?.focus();
};

// What is selected in the text, with the place of its first letter in code points, as fields for words have it.
const selected = () => {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  const paragraph = range?.startContainer.parentElement?.closest("[data-at]");
  if (!paragraph || range.collapsed) return "";
  const before = document.createRange();
  before.setStart(paragraph, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const raw = range.toString();
  const lead = raw.length - raw.trimStart().length;
  const at = Number(paragraph.dataset.at) + [...(before.toString() + raw.slice(0, lead))].length;
  return raw.trim() ? `${raw.trim()}@${at}` : "";
};

// A field for words keeps what was last selected for it: going into the field would lose the selection.
let words = "";
document.addEventListener("selectionchange", () => { words = selected() || words; });

// When the last row of a list is filled in, another empty one follows.
form?.addEventListener("input", (event) => {
  const row = event.target.closest("[data-row]");
  if (!row || row.nextElementSibling?.matches("[data-row]")) return;
  const next = row.cloneNode(true);
  next.querySelectorAll("input, textarea").forEach((field) => {
    field.value = "";
    field.name = field.name.replace(/\.(\d+)\.(\d+)$/, (_, n, cell) => `.${Number(n) + 1}.${cell}`);
  });
  row.after(next);
});

let going = false;
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea");
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (form) { event.preventDefault(); press("correct"); }
    return;
  }
  if (event.altKey && event.code === "KeyW") {
    const field = document.activeElement.closest("[data-words]");
    if (field && words) { event.preventDefault(); field.value = words; field.dispatchEvent(new Event("input", { bubbles: true })); }
    return;
  }
  if (event.key === "Escape" && typing) return typing.blur();
  if (typing || event.ctrlKey || event.metaKey || event.altKey || keys?.open) return;
  // After "g", a letter leads to another page.
  if (going) { going = false; return; }
  going = event.key === "g";
  const deeds = {
    "?": () => keys?.showModal(),
    j: () => (queue ? move(1) : follow("next")),
    k: () => (queue ? move(-1) : follow("prev")),
    a: () => press("accept"),
    x: () => press("reject"),
    u: () => press("take-back"),
    e: () => enter(form?.querySelector("[data-field]")),
    w: () => form?.elements.why?.focus(),
  };
  if (form && /^[1-9]$/.test(event.key)) {
    event.preventDefault();
    enter(form.querySelector(`[data-key="${event.key}"]`));
  } else if (deeds[event.key]) {
    event.preventDefault();
    deeds[event.key]();
  }
});

document.querySelector(".notice[tabindex]")?.focus();
