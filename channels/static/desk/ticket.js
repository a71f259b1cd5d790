// A ticket's page: thread, head, customer and the box to write in, kept up to date by the stream.
import * as composer from "./composer.js";
import { sayingSignedOut } from "./live.js";
import { post } from "./post.js";
import * as thread from "./thread.js";

const head = document.getElementById("head");
const aside = document.getElementById("aside");
const typing = document.getElementById("typing");
let place = document.getElementById("write").elements.seen.value;

function line(news) {
  thread.show(news);
  place = news.seen;
  composer.sawUpTo(place);
  if (news.kind === "customer") typing.textContent = "";
}

function part(element) {
  return ({ html, stamp }) => {
    const focused = element.contains(document.activeElement) ? document.activeElement.closest("button, a")?.textContent : null;
    element.innerHTML = html; // Made and escaped by the server.
    element.dataset.stamp = stamp;
    if (focused) (([...element.querySelectorAll("button, a")].find((one) => one.textContent === focused)) ?? element.querySelector("button"))?.focus();
    if (element === head) composer.close(head.querySelector("[data-resolved]") !== null);
  };
}

function whoTypes({ who }) {
  const verb = who.length > 1 ? "are" : "is";
  typing.textContent = who.length ? `${who.join(" and ")} ${verb} typing…` : "";
}

async function assign(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    await post(form.getAttribute("action"), new FormData(form));
  } catch (refusal) {
    if (refusal.code === "signed_out") sayingSignedOut();
    const told = document.createElement("p");
    told.className = "problem";
    told.setAttribute("role", "alert");
    told.textContent = refusal.message;
    head.querySelector(".problem")?.remove();
    head.append(told);
  } finally {
    button.disabled = false;
  }
}

export function showTicket() {
  thread.showThread();
  composer.showComposer();
  head.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-act=assign]")) return;
    event.preventDefault();
    assign(event.target);
  });
  head.addEventListener("click", (event) => { if (event.target.closest("#resolve")) composer.choose("resolve"); });
  return {
    handlers: { line, head: part(head), aside: part(aside), delivery: thread.delivered, typing: whoTypes },
    keys: {
      r: () => composer.choose("reply"),
      n: () => composer.choose("note"),
      e: () => composer.choose("resolve"),
      a: () => head.querySelector("[data-act=assign]")?.requestSubmit(),
    },
    shown: () => ({ seen: place, head: head.dataset.stamp, aside: aside.dataset.stamp }),
  };
}
