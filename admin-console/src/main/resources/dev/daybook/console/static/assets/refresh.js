// Replaces the content of a live page every ten seconds while somebody looks at it and is not busy with it. Pages are
// complete without this script.
(() => {
  "use strict";
  const PERIOD_MILLIS = 10000;

  const busy = () => {
    const main = document.getElementById("main");
    const active = document.activeElement;
    const selected = String(document.getSelection() ?? "").length > 0;
    return document.hidden || selected || (active !== main && main.contains(active));
  };

  const swap = (fresh, id) => {
    const old = document.getElementById(id);
    const next = fresh.getElementById(id);
    if (old && next) {
      old.replaceWith(document.adoptNode(next));
    }
  };

  const refresh = async () => {
    if (!busy()) {
      const answer = await fetch(location.href, { headers: { "X-Requested-With": "XMLHttpRequest" }, cache: "no-store" });
      if (answer.redirected) {
        location.reload();
        return;
      }
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
      if (!busy() && fresh.querySelector("main[data-live]")) {
        const at = [window.scrollX, window.scrollY];
        swap(fresh, "strip");
        swap(fresh, "main");
        window.scrollTo(...at);
      }
    }
    setTimeout(tick, PERIOD_MILLIS);
  };

  // A console that cannot be reached for a moment is asked again; the printed age shows that the page is old.
  const tick = () => refresh().catch(() => setTimeout(tick, PERIOD_MILLIS));

  setTimeout(tick, PERIOD_MILLIS);
})();
