/* Moving a card by keyboard: M picks it up, arrows choose, Shift and arrows set its reach, Enter puts it down. */
import { announce, cardsOf, cells, isOpen, laneName, lanes, moveCard, phrase, placeOf, stageName, stages, titleOf } from "./board.js";

let carried = null;

export function pickUp(card) {
  const start = placeOf(card);
  carried = { card, start, at: { ...start } };
  card.classList.add("carried", "lifted");
  announce(phrase("picked", { card: titleOf(card) }));
  show();
}

const others = (lane, column) => cardsOf(cells(lane)[column]).filter((card) => card !== carried.card);

function show() {
  document.querySelector(".drop-line")?.remove();
  for (const cell of document.querySelectorAll(".cell.over")) cell.classList.remove("over");
  if (!carried) return;
  const { lane, column, place } = carried.at;
  const cell = cells(lane)[column];
  const line = document.createElement("div");
  line.className = "drop-line";
  const rest = others(lane, column);
  if (rest[place]) rest[place].before(line);
  else cell.insertBefore(line, cell.querySelector(".quick, .add"));
  cell.classList.add("over");
  cell.scrollIntoView({ block: "nearest", inline: "nearest" });
}

function tell() {
  const { lane, column, place, span } = carried.at;
  const stage = stageName(stages()[column]);
  const where = phrase("over", { lane: laneName(lane), stage, place: place + 1, count: others(lane, column).length + 1 });
  announce(isOpen(lane, column) ? `${where}${span > 1 ? `. ${phrase("reach", { count: span })}` : ""}` : phrase("closed", { stage }));
}

function step(event) {
  const { at } = carried;
  const all = lanes();
  const width = stages().length;
  const across = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const down = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (across && event.shiftKey) at.span = Math.max(1, Math.min(width - at.column, at.span + across));
  else if (across) {
    at.column = Math.max(0, Math.min(width - 1, at.column + across));
    at.span = Math.min(at.span, width - at.column);
    at.place = Math.min(at.place, others(at.lane, at.column).length);
  } else {
    const place = at.place + down;
    const next = all[all.indexOf(at.lane) + down];
    if (place >= 0 && place <= others(at.lane, at.column).length) at.place = place;
    else if (next) {
      at.lane = next;
      at.place = down > 0 ? 0 : others(next, at.column).length;
    }
  }
  show();
  tell();
}

function end(put) {
  const { card, start, at } = carried;
  const title = titleOf(card);
  const id = card.id;
  card.classList.remove("carried", "lifted");
  carried = null;
  show();
  const same = start.lane === at.lane && start.column === at.column && start.place === at.place && start.span === at.span;
  if (!put || same || !isOpen(at.lane, at.column)) {
    announce(phrase("left", { card: title }));
    return card.querySelector(".open").focus();
  }
  const where = { card: title, lane: laneName(at.lane), stage: stageName(stages()[at.column]), place: at.place + 1 };
  return moveCard(card, at).then(() => {
    const moved = document.getElementById(id);
    moved?.classList.add("settled");
    moved?.querySelector(".open").focus();
    announce(phrase("dropped", where));
  });
}

document.addEventListener("keydown", (event) => {
  if (!carried) return;
  if (!carried.card.isConnected) {
    carried = null;
    return;
  }
  if (event.key.startsWith("Arrow")) step(event);
  else if (event.key === "Enter" || event.key === " ") end(true);
  else if (event.key === "Escape" || event.key === "Tab") end(false);
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);
