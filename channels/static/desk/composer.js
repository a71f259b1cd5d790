// The box at the bottom: a reply, a note, or the last words to the customer. Each has a draft of its own.
import * as drafts from "./drafts.js";
import { sayingSignedOut } from "./live.js";
import { newKey, post, Refusal } from "./post.js";

const TELL_TYPING_EVERY = 3_000;
const SEND = { reply: "Send reply", note: "Keep note", resolve: "Resolve" };

const box = document.getElementById("composer");
const form = document.getElementById("write");
const text = document.getElementById("text");
const label = document.getElementById("text-label");
const problem = document.getElementById("problem");
const send = document.getElementById("send");
const saved = document.getElementById("saved");
const { ticket, agent } = document.body.dataset;

let mode = "reply";
let seen = form.elements.seen.value;
let began = null; // What had been seen when this text was begun.
let toldTyping = 0;
let sending = false;

const draft = () => `${agent}:${ticket}:${mode}`;

function complain(sentence) {
  problem.textContent = sentence;
  problem.hidden = !sentence;
}

function fill() {
  const kept = drafts.read(draft());
  text.value = kept.text || (mode === "resolve" ? text.dataset.settled : "");
  began = kept.text ? (kept.began ?? seen) : text.value ? seen : null;
  saved.textContent = kept.text ? "Draft kept." : "";
  grow();
}

function grow() {
  text.rows = Math.min(Math.max(text.value.split("\n").length + 1, 2), 12);
}

export function choose(wanted, focus = true) {
  if (box.hidden) return;
  mode = wanted;
  box.dataset.mode = mode;
  for (const button of box.querySelectorAll("button[data-mode]")) {
    button.setAttribute("aria-pressed", String(button.dataset.mode === mode));
  }
  label.textContent = text.dataset[`${mode}Label`];
  send.textContent = SEND[mode];
  form.action = `/desk/tickets/${ticket}/${mode}`;
  complain("");
  fill();
  if (focus) text.focus();
}

/** The page shows everything up to `place` now. What was begun before stays begun before. */
export function sawUpTo(place) {
  seen = place;
}

function tellTyping() {
  if (mode !== "reply" || Date.now() - toldTyping < TELL_TYPING_EVERY) return;
  toldTyping = Date.now();
  post(`/desk/tickets/${ticket}/typing`, {}).catch(() => {});
}

function written() {
  if (began === null) began = seen;
  if (!text.value.trim()) began = null;
  drafts.keep(draft(), text.value, began);
  saved.textContent = text.value.trim() ? "Draft kept." : "";
  grow();
  if (text.value.trim()) tellTyping();
}

async function submit() {
  if (sending) return;
  if (!text.value.trim()) {
    complain("There is nothing to send: write something first.");
    text.focus();
    return;
  }
  sending = true;
  send.disabled = true;
  complain("");
  const what = text.value;
  try {
    await post(form.getAttribute("action"), { text: what, seen: began ?? seen, key: form.elements.key.value });
    drafts.keep(draft(), "");
    form.elements.key.value = newKey();
    toldTyping = 0;
    if (text.value === what) text.value = "";
    began = null;
    if (mode !== "reply") choose("reply", false);
    else fill();
    text.focus();
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
    complain(refusal.message);
    if (refusal.code === "stale") drafts.keep(draft(), what, (began = null)); // What is new is on the page by now, or about to be: again works.
    if (refusal.code === "signed_out") sayingSignedOut();
    text.focus();
  } finally {
    sending = false;
    send.disabled = false;
  }
}

export function close(isResolved) {
  box.hidden = isResolved;
}

export function showComposer() {
  drafts.forgetOld();
  const early = text.value; // Typed before this script was there.
  choose("reply", false);
  if (early.trim()) {
    text.value = early;
    written();
  }
  text.addEventListener("input", written);
  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      submit();
    }
    if (event.key === "Escape") text.blur();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  for (const button of box.querySelectorAll("button[data-mode]")) {
    button.addEventListener("click", () => choose(button.dataset.mode));
  }
}
