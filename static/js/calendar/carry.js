/* Moving by keyboard: M picks an entry up, arrows move it by days and weeks, Shift and arrows stretch its end, S lets the
   arrows stretch its start; Enter puts it down, Escape leaves it. In the hours of a week, up and down move its time. Every
   step is said; beyond the days that are drawn, the calendar turns. */
import { aim, clearAim } from "./aim.js";
import { announce, beyond, calendar, daysOf, entryOf, number, phrase, titleOf } from "./days.js";
import { step, timeOf } from "./hours.js";
import { move, placeWords } from "./move.js";
import { isTurning, turned, turnTo } from "./turn.js";

const STEPS = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 };
let carried = null;

export function pickUp(entry) {
  const to = daysOf(entry);
  const at = timeOf(entry);
  if (at !== null) {
    const picked = number(entry.closest("[data-date]").dataset.date);
    Object.assign(to, { picked, on: picked, at });
  }
  carried = { entry, key: entry.dataset.e, to, start: false, edge: null, on: calendar() };
  entry.classList.add("carried");
  announce(phrase("at" in to ? "pickedHour" : "picked", { entry: titleOf(entry), days: placeWords(to) }));
  aim(entry, to);
}

function go(event) {
  const { to } = carried;
  const by = STEPS[event.key];
  if ("at" in to && (event.shiftKey || carried.start)) for (const name of ["picked", "on", "at"]) delete to[name]; // its days are stretched
  if (event.shiftKey) to.last = Math.max(to.first, to.last + by);
  else if (carried.start) to.first = Math.min(to.last, to.first + by);
  else if ("at" in to && Math.abs(by) === 7) to.at = step(to.at, by);
  else {
    to.first += by;
    to.last += by;
    if ("at" in to) to.on += by;
  }
  carried.edge = event.shiftKey ? "last" : carried.start ? "first" : null;
  show();
}

/** Show and say where it is; where that is not drawn, turn there. What is stretched goes with the edge that moves. */
function show() {
  const { entry, to, edge } = carried;
  carried.on = calendar();
  const seen = aim(entry, to);
  const day = edge ? to[edge] : to.on;
  const side = beyond(day === undefined ? to : { first: day, last: day });
  const turns = side !== 0 && turnTo(side, () => carried && show());
  const days = placeWords(to);
  const count = to.last - to.first + 1;
  announce(seen || turns ? phrase("at" in to || count === 1 ? "one" : "at", { days, count }) : phrase("outside", { days }));
}

async function end(put) {
  const { entry, key, to } = carried;
  const title = titleOf(entry);
  entry.classList.remove("carried");
  carried = null;
  await turned();
  const sent = put && (await move(entry, to));
  if (document.getElementById("calendar")) clearAim();
  announce(phrase(sent ? "dropped" : "left", { entry: title, days: placeWords(to) }));
  (entryOf(key) ?? document.getElementById("cal-today")).focus();
}

document.addEventListener("keydown", (event) => {
  if (!carried || document.querySelector("dialog[open]")) return;
  if (carried.on !== calendar() && !isTurning()) {
    carried = null;
    return;
  }
  if (event.key in STEPS) go(event);
  else if (event.key === "Enter" || event.key === " ") end(true);
  else if (event.key === "Escape" || event.key === "Tab") end(false);
  else if (event.key.toLowerCase() === "s" || event.key.toLowerCase() === "m") {
    carried.start = event.key.toLowerCase() === "s" && !carried.start;
    announce(phrase(carried.start ? "start" : "whole"));
  } else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
