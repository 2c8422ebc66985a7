// Rows of cells, and the cone below a chosen unit.
import { addNumber, addReveal, keepDrawing, makeFrame, onKeys, svg } from "../kit/frame.js";
import { clamp, plain } from "../kit/numbers.js";
import { setPicture, stripes, uniqueName } from "../kit/steps.js";
import { makeLayerTable } from "./layer_table.js";

const LABELS = 128, ROW = 58, CELL = 30;

// --- The numbers, along one axis. ---
const spanOf = ({ kernel_size, dilation }) => dilation * (kernel_size - 1) + 1;
export function levelsOf(layers, input) {
  const found = [{ length: input, jump: 1, field: 1, start: 0 }];
  for (const layer of layers) {
    const below = found.at(-1), spare = below.length + 2 * layer.padding - spanOf(layer);
    if (spare < 0) break;
    found.push({ length: Math.floor(spare / layer.stride) + 1, jump: below.jump * layer.stride,
      field: below.field + (spanOf(layer) - 1) * below.jump, start: below.start - layer.padding * below.jump });
  }
  return found;
}
// Cells of each level that feed a unit; those outside a level are padding, and nothing feeds them.
export function feedingOf(layers, found, layer, unit) {
  const cells = [[unit]];
  for (let i = layer - 1; i >= 0; i--) {
    const { kernel_size, stride, padding, dilation } = layers[i];
    const inside = cells[0].filter((cell) => cell >= 0 && cell < found[i + 1].length);
    const below = inside.flatMap((cell) => Array.from({ length: kernel_size }, (_, tap) => cell * stride - padding + tap * dilation));
    cells.unshift([...new Set(below)].sort((a, b) => a - b));
  }
  return cells;
}
const middleOf = ({ start, field, jump }, cell) => start + (field - 1) / 2 + cell * jump;
const nearest = (level, middle) => clamp(Math.round((middle - middleOf(level, 0)) / level.jump), 0, level.length - 1);

// --- What the reader sees. ---
const nameOf = ({ kind, kernel_size, stride }) => `${kind} ${kernel_size}${stride > 1 ? `/${stride}` : ""}`;
const cellStyle = { fill: "var(--field)", stroke: "var(--line)" };
const paddingStyle = { fill: "none", stroke: "var(--line)", "stroke-dasharray": "2 3" };

// From input cells to pixels, so wide that every row with its padding has room.
function scaleOf(layers, found, width) {
  const ends = found.flatMap((level, i) => {
    const padding = layers[i]?.padding ?? 0;
    return [middleOf(level, -padding) - level.jump / 2, middleOf(level, level.length - 1 + padding) + level.jump / 2];
  });
  const low = Math.min(...ends), high = Math.max(...ends), unit = Math.min((width - LABELS - 6) / (high - low), 44);
  return { unit, X: (cell) => LABELS + (cell - low) * unit, at: (pixel) => (pixel - LABELS) / unit + low };
}

function drawRow(level, padding, y, { scale, cells, hatch, chosen }) {
  const wide = level.jump * scale.unit;
  return Array.from({ length: level.length + 2 * padding }, (_, i) => i - padding).flatMap((cell) => {
    const inside = cell >= 0 && cell < level.length, seen = cells.includes(cell);
    const x = scale.X(middleOf(level, cell)) - wide / 2;
    const style = { ...(inside ? cellStyle : paddingStyle), ...(seen ? { fill: `url(#${hatch})`, stroke: "var(--two)", "stroke-width": 1.5 } : {}) };
    return [svg("rect", { class: seen ? "seen" : "cell", x: x + 0.5, y, width: Math.max(2, wide - 1), height: CELL, ...style }),
      ...(wide >= 26 && inside ? [svg("text", { x: x + wide / 2, y: y + 21, "text-anchor": "middle" }, String(cell))] : []),
      ...(cell === chosen ? [svg("rect", { class: "current", x, y: y - 1, width: wide, height: CELL + 2, fill: "none", stroke: "var(--ink)", "stroke-width": 4 })] : [])];
  });
}

function drawCone(found, seen, below, yOf, scale) {
  const edge = (row, side) => {
    const cell = side < 0 ? seen[row][0] : seen[row].at(-1);
    return scale.X(middleOf(found[row], cell) + side * found[row].jump / 2);
  };
  if (!seen[below].length || !seen[below + 1].length) return [];
  return [-1, 1].map((side) => svg("line", { x1: edge(below, side), y1: yOf(below), x2: edge(below + 1, side), y2: yOf(below + 1) + CELL, stroke: "var(--two)", "stroke-width": 2 }));
}

function tell(frame, layers, found, { layer, unit, reached, seen }) {
  const level = found[layer], input = found[0].length, first = level.start + unit * level.jump, last = first + level.field - 1;
  const padded = first < 0 || last >= input, bad = layers[found.length - 1];
  const read = seen[0].filter((cell) => cell >= 0 && cell < input).length;
  frame.say([
    layer === 0 ? `Input cell ${unit} of 0 to ${input - 1}.`
      : `Layer ${layer}, ${nameOf(layers[layer - 1])}, ${level.length > 1 ? `unit ${unit} of 0 to ${level.length - 1}` : "its only unit"}: it sees input cells ${plain(first)} to ${plain(last)}, a receptive field of ${level.field}.`,
    ...(layer && (padded || read < level.field) ? [`It reads ${read} of the input's cells` + (padded ? "; the field reaches into the padding." : "; the dilation or the stride leaves gaps.")] : []),
    ...(bad && reached >= found.length ? [`Layer ${found.length}, ${nameOf(bad)}, does not fit: it spans ${spanOf(bad)} cells, and its padded input has ${found.at(-1).length + 2 * bad.padding}.`] : []),
    ...(reached < layers.length ? [`${reached} of ${layers.length} layers are shown: climb with the up arrow key or the layer slider.`] : []),
  ]);
}

function render({ model, el }) {
  const layers = () => model.get("layers");
  const found = () => levelsOf(layers(), model.get("input_size"));
  const top = () => found().length - 1;
  const layer = () => clamp(model.get("layer"), 0, top());
  const unit = () => clamp(model.get("unit"), 0, found()[layer()].length - 1);
  const complete = () => model.get("reached") >= layers().length;
  const frame = makeFrame({
    model, el, name: "ReceptiveField explorer",
    plotLabel: "Picture. Left and right choose a unit, up and down a layer.",
    hint: "Choose a unit with the sliders, the arrow keys on the picture, or by clicking a cell. Padding is dashed.",
  });
  frame.plot.classList.add("still");
  // The choice stays inside the stack, above the same place; a stack that was wholly shown stays so.
  frame.follow = (settings) => {
    const next = { layers: layers(), input_size: model.get("input_size"), layer: layer(), reached: model.get("reached"), ...settings };
    const levels = levelsOf(next.layers, next.input_size), highest = levels.length - 1;
    if (settings.layers && complete()) next.reached = next.layers.length;
    next.layer = clamp(next.layer, Math.min(1, highest), highest);
    const same = next.layer === layer() && !settings.layers;
    next.unit = clamp(settings.unit ?? (same ? unit() : nearest(levels[next.layer], middleOf(found()[layer()], unit()))), 0, levels[next.layer].length - 1);
    // Whoever stands on the highest layer that fits has seen where the stack ends.
    const seen = next.layer === highest && highest < next.layers.length && next.layer <= next.reached + 1 ? highest + 1 : next.layer;
    return { ...next, reached: clamp(Math.max(next.reached, seen), 1, next.layers.length) };
  };
  addNumber(frame, { trait: "layer", label: "Layer", range: () => ({ min: Math.min(1, top()), max: top(), step: 1 }), get: layer, typed: false });
  addNumber(frame, { trait: "unit", label: "Unit", range: () => ({ min: 0, max: found()[layer()].length - 1, step: 1 }), get: unit, typed: false });
  addNumber(frame, { trait: "input_size", label: "Input size", slider: false });
  addReveal(frame, { complete, show: () => ({ reached: layers().length, layer: top() }), restart: () => ({ reached: 1, layer: 1 }) });
  onKeys(frame, (key) => {
    const last = found()[layer()].length - 1;
    const moved = { ArrowLeft: { unit: unit() - 1 }, ArrowRight: { unit: unit() + 1 }, Home: { unit: 0 }, End: { unit: last },
      ArrowUp: { layer: layer() + 1 }, ArrowDown: { layer: layer() - 1 } }[key];
    return moved && { ...moved, ...("unit" in moved ? { unit: clamp(moved.unit, 0, last) } : {}) };
  });
  let drawn = null;
  frame.plot.addEventListener("pointerdown", (event) => {
    const corner = frame.plot.getBoundingClientRect();
    const row = drawn.rows - Math.floor((event.clientY - corner.top) / ROW) - 1;
    if (event.button !== 0 || row < 1 || row > Math.min(drawn.last, top())) return;
    frame.change({ layer: row, unit: nearest(found()[row], drawn.scale.at(event.clientX - corner.left)) });
  });

  const updateTable = makeLayerTable(frame), hatch = uniqueName();
  return keepDrawing(frame, (width) => {
    const stack = layers(), levels = found(), reached = model.get("reached"), rows = stack.length + 1, last = Math.min(reached, top());
    const seen = feedingOf(stack, levels, layer(), unit()), scale = scaleOf(stack, levels.slice(0, last + 1), width);
    const yOf = (row) => (rows - 1 - row) * ROW + 12;
    const label = (row) => svg("text", { class: "heading", x: 2, y: yOf(row) + 21 }, row ? `${row} ${nameOf(stack[row - 1])}` : "input");
    const nodes = Array.from({ length: rows }, (_, row) => row).flatMap((row) => {
      const hidden = row > reached, missing = row > top();
      if (hidden || missing) return [label(row), svg("text", { x: LABELS, y: yOf(row) + 21 }, hidden ? "?" : row === top() + 1 ? "does not fit" : "–")];
      const padding = row < last ? stack[row].padding : 0;
      return [label(row), ...(row < layer() ? drawCone(levels, seen, row, yOf, scale) : []),
        ...drawRow(levels[row], padding, yOf(row), { scale, hatch, cells: seen[row] ?? [], chosen: row === layer() ? unit() : null })];
    });
    drawn = { rows, last, scale };
    setPicture(frame, width, rows * ROW, `Rows of cells, the input at the bottom; hatched: what feeds unit ${unit()} of layer ${layer()}.`, [stripes(hatch, "var(--two)")], nodes);
    updateTable(levels, reached, layer());
    tell(frame, stack, levels, { layer: layer(), unit: unit(), reached, seen });
  });
}

export default { render };
