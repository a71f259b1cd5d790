// What is being written stays in this browser until it is sent: over reloads, sign-outs and lost connections.
const KEEP_FOR = 14 * 24 * 3_600_000;
const PREFIX = "desk-draft:";

function safely(deed) {
  try {
    return deed();
  } catch {
    return null; // A browser that keeps nothing: writing works all the same.
  }
}

/** `{text, began}`: the words, and what had been seen when they were begun. */
export function read(name) {
  return safely(() => JSON.parse(localStorage.getItem(PREFIX + name))) ?? { text: "", began: null };
}

export function keep(name, text, began = null) {
  safely(() => {
    if (text.trim()) localStorage.setItem(PREFIX + name, JSON.stringify({ text, began, at: Date.now() }));
    else localStorage.removeItem(PREFIX + name);
  });
}

export function forgetOld() {
  safely(() => {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      if ((JSON.parse(localStorage.getItem(key))?.at ?? 0) < Date.now() - KEEP_FOR) localStorage.removeItem(key);
    }
  });
}
