// A row of numbers is shifted and made shorter in four ways.
import { addControl, addNumber, addPlay, addSelect, html, keepDrawing, makeFrame, makePanel, numberField, onKeys, onTyped, refresh, show, svg } from "../kit/frame.js";
import { clamp, fixed, plain } from "../kit/numbers.js";
import { setPicture, stripes, uniqueName } from "../kit/steps.js";

// --- The numbers. ---
const shifted = (row, shift) => row.map((_, i) => row[(i - shift + row.length) % row.length]);
const cellsOf = (row, start, window) => Array.from({ length: window }, (_, i) => row[(start + i) % row.length]);
const WAYS = {
  "max pooling": (row, start, window) => Math.max(...cellsOf(row, start, window)),
  "average pooling": (row, start, window) => cellsOf(row, start, window).reduce((sum, value) => sum + value, 0) / window,
  "stride alone": (row, start) => row[start],
  "blur, then stride": (row, start) => row[(start + row.length - 1) % row.length] / 4 + row[start] / 2 + row[(start + 1) % row.length] / 4,
};
export const shorten = (row, way, { shift, window, stride }) => {
  const moved = shifted(row, shift % row.length);
  return Array.from({ length: row.length / stride }, (_, i) => WAYS[way](moved, i * stride, window));
};
const mean = (list) => list.reduce((sum, value) => sum + value, 0) / list.length;
const distance = (a, b) => mean(a.map((value, i) => Math.abs(value - b[i])));

export function study(row, way, settings) {
  const outputs = Array.from({ length: row.length + 1 }, (_, shift) => shorten(row, way, { ...settings, shift }));
  const steps = outputs.slice(1).map((output, i) => distance(output, outputs[i]));
  const means = outputs.map((output) => Number(mean(output).toFixed(9)));
  const now = outputs[settings.shift], before = outputs[Math.max(0, settings.shift - 1)];
  return { way, now, steps, average: mean(steps), low: Math.min(...means), high: Math.max(...means), moved: now.map((value, i) => Math.abs(value - before[i]) > 1e-9) };
}

// --- The row's fields. ---
function cellField(frame, place) {
  const replaced = (value) => frame.model.get("row").map((old, i) => (i === place ? value : old));
  return numberField(frame, { label: `cell ${place}`, class: "cnnlab-cell", limit: frame.limits.row, change: (value) => ({ row: replaced(value) }) });
}

function addRows(frame) {
  const rows = frame.model.get("rows");
  const same = () => Object.keys(rows).find((name) => JSON.stringify(rows[name]) === JSON.stringify(frame.model.get("row")));
  const field = html("select", {}, ...["own", ...Object.keys(rows)].map((name) => html("option", {}, name)));
  onTyped(frame, field, () => ({ row: rows[field.value] ?? frame.model.get("row") }));
  addControl(frame, {}, () => show(field, same() ?? "own"), html("label", {}, "Row", field));
}

// --- The picture: for each way its output under the row, and beside it what every shift changes. ---
const title = (x, y, words) => svg("text", { class: "heading", x, y }, words);

// The higher the number, the more of the cell is filled.
function drawCell(x, y, width, value, changed, fills) {
  const height = 40, level = (height - 4) * clamp(value / fills.most, 0, 1);
  return [svg("rect", { x: x + 1, y: y + height - level, width: width - 2, height: level, fill: "var(--one)", "fill-opacity": 0.28 }),
    svg("rect", { class: changed ? "changed" : "same", x: x + 1, y, width: width - 2, height, fill: changed ? `url(#${fills.hatch})` : "none",
      stroke: changed ? "var(--two)" : "var(--line)", "stroke-width": changed ? 3 : 1 }),
    svg("text", { class: "output", "data-value": value, x: x + width / 2, y: y + 26, "text-anchor": "middle" }, fixed(value, width < 52 ? 1 : 2).replace(/\.?0+$/, ""))];
}

function drawSteps({ steps, average }, panel, shift) {
  const wide = (panel.right - panel.left) / steps.length;
  return [svg("line", { class: "axis", x1: panel.left, x2: panel.right, y1: panel.bottom, y2: panel.bottom }),
    ...steps.map((value, i) => svg("rect", { class: i + 1 === shift ? "step current" : "step", "data-value": value, x: panel.left + i * wide + 2, width: wide - 4, y: panel.Y(value), height: panel.bottom - panel.Y(value),
      fill: i + 1 === shift ? "var(--two)" : "var(--soft)", "fill-opacity": i + 1 === shift ? 1 : 0.45 })),
    ...(shift ? [svg("path", { d: `M${panel.left + (shift - 0.5) * wide} ${panel.bottom + 2}l-6 9h12Z`, fill: "var(--two)", stroke: "var(--two)" })] : []),
    svg("text", { x: panel.right + 10, y: panel.bottom - 4 }, fixed(average, 2))];
}

function draw(frame, width, studies, { row, shift, stride }, fills) {
  const cell = Math.floor((width - Math.max(220, width * 0.4)) / row.length), right = row.length * cell, top = 34, high = 84;
  const most = Math.max(...studies.flatMap(({ steps }) => steps)) || 1;
  const left = right + 30;
  const rows = studies.flatMap((found, i) => {
    const y = top + 92 + high * i;
    const panel = makePanel({ left, right: width - 60, top: y - 14, bottom: y + 40, x: [0, row.length], y: [0, most] });
    return [title(2, y - 8, found.way), ...found.now.flatMap((value, place) => drawCell(place * stride * cell, y, stride * cell, value, found.moved[place], fills)),
      ...drawSteps(found, panel, shift)];
  });
  const moved = shifted(row, shift % row.length);
  const heads = [title(2, 20, `the row, shifted by ${shift}`), title(left, 20, "change at each shift"),
    svg("text", { x: left, y: 46 }, `bars: shifts 1 to ${row.length}`), svg("text", { x: left, y: 70 }, "number: average")];
  setPicture(frame, width, top + 92 + high * studies.length - 20, `The row shifted by ${shift}, below it the outputs of the four ways, on the right how much each shift changes them.`,
    [stripes(fills.hatch, "var(--two)")], [...heads, ...moved.flatMap((value, i) => drawCell(i * cell, top - 4, cell, value, false, fills)), ...rows]);
}

const sentence = ({ way, moved, average, low, high }, shift) => {
  const count = moved.filter(Boolean).length, name = way[0].toUpperCase() + way.slice(1);
  const step = !shift ? "" : count ? `the last shift changed ${count} of ${moved.length} outputs; ` : "the last shift changed nothing; ";
  const kept = low === high ? `the mean of all outputs is always ${plain(low, 4)}` : `the mean of all outputs runs from ${plain(low, 4)} to ${plain(high, 4)}`;
  return `${name}: ${step}${average < 1e-9 ? "no shift changes anything" : `${fixed(average, 2)} a shift on average`}; ${kept}.`;
};

function render({ model, el }) {
  const now = () => Object.fromEntries(["row", "shift", "window", "stride"].map((name) => [name, model.get(name)]));
  const length = model.get("row").length, range = () => ({ ...frame.limits.shift, wait: 700 });
  const charts = svg("svg", { role: "img" });
  const frame = makeFrame({
    model, el, name: "PoolingShift explorer", picture: html("div", { class: "cnnlab-stack" }),
    plotLabel: "Picture. The left and right arrow keys shift the row.",
    hint: "Shift with the slider, or with the left and right arrow keys on the picture. What leaves the row on the right comes back on the left. Striped, with a thick frame: changed by the last shift. Outputs are rounded in the picture. Stride alone keeps the first cell of each window; the blur weighs that cell and its neighbours 1/4, 1/2, 1/4.",
  });
  frame.plot.classList.add("still");
  const cells = Array.from({ length: length }, (_, i) => cellField(frame, i));
  const line = html("div", { class: "cnnlab-cells", style: `grid-template-columns: repeat(${length}, var(--cell))` }, ...cells);
  const editor = html("div", { class: "cnnlab-part", role: "group", "aria-label": "Cells" }, html("p", { class: "heading" }, "The row, not shifted; type other numbers"), line);
  frame.picture.append(editor, charts);
  const drawing = { picture: charts };

  addNumber(frame, { trait: "shift", label: "Shift", range });
  addPlay(frame, { trait: "shift", range, get: () => model.get("shift") });
  addRows(frame);
  addSelect(frame, { trait: "window", label: "Window" });
  addSelect(frame, { trait: "stride", label: "Stride" });
  onKeys(frame, (key) => {
    const next = { ArrowLeft: model.get("shift") - 1, ArrowRight: model.get("shift") + 1, Home: 0, End: length }[key];
    return next >= 0 && next <= length ? { shift: next } : undefined;
  });

  const fills = { hatch: uniqueName(), most: frame.limits.row.max };
  return keepDrawing(frame, (width) => {
    const state = now(), studies = Object.keys(WAYS).map((way) => study(state.row, way, state));
    line.style.setProperty("--cell", `${clamp(Math.floor((width - 10) / length), 30, 44)}px`);
    cells.forEach((field, i) => { refresh(field, state.row[i]); });
    draw(drawing, width, studies, state, fills);
    frame.say([`Shift ${state.shift}, window ${state.window}, stride ${state.stride}.`, ...studies.map((found) => sentence(found, state.shift))]);
  });
}

export default { render };
