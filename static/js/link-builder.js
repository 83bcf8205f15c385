/* The builder of links, alone or inside a form: a proposal is taken by a click or by Enter in its field, and the rest is
   checked again. */
const builder = document.querySelector("[data-builder]");
const form = builder.closest("form");

function take(button) {
  const field = document.getElementById(button.dataset.take);
  field.value = button.dataset.value;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return field;
}

builder.addEventListener("click", (event) => {
  const one = event.target.closest("[data-take]");
  const all = event.target.closest("[data-take-all]");
  if (!one && !all) return;
  event.preventDefault();
  if (one) take(one).focus();
  else builder.querySelectorAll("[data-take]").forEach(take);
});

// Enter in a field: its own proposal first. Without one the link is built, never another field's proposal taken.
builder.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("input")) return;
  event.preventDefault();
  const proposal = document.querySelector(`#about-${CSS.escape(event.target.id)} [data-take]`);
  if (proposal) take(proposal);
  else form.requestSubmit(form.querySelector("[data-build]"));
});

document.addEventListener("htmx:after:settle", () => {
  for (const field of builder.querySelectorAll("input[aria-describedby]")) {
    const wrong = document.getElementById(`about-${field.id}`)?.childElementCount > 0;
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
});
