"use strict";
/* Menus that are searched by typing: the bot is asked for what it has, and one of that is chosen by a tap or by keys.
   What is offered hangs on the box until something else is typed; nothing of it is drawn by the server. */

const PATIENCE = 250; // milliseconds without a key, then the bot is asked

const menuOf = (box) => box.closest(".search");
const listOf = (box) => document.getElementById(box.getAttribute("aria-controls"));
const isSearch = (one) => one.matches && one.matches("[role=combobox]");

function shut(box) {
  const list = listOf(box);
  if (!list) return;
  list.hidden = true;
  list.replaceChildren();
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function tell(box, words) {
  menuOf(box).querySelector(".told").textContent = words;
}

async function look(id) {
  // The box may have been drawn anew since somebody typed into it.
  let box = document.getElementById(id);
  if (!box) return;
  const typed = box.value;
  if (typed.length < Number(box.dataset.least)) {
    shut(box);
    tell(box, typed ? `Type ${box.dataset.least} letters or more` : "");
    return;
  }
  const { block, action, where } = menuOf(box).dataset;
  const found = await act("suggest", { field: block, action_id: action, target: where, text: typed });
  box = document.getElementById(id);
  if (!found || !box || box !== document.activeElement || box.value !== typed) return;
  show(box, found);
}

function show(box, found) {
  const list = listOf(box);
  list.replaceChildren(...found.groups.flatMap((group, place) => grouped(box, group, place)));
  list.hidden = !list.childElementCount;
  box.setAttribute("aria-expanded", String(!list.hidden));
  box.removeAttribute("aria-activedescendant");
  const count = list.querySelectorAll("[role=option]").length;
  tell(box, found.note || (count === 1 ? "1 found" : `${count} found`));
  if (!list.hidden) list.scrollIntoView({ block: "nearest" });
}

function grouped(box, group, place) {
  const options = group.options.map((option, number) => line(box, option, `${place}-${number}`));
  if (!group.label) return options;
  const made = document.createElement("div");
  made.setAttribute("role", "group");
  made.setAttribute("aria-label", group.label);
  const rubric = document.createElement("p");
  rubric.className = "rubric";
  rubric.setAttribute("aria-hidden", "true");
  rubric.textContent = group.label;
  made.append(rubric, ...options);
  return [made];
}

function line(box, option, number) {
  const made = document.createElement("div");
  made.id = `${box.id}-${number}`;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.dataset.value = option.value;
  made.textContent = option.text.text;
  if (option.description) {
    const about = document.createElement("small");
    about.textContent = option.description.text;
    made.append(about);
  }
  made.dataset.text = option.text.text;
  return made;
}

function step(box, by) {
  const options = [...listOf(box).querySelectorAll("[role=option]")];
  if (!options.length) return;
  const at = options.findIndex((one) => one.id === box.getAttribute("aria-activedescendant"));
  const next = options[(at + by + options.length + (at < 0 && by < 0 ? 1 : 0)) % options.length];
  for (const one of options) one.setAttribute("aria-selected", String(one === next));
  box.setAttribute("aria-activedescendant", next.id);
  next.scrollIntoView({ block: "nearest" });
}

async function send(menu, choice) {
  const { choose, block, action, where } = menu.dataset;
  if (choose === "choose") return act("choose", { field: block, choice });
  if (choice === null || !(await sure(menu))) return undefined;
  return act("tap", { target: where, action_id: action, block_id: block, choice });
}

const heldIn = (menu) => [...menu.querySelectorAll(".chip")].map((chip) => chip.dataset.value);

async function take(box, option) {
  const menu = menuOf(box);
  const many = "many" in box.dataset;
  const held = heldIn(menu);
  if (many && menu.dataset.most && held.length >= Number(menu.dataset.most)) {
    tell(box, `No more than ${menu.dataset.most} can be chosen.`);
    return;
  }
  const value = option.dataset.value;
  box.value = many ? "" : option.dataset.text;
  if (!many) box.defaultValue = box.value;
  shut(box);
  tell(box, "");
  box.focus();
  await send(menu, many ? [...held.filter((one) => one !== value), value] : value);
}

on.unpick = (chip) => {
  const menu = chip.closest(".search");
  menu.querySelector("input").focus();
  send(menu, heldIn(menu).filter((one) => one !== chip.dataset.value));
};

let waiting;

function lookSoon(box) {
  clearTimeout(waiting);
  waiting = setTimeout(look, PATIENCE, box.id);
}

document.addEventListener("input", (event) => isSearch(event.target) && lookSoon(event.target));

document.addEventListener("moved", ({ target }) => {
  // Drawn anew while somebody types: what was found for it is gone, and looked for again.
  if (isSearch(target) && target.value !== target.defaultValue) lookSoon(target);
});

document.addEventListener("click", (event) => {
  const option = event.target.closest("[role=option]");
  if (option) take(document.querySelector(`[aria-controls="${option.closest("[role=listbox]").id}"]`), option);
  else if (isSearch(event.target) && listOf(event.target).hidden && event.target.dataset.least === "0")
    look(event.target.id);
});

document.addEventListener("mousedown", (event) => {
  if (event.target.closest("[role=listbox]")) event.preventDefault(); // the focus stays in the box
});

document.addEventListener("keydown", (event) => {
  const box = event.target;
  if (!isSearch(box) || event.isComposing) return;
  const open = !listOf(box).hidden;
  const active = document.getElementById(box.getAttribute("aria-activedescendant"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (open) step(box, event.key === "ArrowDown" ? 1 : -1);
    else look(box.id);
  } else if (event.key === "Enter") {
    event.preventDefault();
    if (open && active) take(box, active);
  } else if (event.key === "Escape" && open) {
    event.preventDefault(); // the list closes, and not the form
    shut(box);
  } else if (event.key === "Backspace" && !box.value && "many" in box.dataset) {
    const chips = menuOf(box).querySelectorAll(".chip");
    if (chips.length) on.unpick(chips[chips.length - 1]);
  }
});

document.addEventListener("focusout", (event) => {
  const box = event.target;
  if (!isSearch(box) || moving) return;
  clearTimeout(waiting);
  shut(box);
  tell(box, "");
  if (box.value === box.defaultValue) return;
  if ("many" in box.dataset || box.value) {
    box.value = box.defaultValue; // what was not chosen is not there
    return;
  }
  box.defaultValue = "";
  send(menuOf(box), null);
});
