/* How much of a subject or a text the chosen channel shows, beside what is typed. */
const lengths = JSON.parse(document.getElementById("lengths").textContent);
const words = document.getElementById("length-words").content;
const form = document.getElementById("message");

function say(hint) {
  const shown = lengths[form.elements.channel.value]?.[hint.dataset.part];
  const length = [...(document.getElementById(hint.dataset.lengthOf)?.value ?? "")].length;
  const sentence = words.querySelector(length > shown ? "[data-over]" : "[data-within]").textContent;
  hint.textContent = shown ? sentence.replace("LENGTH", length).replace("SHOWN", shown) : "";
  hint.classList.toggle("over", length > shown);
}

const sayAll = () => form.querySelectorAll("[data-length-of]").forEach(say);
form.addEventListener("input", sayAll);
document.addEventListener("htmx:after:settle", sayAll);
sayAll();
