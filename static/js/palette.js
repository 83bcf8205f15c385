/* The command palette and the help on keys. Places come from the navigation, the rest from the search. */
const palette = document.getElementById("palette");
const help = document.getElementById("help");
const input = palette?.querySelector("input");
const places = palette?.querySelector("[data-palette-places]");
const found = document.getElementById("palette-found");
const typing = (element) => element.closest?.("input, textarea, select, [contenteditable='true']");

function fillPlaces() {
  const list = places.querySelector("ul");
  if (list.childElementCount) return;
  for (const link of document.querySelectorAll("#side a[href]:not(.brand, .open-palette)")) {
    const item = document.createElement("li");
    const copy = link.cloneNode(true);
    copy.removeAttribute("aria-current");
    item.append(copy);
    list.append(item);
  }
}

function filterPlaces() {
  const wanted = input.value.trim().toLowerCase();
  let shown = 0;
  for (const item of places.querySelectorAll("li")) {
    item.hidden = !` ${item.textContent.trim().toLowerCase()}`.includes(` ${wanted}`);
    shown += !item.hidden;
  }
  places.hidden = !shown;
  if (!wanted) found.replaceChildren();
}

function open() {
  fillPlaces();
  input.value = "";
  filterPlaces();
  document.getElementById("side")?.hidePopover?.();
  palette.showModal();
}

const choices = () => [...palette.querySelectorAll(".found a[href]")].filter((link) => link.offsetParent);

function walk(event) {
  const links = choices();
  const at = links.indexOf(document.activeElement);
  if (event.key === "ArrowDown") (links[at + 1] ?? links[0])?.focus();
  else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
  else if (event.key === "Enter" && at < 0 && links.length) links[0].click();
  else if (at >= 0 && event.key.length === 1 && !event.ctrlKey && !event.metaKey) return input.focus();
  else return;
  event.preventDefault();
}

if (palette) {
  input.addEventListener("input", filterPlaces);
  palette.addEventListener("keydown", walk);
  palette.addEventListener("click", (event) => event.target === palette && palette.close());

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("[data-palette-open]")) {
      event.preventDefault();
      open();
    } else if (event.target.closest("[data-help-open]")) help.showModal();
  });

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) palette.close();
      else open();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
    if (event.key === "?") help.showModal();
    else if (event.key === "/") open();
    else return;
    event.preventDefault();
  });
}
