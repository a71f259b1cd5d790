// Sending a form: the answer, or the sentence that says why not.
export class Refusal extends Error {
  constructor(code, message, more = {}) {
    super(message);
    this.code = code;
    this.more = more;
  }
}

const LOST = "The desk cannot be reached. Nothing was lost: try again in a moment.";

export async function post(path, fields) {
  let answer;
  try {
    answer = await fetch(path, {
      method: "POST",
      headers: { accept: "application/json", "x-csrf-token": document.body.dataset.csrf },
      body: new URLSearchParams(fields),
      redirect: "error",
    });
  } catch {
    throw new Refusal("lost", LOST);
  }
  if (answer.status === 204) return null;
  const found = await answer.json().catch(() => null);
  if (answer.ok) return found;
  throw new Refusal(found?.error?.code ?? "lost", found?.error?.message ?? LOST, found?.error ?? {});
}

export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
