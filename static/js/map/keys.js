/* Keys on the map: arrows walk, letters act on the card that has the focus. */
import { board, cardsOf, cells, editable, lanes, panel, placeOf } from "./board.js";
import { pickUp } from "./carry.js";
import { present } from "./present.js";

const typing = (element) => element.closest?.("input, textarea, select, [contenteditable=true], dialog");
const focused = () => document.activeElement?.closest?.(".card");
const focus = (card) => card?.querySelector(".open").focus();

/** The cards over and in a cell, from top to bottom: those that reach over it from elsewhere stand above. */
function stack(lane, column) {
  const reaching = [...lane.querySelectorAll(":scope > .wide > .card")].filter((card) => {
    const place = placeOf(card);
    return place.column <= column && column < place.column + place.span;
  });
  return [...reaching, ...cardsOf(cells(lane)[column])];
}

/** The card to the side: over the nearest stage of that direction that has one, at about the same height. */
function beside(card, step) {
  const { lane, column, span } = placeOf(card);
  const height = stack(lane, column).indexOf(card);
  const last = cells(lane).length - 1;
  for (let at = column + (step > 0 ? span : -1); at >= 0 && at <= last; at += step) {
    const found = stack(lane, at);
    if (found.length) return found[Math.min(height, found.length - 1)];
  }
  return null;
}

function below(card, step) {
  const { lane, column } = placeOf(card);
  const own = stack(lane, column);
  const next = own[own.indexOf(card) + step];
  if (next) return next;
  const all = lanes();
  for (let at = all.indexOf(lane) + step; at >= 0 && at < all.length; at += step) {
    const found = stack(all[at], column);
    if (found.length) return step > 0 ? found[0] : found.at(-1);
  }
  return null;
}

const WALK = {
  ArrowRight: (card) => beside(card, 1),
  ArrowLeft: (card) => beside(card, -1),
  ArrowDown: (card) => below(card, 1),
  ArrowUp: (card) => below(card, -1),
};

function newCard(card) {
  const cell = card?.closest(".cell") ?? board().querySelector(".cell[data-open]");
  cell?.querySelector(".add")?.click();
}

function act(key, card) {
  const inPanel = panel().querySelector(`[data-key="${key}"]`);
  if (key === "n") newCard(card);
  else if (key === "p") present(!document.body.classList.contains("presenting"));
  else if (key === "e" && card && editable(card)) window.htmx.ajax("GET", `${board().dataset.base}cards/${card.dataset.card}/edit/`, { source: card, target: "#panel", swap: "innerHTML" });
  else if (key === "e" && inPanel) inPanel.click();
  else if (key === "m" && card && editable(card)) pickUp(card);
  else if (key === "delete" && card && editable(card)) remove(card);
  else return false;
  return true;
}

function remove(card) {
  const next = below(card, 1) ?? below(card, -1) ?? beside(card, 1) ?? beside(card, -1);
  const id = next?.id;
  window.htmx.ajax("POST", `${board().dataset.base}cards/${card.dataset.card}/delete/`, { source: card, target: "#panel", swap: "innerHTML" }).then(() => focus(document.getElementById(id)));
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  if (document.querySelector("dialog[open], .carried")) return;
  const card = focused();
  if (event.key in WALK && !event.shiftKey) {
    if (event.target.closest("#panel")) return;
    if (card) focus(WALK[event.key](card));
    else if (event.target.matches("#boards")) focus(board().querySelector(".card"));
    else return;
  } else if (!act(event.key.toLowerCase(), card)) return;
  event.preventDefault();
});
