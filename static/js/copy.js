/* Copying: a button with data-copy puts its text on the clipboard. Without scripts there is a field to mark. */
const buttons = () => document.querySelectorAll("[data-copy]");

function show() {
  for (const button of buttons()) button.hidden = false;
}

async function copy(button) {
  const { copy: text, copied, notCopied, copyField } = button.dataset;
  const say = (words, level) => document.dispatchEvent(new CustomEvent("toast", { detail: { text: words, level } }));
  try {
    await navigator.clipboard.writeText(text);
    say(copied, "success");
  } catch {
    document.getElementById(copyField)?.select();
    say(notCopied, "info");
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("htmx:after:settle", show);
show();
