/* Messages at the lower edge: they leave by themselves, stay while one reads, and tell when a request failed.
   Any module can say something: document.dispatchEvent(new CustomEvent("toast", {detail: {text, level}})). */
const region = document.getElementById("toasts");
const SECONDS = { success: 8, info: 8, warning: 14, error: 20 };

function leave(toast) {
  toast.classList.add("leaving");
  setTimeout(() => toast.remove(), 220);
}

function watch(toast) {
  const level = Object.keys(SECONDS).find((name) => toast.classList.contains(name)) ?? "info";
  let timer;
  const stop = () => clearTimeout(timer);
  const start = () => {
    stop();
    timer = setTimeout(() => leave(toast), SECONDS[level] * 1000);
  };
  toast.addEventListener("pointerenter", stop);
  toast.addEventListener("pointerleave", start);
  toast.addEventListener("focusin", stop);
  toast.addEventListener("focusout", start);
  start();
}

function say(text, level = "info") {
  const toast = document.createElement("div");
  toast.className = `toast ${level}`;
  toast.dataset.toast = "";
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.toastClose = "";
  close.ariaLabel = region.dataset.dismiss;
  close.textContent = "×";
  toast.append(words, close);
  region.append(toast);
}

const WORDS = { 403: "denied", 404: "gone", 429: "slowDown" };

if (region) {
  region.querySelectorAll("[data-toast]").forEach(watch);
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) if (node.matches?.("[data-toast]")) watch(node);
    }
  }).observe(region, { childList: true });

  document.addEventListener("click", (event) => {
    const toast = event.target.closest("[data-toast-close]")?.closest("[data-toast]");
    if (toast) leave(toast);
  });
  document.addEventListener("toast", (event) => say(event.detail.text, event.detail.level));
  document.addEventListener("htmx:response:error", (event) => {
    const { status } = event.detail.ctx.response;
    if (status in WORDS || status >= 500) say(region.dataset[WORDS[status] ?? "failed"], "error");
  });
  document.addEventListener("htmx:error", (event) => {
    if (event.detail.error?.name === "TypeError" && !event.detail.ctx?.response) say(region.dataset.offline, "error");
  });
  // Signed out meanwhile: the answer is the sign-in page, which belongs on the whole screen.
  document.addEventListener("htmx:after:request", (event) => {
    const { raw } = event.detail.ctx.response;
    if (raw.redirected && new URL(raw.url).pathname.startsWith("/accounts/")) {
      event.preventDefault();
      location.assign(location.href);
    }
  });
}
