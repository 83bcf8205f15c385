/* Present: the tools go and the map fills the screen, as large as it fits. P or Escape comes back. */
const frame = document.getElementById("boards");
const SMALLEST = 0.45;
const LARGEST = 1.6;

/** The largest zoom at which the whole board is seen: wider columns make lower rows, so it is searched for. */
function fit() {
  const board = document.getElementById("board");
  board.removeAttribute("style");
  if (!document.body.classList.contains("presenting")) return;
  let [low, high] = [SMALLEST, LARGEST];
  for (let step = 0; step < 7; step++) {
    const middle = (low + high) / 2;
    board.style.zoom = middle;
    if (frame.scrollHeight > frame.clientHeight || frame.scrollWidth > frame.clientWidth) high = middle;
    else low = middle;
  }
  board.style.zoom = low;
}

export function present(on) {
  document.body.classList.toggle("presenting", on);
  const address = new URL(location);
  if (on) address.searchParams.set("present", "1");
  else address.searchParams.delete("present");
  history.replaceState(history.state, "", address);
  fit();
  if (on) frame.focus();
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-present]")) {
    event.preventDefault();
    present(true);
  } else if (event.target.closest("[data-leave-present]")) {
    event.preventDefault();
    present(false);
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && document.body.classList.contains("presenting") && !document.querySelector("dialog[open]")) present(false);
});
new ResizeObserver(fit).observe(frame);
document.addEventListener("htmx:after:swap", fit);
fit();
