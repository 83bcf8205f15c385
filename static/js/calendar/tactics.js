/* Tactics in the panel, dragged onto the calendar: on the bar of a campaign they become its draft of that day, elsewhere
   the form asks for the campaign. */
import { aim, clearAim } from "./aim.js";
import { backQuery, calendar, dayAt, iso, panel } from "./days.js";

const KIND = "application/x-tactic";
const carries = (event) => event.dataTransfer?.types.includes(KIND) && event.target.closest?.("#calendar");
const under = (event) => document.elementsFromPoint(event.clientX, event.clientY).find((one) => one.matches?.(".e.campaign[data-move]"));
const root = () => calendar().dataset.base.replace(/calendar\/$/, "");

document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-tray]") || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  panel().replaceChildren(document.getElementById("tray-frame").content.cloneNode(true));
  window.htmx.process(panel());
  panel().querySelector("h2").focus();
});

document.addEventListener("dragover", (event) => {
  if (!carries(event)) return;
  const day = dayAt(event.clientX, event.clientY);
  if (day === null) return clearAim();
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  aim(under(event) ?? event.target, { first: day, last: day });
});

document.addEventListener("drop", async (event) => {
  if (!carries(event)) return;
  event.preventDefault();
  clearAim();
  const values = { tactic: event.dataTransfer.getData(KIND), starts_on: iso(dayAt(event.clientX, event.clientY)) };
  const campaign = under(event)?.dataset.e.split("-")[1];
  if (!campaign) return location.assign(`${root()}tactics/use/?${new URLSearchParams(values)}`);
  await window.htmx.ajax("POST", `${root()}tactics/use/`, { source: calendar(), target: "#panel", swap: "none", values: { ...values, campaign } });
  return window.htmx.ajax("GET", `${calendar().dataset.base}?${backQuery()}`, { source: calendar(), target: "#calendar", swap: "outerHTML" });
});

document.addEventListener("dragend", clearAim);
