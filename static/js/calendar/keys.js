/* Keys of the calendar: arrows walk between entries, letters act. */
import { announce, calendar, phrase, titleOf } from "./days.js";
import { pickUp } from "./carry.js";
import { planOn } from "./panel.js";

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable=true], dialog, details.menu[open]");
const WALK = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] };

/** The entry that is nearest in a direction; what lies aside counts three times. */
function beside(entry, [right, down]) {
  const from = entry.getBoundingClientRect();
  let best = null;
  for (const other of calendar().querySelectorAll(".e")) {
    if (other === entry) continue;
    const box = other.getBoundingClientRect();
    const [dx, dy] = [box.left - from.left, box.top - from.top];
    const along = dx * right + dy * down;
    if (along <= 1) continue;
    const far = along + 3 * Math.abs(right ? dy : dx);
    if (!best || far < best.far) best = { far, other };
  }
  return best?.other;
}

function act(event, entry) {
  const key = event.key.toLowerCase();
  if (key === "n") planOn(entry?.closest("[data-date]")?.dataset.date ?? entry?.dataset.first ?? document.activeElement.closest?.("[data-date]")?.dataset.date);
  else if (key === "m" && entry) {
    if ("move" in entry.dataset) pickUp(entry);
    else announce(phrase("closed", { entry: titleOf(entry) }));
  } else if (key === "j") document.getElementById("cal-after")?.click();
  else if (key === "k") document.getElementById("cal-before")?.click();
  else if (key === "t") document.getElementById("cal-today").click();
  else if ("1234".includes(key)) document.getElementById(`view-${key}`).click();
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || document.querySelector("dialog[open]")) return;
  const entry = document.activeElement.closest?.("#calendar .e");
  if (entry && event.key in WALK) {
    const next = beside(entry, WALK[event.key]);
    next?.focus();
    event.preventDefault();
  } else if (event.key.length === 1 && act(event, entry)) event.preventDefault();
});
