// The desk's own script: charts, filters that apply themselves, the reader's panel, keys of the
// review, progress of adding. Every page works without it.
"use strict";

(() => {
  const each = (query, act, within = document) => within.querySelectorAll(query).forEach(act);
  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  // ---- charts -------------------------------------------------------------------------------
  const theme = () => ({
    background: "transparent",
    font: css("--sans"),
    view: { stroke: "transparent" },
    axis: {
      labelColor: css("--soft"), titleColor: css("--soft"), gridColor: css("--line"),
      domainColor: css("--line"), tickColor: css("--line"), labelFontSize: 12, titleFontSize: 12,
      titleFontWeight: "normal",
    },
    legend: { labelColor: css("--ink"), titleColor: css("--soft"), labelFontSize: 12, labelLimit: 200 },
    line: { color: css("--ink") },
    rule: { color: css("--soft") },
    geoshape: { fill: css("--land"), stroke: css("--border") },
    text: { color: css("--ink") },
  });

  async function draw(figure) {
    const place = figure.querySelector(".chart");
    try {
      const address = new URL(figure.dataset.chart, location.href);
      if (css("color-scheme") === "dark" || getComputedStyle(document.documentElement).colorScheme === "dark") address.searchParams.set("theme", "dark");
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error((await answer.json()).detail || answer.statusText);
      const spec = await answer.json();
      const options = {
        ast: true, actions: false, defaultStyle: false, renderer: "svg", config: theme(),
        tooltip: { disableDefaultStyle: true, theme: "custom" },
      };
      await window.vegaEmbed(place, spec, options);
      figure.dataset.state = "drawn";
    } catch (fault) {
      place.textContent = `The chart cannot be drawn: ${fault.message}`;
      figure.dataset.state = "failed";
    }
  }

  const charts = [...document.querySelectorAll("figure[data-chart]")];
  if (charts.length && window.vegaEmbed) {
    charts.forEach(draw);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => charts.forEach(draw));
  }

  // ---- filters: what is chosen applies at once; empty fields stay out of the address --------
  each("form.filters", (form) => {
    const send = () => {
      each("input, select", (field) => { if (!field.value) field.disabled = true; }, form);
      form.submit();
    };
    form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
    form.addEventListener("change", (event) => {
      if (event.target.matches("select, input[type=date]")) send();
    });
  });
  window.addEventListener("pageshow", () => {
    each("form.filters :disabled", (field) => { field.disabled = false; });
  });

  // ---- names of actors, offered while one types ---------------------------------------------
  let asking;
  each("input[data-names]", (input) => {
    const list = document.getElementById(input.getAttribute("list"));
    input.addEventListener("input", () => {
      clearTimeout(asking);
      const words = input.value.trim();
      if (words.length < 2) return;
      asking = setTimeout(async () => {
        const query = new URLSearchParams({ text: words, limit: "8" });
        const answer = await fetch(`/api/v1/actors?${query}`);
        if (!answer.ok) return;
        const found = (await answer.json()).items;
        list.replaceChildren(...found.map((actor) => {
          const option = document.createElement("option");
          option.value = actor.id.startsWith("name:") ? actor.name : actor.id;
          option.label = actor.name;
          return option;
        }));
      }, 180);
    });
  });

  // ---- the reader: a click on a mark puts its analysis beside the text -----------------------
  const text = document.querySelector("[data-reader]");
  const panel = document.getElementById("part");
  if (text && panel) {
    const show = async (link, keep) => {
      const query = new URL(link.href).searchParams;
      const answer = await fetch(`${text.dataset.reader}?${query}`, { headers: { Accept: "text/html" } });
      if (!answer.ok) { location.href = link.href; return; }
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      panel.replaceChildren(...page.getElementById("part").childNodes);
      const mark = query.get("mark");
      each(".m", (one) => one.classList.toggle("on", one.dataset.names.split(" ").includes(mark)), text);
      if (keep) history.replaceState(null, "", link.href);
      panel.classList.add("open");
    };
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-mark]");
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(link, true);
    });
    panel.addEventListener("click", (event) => {
      if (event.target.closest("[data-close]")) panel.classList.remove("open");
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape") panel.classList.remove("open");
    });
    each("button[data-toggle]", (button) => button.addEventListener("click", () => {
      const shown = text.classList.toggle(`no-${button.dataset.toggle}`);
      button.setAttribute("aria-pressed", String(!shown));
    }));
    const on = text.querySelector(".m.on");
    if (on) on.scrollIntoView({ block: "center" });
  }

  // ---- review: j and k go down and up, a accepts, r rejects, c corrects, o opens -------------
  const items = [...document.querySelectorAll("[data-review]")];
  if (items.length) {
    let at = Math.max(0, items.findIndex((item) => item.id === location.hash.slice(1)));
    const focus = (to) => {
      at = Math.min(items.length - 1, Math.max(0, to));
      items.forEach((item, n) => item.classList.toggle("current", n === at));
      items[at].focus({ preventScroll: true });
      items[at].scrollIntoView({ block: "nearest" });
    };
    items.forEach((item, n) => item.addEventListener("focusin", () => {
      at = n;
      items.forEach((other, m) => other.classList.toggle("current", m === n));
    }));
    document.addEventListener("keydown", (event) => {
      if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
      const item = items[at];
      const press = (name) => item.querySelector(`[data-key="${name}"]`)?.click();
      if (event.key === "j") focus(at + 1);
      else if (event.key === "k") focus(at - 1);
      else if (event.key === "a") press("accept");
      else if (event.key === "r") press("reject");
      else if (event.key === "c") {
        const more = item.querySelector("details");
        if (more) { more.open = true; more.querySelector("select, input:not([type=hidden])").focus(); event.preventDefault(); }
      } else if (event.key === "o") press("open");
      else return;
    });
    focus(at);
  }

  // ---- progress of adding --------------------------------------------------------------------
  each("[data-progress]", (place) => {
    const source = new EventSource(place.dataset.progress);
    const state = place.querySelector("[data-state]");
    const count = place.querySelector("[data-count]");
    const list = place.querySelector("[data-outcomes]");
    const words = JSON.parse(place.dataset.words);
    source.addEventListener("progress", (event) => {
      const order = JSON.parse(event.data);
      state.textContent = order.state;
      place.dataset.state = order.state;
      const done = Object.values(order.counts).reduce((sum, n) => sum + n, 0);
      const parts = Object.entries(order.counts).map(([kind, n]) => `${n} ${words[kind] || kind}`);
      count.textContent = done ? parts.join(", ") : "waiting for the first document";
      list.replaceChildren(...order.outcomes.map((one) => {
        const item = document.createElement("li");
        item.className = `outcome ${one.state}`;
        const name = document.createElement(one.number ? "a" : "span");
        if (one.number) name.href = `/documents/${one.number}`;
        name.textContent = one.origin;
        item.append(name, ` – ${words[one.state] || one.state}`, one.message ? `: ${one.message}` : "");
        return item;
      }));
      if (order.message && order.state !== "done") count.textContent += ` · ${order.message}`;
    });
    source.addEventListener("end", () => source.close());
  });

  // ---- keys everywhere: / searches, ? explains ------------------------------------------------
  document.addEventListener("keydown", (event) => {
    if (event.target.matches("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") { event.preventDefault(); document.getElementById("search").focus(); }
    if (event.key === "?") location.href = "/about#keys";
  });
})();
