// The one front end of self-checks, form fields, papers and practice.
// It shows what the kernel sends and sends back what the learner does; it never holds a key.

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
const NO_ECHO_MS = 2000;
const RETRIES = 2;
const TYPING_MS = 700;
const PULSE_MS = 15000;
const PULSE_WAIT_MS = 6000;
let instances = 0;

function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

// Plain text with **emphasis** and line breaks; never HTML.
function rich(text) {
  const fragment = document.createDocumentFragment();
  String(text ?? "").split("\n").forEach((line, row) => {
    if (row) fragment.append(h("br"));
    line.split(/\*\*(.+?)\*\*/g).forEach((part, i) => {
      if (part) fragment.append(i % 2 ? h("strong", {}, part) : part);
    });
  });
  return fragment;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function clock(seconds) {
  const whole = Math.max(0, Math.ceil(seconds));
  const pad = (n) => String(n).padStart(2, "0");
  return `${pad(Math.floor(whole / 60))}:${pad(whole % 60)}`;
}

// Answers the kernel has not yet said it kept: they outlive a restart and a reload in this tab's own storage.
class Unsaved {
  constructor(name) {
    this.name = name ? `coursekit:${name}` : "";
  }

  all() {
    try { return JSON.parse(sessionStorage.getItem(this.name) ?? "{}"); } catch { return {}; }
  }

  put(id, response) { this.write({ ...this.all(), [id]: { response } }); }

  drop(id) {
    const { [id]: kept, ...rest } = this.all();
    if (kept !== undefined) this.write(rest);
  }

  write(all) {
    if (!this.name) return;
    try { sessionStorage.setItem(this.name, JSON.stringify(all)); } catch { /* a page without storage */ }
  }
}

// A line that is already closed refuses; whoever waits for the answer notices by its silence.
function tell(model, message) {
  try { model.send(message); } catch { /* no answer will come */ }
}

class Outbox {
  // Numbers each message so that an answer counts as kept only when the kernel says so.
  constructor(model, onSilent) {
    this.model = model;
    this.onSilent = onSilent;
    this.sent = {};
    this.timers = {};
  }

  post(kind, id, rest = {}) {
    const n = (this.sent[id] ?? 0) + 1;
    this.sent[id] = n;
    clearTimeout(this.timers[id]);
    this.send({ kind, id, n, ...rest }, RETRIES);
  }

  // A message can be lost while a page and its kernel are still connecting: say it again, then say so.
  send(message, left) {
    tell(this.model, message);
    this.timers[message.id] = setTimeout(() => {
      if (!this.waits(message.id)) return;
      if (left) this.send(message, left - 1);
      else this.onSilent(message.id);
    }, NO_ECHO_MS);
  }

  waits(id) {
    const echoed = this.model.get("state").echo?.[id] ?? 0;
    return (this.sent[id] ?? 0) > echoed;
  }

  close() {
    Object.values(this.timers).forEach(clearTimeout);
  }
}

class ItemView {
  constructor(app, item, index) {
    this.app = app;
    this.item = item;
    this.stemId = `${app.prefix}-stem-${index}`;
    this.status = h("p", { class: "ck-status", role: "status" });
    this.feedback = h("div", { class: "ck-feedback", "aria-live": "polite", hidden: true });
    this.body = h("div", { class: "ck-body" });
    this.flag = app.view.flags
      ? h("button", { type: "button", class: "ck-flag", "aria-pressed": "false", onclick: () => this.toggleFlag() }, "标记，回头再看")
      : null;
    const heading = app.view.numbered
      ? h("p", { class: "ck-meta" }, `第 ${index + 1} 题`, h("span", { class: "ck-type" }, item.type_name),
          item.points ? h("span", { class: "ck-type" }, `${item.points} 分`) : null)
      : null;
    this.node = h("section", { class: "ck-item", role: "group", "aria-labelledby": this.stemId, "data-item": item.id, tabindex: "-1" },
      heading, h("div", { class: "ck-stem", id: this.stemId }, rich(item.stem)), this.body,
      item.hint ? h("details", { class: "ck-hint" }, h("summary", {}, "提示"), h("p", {}, rich(item.hint))) : null,
      this.flag, this.status, this.feedback);
    this.build();
  }

  get state() {
    return this.app.model.get("state").items?.[this.item.id] ?? {};
  }

  build() {
    const { type } = this.item;
    if (type === "single" || type === "true_false" || type === "choice") {
      this.app.view.instant ? this.buildButtons() : this.buildInputs("radio");
    } else if (type === "multiple") this.buildInputs("checkbox");
    else if (type === "short" || type === "text") this.buildText();
    else this.buildBlanks();
    if (this.app.view.check && !this.instant) {
      this.check = h("button", { type: "button", class: "ck-primary", onclick: () => this.answer(this.read()) }, this.app.view.check);
      this.body.append(this.check);
    }
  }

  options() {
    if (this.item.type === "true_false") return [[true, "", "对"], [false, "", "错"]];
    return this.item.options.map((text, i) => [LETTERS[i], LETTERS[i], text]);
  }

  // One click answers: buttons, because arrow keys on radios would answer while moving about.
  buildButtons() {
    this.instant = true;
    this.choices = this.options().map(([value, letter, text]) => {
      const mark = h("span", { class: "ck-mark" });
      const button = h("button", { type: "button", class: "ck-option", "aria-pressed": "false", onclick: () => this.answer(value) },
        letter ? h("span", { class: "ck-letter" }, letter) : null, h("span", { class: "ck-text" }, rich(text)), mark);
      return { value, button, mark };
    });
    this.body.append(h("div", { class: "ck-options" }, ...this.choices.map((c) => c.button)));
  }

  buildInputs(kind) {
    const name = `${this.stemId}-choice`;
    this.inputs = this.options().map(([value, letter, text]) => {
      const input = h("input", { type: kind, name, onchange: () => this.changed() });
      return { value, input, row: h("label", { class: "ck-option" }, input,
        letter ? h("span", { class: "ck-letter" }, letter) : null, h("span", { class: "ck-text" }, rich(text))) };
    });
    this.body.append(h("div", { class: "ck-options", role: kind === "radio" ? "radiogroup" : "group", "aria-labelledby": this.stemId },
      ...this.inputs.map((i) => i.row)));
  }

  buildText() {
    this.area = h("textarea", { rows: this.item.rows ?? 4, "aria-labelledby": this.stemId, maxlength: 4000, oninput: () => this.typing(), onchange: () => this.changed() });
    this.body.append(this.area);
  }

  buildBlanks() {
    const units = this.item.units ?? [this.item.unit ?? ""];
    this.blanks = units.map((unit, i) => {
      const label = this.item.labels?.[i] ?? (units.length > 1 ? `第 ${i + 1} 空` : this.item.type === "number" ? "填数" : "填空");
      const input = h("input", { type: "text", autocomplete: "off", maxlength: 200,
        inputmode: this.item.type === "number" ? "decimal" : null,
        "aria-label": `${label}${unit ? `，单位${unit}` : ""}`,
        oninput: () => this.typing(), onchange: () => this.changed(),
        onkeydown: (event) => event.key === "Enter" && this.app.view.check && this.answer(this.read()) });
      return { input, row: h("label", { class: "ck-blank" }, h("span", { "aria-hidden": "true" }, label), input, unit ? h("span", { class: "ck-unit" }, unit) : null) };
    });
    this.body.append(...this.blanks.map((b) => b.row));
  }

  read() {
    if (this.inputs) {
      const chosen = this.inputs.filter((i) => i.input.checked).map((i) => i.value);
      return this.item.type === "multiple" ? chosen : chosen[0] ?? null;
    }
    if (this.area) return this.area.value;
    const texts = this.blanks.map((b) => b.input.value);
    return this.item.type === "blank" ? texts : texts[0];
  }

  typing() {
    clearTimeout(this.timer);
    if (this.app.view.autosave) this.timer = setTimeout(() => this.changed(), TYPING_MS);
  }

  changed() {
    clearTimeout(this.timer);
    const value = JSON.stringify(this.read());
    if (!this.app.view.autosave || value === this.last) return;
    this.last = value;
    this.answer(this.read());
  }

  answer(response) {
    if (this.app.closed) return;
    setText(this.status, this.app.view.autosave ? "正在保存…" : "");
    this.status.classList.remove("ck-alarm");
    this.app.unsaved.put(this.item.id, response);
    this.app.outbox.post("answer", this.item.id, { response });
  }

  toggleFlag() {
    this.app.outbox.post("flag", this.item.id, { on: !this.state.flag });
  }

  silent() {
    this.status.classList.add("ck-alarm");
    setText(this.status, this.app.view.autosave
      ? "这一题还没有保存：内核没有回应。"
      : "内核没有回应。");
    this.app.lost();
  }

  update() {
    const { response, feedback, flag, saved } = this.state;
    const closed = this.app.closed;
    for (const { value, button, mark } of this.choices ?? []) {
      const chosen = response === value;
      button.setAttribute("aria-pressed", String(chosen));
      button.disabled = closed;
      const verdict = chosen && feedback ? feedback.state : "";
      button.dataset.verdict = verdict;
      setText(mark, verdict === "right" ? "✓ 对" : verdict === "wrong" ? "✗ 不对" : "");
    }
    for (const { value, input } of this.inputs ?? []) {
      if (!this.app.outbox.waits(this.item.id)) {
        input.checked = Array.isArray(response) ? response.includes(value) : response === value;
      }
      input.disabled = closed;
    }
    const texts = [].concat(response ?? []);
    (this.blanks ?? []).forEach(({ input }, i) => this.fill(input, texts[i], closed));
    if (this.area) this.fill(this.area, response, closed);
    if (this.check) this.check.disabled = closed;
    if (this.flag) {
      this.flag.setAttribute("aria-pressed", String(Boolean(flag)));
      this.flag.disabled = closed;
      setText(this.flag, flag ? "⚑ 已标记，点一下取消" : "标记，回头再看");
    }
    if (!this.app.outbox.waits(this.item.id)) {
      if (this.app.outbox.sent[this.item.id]) this.app.unsaved.drop(this.item.id);
      this.status.classList.toggle("ck-alarm", Boolean(this.state.alarm));
      setText(this.status, this.state.alarm || (saved ? `已保存 ${saved}` : ""));
    }
    this.showFeedback(feedback);
  }

  fill(input, text, closed) {
    if (document.activeElement !== input && !this.app.outbox.waits(this.item.id)) input.value = text ?? "";
    input.disabled = closed;
  }

  showFeedback(feedback) {
    const text = JSON.stringify(feedback ?? null);
    if (text === this.shown) return;
    this.shown = text;
    this.feedback.replaceChildren();
    this.feedback.hidden = !feedback;
    if (!feedback) return;
    this.feedback.dataset.state = feedback.state;
    this.feedback.append(h("p", { class: "ck-headline" }, rich(feedback.headline)));
    for (const note of feedback.notes ?? []) {
      this.feedback.append(h("p", {}, note.letter ? h("span", { class: "ck-letter" }, note.letter) : null, rich(note.text)));
    }
    if (feedback.answer) this.feedback.append(h("p", {}, h("strong", {}, "答案 "), rich(feedback.answer)));
    if (feedback.explanation) this.feedback.append(h("p", {}, rich(feedback.explanation)));
    if (feedback.source) this.feedback.append(h("p", { class: "ck-source" }, feedback.source));
    for (const action of feedback.actions ?? []) {
      this.feedback.append(h("button", { type: "button", class: "ck-secondary", onclick: () => this.app.outbox.post(action.kind, this.item.id) }, action.label));
    }
  }
}

class App {
  constructor(model, el) {
    this.model = model;
    this.prefix = `ck${++instances}-${Math.random().toString(36).slice(2, 8)}`;
    this.root = h("div", { class: "ck-quiz", lang: "zh-CN", "data-lm-suppress-shortcuts": "true" });
    this.root.addEventListener("keydown", (event) => event.stopPropagation());
    el.append(this.root);
    this.outbox = new Outbox(model, (id) => this.silent(id));
    this.build();
    this.onChange = () => this.changed();
    model.on("change:state", this.onChange);
    model.on("change:view", this.onChange);
    this.onAlive = () => this.found();
    model.on("change:alive", this.onAlive);
    this.onComm = () => this.pulse();
    model.on("comm_live_update", this.onComm);
    this.ticker = setInterval(() => this.tick(), 500);
    this.pulses = setInterval(() => { if (this.view.autosave && !this.closed && !document.hidden) this.pulse(); }, PULSE_MS);
    this.sendAgain();
  }

  get state() { return this.model.get("state"); }
  get view() { return this.model.get("view"); }
  get closed() { return Boolean(this.state.closed); }

  // A kernel that was restarted behind the page knows nothing of it any more and answers nothing.
  pulse() {
    const n = (this.model.get("alive") ?? 0) + 1;
    tell(this.model, { kind: "pulse", n });
    clearTimeout(this.wait);
    this.wait = setTimeout(() => { if ((this.model.get("alive") ?? 0) < n) this.lost(); }, PULSE_WAIT_MS);
  }

  lost() {
    this.alarm.hidden = false;
    setText(this.alarm, this.view.autosave
      ? "内核没有回应，可能重启过。请点一下这个格子，按 Shift+Enter 再运行一次：存过的答案都会回来，刚才没存上的这一页替你记着，运行后补存。"
      : "内核没有回应，可能重启过。请点一下这个格子，按 Shift+Enter 再运行一次。");
  }

  found() {
    clearTimeout(this.wait);
    this.alarm.hidden = true;
  }

  // What was clicked while no kernel listened.
  sendAgain() {
    if (this.closed) { this.unsaved.write({}); return; }
    const kept = Object.entries(this.unsaved.all()).filter(([id]) => this.items.some((i) => i.item.id === id));
    for (const [id, { response }] of kept) this.outbox.post("answer", id, { response });
    if (!kept.length) return;
    this.note.hidden = false;
    setText(this.note, `断开时没有存上的 ${kept.length} 题已补交，题下写着“已保存”就是存好了。`);
  }

  // Both can change in one message, and either may be told first: a new view is built before its state is shown.
  changed() {
    this.found();
    if (this.view === this.built) { this.update(); return; }
    this.build();
    this.heading?.focus();
  }

  build() {
    const { view } = this;
    this.built = view;
    this.unsaved = new Unsaved(view.keep);
    this.alarm = h("p", { class: "ck-lost", role: "alert", hidden: true });
    this.root.replaceChildren();
    this.root.dataset.mode = view.mode;
    this.heading = view.title ? h("h3", { class: "ck-title", tabindex: "-1" }, view.title) : null;
    this.progress = h("p", { class: "ck-progress", role: "status" });
    this.timer = view.timed ? h("p", { class: "ck-timer", role: "timer", "aria-label": "剩余时间" }) : null;
    this.announce = h("p", { class: "ck-hidden", "aria-live": "assertive" });
    this.note = h("p", { class: "ck-note" }, rich(view.note ?? ""));
    this.note.hidden = !view.note;
    this.items = (view.items ?? []).map((item, index) => new ItemView(this, item, index));
    this.list = h("div", { class: "ck-items" }, ...this.items.map((i) => i.node));
    this.cells = [];
    this.palette = view.palette ? this.buildPalette() : null;
    this.buttons = h("div", { class: "ck-nav" });
    this.result = h("div", { class: "ck-result", role: "status", hidden: true });
    this.bars = h("ul", { class: "ck-bars", "aria-label": "掌握情况", hidden: true });
    this.root.append(...[h("header", { class: "ck-head" }, this.heading, this.timer, this.progress),
      this.alarm, this.announce, this.note, this.result, this.list, this.buttons, this.palette, this.bars].filter(Boolean));
    this.buildButtons();
    this.current = this.state.current ?? 0;
    this.drawn = this.basis = this.before = undefined;
    this.update();
  }

  silent(id) {
    const item = this.items?.find((i) => i.item.id === id);
    if (item) item.silent();
    else this.lost();
  }

  buildButtons() {
    const { view } = this;
    if (view.layout === "one") {
      this.prev = h("button", { type: "button", class: "ck-secondary", onclick: () => this.go(this.current - 1) }, "上一题");
      this.next = h("button", { type: "button", class: "ck-secondary", onclick: () => this.go(this.current + 1) }, "下一题");
      this.buttons.append(this.prev, this.next);
    }
    for (const action of view.actions ?? []) {
      this.buttons.append(h("button", { type: "button", class: action.primary ? "ck-primary" : "ck-secondary", "data-action": action.kind,
        onclick: () => this.act(action) }, action.label));
    }
  }

  // A step that cannot be taken back asks once more, in the page itself.
  act(action) {
    if (!action.confirm) { this.outbox.post(action.kind, ""); return; }
    const open = this.items.length - this.answered();
    const text = open ? `还有 ${open} 题没有作答。${action.confirm}` : action.confirm;
    const box = h("div", { class: "ck-confirm", role: "alertdialog", "aria-label": text });
    const close = () => { box.remove(); };
    box.append(h("p", {}, text),
      h("button", { type: "button", class: "ck-primary", onclick: () => { close(); this.outbox.post(action.kind, ""); } }, action.yes ?? "确定"),
      h("button", { type: "button", class: "ck-secondary", onclick: close }, "再看看"));
    box.addEventListener("keydown", (event) => event.key === "Escape" && close());
    this.root.querySelector(".ck-confirm")?.remove();
    this.buttons.after(box);
    box.querySelector("button").focus();
  }

  buildPalette() {
    this.cells = this.items.map((item, index) => h("button", { type: "button", class: "ck-cell", onclick: () => this.go(index) }, String(index + 1)));
    return h("nav", { class: "ck-palette", "aria-label": "题号" }, ...this.cells);
  }

  go(index) {
    if (index < 0 || index >= this.items.length) return;
    this.current = index;
    if (this.view.layout === "one") tell(this.model, { kind: "go", id: "", n: 0, index });
    this.update();
    this.items[index].node.focus();
  }

  answered() {
    return this.items.filter((i) => {
      const r = i.state.response;
      return Array.isArray(r) ? r.some((x) => x !== "") : r !== undefined && r !== null && r !== "";
    }).length;
  }

  update() {
    const { view, state } = this;
    this.items.forEach((item, index) => {
      item.node.hidden = view.layout === "one" && index !== this.current;
      item.update();
    });
    if (view.layout === "one") {
      this.prev.disabled = this.current === 0;
      this.next.disabled = this.current === this.items.length - 1;
    }
    setText(this.progress, state.progress ?? "");
    this.cells.forEach((cell, index) => this.paintCell(cell, index));
    for (const button of this.buttons.querySelectorAll("[data-action]")) {
      button.hidden = (state.hide ?? []).includes(button.dataset.action);
    }
    this.list.hidden = Boolean(state.waiting);
    if (this.palette) this.palette.hidden = Boolean(state.waiting);
    if (this.prev) this.prev.hidden = this.next.hidden = Boolean(state.waiting) || this.items.length < 2;
    this.result.hidden = !state.result;
    if (state.result && this.result.textContent !== state.result) this.result.replaceChildren(rich(state.result));
    this.drawBars(state.bars ?? []);
    if (state.remaining !== this.basis) {
      this.basis = state.remaining;
      this.basisAt = performance.now();
    }
    this.tick();
  }

  // Each bar spans what is likely, not one point: few answers give a wide bar.
  drawBars(bars) {
    const text = JSON.stringify(bars);
    if (text === this.drawn) return;
    this.drawn = text;
    this.bars.hidden = !bars.length;
    this.bars.replaceChildren(...bars.map((bar) => {
      const span = h("span", { class: "ck-span", "data-few": bar.few });
      span.style.left = `${bar.low * 100}%`;
      span.style.width = `${(bar.high - bar.low) * 100}%`;
      return h("li", {}, h("p", {}, bar.text), h("div", { class: "ck-track", "aria-hidden": "true" }, bar.known ? span : null));
    }));
  }

  paintCell(cell, index) {
    const { state } = this.items[index];
    const r = state.response;
    const done = Array.isArray(r) ? r.some((x) => x !== "") : r !== undefined && r !== null && r !== "";
    cell.dataset.done = done;
    cell.dataset.flag = Boolean(state.flag);
    cell.setAttribute("aria-label", `第 ${index + 1} 题，${done ? "已答" : "未答"}${state.flag ? "，已标记" : ""}`);
    if (index === this.current) cell.setAttribute("aria-current", "true");
    else cell.removeAttribute("aria-current");
  }

  tick() {
    if (!this.timer) return;
    if (typeof this.basis !== "number") { this.timer.hidden = true; return; }
    this.timer.hidden = false;
    const left = this.closed ? this.basis : this.basis - (performance.now() - this.basisAt) / 1000;
    setText(this.timer, `剩余 ${clock(left)}`);
    this.timer.dataset.short = left <= 300;
    if (this.closed) return;
    for (const minutes of [10, 5, 1]) {
      if (left <= minutes * 60 && this.before > minutes * 60) setText(this.announce, `还剩 ${minutes} 分钟`);
    }
    this.before = left;
    if (left <= 0 && !(performance.now() - this.timeUpAt < 3000)) {
      this.timeUpAt = performance.now();
      this.outbox.post("time_up", "");
    }
  }

  destroy() {
    clearInterval(this.ticker);
    clearInterval(this.pulses);
    clearTimeout(this.wait);
    this.outbox.close();
    this.model.off("change:alive", this.onAlive);
    this.model.off("comm_live_update", this.onComm);
    this.model.off("change:state", this.onChange);
    this.model.off("change:view", this.onChange);
  }
}

export default {
  render({ model, el }) {
    const app = new App(model, el);
    return () => app.destroy();
  },
};
