/* Forms: sent once, not left by mistake with typed text in them, the first wrong field gets the focus. */
const controls = (form) => [...form.elements].filter((item) => item.name && item.type !== "hidden");

function changed(control) {
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.tagName === "SELECT") {
    const options = [...control.options];
    const initial = options.some((option) => option.defaultSelected);
    return options.some((option, index) => option.selected !== (initial ? option.defaultSelected : !control.multiple && index === 0));
  }
  // A search is no loss, and a password may have been filled in by the browser.
  return control.value !== control.defaultValue && !["search", "password"].includes(control.type);
}

/**
 * Whether leaving would lose something typed into this form. `data-unguarded` on a form says it would not matter,
 * `data-typed` that it was drawn with what was typed before.
 */
export function unsaved(form) {
  if (form.method !== "post" || "unguarded" in form.dataset || form.ariaBusy === "true") return false;
  return "typed" in form.dataset || Boolean(form.querySelector('[aria-invalid="true"]')) || controls(form).some(changed);
}

function focusFirstError(root) {
  const wrong = root.querySelector?.('[aria-invalid="true"]:not([type="hidden"])');
  if (wrong && !wrong.closest("dialog:not([open])")) wrong.focus();
}

// A form that is being sent is not sent again. htmx ends with `htmx:finally:request`; otherwise the page goes away.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.ariaBusy === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
document.addEventListener("submit", (event) => {
  const form = event.target;
  const byHtmx = form.matches("[hx-post], [hx-put], [hx-patch], [hx-delete]");
  if (form.method === "post" && !byHtmx && !event.defaultPrevented) form.ariaBusy = "true";
});
document.addEventListener("htmx:before:request", ({ target }) => {
  if (target.matches?.('form[method="post"]')) target.ariaBusy = "true";
});
document.addEventListener("htmx:finally:request", ({ target }) => {
  if (target.matches?.("form")) target.ariaBusy = null;
});
addEventListener("pageshow", () => {
  for (const form of document.forms) form.ariaBusy = null;
});

addEventListener("beforeunload", (event) => {
  if ([...document.forms].some((form) => form.ariaBusy === "true")) return;
  if ([...document.forms].some(unsaved)) event.preventDefault();
});

document.addEventListener("htmx:after:settle", (event) => focusFirstError(event.target));
if (matchMedia("(pointer: fine)").matches) document.querySelector("[data-focus-first] input:not([type=hidden])")?.focus();
focusFirstError(document);
