/* The panel beside the calendar: an entry in short, a day, something new; and undo without leaving the page. */
import { backQuery, calendar, entryOf, panel } from "./days.js";

const plain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
let opener = null;

function open(address) {
  opener = document.activeElement?.dataset?.e ?? opener;
  const joint = address.includes("?") ? "&" : "?";
  const back = address.includes("/day/") || address.includes("/new/") ? "" : `${joint}${backQuery()}`;
  return window.htmx.ajax("GET", address + back, { source: panel(), target: "#panel", swap: "innerHTML" });
}

export function planOn(day) {
  const query = new URLSearchParams(backQuery());
  if (day) query.set("on", day);
  open(`${calendar().dataset.base}new/?${query}`);
}

export function close() {
  const shown = panel().querySelector("[data-shown]")?.dataset.shown ?? opener;
  panel().replaceChildren();
  mark();
  if (shown) entryOf(shown)?.focus();
}

function mark() {
  const shown = panel()?.querySelector("[data-shown]")?.dataset.shown;
  for (const entry of document.querySelectorAll("#calendar .e.shown")) entry.classList.remove("shown");
  if (shown) for (const entry of document.querySelectorAll(`#calendar [data-e="${shown}"]`)) entry.classList.add("shown");
}

document.addEventListener("click", (event) => {
  const { target } = event;
  if (!plain(event) || event.defaultPrevented) return;
  const link = target.closest("#calendar .e:not(.experiment), #calendar [data-day], #panel [data-peek], #panel .e:not(.experiment)");
  if (link) {
    event.preventDefault();
    open(link.getAttribute("href"));
  } else if (target.closest("#panel [data-close]")) {
    event.preventDefault();
    close();
  } else if (target.matches("#calendar :is(.day, td)[data-date]")) {
    const query = new URLSearchParams(backQuery());
    open(`${calendar().dataset.base}day/${target.dataset.date}/?${query}`);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.defaultPrevented && panel().childElementCount && !document.querySelector("dialog[open], .carried, details.menu[open]")) close();
});

// An undo in a toast, of a move or of a message that was added or removed, redraws the calendar instead of the page.
const DRAWN_AGAIN = /\/calendar\/moves\/|\/messages\/\d+\/(remove|restore)\/$/;
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#toasts") || !DRAWN_AGAIN.test(form.getAttribute("action"))) return;
  event.preventDefault();
  event.stopPropagation();
  window.htmx.ajax("POST", form.getAttribute("action"), { source: calendar(), target: "#panel", swap: "none", values: { back: backQuery() } });
  form.closest("[data-toast]").remove();
}, true);

document.addEventListener("htmx:after:swap", (event) => {
  mark();
  if (event.detail.ctx?.target !== panel() || !panel().childElementCount || panel().contains(document.activeElement)) return;
  (panel().querySelector("[aria-invalid=true]") ?? panel().querySelector("[data-panel-title]") ?? panel().querySelector("input:not([type=hidden])"))?.focus({ preventScroll: true });
});
