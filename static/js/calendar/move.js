/* A move is sent to the server, which judges it. Its aim: the `first` and `last` day; over the hours of a week also the day
   that was `picked`, the one that it is put `on`, and the time `at` which. */
import { ask } from "./ask.js";
import { backQuery, calendar, dayWords, daysOf, iso, phrase, spanWords } from "./days.js";
import { clock, timeOf } from "./hours.js";

/** Where something is carried to: its first and last day, or `on` a day `at` a time. */
export const placeWords = (to) => ("at" in to ? phrase("hour", { day: dayWords(to.on), time: clock(to.at) }) : spanWords(to.first, to.last));

/** Ask what messages do where there are any, then the server; it answers with the calendar. False: nothing was sent. */
export async function move(entry, to) {
  const [kind, id] = entry.dataset.e.split("-");
  const values = await moved(entry, to, kind);
  if (!values) return false;
  const root = calendar().dataset.base.replace(/calendar\/$/, "");
  Object.assign(values, { seen: entry.dataset.move, back: backQuery() });
  await window.htmx.ajax("POST", `${root}${kind}s/${id}/move/`, { source: calendar(), target: "#panel", swap: "none", values });
  return true;
}

/** What the server needs to know; null where nothing moves or the move was called off. */
async function moved(entry, to, kind) {
  const was = daysOf(entry);
  if ("at" in to && to.at !== timeOf(entry)) {
    return { picked_on: iso(to.picked), picked_at: entry.dataset.at ?? "", on: iso(to.on), at: clock(to.at) };
  }
  if (was.first === to.first && was.last === to.last) return null;
  const values = { starts_on: iso(to.first), ends_on: iso(to.last) };
  if (kind === "campaign" && Number(entry.dataset.follows)) {
    values.follow = await ask({ count: Number(entry.dataset.follows), shifted: to.first !== was.first, days: spanWords(to.first, to.last) });
    if (!values.follow) return null;
  }
  return values;
}
