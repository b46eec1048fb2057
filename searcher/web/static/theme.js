// Before anything is drawn: day or night as it was chosen last; without a choice, as the system has it.
"use strict";
try {
  const chosen = localStorage.getItem("khabarjoo.theme");
  if (chosen === "day" || chosen === "night") document.documentElement.dataset.theme = chosen;
} catch { /* storage is switched off */ }
