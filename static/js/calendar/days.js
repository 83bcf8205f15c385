/* The calendar as the other modules see it. It is swapped as a whole at any time, so nothing here is remembered.
   Days are numbers: days since 1970, without a zone. */

const DAY = 864e5;
export const calendar = () => document.getElementById("calendar");
export const panel = () => document.getElementById("panel");
export const number = (iso) => Math.round(Date.parse(iso) / DAY);
export const iso = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/** A sentence in the reader's language, its {places} filled. */
export const phrase = (name, places = {}) =>
  document.getElementById("calendar-words").dataset[name].replace(/\{(\w+)\}/g, (whole, key) => places[key] ?? whole);

/** Say something to screen readers. */
export function announce(text) {
  document.getElementById("said").textContent = text;
}

const long = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
export const dayWords = (day) => long.format(day * DAY);
export const spanWords = (first, last) => (first === last ? dayWords(first) : `${dayWords(first)} – ${dayWords(last)}`);

export const titleOf = (entry) => entry.querySelector(":scope > span").textContent;
export const entryOf = (key) => calendar().querySelector(`[data-e="${key}"]`);
export const daysOf = (entry) => ({ first: number(entry.dataset.first), last: number(entry.dataset.last) });

/** On which side of the days that are drawn these lie, as a whole: -1, 1, or 0 where a day of them is drawn. An agenda
    leaves out the days on which nothing is, so it has no sides. */
export function beyond({ first, last }) {
  const track = calendar().querySelector("[data-days]");
  const cells = calendar().dataset.view === "agenda" ? [] : [...calendar().querySelectorAll("[data-date]")].map((cell) => number(cell.dataset.date));
  if (!track && !cells.length) return 0;
  const begin = track ? number(track.dataset.first) : Math.min(...cells);
  const end = track ? begin + Number(track.dataset.days) - 1 : Math.max(...cells);
  return last < begin ? -1 : first > end ? 1 : 0;
}

/** The day under a point of the screen, or null. */
export function dayAt(x, y) {
  for (const element of document.elementsFromPoint(x, y)) {
    const cell = element.closest("#calendar [data-date]");
    if (cell) return number(cell.dataset.date);
    const track = element.closest("#calendar [data-days]");
    if (track) return dayOnTrack(track, x);
  }
  return null;
}

function dayOnTrack(track, x) {
  const box = track.getBoundingClientRect();
  const days = Number(track.dataset.days);
  const along = getComputedStyle(track).direction === "rtl" ? box.right - x : x - box.left;
  return number(track.dataset.first) + Math.min(days - 1, Math.max(0, Math.floor((along / box.width) * days)));
}

/** What leads the server back to this view on these days. */
export function backQuery() {
  const query = new URLSearchParams(calendar().dataset.query);
  query.set("view", calendar().dataset.view);
  query.set("on", calendar().dataset.on);
  return query.toString();
}
