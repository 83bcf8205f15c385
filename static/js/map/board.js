/* The board as the other modules see it. Parts of it are swapped at any time, so nothing here is remembered. */
export const board = () => document.getElementById("board");
export const panel = () => document.getElementById("panel");
export const base = () => board().dataset.base;
const words = document.getElementById("words").dataset;

/** A sentence in the reader's language, its {places} filled. */
export const phrase = (name, places = {}) => words[name].replace(/\{(\w+)\}/g, (whole, key) => places[key] ?? whole);

/** Say something to screen readers. */
export function announce(text) {
  document.getElementById("said").textContent = text;
}

export const stages = () => [...board().querySelectorAll(".stage")];
export const lanes = () => [...board().querySelectorAll(".lane-row")];
export const cells = (lane) => [...lane.querySelectorAll(":scope > .cell")];
export const cardsOf = (cell) => [...cell.querySelectorAll(":scope > .card")];
export const titleOf = (card) => card.querySelector(".open .words").textContent;
export const stageName = (stage) => stage.querySelector("h2 .open").textContent.trim();
export const laneName = (lane) => lane.getAttribute("aria-label");

/** Where a card stands: its lane, its stage's number from 0, its place in the cell, how many stages it reaches over. */
export function placeOf(card) {
  const lane = card.closest(".lane-row");
  const cell = card.closest(".cell");
  const over = [...card.classList].find((name) => name.startsWith("over-"));
  const from = [...card.classList].find((name) => name.startsWith("from-"));
  const column = cell ? cells(lane).indexOf(cell) : Number(from.slice(5)) - 1;
  return { lane, column, place: cell ? cardsOf(cell).indexOf(card) : 0, span: over ? Number(over.slice(5)) : 1 };
}

/** Whether the reader edits in a stage (number from 0). */
export const isOpen = (lane, column) => "open" in (cells(lane)[column]?.dataset ?? {});
export const editable = (card) => {
  const { lane, column } = placeOf(card);
  return isOpen(lane, column);
};

/** Ask the server to move something; `source` is what moves, the answer redraws what changed. */
export function send(source, path, values) {
  return window.htmx.ajax("POST", base() + path, { source, target: "#panel", swap: "innerHTML", values });
}

export function moveCard(card, { lane, column, place, span }) {
  const cell = cells(lane)[column];
  return send(card, `cards/${card.dataset.card}/move/`, {
    stage: cell.dataset.stage,
    lane: lane.dataset.lane,
    position: place === null ? "" : place + 1,
    span,
    seen: card.dataset.version,
  });
}
