// Calling a meeting: number and title follow committees and day until somebody types over them.
(() => {
  "use strict";

  const form = document.querySelector("[data-pmqa-meeting-form]");
  if (!form) return;
  const title = form.elements.title;
  const number = form.elements.number;
  const warnings = form.querySelector("[data-pmqa-day-warnings]");
  const hasAll = "proposed_title" in form.elements;
  let asked = 0;

  function showNeeds() {
    const mode = form.elements.mode.value;
    form.querySelectorAll("[data-pmqa-needs]").forEach((part) => {
      part.hidden = !part.dataset.pmqaNeeds.split(" ").includes(mode);
    });
    const isCommittee = form.elements.kind.value === "committee";
    form.querySelectorAll("[data-pmqa-committee-only], #div_id_committees, #div_id_number").forEach((part) => {
      part.hidden = !isCommittee;
    });
  }

  function put(field, proposed, value) {
    const untouched = field.value === "" || field.value === form.elements[proposed].value;
    form.elements[proposed].value = value;
    if (untouched) field.value = value;
  }

  // The form of agenda follows the kind until somebody chooses another.
  let proposedAgenda = form.elements.agenda ? form.elements.agenda.value : "";
  function putAgenda(value) {
    const field = form.elements.agenda;
    if (!field || proposedAgenda === "copy") return;
    if (field.value === proposedAgenda) field.value = value;
    proposedAgenda = value;
  }

  async function propose() {
    const mine = ++asked;
    const wanted = new URLSearchParams();
    wanted.set("kind", form.elements.kind.value);
    wanted.set("day", form.elements.day.value);
    if (form.dataset.but) wanted.set("but", form.dataset.but);
    form.querySelectorAll("input[name=committees]:checked").forEach((box) => wanted.append("committees", box.value));
    try {
      const answer = await fetch(`${form.dataset.url}?${wanted}`, { headers: { Accept: "application/json" } });
      if (!answer.ok || mine !== asked) return;
      const found = await answer.json();
      put(title, "proposed_title", found.title);
      if (!form.dataset.but) put(number, "proposed_number", String(found.number));
      putAgenda(found.agenda);
      warnings.textContent = found.warnings.join(" ");
      warnings.hidden = found.warnings.length === 0;
    } catch {
      // Off line: the portal makes number and title when the form is sent.
    }
  }

  form.addEventListener("change", (event) => {
    if (["kind", "mode"].includes(event.target.name)) showNeeds();
    if (hasAll && ["kind", "committees", "day"].includes(event.target.name)) propose();
  });
  showNeeds();
})();
