/* The grid of results: arrows and Enter go from field to field, a pasted block fills the fields to the right and below. */
const grid = document.querySelector("[data-grid]");
const rows = grid ? [...grid.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input:not([type=hidden])")]) : [];

function place(input) {
  const down = rows.findIndex((row) => row.includes(input));
  return [down, down < 0 ? -1 : rows[down].indexOf(input)];
}

function go(down, across) {
  const target = rows[down]?.[across];
  target?.focus();
  target?.select();
  return Boolean(target);
}

function step(input, key) {
  const [down, across] = place(input);
  const whole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
  if (key === "ArrowUp") return go(down - 1, across);
  if (key === "ArrowDown" || key === "Enter") return go(down + 1, across);
  if (key === "ArrowLeft" && (whole || input.selectionEnd === 0)) return go(down, across - 1);
  if (key === "ArrowRight" && (whole || input.selectionStart === input.value.length)) return go(down, across + 1);
  return false;
}

grid?.addEventListener("keydown", (event) => {
  if (!event.target.closest("td") || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const moved = step(event.target, event.key);
  if (moved || event.key === "Enter") event.preventDefault();
});

grid?.addEventListener("paste", (event) => {
  const text = event.clipboardData.getData("text/plain").replace(/(\r\n|\r|\n)+$/, "");
  if (!event.target.closest("td") || !/[\t\r\n]/.test(text)) return;
  event.preventDefault();
  const [down, across] = place(event.target);
  text.split(/\r\n|\r|\n/).forEach((line, below) => {
    line.split("\t").forEach((cell, right) => {
      const input = rows[down + below]?.[across + right];
      if (input) input.value = cell.trim();
    });
  });
});
