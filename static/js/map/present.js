/* Present: the tools go and the map fills the screen, as large as it fits. P or Escape comes back. */
const frame = document.getElementById("boards");
const SMALLEST = 0.45;
const LARGEST = 1.6;

function fit() {
  const board = document.getElementById("board");
  board.style.zoom = "";
  if (!document.body.classList.contains("presenting")) return;
  const ratio = Math.min(frame.clientWidth / board.scrollWidth, frame.clientHeight / board.scrollHeight);
  board.style.zoom = Math.max(SMALLEST, Math.min(LARGEST, ratio));
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
addEventListener("resize", fit);
document.addEventListener("htmx:after:swap", fit);
fit();
