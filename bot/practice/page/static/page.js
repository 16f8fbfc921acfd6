"use strict";
/* What people do on the page is sent to the practice Slack, one thing after the other; what changes comes back
   over one WebSocket, a region at a time, and only what is different is drawn anew. */

const body = document.body;
const me = body.dataset.me;
const toast = document.getElementById("toast");
const news = document.getElementById("news");
const dialog = document.getElementById("form");

/* --- drawing anew ------------------------------------------------------------------------------------- */

let justSaid = false; // whoever says something wants to see what comes of it

function remember(region) {
  // Children with an id are compared by what the server said of them last, not by what people have typed since.
  for (const child of region.children) child.drawn = child.outerHTML;
  for (const inner of region.querySelectorAll("[data-keyed]")) remember(inner);
}

function redraw(region, html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  if (!("keyed" in region.dataset)) {
    keepOpen(region, template.content);
    keepingFocus(region, () => region.replaceChildren(template.content));
    return;
  }
  const atEnd = region.scrollHeight - region.scrollTop - region.clientHeight < 40;
  keepingFocus(region, () => replaceChanged(region, template.content));
  if ("end" in region.dataset && (atEnd || justSaid)) region.scrollTop = region.scrollHeight;
}

function replaceChanged(parent, wanted) {
  const before = new Map();
  for (const child of parent.children) before.set(child.id, child);
  let place = parent.firstElementChild;
  for (const child of [...wanted.children]) {
    const old = before.get(child.id);
    const drawn = child.outerHTML;
    before.delete(child.id);
    let kept = child;
    if (old && old.drawn === drawn) {
      kept = old;
    } else if (old && "keyed" in old.dataset && "keyed" in child.dataset) {
      replaceChanged(old, child);
      kept = old;
    } else if (old) {
      keepOpen(old, child);
      if (place === old) place = old.nextElementSibling;
      old.remove();
    }
    kept.drawn = drawn;
    for (const inner of kept === child ? kept.querySelectorAll("[data-keyed]") : []) remember(inner);
    if (kept === place) place = place.nextElementSibling;
    else parent.insertBefore(kept, place);
  }
  for (const gone of before.values()) gone.remove();
}

function keepOpen(old, fresh) {
  const named = (one) => one.id || one.getAttribute("aria-label");
  const open = [...old.querySelectorAll("details[open] > summary")].map(named);
  for (const one of fresh.querySelectorAll("details > summary"))
    if (open.includes(named(one))) one.parentElement.open = true;
}

let moving = false; // an element that is replaced loses the focus, though nobody has left it

function keepingFocus(region, change) {
  const held = document.activeElement;
  const inside = held && region.contains(held) && held.id;
  const kept = inside && {
    id: held.id,
    value: held.matches("input[type=text], textarea") ? held.value : null,
    start: held.selectionStart,
    end: held.selectionEnd,
  };
  moving = true;
  change();
  moving = false;
  if (!kept) return;
  const now = document.getElementById(kept.id);
  if (!now || now === document.activeElement) return;
  now.focus({ preventScroll: true });
  if (kept.value !== null && "value" in now) {
    now.value = kept.value;
    now.setSelectionRange(kept.start, kept.end);
    now.dispatchEvent(new Event("moved", { bubbles: true }));
  }
}

function showForm() {
  const full = dialog.querySelector("[data-region]").childElementCount > 0;
  if (full && !dialog.open) {
    dialog.showModal();
    const fields = ["input", "textarea", "select"].map((kind) => `.fields ${kind}:not(:disabled)`).join();
    const named = dialog.querySelector("[data-first]");
    const first = named && !named.matches("input, textarea, select, button") ? named.querySelector("input, button") : named;
    (first || dialog.querySelector(fields) || dialog.querySelector("button")).focus();
  }
  if (!full && dialog.open) dialog.close();
}

function tellNews(regions) {
  // Whoever does not see the list at the side hears where something new is.
  const unread = [...document.querySelectorAll(".doors .unread")].map((one) => one.textContent.trim());
  if ("doors" in regions) news.textContent = unread.length ? `Something new: ${unread.join(", ")}` : "";
}

function draw(regions) {
  for (const [name, html] of Object.entries(regions)) {
    const region = document.querySelector(`[data-region="${name}"]`);
    if (region) redraw(region, html);
  }
  showForm();
  if ("view" in regions) leadToWrong();
  tellNews(regions);
}

/* --- staying up to date ------------------------------------------------------------------------------- */

let born = null;

function listen() {
  const address = new URL(location.pathname + "/live" + location.search, location.href);
  address.protocol = "ws:";
  const socket = new WebSocket(address);
  socket.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.regions) draw(told.regions);
    if (!told.born) return;
    if (born && born !== told.born) location.replace(location.pathname); // everything began anew
    born = told.born;
    body.classList.remove("away");
  };
  socket.onclose = () => {
    body.classList.add("away");
    setTimeout(listen, 700);
  };
}

/* --- doing things ------------------------------------------------------------------------------------- */

let last = Promise.resolve();

function inTurn(work) {
  last = last.then(work, work);
  return last;
}

async function post(address, sent) {
  let answer;
  try {
    const response = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(sent),
    });
    answer = response.headers.get("Content-Type").includes("json")
      ? await response.json()
      : { error: await response.text() };
  } catch {
    answer = { error: "The practice Slack does not answer. Is the demo still running?" };
  }
  const wrong = answer.error || (answer.result && answer.result.error);
  if (wrong) say(wrong);
  return answer.result;
}

function act(action, sent) {
  return inTurn(() => post(`/practice/people/${me}/${action}`, sent));
}

let toastTimer;

function say(sentence) {
  toast.textContent = sentence;
  toast.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (toast.hidden = true), 8000);
}

async function busy(control, work) {
  control.setAttribute("aria-busy", "true");
  try {
    return await work();
  } finally {
    control.removeAttribute("aria-busy");
  }
}

const target = (control) => ({
  target: control.dataset.where,
  action_id: control.dataset.action,
  block_id: control.dataset.block,
});

function chosen(control) {
  if (control.matches(".boxes")) {
    const ticked = [...control.querySelectorAll("input:checked")].map((one) => one.value);
    return control.querySelector("[type=radio]") ? ticked[0] : ticked;
  }
  if (control.type === "datetime-local" && control.value)
    return Date.parse(control.value + "Z") / 1000 - Number(body.dataset.offset);
  return control.value || null;
}

function fill(field, enter = false) {
  field.filled = field.value;
  return act("fill", { field: field.dataset.block, text: field.value, enter });
}

let typing; // a field that tells of each sign, and has not told of the last one yet

function flush() {
  clearTimeout(typing);
  for (const field of dialog.querySelectorAll("[data-do=fill]"))
    if (field.value !== (field.filled ?? field.defaultValue)) fill(field);
}

let sent = false; // whoever sends a form is led to what is wrong with it, as soon as that is drawn and only then

function leadToWrong() {
  const wrong = dialog.querySelector("[aria-invalid=true]");
  if (!sent || !wrong) return;
  sent = false;
  wrong.focus();
  wrong.closest(".block").scrollIntoView({ block: "center" });
}

async function submit(button) {
  flush();
  sent = true;
  const outcome = await busy(button, () => act("submit", {}));
  if (!outcome || !Object.keys(outcome.errors).length) sent = false;
  else leadToWrong(); // where the same is wrong as before, nothing is drawn
}

const asking = document.getElementById("sure");

function sure(control) {
  // Asks first where the bot wants it asked; a promise of the answer.
  if (!control.dataset.confirm) return Promise.resolve(true);
  const words = JSON.parse(control.dataset.confirm);
  document.getElementById("sure-title").textContent = words.title;
  document.getElementById("sure-text").textContent = words.text;
  document.getElementById("sure-no").textContent = words.deny;
  const yes = document.getElementById("sure-yes");
  yes.textContent = words.confirm;
  yes.className = `btn ${words.style}`;
  asking.returnValue = "";
  asking.showModal();
  return new Promise((tell) => {
    asking.addEventListener("close", () => tell(asking.returnValue === "yes"), { once: true });
  });
}

function restore(control) {
  // What was chosen, and then not sent after all, is not chosen.
  for (const one of control.querySelectorAll("option")) one.selected = one.defaultSelected;
  for (const one of control.querySelectorAll("input")) one.checked = one.defaultChecked;
  if (control.matches("input")) control.value = control.defaultValue;
}

const on = {
  async tap(control) {
    const { choice, url } = control.dataset;
    if (!(await sure(control))) return;
    if (control.dataset.where === "view") flush();
    if (url) open(url, "_blank", "noopener");
    busy(control, () => act("tap", choice === undefined ? target(control) : { ...target(control), choice }));
  },
  async pick(control) {
    const choice = chosen(control);
    if (choice === null || choice === undefined) return;
    if (await sure(control)) act("tap", { ...target(control), choice });
    else restore(control);
  },
  choose(control) {
    flush();
    act("choose", { field: control.dataset.block, choice: chosen(control) });
  },
  async join({ dataset }) {
    if ((await act("join", { channel: dataset.channel })) !== undefined) go(dataset.channel);
  },
  async leave() {
    if ((await act("leave", { channel: body.dataset.channel })) !== undefined) go("messages");
  },
  invite: ({ dataset }) => act("invite", { user: dataset.user, channel: body.dataset.channel }),
  remove: ({ dataset }) => act("remove", { user: dataset.user, channel: body.dataset.channel }),
  submit,
  close() {
    clearTimeout(typing);
    act("close", {});
  },
  react: (control) => act("react", { ts: control.dataset.ts, name: control.dataset.name }),
  delete: (control) => act("delete", { ts: control.dataset.ts }),
  move: (control) => busy(control, () => post(`/clock/${control.dataset.name}`, {})).then((told) => told && say(told)),
  reset: (control) => busy(control, () => post("/reset", {})),
  edit(form) {
    act("edit", { ts: form.dataset.ts, text: form.elements.text.value });
    form.closest("details.menu").open = false;
  },
  async say(form) {
    const box = form.elements.text;
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    justSaid = true;
    setTimeout(() => (justSaid = false), 5000);
    const outcome = text.startsWith("/") ? await command(text) : await speak(text, form.dataset.thread);
    if (outcome === undefined && !box.value) box.value = text; // nothing typed is lost
  },
};

const go = (place) => location.assign(`/as/${me}/${place}`);

function speak(text, thread) {
  const sent = { text, channel: body.dataset.channel };
  if (thread) sent.thread_ts = thread;
  return act("say", sent);
}

function command(text) {
  const [, name, words] = text.match(/^(\S+)\s*([^]*)$/);
  return act("command", { name, text: words, channel: body.dataset.channel });
}

/* --- listening to people ------------------------------------------------------------------------------ */

const CLICKED = [
  ...["tap", "submit", "close", "react", "delete", "move", "reset"],
  ...["join", "leave", "invite", "remove", "unpick"],
];

document.addEventListener("click", (event) => {
  const control = event.target.closest("[data-do]");
  const menu = event.target.closest("details.menu");
  for (const open of document.querySelectorAll("details.menu[open]")) if (open !== menu) open.open = false;
  if (!control || !CLICKED.includes(control.dataset.do) || control.getAttribute("aria-busy")) return;
  if (menu) menu.open = false; // its work is done
  on[control.dataset.do](control);
});

document.addEventListener("change", (event) => {
  if (event.target.id === "be") {
    const place = ["home", "messages"].includes(body.dataset.place) ? body.dataset.place : "messages";
    location.assign(`/as/${event.target.value}/${place}${body.dataset.calls ? `?calls=${body.dataset.calls}` : ""}`);
    return;
  }
  const control = event.target.closest("[data-do]");
  if (!control) return;
  if (control.dataset.do === "fill") fill(control);
  else if (["pick", "choose"].includes(control.dataset.do)) on[control.dataset.do](control);
});

document.addEventListener("input", (event) => {
  const field = event.target;
  if (!field.dataset.dispatch || !field.dataset.dispatch.includes("on_character_entered")) return;
  clearTimeout(typing);
  typing = setTimeout(() => field.isConnected && fill(field), 300);
});

document.addEventListener("submit", (event) => {
  const does = event.target.dataset.do;
  if (!does) return;
  event.preventDefault();
  on[does](event.target);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape")
    for (const open of document.querySelectorAll("details.menu[open]")) open.open = false;
  if (event.key !== "Enter" || event.isComposing) return;
  const box = event.target;
  if (box.matches(".composer textarea") && !event.shiftKey) {
    event.preventDefault();
    box.form.requestSubmit();
  } else if (box.matches("input[data-do=fill]")) {
    event.preventDefault();
    if (box.dataset.dispatch.includes("on_enter_pressed")) fill(box, true);
    else submit(document.getElementById("form-submit"));
  }
});

document.addEventListener(
  "load",
  (event) => {
    // A picture makes its region longer once it is there; whoever was at the end stays there.
    const region = event.target.closest && event.target.closest("[data-end]");
    if (!region) return;
    const below = region.scrollHeight - region.scrollTop - region.clientHeight;
    if (below < event.target.height + 40) region.scrollTop = region.scrollHeight;
  },
  true,
);

dialog.addEventListener("cancel", (event) => {
  event.preventDefault(); // it closes once the practice Slack has closed it
  on.close();
});

for (const region of document.querySelectorAll("[data-region]")) {
  remember(region);
  if ("end" in region.dataset) region.scrollTop = region.scrollHeight;
}
showForm();
if (body.dataset.place === "home") act("open_home", {});
listen();
