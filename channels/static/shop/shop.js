// Questions that lead into the chat, and codes that can be copied. Without this file the links lead to the help centre.

document.addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const question = target?.closest("[data-ask]");
  if (question && window.Aftersale?.send && !event.metaKey && !event.ctrlKey) {
    event.preventDefault();
    window.Aftersale.open();
    window.Aftersale.send(question.dataset.ask);
  }
  const button = target?.closest("[data-copy]");
  if (button) copy(button);
});

async function copy(button) {
  await navigator.clipboard.writeText(button.dataset.copy);
  button.textContent = "Copied";
}

if (navigator.clipboard) {
  for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
}

// A choice takes effect at once; the button stays for those without script.
for (const form of document.querySelectorAll("form.sift")) {
  form.querySelector("button").hidden = true;
  form.addEventListener("change", () => form.requestSubmit());
}
