// Shared by all explorers. A frame holds controls, a plot and a readout. Controls write traits; every change of a
// trait redraws.
import { readNumber, readNumbers } from "./limits.js";
import { clamp, plain } from "./numbers.js";

const svgNamespace = "http://www.w3.org/2000/svg";

export function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export const html = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
export const svg = (tag, attributes = {}, ...children) => fill(document.createElementNS(svgNamespace, tag), attributes, children);

// The star of cross-correlation is drawn larger, so that nobody takes it for the asterisk of convolution.
export const bigStars = (words, make) => words.split(/(⋆)/).filter(Boolean).map((part) => (part === "⋆" ? make(part) : part));

export function makeFrame({ model, el, name, plotLabel, hint, picture = svg("svg", { role: "img" }) }) {
  const frame = {
    model,
    limits: model.get("limits"),
    controls: html("div", { class: "cnnlab-controls" }),
    problem: html("p", { class: "cnnlab-problem", role: "alert" }),
    picture,
    readout: html("div", { class: "cnnlab-readout", "aria-live": "polite" }),
    syncs: [],
    cleanups: [],
    // From the settings asked for to those that follow, such as what has been visited.
    follow: (settings) => settings,
  };
  frame.plot = html("div", { class: "cnnlab-plot", tabindex: "0", role: "group", "aria-label": plotLabel }, frame.picture);
  frame.box = html("div", { class: "cnnlab-explorer", role: "group", "aria-label": name },
    frame.controls, frame.problem, frame.plot, frame.readout, html("p", { class: "cnnlab-hint" }, hint));
  el.append(frame.box);
  frame.change = (settings) => {
    frame.problem.textContent = "";
    for (const [trait, value] of Object.entries(frame.follow(settings))) model.set(trait, value);
    if (!frame.playing) model.save_changes();
  };
  frame.say = (sentences) => frame.readout.replaceChildren(...sentences.map((words) =>
    html("p", {}, ...bigStars(words, (star) => html("span", { class: "star" }, star)))));
  return frame;
}

// Draw now, at every change of the model, and when the width changes. Returns what tidies up.
export function keepDrawing(frame, draw) {
  const update = () => {
    for (const sync of frame.syncs) sync();
    const width = Math.round(frame.plot.clientWidth);
    if (width > 0) draw(width);
    keepKeys();
  };
  // JupyterLab must not take the keys that are meant for a control; it asks the focused element itself.
  const keepKeys = () => {
    for (const node of frame.box.querySelectorAll("input, select, button, .cnnlab-plot")) {
      node.setAttribute("data-lm-suppress-shortcuts", "true");
    }
  };
  const observer = new ResizeObserver(update);
  observer.observe(frame.plot);
  frame.model.on("change", update);
  update();
  return () => {
    observer.disconnect();
    frame.model.off("change", update);
    for (const cleanup of frame.cleanups) cleanup();
  };
}

export function addControl(frame, { shown = () => true }, sync, ...nodes) {
  const control = html("span", { class: "cnnlab-control" }, ...nodes);
  frame.controls.append(control);
  frame.syncs.push(() => { control.hidden = !shown(); sync(); });
}

export function addButton(frame, { label, press, disabled = () => false }) {
  const button = html("button", { type: "button" });
  button.addEventListener("click", () => frame.change(press()));
  addControl(frame, {}, () => { button.textContent = label(); button.disabled = disabled(); }, button);
}

// Before the end is reached the result is hidden; this shows it, and afterwards starts over.
export function addReveal(frame, { complete, show, restart }) {
  addButton(frame, { label: () => (complete() ? "Start over" : "Show all"), press: () => (complete() ? restart() : show()) });
}

// A typed field: a sentence from `read` as an Error stays visible, and the picture stays as it was.
export function onTyped(frame, field, read) {
  field.addEventListener("change", () => {
    try {
      frame.change(read());
      field.removeAttribute("aria-invalid");
    } catch (error) {
      field.setAttribute("aria-invalid", "true");
      frame.problem.textContent = error.message;
    }
  });
}

export function show(field, value) {
  field.value = value;
  field.removeAttribute("aria-invalid");
}

// The same, but a wrong number stays in the field that the reader is in until it is mended.
export function refresh(field, value) {
  if (document.activeElement !== field || field.getAttribute("aria-invalid") !== "true") show(field, String(value));
}

// A choice among what a limit names, or among the whole numbers from its least to its largest.
const optionsOf = ({ options, min, max }) => options ?? Array.from({ length: max - min + 1 }, (_, i) => min + i);

export function addSelect(frame, { trait, label, options = optionsOf(frame.limits[trait]), shown, change = (value) => ({ [trait]: value }) }) {
  const field = html("select", {}, ...options.map((option) => html("option", {}, option)));
  onTyped(frame, field, () => change(options[field.selectedIndex]));
  addControl(frame, { shown }, () => show(field, frame.model.get(trait)), html("label", {}, label, field));
}

export function addCheckbox(frame, { trait, label, change = (value) => ({ [trait]: value }) }) {
  const field = html("input", { type: "checkbox" });
  field.addEventListener("change", () => frame.change(change(field.checked)));
  addControl(frame, {}, () => { field.checked = frame.model.get(trait); }, html("label", {}, field, label));
}

// A box for one number, held to its limit.
export function numberField(frame, { label, limit, change, ...attributes }) {
  const { min, max, step } = limit;
  const field = html("input", { type: "number", min, max, step: step === 1 ? 1 : "any", "aria-label": label, ...attributes });
  onTyped(frame, field, () => change(readNumber(field.value, label, limit, frame.limits.words)));
  return field;
}

// A slider and a box for the same number, or with `typed` or `slider` false only one of them. `range()` gives {min, max, step} and may change with other traits.
export function addNumber(frame, { trait, label, range = () => frame.limits[trait], get = () => frame.model.get(trait), digits = 2, shown, typed: withBox = true, slider: withSlider = true,
  change = (value) => ({ [trait]: value }), say = (value) => plain(value, 4) }) {
  const slider = html("input", { type: "range" });
  const typed = html("input", { type: "number", ...(withSlider ? { "aria-label": `${label}, typed` } : {}) });
  slider.addEventListener("input", () => frame.change(change(Number(slider.value))));
  onTyped(frame, typed, () => change(readNumber(typed.value, label, range(), frame.limits.words)));
  const sync = () => {
    const { min, max, step } = range();
    for (const field of [slider, typed]) Object.assign(field, { min, max, step: field === slider ? step : "any" });
    if (step === 1) typed.step = 1;
    slider.value = get();
    slider.setAttribute("aria-valuetext", `${label} ${say(get())}`);
    show(typed, String(Number(get().toFixed(digits))));
  };
  addControl(frame, { shown }, sync, html("label", {}, label, withSlider ? slider : typed), ...(withSlider && withBox ? [typed] : []));
}

// A box for a list of numbers.
export function addSequence(frame, { trait, label, shown, change = (value) => ({ [trait]: value }) }) {
  const field = html("input", { type: "text", spellcheck: "false", autocomplete: "off" });
  onTyped(frame, field, () => change(readNumbers(field.value, label, frame.limits[trait], frame.limits.words)));
  const sync = () => show(field, frame.model.get(trait).map((value) => plain(value)).join(", "));
  addControl(frame, { shown }, sync, html("label", {}, label, field));
}

// Runs a trait from its present value to the end. Where the reader asked for less motion, it makes one step a click.
export function addPlay(frame, { trait, range, get }) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const button = html("button", { type: "button" });
  let timer = null;
  const rest = () => { button.textContent = timer ? "Pause" : calm.matches ? "Step" : "Play"; };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    frame.playing = false;
    frame.readout.setAttribute("aria-live", "polite");
    frame.model.save_changes();
    rest();
  };
  const advance = () => {
    const { min, max, step } = range();
    const next = get() >= max - 1e-9 ? min : Number((get() + step).toFixed(6));
    frame.change({ [trait]: Math.min(next, max) });
    if (timer && next >= max - 1e-9) stop();
  };
  button.addEventListener("click", () => {
    if (timer) return stop();
    if (!calm.matches) {
      frame.playing = true;
      frame.readout.setAttribute("aria-live", "off");
      timer = setInterval(advance, range().wait);
    }
    advance();
    rest();
  });
  calm.addEventListener("change", rest);
  frame.cleanups.push(() => { clearInterval(timer); calm.removeEventListener("change", rest); });
  addControl(frame, {}, rest, button);
}

// Keys on the plot itself, not on a field within it. `settings(key)` gives what to change, or nothing.
export function onKeys(frame, settings) {
  frame.plot.addEventListener("keydown", (event) => {
    if (event.target !== frame.plot || event.ctrlKey || event.altKey || event.metaKey) return;
    const asked = settings(event.key);
    if (asked === undefined) return;
    event.preventDefault();
    frame.change(asked);
  });
}

// Arrow keys, Home and End on the plot, and dragging on it. `at(x)` turns pixels into the trait's value.
export function moveOnPlot(frame, { trait, range, get, at }) {
  const moved = (value) => {
    const { min, max, step } = range();
    const places = Math.round((clamp(value, min, max) - min) / step);
    return { [trait]: Math.min(max, Number((min + places * step).toFixed(6))) };
  };
  onKeys(frame, (key) => {
    const { min, max, step } = range();
    const target = { ArrowLeft: get() - step, ArrowRight: get() + step, Home: min, End: max }[key];
    return target === undefined ? undefined : moved(target);
  });
  const drag = (event) => frame.change(moved(at(event.clientX - frame.plot.getBoundingClientRect().left)));
  frame.plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    frame.plot.setPointerCapture(event.pointerId);
    drag(event);
  });
  frame.plot.addEventListener("pointermove", (event) => {
    if (frame.plot.hasPointerCapture(event.pointerId)) drag(event);
  });
}

export function ticks(low, high, most) {
  const rough = (high - low) / most;
  const unit = 10 ** Math.floor(Math.log10(rough));
  const step = unit * [1, 2, 5, 10].find((factor) => factor * unit >= rough * (1 - 1e-9));
  const first = Math.ceil(low / step - 1e-9);
  return Array.from({ length: Math.floor(high / step + 1e-9) - first + 1 }, (_, i) => (first + i) * step);
}

// A panel maps data to pixels: {left, right, top, bottom, x: [low, high], y: [low, high]}.
export const makePanel = (spot) => ({
  ...spot,
  X: (x) => spot.left + (x - spot.x[0]) / (spot.x[1] - spot.x[0]) * (spot.right - spot.left),
  Y: (y) => spot.bottom - (y - spot.y[0]) / (spot.y[1] - spot.y[0]) * (spot.bottom - spot.top),
  at: (pixel) => spot.x[0] + (pixel - spot.left) / (spot.right - spot.left) * (spot.x[1] - spot.x[0]),
});

export function drawAxes(panel, { name, whole = false }) {
  const { left, right, top, bottom, X, Y } = panel;
  const group = svg("g");
  for (const y of ticks(...panel.y, (bottom - top) / 26)) {
    group.append(svg("line", { class: "grid", x1: left, x2: right, y1: Y(y), y2: Y(y) }),
      svg("text", { class: "tick", x: left - 8, y: Y(y) + 5, "text-anchor": "end" }, plain(y, 3)));
  }
  const across = ticks(...panel.x, (right - left) / 44).filter((x) => !whole || Number.isInteger(x));
  for (const x of across) {
    group.append(svg("line", { class: "axis", x1: X(x), x2: X(x), y1: bottom, y2: bottom + 5 }),
      svg("text", { class: "tick", x: X(x), y: bottom + 20, "text-anchor": "middle" }, plain(x, 3)));
  }
  group.append(svg("line", { class: "axis", x1: left, x2: right, y1: Y(0), y2: Y(0) }),
    svg("line", { class: "axis", x1: left, x2: right, y1: bottom, y2: bottom }),
    svg("text", { class: "axis-name", x: right + 8, y: bottom + 5 }, name));
  return group;
}

export const pathOf = (panel, points) =>
  "M" + points.map(([x, y]) => `${panel.X(x).toFixed(1)} ${panel.Y(y).toFixed(1)}`).join("L");
