/* The panel beside the board: which card it shows, closing, focus, lines for sources, the quick line in a cell. */
import { board, panel } from "./board.js";

function mark() {
  const shown = panel().querySelector("[data-shown-card]")?.dataset.shownCard;
  for (const card of board().querySelectorAll(".card.shown")) card.classList.remove("shown");
  document.getElementById(`card-${shown}`)?.classList.add("shown");
}

export function close() {
  const shown = panel().querySelector("[data-shown-card]")?.dataset.shownCard;
  panel().replaceChildren();
  mark();
  const address = new URL(location);
  if (address.searchParams.has("card")) {
    address.searchParams.delete("card");
    history.replaceState(history.state, "", address);
  }
  document.getElementById(`card-${shown}`)?.querySelector(".open").focus();
}

function afterSwap(event) {
  if (panel().querySelector("[data-close-panel]")) panel().replaceChildren();
  mark();
  const field = panel().querySelector("[data-add-source]");
  if (field) field.hidden = false;
  const target = event.detail.ctx?.target;
  if (target === panel() && panel().childElementCount && !panel().contains(document.activeElement)) {
    (panel().querySelector("[aria-invalid=true]") ?? panel().querySelector("[data-panel-title]") ?? panel().querySelector("form :is(input, textarea, select):not([type=hidden])"))?.focus({ preventScroll: true });
  }
}

function addSource(button) {
  const form = button.closest("form");
  const total = form.querySelector("[name=sources-TOTAL_FORMS]");
  const line = form.querySelector("[data-source-line]");
  const copy = line.content.cloneNode(true);
  for (const element of copy.querySelectorAll("[name], [id], [for]")) {
    for (const name of ["name", "id", "for", "aria-describedby"]) {
      const value = element.getAttribute(name);
      if (value) element.setAttribute(name, value.replace("__prefix__", total.value));
    }
  }
  total.value = Number(total.value) + 1;
  const first = copy.querySelector("select, input, textarea");
  line.before(copy);
  first?.focus();
}

document.addEventListener("click", (event) => {
  const { target } = event;
  if (target.closest("#panel [data-close]")) {
    event.preventDefault();
    close();
  } else if (target.closest("[data-add-source]")) addSource(target.closest("[data-add-source]"));
  else if (target.closest("[data-quick-close]")) {
    event.preventDefault();
    closeQuick(target.closest(".quick"));
  } else if (target.closest("[data-print]")) window.print();
});

function closeQuick(form) {
  const add = form.parentElement.querySelector(".add");
  form.remove();
  add?.focus();
}

document.addEventListener("keydown", (event) => {
  const quick = event.target.closest?.(".quick");
  if (quick && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (event.target.matches("textarea")) quick.requestSubmit();
    else event.target.click();
  } else if (quick && event.key === "Escape") {
    event.preventDefault();
    closeQuick(quick);
  } else if (event.key === "Escape" && !event.defaultPrevented && panel().childElementCount && !document.querySelector("dialog[open], .carried")) close();
});

// An undo in a message redraws the board instead of the page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("#toasts")) return;
  event.preventDefault();
  event.stopPropagation();
  window.htmx.ajax("POST", form.getAttribute("action"), { source: board(), target: "#panel", swap: "none", values: {} });
  form.closest("[data-toast]").remove();
}, true);

document.addEventListener("htmx:after:swap", afterSwap);
mark();
