// The page's one stream. A browser resumes a broken one by itself, with the id of the last event it got;
// one that was refused is opened anew here, and a page whose session ended says so and keeps what is typed.
const FIRST = 1_000;
const LONGEST = 30_000;

const state = document.getElementById("link-state");

export function say(text) {
  state.textContent = text;
  state.hidden = !text;
}

export function sayingSignedOut() {
  const link = document.createElement("a");
  link.href = `/desk/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}`;
  link.textContent = "Sign in again";
  state.replaceChildren("You are signed out. What you typed is kept. ", link);
  state.hidden = false;
}

export function openStream(address, handlers) {
  let wait = FIRST;
  let stream = null;

  function open() {
    stream = new EventSource(address());
    stream.addEventListener("hello", () => { wait = FIRST; say(""); });
    stream.addEventListener("signed-out", () => { stream.close(); sayingSignedOut(); });
    for (const [name, handle] of Object.entries(handlers)) {
      stream.addEventListener(name, (event) => handle(JSON.parse(event.data)));
    }
    stream.onerror = () => {
      if (stream.readyState !== EventSource.CLOSED) {
        say("Connection lost. Trying again…");
        return;
      }
      again();
    };
  }

  async function again() {
    const answer = await fetch(address(), { headers: { accept: "application/json" }, signal: AbortSignal.timeout(5_000) })
      .then((found) => { found.body?.cancel(); return found.status; })
      .catch(() => 0);
    if (answer === 401) {
      sayingSignedOut();
      return;
    }
    say("Connection lost. Trying again…");
    setTimeout(open, wait);
    wait = Math.min(wait * 2, LONGEST);
  }

  open();
  addEventListener("pagehide", () => stream.close());
  addEventListener("pageshow", (event) => { if (event.persisted) open(); });
}
