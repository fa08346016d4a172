/* Help for browsers that run scripts: suggestions in the box, copy the address, print. Every page works without it.
   Nothing that is typed leaves the page: the words to suggest are fetched whole, once, and looked through here. */
(() => {
  "use strict";

  const MOST = 8;
  const LONGEST = 4; // words of the box that are looked up together

  // suggestions: a combobox with a list, as the ARIA Authoring Practices describe it (list autocomplete, manual selection)

  const box = document.querySelector("input[data-suggestions]");
  if (box) {
    let words = null;
    let shown = [];
    let at = -1;

    const list = document.createElement("ul");
    list.id = "suggestions";
    list.className = "suggestions";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Suggestions");
    list.hidden = true;
    const told = document.createElement("p");
    told.className = "hidden";
    told.setAttribute("role", "status");
    box.after(list, told);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
      box.setAttribute(name, value);
    }

    const fetched = () => {
      words ??= fetch(box.dataset.suggestions).then((answer) => (answer.ok ? answer.json() : { entries: [] })).catch(() => ({ entries: [] }));
      return words;
    };

    // The last words of the box, longest first: "level 3, domestic ab" asks for "domestic ab", then "ab".
    const tails = (text) => {
      const start = Math.max(text.lastIndexOf(","), text.lastIndexOf(";")) + 1;
      const parts = text.slice(start).trimStart().toLowerCase().split(/\s+/).slice(-LONGEST);
      return parts.map((_, from) => parts.slice(from).join(" ")).filter((tail) => tail.trim().length > 1);
    };

    const rank = ([name, , , others], tail) => {
      const own = name.toLowerCase();
      if (own.startsWith(tail)) return 0;
      if (own.includes(` ${tail}`) || own.includes(`(${tail}`)) return 1;
      return others.toLowerCase().split("|").some((other) => other.startsWith(tail)) ? 2 : 9;
    };

    const found = (data, text) => {
      const place = box.form.elements.area?.value || data.area;
      const here = data.entries.filter((entry) => !entry[2] || entry[2] === place);
      for (const tail of tails(text)) {
        const near = here.map((entry) => [rank(entry, tail), entry]).filter(([number]) => number < 9);
        if (near.length) return near.sort((one, other) => one[0] - other[0]).slice(0, MOST).map(([, entry]) => ({ entry, tail }));
      }
      return [];
    };

    const close = () => {
      shown = [];
      at = -1;
      list.hidden = true;
      list.replaceChildren();
      box.setAttribute("aria-expanded", "false");
      box.removeAttribute("aria-activedescendant");
    };

    const move = (to) => {
      at = (to + shown.length) % shown.length;
      [...list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
      list.children[at].scrollIntoView({ block: "nearest" });
      box.setAttribute("aria-activedescendant", list.children[at].id);
    };

    const take = (number) => {
      const { entry, tail } = shown[number];
      const kept = box.value.trimEnd();
      box.value = `${kept.slice(0, kept.length - tail.length)}${entry[0]}, `;
      close();
      box.focus();
    };

    const show = (data) => {
      const text = box.value;
      close();
      shown = found(data, text);
      if (!shown.length) {
        told.textContent = "";
        return;
      }
      list.replaceChildren(...shown.map(({ entry }, number) => {
        const option = document.createElement("li");
        option.id = `suggestion-${number}`;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const kind = document.createElement("span");
        kind.textContent = data.kinds[entry[1]];
        option.append(`${entry[0]} `, kind);
        option.addEventListener("mousedown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(number));
        return option;
      }));
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      told.textContent = `${shown.length} suggestion${shown.length === 1 ? "" : "s"}. Up and down arrows to choose.`;
    };

    box.addEventListener("focus", fetched, { once: true });
    box.addEventListener("input", () => fetched().then(show));
    box.addEventListener("blur", close);
    box.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (event.key === "Escape" && shown.length) close();
      else if (event.key === "Enter" && at >= 0) take(at);
      else if (event.key === "ArrowDown" && shown.length) move(at + 1);
      else if (event.key === "ArrowUp" && shown.length) move(at < 0 ? -1 : at - 1);
      else return;
      event.preventDefault();
    });
  }

  // copy and print

  const acts = {
    print: () => window.print(),
    copy: async (told) => {
      try {
        await navigator.clipboard.writeText(location.href);
        told.textContent = "Copied. It holds no words that you typed.";
      } catch {
        told.textContent = "Your browser does not let a page copy. Copy it from the address bar.";
      }
    },
  };
  for (const button of document.querySelectorAll("button[data-act]")) {
    button.parentElement.classList.add("ready");
    button.addEventListener("click", () => acts[button.dataset.act](button.parentElement.querySelector("[role=status]")));
  }

  // What is folded is printed; browsers that cannot do it by stylesheet are helped.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("main details:not([open])")].filter((each) => !each.closest(".chips"));
    opened.forEach((each) => { each.open = true; });
  });
  addEventListener("afterprint", () => opened.forEach((each) => { each.open = false; }));
})();
