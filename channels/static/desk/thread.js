// The thread: lines come in their order, once each; somebody who reads further up stays where they are.
import { made } from "./queue.js";

const list = document.getElementById("thread");
const scroll = document.getElementById("scroll");
const jump = document.getElementById("jump");
const NEAR = 80;

const main = document.getElementById("main");
const wide = matchMedia("(min-width: 64rem)"); // As in desk.css: else the whole page scrolls.

function atEnd() {
  if (wide.matches) return scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
  return main.getBoundingClientRect().bottom - innerHeight < NEAR;
}

export function toEnd() {
  if (wide.matches) scroll.scrollTop = scroll.scrollHeight;
  else main.scrollIntoView({ block: "end" });
}

function place(line) {
  const next = [...list.children].reverse().find((one) => one.dataset.order <= line.dataset.order);
  if (next) next.after(line);
  else list.prepend(line);
}

/** Show a line; whether it is new. */
export function show({ key, html }) {
  const stays = atEnd();
  const fresh = made(html);
  const old = document.getElementById(key);
  if (old) old.replaceWith(fresh);
  else place(fresh);
  if (!old) fresh.classList.add("fresh");
  if (stays) toEnd();
  else if (!old) jump.hidden = false;
  return !old;
}

export function delivered(news) {
  for (const [key, { text, trouble }] of Object.entries(news)) {
    const line = document.getElementById(key);
    if (!line) continue;
    let shown = line.querySelector(".delivery");
    if (!shown) line.append((shown = document.createElement("div")));
    shown.className = trouble ? "delivery trouble" : "delivery";
    const words = trouble ? `${text}: ${trouble}` : text;
    if (shown.textContent !== words) shown.textContent = words;
  }
}

async function earlier(button) {
  button.disabled = true;
  const answer = await fetch(`/desk/tickets/${document.body.dataset.ticket}/earlier?before=${button.dataset.before}`).catch(() => null);
  button.disabled = false;
  if (!answer?.ok) return;
  const { html, before } = await answer.json();
  const height = scroll.scrollHeight;
  const template = document.createElement("template");
  template.innerHTML = html;
  for (const line of [...template.content.children]) if (!document.getElementById(line.id)) place(line);
  (wide.matches ? scroll : document.scrollingElement).scrollTop += scroll.scrollHeight - height;
  if (before) button.dataset.before = before;
  else button.parentElement.remove();
}

export function showThread() {
  const button = document.getElementById("earlier");
  button?.addEventListener("click", () => earlier(button));
  jump.addEventListener("click", () => { toEnd(); jump.hidden = true; });
  for (const one of [scroll, document]) one.addEventListener("scroll", () => { if (atEnd()) jump.hidden = true; }, { passive: true });
  let stays = true;
  scroll.addEventListener("scroll", () => { stays = atEnd(); }, { passive: true });
  new ResizeObserver(() => { if (wide.matches && stays) toEnd(); }).observe(scroll);
  toEnd();
  for (const image of list.querySelectorAll("img")) image.addEventListener("load", () => { if (stays) toEnd(); });
}
