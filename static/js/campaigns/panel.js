/* The panel beside a calendar, a matrix or a list. A link that opens in it:
   <a href="…" hx-get="…" hx-target="#panel" data-opens-panel>; without JavaScript it is a page of its own. */
const panel = document.getElementById("panel");
let opener;

function close() {
  panel.replaceChildren();
  for (const link of document.querySelectorAll("[data-opens-panel][aria-current]")) link.removeAttribute("aria-current");
  if (opener?.isConnected) opener.focus();
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-opens-panel]");
  if (link) {
    for (const other of document.querySelectorAll("[data-opens-panel][aria-current]")) other.removeAttribute("aria-current");
    link.setAttribute("aria-current", "true");
    opener = link;
  } else if (event.target.closest("#panel [data-close-panel]")) close();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && panel.childElementCount && !document.querySelector("dialog[open]")) close();
});

document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx?.target === panel) panel.querySelector("[data-panel-title]")?.focus({ preventScroll: true });
});
