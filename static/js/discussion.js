/* The discussion of a thing: the list of members behind an @, Ctrl+Enter, drafts that outlive an answer, undo in place. */
// The last @ that begins a word, and what follows it: up to four words, or an address.
const NAMED = /^(?:[^]*[\s([{"'“„«])?@([\p{L}\p{N}._+-]+(?:[ @][\p{L}\p{N}._+-]*){0,3}|)$/u;
const discussion = () => document.getElementById("discussion");

const names = document.createElement("ul");
names.id = "names";
names.className = "names";
names.setAttribute("role", "listbox");
let field = null;
let start = 0;
let asked = null;

const items = () => [...names.querySelectorAll("[data-insert]")];

function closeNames() {
  asked?.abort();
  names.remove();
  for (const name of ["aria-controls", "aria-activedescendant"]) field?.removeAttribute(name);
  field = null;
}

function choose(item) {
  for (const other of items()) other.ariaSelected = String(other === item);
  field.setAttribute("aria-activedescendant", item.id);
  item.scrollIntoView({ block: "nearest" });
}

function insert(item) {
  const box = field;
  box.setRangeText(`${item.dataset.insert} `, start, box.selectionStart, "end");
  closeNames();
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

async function askNames(box, text) {
  const chosen = field?.getAttribute("aria-activedescendant");
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(`${box.dataset.mentions}?q=${encodeURIComponent(text)}`, { signal: asked.signal });
    if (answer.ok && !answer.redirected) names.innerHTML = await answer.text();
    else names.replaceChildren();
  } catch {
    return; // asked again meanwhile, or no connection: then there is no list
  }
  const done = text.endsWith(" ") && items()[0]?.dataset.insert === `@${text.trim()}`;
  if (!items().length || done) return closeNames();
  field = box;
  names.ariaLabel = box.labels[0]?.textContent ?? "";
  box.setAttribute("aria-controls", names.id);
  box.after(names);
  choose(items().find(({ id }) => id === chosen) ?? items()[0]);
}

document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("textarea[data-mentions]")) return;
  const found = target.value.slice(0, target.selectionStart).match(NAMED);
  if (!found) return closeNames();
  start = target.selectionStart - found[1].length - 1;
  askNames(target, found[1]);
});

function walkNames(event) {
  const all = items();
  const at = all.findIndex((item) => item.ariaSelected === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) choose(all[(at + step + all.length) % all.length]);
  else if (event.key === "Enter" || event.key === "Tab") insert(all[at]);
  else if (event.key === "Escape") closeNames();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

document.addEventListener("keydown", (event) => {
  if (event.target === field && !event.ctrlKey && !event.metaKey && !event.isComposing) walkNames(event);
  else if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches?.(".write textarea")) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
}, true);
names.addEventListener("pointerdown", (event) => {
  event.preventDefault(); // the text keeps the focus
  const item = event.target.closest("[data-insert]");
  if (item) insert(item);
});
document.addEventListener("focusout", ({ target }) => target.matches("textarea[data-mentions]") && closeNames());

document.addEventListener("toggle", ({ target, newState }) => {
  if (target.matches?.("details.answer") && newState === "open") target.querySelector("textarea").focus();
}, true);

// The whole discussion comes anew: what was typed into its other forms moves over.
let drafts = [];
document.addEventListener("htmx:before:request", ({ target }) => {
  const boxes = [...(discussion()?.querySelectorAll("textarea") ?? [])];
  drafts = boxes.filter((box) => box.form !== target && box.value !== box.defaultValue).map(({ id, value }) => ({ id, value }));
});
document.addEventListener("htmx:after:swap", () => {
  for (const { id, value } of drafts) {
    const box = document.getElementById(id);
    if (!box || box.value !== box.defaultValue) continue;
    box.value = value;
    const closed = box.closest("details:not([open])");
    if (closed) closed.open = true;
  }
});

// The undo of a deleted comment draws the discussion instead of loading its page.
addEventListener("submit", (event) => {
  const form = event.target;
  if (!discussion() || !form.closest("#toasts") || !form.action.includes("/comments/")) return;
  event.preventDefault();
  event.stopPropagation();
  window.htmx.ajax("POST", form.getAttribute("action"), { source: discussion(), target: "#discussion", swap: "outerHTML", values: {} });
  form.closest("[data-toast]").remove();
}, true);
