/* The calendar is swapped as a whole: what had the focus and which menu was open stay so. On a narrow screen, where
   nothing was chosen, it opens as an agenda. */
import { calendar } from "./days.js";

let kept = null;

function keep() {
  const focus = document.activeElement;
  if (!focus?.closest("#calendar")) return;
  const menu = focus.closest("details.menu[open]")?.id;
  const choice = focus.name ? `[name="${CSS.escape(focus.name)}"][value="${CSS.escape(focus.value)}"]` : "";
  kept = { menu, focus: focus.id ? `#${CSS.escape(focus.id)}` : focus.dataset.e ? `[data-e="${focus.dataset.e}"]` : choice };
}

function restore() {
  if (!kept || !calendar()) return;
  const { menu, focus } = kept;
  kept = null;
  if (menu) document.getElementById(menu)?.setAttribute("open", "");
  if (focus) calendar().querySelector(focus)?.focus({ preventScroll: true });
}

document.addEventListener("htmx:before:request", (event) => event.target.closest?.("#calendar") && keep());
document.addEventListener("htmx:after:swap", restore);

const said = new URLSearchParams(location.search).has("view");
if (!said && calendar().dataset.view === "month" && matchMedia("(max-width: 760px)").matches) {
  const query = new URLSearchParams(calendar().dataset.query);
  query.set("view", "agenda");
  addEventListener("load", () => window.htmx.ajax("GET", `${calendar().dataset.base}?${query}`, { source: calendar(), target: "#calendar", swap: "outerHTML" }), { once: true });
}
