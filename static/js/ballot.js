/* The ballot paper without page loads. Each button sends the same form as without this script, and the server gives the
   paper back in its own words; so nothing here knows what a rank is, except to say where a row was dropped. */
(() => {
  "use strict";

  const form = document.getElementById("ballot");
  if (!form || !window.fetch || !window.FormData || !window.DOMParser) return;

  const WHOLE_PAGE = /^(review|erase)$/;
  const SETTLES = 400; // milliseconds after the last change of a list
  const EDGE = 64; // pixels from the edges of the window where dragging scrolls

  const byId = (id) => document.getElementById(id);
  const tell = (sentence) => { byId("said").textContent = sentence; };
  const buttonOf = (action) => form.querySelector(`button[value="${action}"]`);

  /* One request after the other: each sends what the one before left on the page. */
  let last = Promise.resolve();
  let pending = 0;
  let settling = 0;

  const hurry = () => {
    clearTimeout(settling);
    settling = 0;
  };

  const ask = (action, keepsRows) => {
    hurry();
    pending += 1;
    form.classList.add("busy");
    last = last.then(() => send(action, keepsRows)).then(() => {
      pending -= 1;
      if (!pending) form.classList.remove("busy");
    });
  };

  const send = async (action, keepsRows) => {
    const body = new FormData(form);
    body.set("action", action);
    try {
      const answer = await fetch(form.getAttribute("action"), {
        method: "POST", body, credentials: "same-origin", headers: { "X-Requested-With": "fetch" },
      });
      if (answer.redirected) location.assign(answer.url);
      else if (answer.ok) show(await answer.json(), action, keepsRows);
      else if (answer.status < 500) sendWhole(action);
      else tell(form.dataset.unsaved);
    } catch (error) {
      tell(form.dataset.unsaved);
    }
  };

  /* As without scripts: the page that answers says what is wrong, and keeps what was chosen. */
  const sendWhole = (action) => {
    const pressed = document.createElement("input");
    pressed.type = "hidden";
    pressed.name = "action";
    pressed.value = action;
    form.appendChild(pressed);
    form.submit();
  };

  const show = (answer, action, keepsRows) => {
    const done = byId("done");
    if (done) done.remove();
    if (!keepsRows) swap(answer.paper, action);
    byId("mark").value = answer.mark;
    byId("status").textContent = answer.status;
    tell(answer.said);
  };

  const swap = (html, action) => {
    const paper = byId("paper");
    const held = paper.contains(document.activeElement) ? document.activeElement : null;
    const top = held && held.getBoundingClientRect().top;
    const at = additions(paper).indexOf(held);
    const fresh = document.adoptNode(new DOMParser().parseFromString(html, "text/html").getElementById("paper"));
    paper.replaceWith(fresh);
    const row = byId(`r${action.split(":")[1]}`);
    if (row) row.classList.add("slot--moved");
    if (!held) return;
    const heir = heirOf(held, at, fresh) || row;
    if (!heir) return;
    heir.focus({ preventScroll: true });
    // What was pressed stays under the pointer and the eye, and the list moves around it.
    if (at < 0) window.scrollBy(0, heir.getBoundingClientRect().top - top);
  };

  const additions = (paper) => Array.from(paper.querySelectorAll('button[value^="add:"]'));

  /* The same control in the new paper; for a button that ranked its row away, the one that took its place. */
  const heirOf = (held, at, fresh) => {
    const rest = additions(fresh);
    if (at >= 0) return rest[Math.min(at, rest.length - 1)];
    return held.id ? byId(held.id) : held.value && buttonOf(held.value);
  };

  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=action]");
    if (!button) return;
    if (drag) settle();
    if (!WHOLE_PAGE.test(button.value)) {
      event.preventDefault();
      ask(button.value);
    } else if (pending) {
      event.preventDefault();
      hurry();
      last = last.then(() => sendWhole(button.value));
    } else {
      hurry();
    }
  });

  /* A list that is changed is saved where it stands: no row moves before somebody asks for it. */
  form.addEventListener("change", (event) => {
    const list = event.target.closest("select");
    if (!list) return;
    hurry();
    settling = setTimeout(() => ask(list.name.replace("-", ":"), true), SETTLES);
  });

  /* Whoever leaves before that by a link leaves it saved. */
  window.addEventListener("pagehide", () => {
    if (settling && navigator.sendBeacon) navigator.sendBeacon(form.getAttribute("action"), new FormData(form));
  });

  /* Dragging, by the place at the head of a ranked row: above a row, below it, or onto it for a tie. */
  let drag = null;

  const rankOf = (row) => row.querySelector("select");
  const others = () => Array.from(form.querySelectorAll(".slot:not(.slot--unranked)")).filter((row) => row !== drag.row);

  const lift = (row, event) => {
    const box = row.getBoundingClientRect();
    const place = { top: box.top + window.scrollY, bottom: box.bottom + window.scrollY };
    drag = { row, place, pointer: event.pointerId, from: event.clientY + window.scrollY, y: event.clientY, over: null, how: "" };
    row.classList.add("slot--lift");
    requestAnimationFrame(follow);
  };

  const follow = () => {
    if (!drag) return;
    const bottom = window.innerHeight - EDGE - form.querySelector(".savebar").offsetHeight;
    if (drag.y < EDGE) window.scrollBy(0, -8);
    else if (drag.y > bottom) window.scrollBy(0, 8);
    drag.row.style.transform = `translateY(${drag.y + window.scrollY - drag.from}px)`;
    aim();
    requestAnimationFrame(follow);
  };

  /* Above, below or onto the row under the pointer; nowhere as long as the row is over its own place. */
  const aim = () => {
    const rows = others();
    const y = drag.y + window.scrollY;
    const isHome = y >= drag.place.top && y <= drag.place.bottom;
    const over = isHome ? null : rows.find((row) => drag.y < row.getBoundingClientRect().bottom) || rows[rows.length - 1];
    unmark();
    drag.over = over || null;
    if (!over) return;
    const box = over.getBoundingClientRect();
    const part = (drag.y - box.top) / box.height;
    drag.how = part < 0.3 ? "before" : part > 0.7 ? "after" : "with";
    over.classList.add(`slot--${drag.how}`);
  };

  const unmark = () => {
    if (drag.over) drag.over.classList.remove(`slot--${drag.how}`);
  };

  const settle = () => {
    unmark();
    drag.row.classList.remove("slot--lift");
    drag.row.style.transform = "";
    drag = null;
  };

  /* Say by the lists of ranks where the row was dropped: tiers are counted anew, and the row joins one or parts two. */
  const drop = () => {
    const { row, over, how } = drag;
    settle();
    if (!over || !rankOf(over).value) return;
    const lists = Array.from(form.querySelectorAll("select")).filter((list) => list.value && list !== rankOf(row));
    const tiers = Array.from(new Set(lists.map((list) => Number(list.value)))).sort((one, other) => one - other);
    const joined = tiers.indexOf(Number(rankOf(over).value)) + 1;
    const rank = how === "after" ? joined + 1 : joined;
    lists.forEach((list) => {
      const tier = tiers.indexOf(Number(list.value)) + 1;
      list.value = String(how !== "with" && tier >= rank ? tier + 1 : tier);
    });
    rankOf(row).value = String(rank);
    over.parentNode.insertBefore(row, how === "before" ? over : over.nextSibling);
    ask(`rank:${row.id.slice(1)}`);
  };

  if (!window.PointerEvent) return;
  form.classList.add("draggable");

  form.addEventListener("pointerdown", (event) => {
    const grip = event.target.closest(".place");
    if (!grip || event.button || drag || pending) return;
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    lift(grip.closest(".slot"), event);
  });
  form.addEventListener("pointermove", (event) => {
    if (drag && event.pointerId === drag.pointer) drag.y = event.clientY;
  });
  form.addEventListener("pointerup", (event) => {
    if (drag && event.pointerId === drag.pointer) drop();
  });
  form.addEventListener("pointercancel", () => { if (drag) settle(); });
  document.addEventListener("keydown", (event) => { if (drag && event.key === "Escape") settle(); });
})();
