/* While something is carried, the calendar turns to earlier or later days: where the pointer rests at an edge of what is
   shown, or on the link that leads there (what can be scrolled is scrolled first), and where a key leads beyond an edge. */
import { calendar } from "./days.js";

const REST = 650;
const EDGE = 14;
let waiting = null;
let turning = Promise.resolve();

const within = (box, x, y) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;

/** At which edge of what is shown the pointer is: -1, 1, or 0 for none. */
function sideAt(box, x, y) {
  if (y < box.top || y > box.bottom) return 0;
  return x < box.left + EDGE ? -1 : x > box.right - EDGE ? 1 : 0;
}

const links = () => ["cal-before", "cal-after"].map((id) => document.getElementById(id));

/** Whether other days are on their way. */
export const isTurning = () => Boolean(waiting);

/** Turn at once, to the days before (-1) or after (1). `turned` is called when they are shown. Returns whether it turns. */
export function turnTo(side, turned) {
  const link = links()[side > 0 ? 1 : 0];
  if (!link || waiting) return Boolean(link);
  waiting = { link };
  turning = turn(link, turned);
  return true;
}

/** The pointer is here: in each frame. `turned` is called when other days are shown. Returns whether it scrolled. */
export function turnAt(x, y, turned) {
  const grid = calendar().querySelector(".month, .one-week, .timeline");
  const side = grid ? sideAt(grid.getBoundingClientRect(), x, y) : 0;
  if (side && scrolled(grid, side)) return true;
  const later = document.dir === "rtl" ? -side : side;
  wait(links().find((link) => link && within(link.getBoundingClientRect(), x, y)) ?? (later ? links()[later > 0 ? 1 : 0] : null), turned);
  return false;
}

function scrolled(grid, side) {
  const before = grid.scrollLeft;
  grid.scrollLeft += side * 12;
  return grid.scrollLeft !== before;
}

function wait(link, turned) {
  if ((waiting?.link ?? null) === link) return;
  stopTurning();
  if (!link) return;
  link.classList.add("turning");
  waiting = { link, timer: setTimeout(() => { turning = turn(link, turned); }, REST) };
}

async function turn(link, turned) {
  const before = calendar();
  await window.htmx.ajax("GET", link.getAttribute("href"), { source: before, target: "#calendar", swap: "outerHTML" });
  waiting = null;
  if (calendar() !== before) turned();
}

export function stopTurning() {
  clearTimeout(waiting?.timer);
  waiting?.link.classList.remove("turning");
  waiting = null;
}

/** Resolves when no other days are on their way. */
export const turned = () => turning;
