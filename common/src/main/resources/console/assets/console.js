"use strict";

// Remembers who you are for the next form, on this machine alone.
document.addEventListener("DOMContentLoaded", () => {
  for (const input of document.querySelectorAll('input[name="actor"]')) {
    if (input.type !== "hidden") {
      input.value = localStorage.getItem("actor") || "";
      input.addEventListener("change", () => localStorage.setItem("actor", input.value));
    }
  }
});

// "/" goes to the search, as in many other tools.
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    const search = document.querySelector('.search input[name="key"]');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
