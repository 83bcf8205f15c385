/* The hours of a week. What goes at a time of day is carried over them in half hours; times are minutes since midnight,
   by the clock on which the calendar shows them. */
import { calendar, iso } from "./days.js";

const STEP = 30;
const LATEST = 24 * 60 - STEP;
export const minutes = (clock) => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
export const clock = (time) => [Math.floor(time / 60), time % 60].map((part) => String(part).padStart(2, "0")).join(":");
export const timeOf = (entry) => (entry.closest(".hours") ? minutes(entry.dataset.at) : null);
const rows = () => [...calendar().querySelectorAll(".hours tbody tr")];
const hourOf = (row) => minutes(row.querySelector("th").textContent.trim());

/** The next half hour before (-1) or after (1) a time, of the same day. */
export function step(time, by) {
  const next = by > 0 ? Math.floor(time / STEP) * STEP + STEP : Math.ceil(time / STEP) * STEP - STEP;
  return Math.min(LATEST, Math.max(0, next));
}

/** The time at a height of the screen; null where a point is not over the hours. */
export function timeAt(x, y) {
  if (!document.elementsFromPoint(x, y).some((element) => element.closest("#calendar .hours td"))) return null;
  const row = rows().find((one) => y < one.getBoundingClientRect().bottom);
  const box = row.getBoundingClientRect();
  return hourOf(row) + Math.max(0, (60 * (y - box.top)) / box.height);
}

/** The half hour that something of this time is carried to when the pointer goes from one time to another. What had no
    time gets the one under the pointer. */
export function carriedTo(time, grabbed, under) {
  if (time === null) return Math.floor(under / STEP) * STEP;
  if (Math.abs(under - grabbed) < STEP / 2) return time;
  const shown = rows();
  const [first, last] = [hourOf(shown[0]), hourOf(shown.at(-1)) + 60 - STEP];
  return Math.min(last, Math.max(first, Math.round((time + under - grabbed) / STEP) * STEP));
}

/** Show the time on its day. Returns whether it is on the screen. */
export function aimAtHour(day, time) {
  const row = rows().find((one) => hourOf(one) === Math.floor(time / 60) * 60);
  const cell = row?.querySelector(`[data-date="${iso(day)}"]`);
  if (!cell) return false;
  const line = document.createElement("div");
  line.className = time % 60 < STEP ? "aim-time" : "aim-time half";
  line.textContent = clock(time);
  cell.classList.add("aim");
  cell.append(line);
  return true;
}
