/* Tactics are dragged with their id: whoever takes a drop reads "application/x-tactic". */
document.addEventListener("dragstart", (event) => {
  const tactic = event.target.closest?.("[data-tactic]");
  if (!tactic) return;
  event.dataTransfer.setData("application/x-tactic", tactic.dataset.tactic);
  event.dataTransfer.setData("text/plain", tactic.dataset.title);
  event.dataTransfer.effectAllowed = "copy";
  tactic.classList.add("dragged");
});
document.addEventListener("dragend", (event) => event.target.closest?.("[data-tactic]")?.classList.remove("dragged"));
