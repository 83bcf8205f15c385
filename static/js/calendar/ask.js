/* What the messages of a campaign do when it moves: asked once for each move; the last answer is chosen already. */
const LAST = "calendar-follow";
const ALWAYS = "calendar-follow-always";

/** Resolves to along, keep or gap; to null where the move was called off. */
export function ask({ count, shifted, days }) {
  const last = sessionStorage.getItem(LAST) ?? "along";
  if (sessionStorage.getItem(ALWAYS)) return Promise.resolve(last);
  const dialog = document.getElementById("follow");
  const form = dialog.querySelector("form");
  const title = form.querySelector("h2");
  title.textContent = (count === 1 ? title.dataset.one : title.dataset.many).replace("{count}", count);
  form.querySelector("[data-days]").textContent = days;
  const along = form.querySelector("[value=along]");
  along.disabled = !shifted; // with the start in its place there is nothing to move along with
  along.closest("label").hidden = !shifted;
  const chosen = [...form.elements.follow].find((choice) => choice.value === last && !choice.disabled);
  (chosen ?? form.querySelector("[value=keep]")).checked = true;
  form.elements.always.checked = false;
  dialog.returnValue = "";
  dialog.showModal();
  form.querySelector("input:checked").focus();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "move") return resolve(null);
      const follow = form.elements.follow.value;
      sessionStorage.setItem(LAST, follow);
      if (form.elements.always.checked) sessionStorage.setItem(ALWAYS, "1");
      resolve(follow);
    }, { once: true });
  });
}
