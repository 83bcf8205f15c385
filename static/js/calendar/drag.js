/* Moving and stretching by mouse and touch. A mouse drags after a few pixels, a finger after it has rested on the
   entry, so that scrolling stays scrolling. Who takes hold of an edge stretches it; over the hours of a week a message
   changes its time. */
import { aim, clearAim } from "./aim.js";
import { announce, dayAt, daysOf, phrase, titleOf } from "./days.js";
import { carriedTo, clock, timeAt, timeOf } from "./hours.js";
import { move, placeWords } from "./move.js";
import { stopTurning, turnAt, turned } from "./turn.js";

const THRESHOLD = 5;
const REST = 320;
const GRIP = { mouse: 8, touch: 16 };
const EDGE = 60;
let drag = null;

/** Which end of the entry is under the pointer; "" is its middle. What repeats or is a dot has none. */
function endAt(entry, event) {
  if ("repeats" in entry.dataset && entry.dataset.first === entry.dataset.last && !entry.closest(".week")) return "";
  if (entry.matches(".short, .agenda .e, .hours .e")) return "";
  const box = entry.getBoundingClientRect();
  const grip = Math.min(GRIP[event.pointerType] ?? GRIP.mouse, box.width / 4);
  const [left, right] = getComputedStyle(entry).direction === "rtl" ? ["ends", "starts"] : ["starts", "ends"];
  const at = event.clientX - box.left < grip ? left : box.right - event.clientX < grip ? right : "";
  return at && entry.classList.contains(at) ? at : "";
}

/** The page does not scroll under what a finger carries. */
const keepStill = (event) => drag?.lifted && event.preventDefault();

function begin(event) {
  const entry = event.target.closest?.("#calendar .e[data-move]");
  if (!entry || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { first, last } = daysOf(entry);
  const from = dayAt(event.clientX, event.clientY) ?? first;
  const at = timeOf(entry);
  const grabbed = at === null ? null : timeAt(event.clientX, event.clientY);
  drag = { entry, first, last, from, at, grabbed, end: endAt(entry, event), pointer: event.pointerId, touch: event.pointerType === "touch", x: event.clientX, y: event.clientY, to: null };
  if (!drag.touch) return;
  drag.timer = setTimeout(() => lift(drag.x, drag.y), REST);
  entry.addEventListener("touchmove", keepStill, { passive: false }); // it hears of its finger even when the calendar has turned
}

function lift(x, y) {
  const { entry, end } = drag;
  drag.lifted = true;
  document.body.setPointerCapture(drag.pointer); // the entry leaves the page when the calendar turns
  entry.classList.add("lifted");
  document.body.classList.add("dragging");
  if (end) document.body.classList.add("stretching");
  else {
    const box = entry.getBoundingClientRect();
    drag.ghost = entry.cloneNode(true);
    drag.ghost.removeAttribute("data-e");
    drag.ghost.ariaHidden = "true";
    drag.ghost.tabIndex = -1;
    drag.ghost.classList.remove("lifted", "shown");
    drag.ghost.classList.add("ghost");
    drag.ghost.style.inlineSize = `${Math.min(box.width, 260)}px`;
    drag.dx = Math.min(drag.x - box.left, 130);
    drag.dy = drag.y - box.top;
    document.body.append(drag.ghost);
  }
  if (drag.touch) navigator.vibrate?.(12);
  follow(x, y);
  drag.frame = requestAnimationFrame(scrollAtEdges);
}

function follow(x, y) {
  Object.assign(drag, { atX: x, atY: y });
  if (drag.ghost) drag.ghost.style.translate = `${x - drag.dx}px ${y - drag.dy}px`;
  const day = dayAt(x, y);
  if (day === null) {
    drag.to = null;
    return clearAim();
  }
  const { first, last, end, from } = drag;
  if (end === "starts") drag.to = { first: Math.min(day, last), last };
  else if (end === "ends") drag.to = { first, last: Math.max(day, first) };
  else drag.to = { first: first + day - from, last: last + day - from };
  const under = changesTime() ? timeAt(x, y) : null;
  if (under !== null) Object.assign(drag.to, { picked: from, on: day, at: carriedTo(drag.at, drag.grabbed, under) });
  const time = drag.ghost?.querySelector(":scope > b");
  if (time && drag.at !== null) time.textContent = clock(drag.to.at ?? drag.at);
  const alone = !end && !("at" in drag.to) && "repeats" in drag.entry.dataset;
  aim(drag.entry, alone ? { first: day, last: day } : drag.to);
}

/** What stands in the hours, and messages above them that go on single days at any time. */
const changesTime = () => !drag.end && (drag.at !== null || (drag.entry.matches(".message[data-repeats]") && !drag.entry.dataset.at));

function scrollAtEdges() {
  if (!drag?.lifted) return;
  const { atX, atY } = drag;
  const scrolled = turnAt(atX, atY, () => drag?.lifted && follow(drag.atX, drag.atY));
  const pull = atY < EDGE ? atY - EDGE : atY > innerHeight - EDGE ? atY - innerHeight + EDGE : 0;
  if (pull) scrollBy(0, pull / 5);
  if (pull || scrolled) follow(atX, atY);
  drag.frame = requestAnimationFrame(scrollAtEdges);
}

function stop() {
  if (!drag) return;
  clearTimeout(drag.timer);
  stopTurning();
  cancelAnimationFrame(drag.frame);
  drag.ghost?.remove();
  drag.entry.classList.remove("lifted");
  document.body.classList.remove("dragging", "stretching");
  clearAim();
  drag = null;
}

async function drop() {
  const { entry, to, lifted } = drag;
  stop();
  if (!lifted) return;
  swallowClick();
  if (!to) return;
  await turned();
  entry.classList.add("going");
  aim(entry, to);
  const sent = await move(entry, to);
  clearAim();
  entry.classList.remove("going");
  if (sent && !entry.isConnected) announce(phrase("dropped", { entry: titleOf(entry), days: placeWords(to) }));
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
document.addEventListener("dragstart", (event) => event.target.closest?.("#calendar") && event.preventDefault());
document.addEventListener("pointermove", (event) => {
  if (!drag) {
    const entry = event.pointerType === "mouse" && event.target.closest?.("#calendar .e[data-move]");
    if (entry) entry.classList.toggle("edge", Boolean(endAt(entry, event)));
    return;
  }
  if (event.pointerId !== drag.pointer) return;
  const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y) > THRESHOLD;
  if (drag.lifted) follow(event.clientX, event.clientY);
  else if (far && drag.touch) stop();
  else if (far) lift(event.clientX, event.clientY);
});
document.addEventListener("pointerup", (event) => drag && event.pointerId === drag.pointer && drop());
document.addEventListener("pointercancel", stop);
document.addEventListener("touchmove", keepStill, { passive: false });
document.addEventListener("contextmenu", (event) => drag?.touch && event.preventDefault());
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag?.lifted) return;
  event.preventDefault();
  event.stopPropagation();
  stop();
  swallowClick();
}, true);
