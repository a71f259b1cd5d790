// The desk's pages: what is live, what keys do, what is typed. Each part looks after itself.
import { countTime } from "./time.js";
import { listenToKeys } from "./keys.js";
import { showQueue } from "./queue.js";
import { openStream } from "./live.js";

const page = document.body.dataset;
countTime();

const queue = showQueue();
const handlers = { queue: queue.update };
let address = null;

if (page.page === "ticket") {
  const { showTicket } = await import("./ticket.js");
  const ticket = showTicket();
  Object.assign(handlers, ticket.handlers);
  address = () => `/desk/tickets/${page.ticket}/stream?${new URLSearchParams({ ...queue.shown(), ...ticket.shown() })}`;
  listenToKeys({ ...queue.keys, ...ticket.keys });
} else {
  if (queue.isLive) address = () => `/desk/stream?${new URLSearchParams(queue.shown())}`;
  listenToKeys(queue.keys);
}
if (address) openStream(address, handlers);
