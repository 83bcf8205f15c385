/* Says in plain words when a passkey could not be made or used. */
document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-error]");
  if (!place) return;
  event.preventDefault();
  const refused = ["NotAllowedError", "AbortError"].includes(event.detail.exception?.name);
  place.textContent = refused ? place.dataset.refused : place.dataset.unknown;
  place.hidden = false;
});
