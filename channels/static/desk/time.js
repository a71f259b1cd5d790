// Waiting times go on counting. The words are those of render.py.
const EVERY = 15_000;

export function words(since, now = Date.now()) {
  const minutes = Math.max(Math.floor((now - since) / 60_000), 0);
  if (minutes < 1) return "now";
  if (minutes < 60) return `${minutes} min`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
}

function count() {
  for (const time of document.querySelectorAll("time[data-since]")) {
    const text = words(Date.parse(time.dateTime));
    if (time.textContent !== text) time.textContent = text;
  }
}

export function countTime() {
  count();
  setInterval(count, EVERY);
}
