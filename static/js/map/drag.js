/* Moving by mouse and touch: cards between cells, stages sideways, lanes up and down.
   A mouse drags after a few pixels, a finger after it has rested on the thing, so that scrolling stays scrolling. */
import { board, cardsOf, cells, editable, isOpen, lanes, moveCard, placeOf, send, stages } from "./board.js";

const THRESHOLD = 6;
const REST = 320;
const EDGE = 56;
let drag = null;

function begin(event) {
  if (event.button !== 0 || event.target.closest("input, textarea, select, button, form, summary")) return;
  const card = event.target.closest(".cell .card, .wide .card");
  const movable = event.target.closest('[data-movable="stage"], [data-movable="lane"]');
  if (card ? !editable(card) : !movable) return;
  drag = {
    thing: card ?? (movable.dataset.movable === "lane" ? movable.closest(".lane-row") : movable),
    kind: card ? "card" : movable.dataset.movable,
    pointer: event.pointerId,
    touch: event.pointerType === "touch",
    x: event.clientX,
    y: event.clientY,
    lifted: false,
    target: null,
  };
  if (drag.touch) drag.timer = setTimeout(() => lift(drag.x, drag.y), REST);
}

function lift(x, y) {
  const { thing, kind } = drag;
  const shown = kind === "lane" ? thing.querySelector(".lane-name") : thing;
  const box = shown.getBoundingClientRect();
  const ghost = shown.cloneNode(true);
  for (const element of [ghost, ...ghost.querySelectorAll("[id]")]) element.removeAttribute("id");
  ghost.classList.add("ghost");
  ghost.ariaHidden = "true";
  ghost.style.inlineSize = `${box.width}px`;
  document.body.append(ghost);
  Object.assign(drag, { lifted: true, ghost, dx: drag.x - box.left, dy: drag.y - box.top });
  thing.classList.add("lifted");
  document.body.classList.add("dragging");
  board().classList.add("moving");
  if (drag.touch) navigator.vibrate?.(12);
  move(x, y);
  drag.frame = requestAnimationFrame(scrollAtEdges);
}

function move(x, y) {
  Object.assign(drag, { atX: x, atY: y });
  drag.ghost.style.translate = `${x - drag.dx}px ${y - drag.dy}px`;
  unmark();
  drag.target = TARGETS[drag.kind](x, y);
}

function unmark() {
  document.querySelector(".drop-line")?.remove();
  for (const marked of document.querySelectorAll(".over, .drop-before, .drop-after, .cell.closed")) marked.classList.remove("over", "drop-before", "drop-after", "closed");
}

const TARGETS = {
  card(x, y) {
    const cell = document.elementsFromPoint(x, y).find((element) => element.matches?.(".board .cell"));
    if (!cell) return null;
    const lane = cell.closest(".lane-row");
    const column = cells(lane).indexOf(cell);
    if (!isOpen(lane, column)) {
      cell.classList.add("closed");
      return null;
    }
    const rest = cardsOf(cell).filter((card) => card !== drag.thing);
    const next = rest.findIndex((card) => y < middle(card));
    const place = next < 0 ? rest.length : next;
    const line = document.createElement("div");
    line.className = "drop-line";
    if (rest[place]) rest[place].before(line);
    else cell.insertBefore(line, cell.querySelector(".quick, .add"));
    cell.classList.add("over");
    return { lane, column, place, span: Math.min(placeOf(drag.thing).span, stages().length - column) };
  },
  stage: (x) => among(stages(), (stage) => { const box = stage.getBoundingClientRect(); return x < box.left + box.width / 2; }),
  lane: (x, y) => among(lanes(), (lane) => y < middle(lane)),
};

const middle = (element) => {
  const box = element.getBoundingClientRect();
  return box.top + box.height / 2;
};

/** The place among siblings before which the pointer is; marks the sibling at that side. */
function among(all, before) {
  const rest = all.filter((one) => one !== drag.thing);
  const next = rest.findIndex(before);
  if (next >= 0) rest[next].classList.add("drop-before");
  else rest.at(-1)?.classList.add("drop-after");
  return { place: next < 0 ? rest.length : next };
}

function scrollAtEdges() {
  if (!drag?.lifted) return;
  const frame = document.getElementById("boards");
  const box = frame.getBoundingClientRect();
  const pull = (at, low, high) => (at < low + EDGE ? at - low - EDGE : at > high - EDGE ? at - high + EDGE : 0) / 4;
  const left = pull(drag.atX, box.left, box.right);
  const top = pull(drag.atY, box.top, box.bottom);
  if (left || top) {
    frame.scrollBy(left, top);
    move(drag.atX, drag.atY);
  }
  drag.frame = requestAnimationFrame(scrollAtEdges);
}

function stop() {
  if (!drag) return;
  clearTimeout(drag.timer);
  cancelAnimationFrame(drag.frame);
  drag.ghost?.remove();
  drag.thing.classList.remove("lifted");
  document.body.classList.remove("dragging");
  board()?.classList.remove("moving");
  unmark();
  drag = null;
}

function drop() {
  const { thing, kind, target, lifted } = drag;
  stop();
  if (!lifted) return;
  swallowClick();
  if (!target) return;
  if (kind === "card") dropCard(thing, target);
  else if (target.place + 1 !== Number(thing.dataset.place)) {
    send(thing, `${kind}s/${thing.dataset[kind]}/move/`, { position: target.place + 1, seen: thing.dataset.version });
  }
}

/** The card stands at its new place at once; the answer redraws both cells, and a refusal puts it back. */
function dropCard(card, target) {
  const start = placeOf(card);
  if (start.lane === target.lane && start.column === target.column && start.place === target.place) return;
  const { id, parentElement: home, nextElementSibling: next } = card;
  if (start.span === 1) {
    const cell = cells(target.lane)[target.column];
    const rest = cardsOf(cell).filter((other) => other !== card);
    if (rest[target.place]) rest[target.place].before(card);
    else cell.insertBefore(card, cell.querySelector(".quick, .add"));
  }
  moveCard(card, target).then(() => {
    const moved = document.getElementById(id);
    if (moved === card && home.isConnected) home.insertBefore(card, next);
    else moved?.classList.add("settled");
  });
}

/** The click that ends a drag opens nothing. */
function swallowClick() {
  const swallow = (event) => {
    event.preventDefault();
    event.stopPropagation();
  };
  document.addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => document.removeEventListener("click", swallow, { capture: true }), 60);
}

document.addEventListener("pointerdown", begin);
document.addEventListener("dragstart", (event) => event.target.closest?.(".board") && event.preventDefault());
document.addEventListener("pointermove", (event) => {
  if (!drag || event.pointerId !== drag.pointer) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > THRESHOLD;
  if (drag.lifted) move(event.clientX, event.clientY);
  else if (far && drag.touch) stop();
  else if (far) lift(event.clientX, event.clientY);
});
document.addEventListener("pointerup", (event) => drag && event.pointerId === drag.pointer && drop());
document.addEventListener("pointercancel", stop);
document.addEventListener("touchmove", (event) => drag?.lifted && event.preventDefault(), { passive: false });
document.addEventListener("contextmenu", (event) => drag?.touch && event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag?.lifted) return;
  event.preventDefault();
  event.stopPropagation();
  stop();
  swallowClick();
}, true);
