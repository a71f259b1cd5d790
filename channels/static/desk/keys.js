// One key, one deed; never while somebody types, and never together with Ctrl, Alt or Meta.
const typing = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

export function listenToKeys(deeds) {
  const dialog = document.getElementById("keys");
  const showKeys = () => (dialog.open ? dialog.close() : dialog.showModal());
  document.getElementById("show-keys").addEventListener("click", showKeys);
  const all = { ...deeds, "?": showKeys, g: () => { location.href = document.querySelector(".queues [aria-current]")?.href ?? "/desk"; } };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || typing(event.target)) return;
    if (dialog.open && event.key !== "?") return;
    const deed = all[event.key];
    if (!deed) return;
    event.preventDefault();
    deed();
  });
}
