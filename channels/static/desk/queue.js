// The list of tickets: moved through with j and k, kept up to date in place, counted in the title.
const rows = document.getElementById("rows");
const nothing = document.getElementById("nothing");
const title = document.title;

const links = () => [...rows.querySelectorAll("a")];
const row = (number) => rows.querySelector(`[data-number="${CSS.escape(number)}"]`);

export function made(html) {
  // A template is inert: nothing in it loads or runs before it is put into the page.
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return template.content.firstElementChild;
}

function badge(count) {
  document.title = count ? `(${count}) ${title}` : title;
}

function countFor(name) {
  return rows.closest("body").querySelector(`[data-count="${name}"]`);
}

function showCounts(counts) {
  for (const [name, count] of Object.entries(counts)) {
    const badge = countFor(name);
    if (!badge) continue;
    badge.firstChild.data = String(count);
    badge.hidden = count === 0;
  }
  badge(counts.open);
}

/** What must not move: the row under the pointer or the one with the focus, else the topmost one in sight. */
function anchor() {
  const under = rows.querySelector("li:hover") ?? rows.querySelector("li:focus-within");
  if (under) return under;
  const top = scroller().getBoundingClientRect?.().top ?? 0;
  if (scroller().scrollTop === 0) return null;
  return [...rows.children].find((one) => one.getBoundingClientRect().bottom > Math.max(top, 0)) ?? null;
}

function scroller() {
  const own = rows.closest(".list");
  return own.scrollHeight > own.clientHeight && getComputedStyle(own).overflowY !== "visible" ? own : document.scrollingElement;
}

function mark() {
  for (const one of rows.children) {
    const link = one.querySelector("a");
    if (one.dataset.number === rows.dataset.current) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function update({ order, rows: changed, counts, stamp }) {
  const focused = document.activeElement?.closest("#rows li")?.dataset.number;
  const kept = anchor();
  const before = kept?.getBoundingClientRect().top;
  for (const [number, html] of Object.entries(changed)) {
    const fresh = made(html);
    const old = row(number);
    if (old?.dataset.rowStamp === fresh.dataset.rowStamp) continue;
    if (!old) fresh.classList.add("fresh");
    if (old) old.replaceWith(fresh);
    else rows.append(fresh);
  }
  const known = new Set(order);
  for (const one of [...rows.children]) if (!known.has(one.dataset.number)) one.remove();
  order.forEach((number, index) => {
    const one = row(number);
    if (one && rows.children[index] !== one) rows.insertBefore(one, rows.children[index] ?? null);
  });
  mark();
  nothing.hidden = order.length > 0;
  rows.dataset.stamp = stamp;
  showCounts(counts);
  const now = kept && row(kept.dataset.number);
  if (now) scroller().scrollTop += now.getBoundingClientRect().top - before;
  if (focused) row(focused)?.querySelector("a").focus({ preventScroll: true });
}

function step(by) {
  const all = links();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement?.closest("#rows a"));
  const current = all.findIndex((link) => link.hasAttribute("aria-current"));
  const from = at >= 0 ? at : current;
  const next = from < 0 ? 0 : Math.min(Math.max(from + by, 0), all.length - 1);
  all[next].focus();
}

export function showQueue() {
  mark();
  badge(Number(countFor("open")?.firstChild?.data ?? 0));
  return {
    isLive: rows.dataset.live === "yes",
    update,
    keys: { j: () => step(1), k: () => step(-1) },
    shown: () => ({ queue: document.body.dataset.queue, shown: rows.dataset.stamp }),
  };
}
