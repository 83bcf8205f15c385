/* Where an entry would stand that is carried: its days, or a time of one of them. */
import { calendar, entryOf, number } from "./days.js";
import { aimAtHour } from "./hours.js";

export function clearAim() {
  for (const cell of calendar().querySelectorAll(".aim")) cell.classList.remove("aim");
  calendar().querySelector(".aim-bar, .aim-time")?.remove();
}

/** Show where the entry would stand. Returns whether any of it is on the screen. */
export function aim(entry, to) {
  clearAim();
  if ("at" in to) return aimAtHour(to.on, to.at);
  const { first, last } = to;
  const track = calendar().querySelector("[data-days]");
  if (track) return aimOnTrack(track.dataset, laneOf(entry), first, last);
  const cells = [...calendar().querySelectorAll("[data-date]")].filter((cell) => {
    const day = number(cell.dataset.date);
    return first <= day && day <= last;
  });
  for (const cell of cells) cell.classList.add("aim");
  return cells.length > 0;
}

/** Where it stands on the timeline; above all rows where it is not among those that are shown now. */
function laneOf(entry) {
  const there = entry.isConnected ? entry : entryOf(entry.dataset.e);
  return there?.closest(".lane, [data-days]") ?? calendar().querySelector(".head .track");
}

function aimOnTrack(shown, lane, first, last) {
  const begin = number(shown.first);
  const days = Number(shown.days);
  const from = Math.max(0, first - begin);
  const to = Math.min(days, last - begin + 1);
  if (from >= to) return false;
  const bar = document.createElement("div");
  bar.className = "aim-bar";
  bar.style.insetInlineStart = `${(100 * from) / days}%`;
  bar.style.inlineSize = `${(100 * (to - from)) / days}%`;
  lane.append(bar);
  return true;
}
