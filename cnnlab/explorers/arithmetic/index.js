// Every step of a square kernel over a padded input.
import { addCheckbox, addNumber, addReveal, addSelect, keepDrawing, makeFrame, svg } from "../kit/frame.js";
import { MINUS, clamp } from "../kit/numbers.js";
import { addSteps, legend, setPicture, square, stepByKeys, stripes, uniqueName } from "../kit/steps.js";

const SIZES = ["input_size", "kernel_size", "stride", "padding", "dilation", "output_padding"];
const CHANNELS = ["groups", "in_channels", "out_channels"];
const SHAPE = [...SIZES, "transposed"];
const words = (name) => name[0].toUpperCase() + name.slice(1).replace("_", " ");

// --- One axis; the other is the same. A transposed convolution slides with stride 1 over its input spread with zeros. ---
export function axisOf({ input_size, kernel_size, stride, padding, dilation, transposed, output_padding }) {
  const reach = dilation * (kernel_size - 1), border = transposed ? reach - padding : padding, spread = transposed ? stride : 1;
  const length = (input_size - 1) * spread + 1 + 2 * border + output_padding;
  const count = (size, make) => Array.from({ length: Math.max(0, size) }, (_, i) => make(i));
  const pixels = count(input_size, (i) => border + spread * i).filter((at) => at >= 0 && at < length);
  const offsets = count(kernel_size, (i) => dilation * i), move = transposed ? 1 : stride;
  const starts = count(Math.floor((length - reach - 1) / move) + 1, (i) => i * move);
  const met = new Set(starts.flatMap((start) => offsets.map((offset) => start + offset)));
  const missed = count(length, (i) => i).filter((cell) => !met.has(cell));
  return { length, pixels, offsets, starts, missed, span: reach + 1, cut: Math.max(0, -border), output: starts.length };
}

export function formula({ input_size, kernel_size, stride, padding, dilation, transposed, output_padding }) {
  const reach = `${dilation}·(${kernel_size} ${MINUS} 1)`;
  return transposed ? `(${input_size} ${MINUS} 1)·${stride} ${MINUS} 2·${padding} + ${reach} + ${output_padding} + 1`
    : `floor((${input_size} + 2·${padding} ${MINUS} ${reach} ${MINUS} 1)/${stride}) + 1`;
}

// --- What the reader sees. ---
const pixelStyle = { fill: "var(--one)", "fill-opacity": 0.3, stroke: "var(--one)", "stroke-width": 1.5 };
const zeroStyle = { fill: "none", stroke: "var(--line)", "stroke-dasharray": "2 3" };
const outputStyle = { fill: "var(--three)", "fill-opacity": 0.3, stroke: "var(--three)", "stroke-width": 1.5 };
const frameStyle = { fill: "none", stroke: "var(--two)", "stroke-width": 4 };
const title = (x, y, text) => svg("text", { class: "heading", x, y }, text);

function gridLines(x, y, count, cell) {
  const lines = Array.from({ length: count + 1 }, (_, i) => `M${x} ${y + i * cell}h${count * cell}M${x + i * cell} ${y}v${count * cell}`);
  return svg("path", { ...zeroStyle, d: lines.join("") });
}

// Both grids beside each other, or the output below where the cells would be too small.
function places(width, length, output) {
  const beside = Math.floor((width - 60) / (length + output));
  const stacked = beside < 16;
  const cell = stacked ? clamp(Math.floor((width - 10) / Math.max(length, output)), 4, 26) : Math.min(beside, 40);
  return { cell, x: stacked ? 4 : 60 + length * cell, y: stacked ? 84 + length * cell : 30, bottom: 40 + (stacked ? 54 + (length + output) * cell : Math.max(length, output) * cell) };
}

function drawInput(axis, { cell, row, column, fills, complete }) {
  const { length, pixels, offsets, starts, missed } = axis, at = (i) => 4 + i * cell, down = (i) => 30 + i * cell;
  const pairs = (rows, columns, style, inset) => rows.flatMap((r) => columns.map((c) => square(at(c) + inset, down(r) + inset, cell - 2 * inset, style)));
  const all = Array.from({ length }, (_, i) => i);
  const lost = complete ? all.flatMap((r) => all.filter((c) => missed.includes(r) || missed.includes(c)).map((c) => [r, c])) : [];
  const zeros = cell < 20 ? [] : all.flatMap((r) => all
    .filter((c) => (!pixels.includes(r) || !pixels.includes(c)) && !(complete && (missed.includes(r) || missed.includes(c))))
    .map((c) => svg("text", { class: "tick", x: at(c) + cell / 2, y: down(r) + cell / 2 + 6, "text-anchor": "middle" }, "0")));
  const taps = pairs(offsets.map((i) => starts[row] + i), offsets.map((i) => starts[column] + i), { class: "tap", fill: `url(#${fills.kernel})`, stroke: "var(--two)" }, 1);
  return [gridLines(4, 30, length, cell), ...pairs(pixels, pixels, { class: "pixel", ...pixelStyle }, 0), ...zeros,
    ...lost.map(([r, c]) => square(at(c) + 1, down(r) + 1, cell - 2, { class: "missed", fill: `url(#${fills.missed})`, stroke: "var(--wrong)" })),
    ...taps, square(at(starts[column]), down(starts[row]), axis.span * cell, frameStyle)];
}

function drawOutput(axis, { cell, x, y, row, column, shown }) {
  const done = Array.from({ length: Math.min(shown, axis.output ** 2) }, (_, i) => [Math.floor(i / axis.output), i % axis.output]);
  return [...done.map(([r, c]) => square(x + c * cell, y + r * cell, cell, { class: "output", ...outputStyle })),
    square(x + column * cell, y + row * cell, cell, { class: "current", ...frameStyle })];
}

function drawChannels({ in_channels, out_channels, groups }, y, width) {
  const gap = 24, right = Math.min(220, width - 90);
  const down = (i, count) => y + 34 + (i + (8 - count) / 2) * gap - (8 - Math.max(in_channels, out_channels)) / 2 * gap;
  const group = (i, count) => Math.floor(i / (count / groups));
  const dashes = ["none", "7 4", "2 3", "9 3 2 3"], colours = ["var(--one)", "var(--two)", "var(--three)", "var(--ink)"];
  const ends = (count, x) => Array.from({ length: count }, (_, i) => svg("circle", { cx: x, cy: down(i, count), r: 8, fill: "var(--surface)", stroke: colours[group(i, count)], "stroke-width": 3 }));
  const links = Array.from({ length: in_channels }, (_, i) => Array.from({ length: out_channels }, (_, o) => [i, o])).flat()
    .filter(([i, o]) => group(i, in_channels) === group(o, out_channels));
  return [title(4, y, `${in_channels} channels in, ${out_channels} out, ${groups === 1 ? "1 group" : `${groups} groups`}`),
    ...links.map(([i, o]) => svg("line", { class: "link", x1: 40, y1: down(i, in_channels), x2: right, y2: down(o, out_channels),
      stroke: colours[group(i, in_channels)], "stroke-width": 1.6, "stroke-dasharray": dashes[group(i, in_channels)] })),
    ...ends(in_channels, 40), ...ends(out_channels, right),
    svg("text", { x: 4, y: down(0, in_channels) + 6 }, "in"), svg("text", { x: right + 16, y: down(0, out_channels) + 6 }, "out")];
}

export const weightsOf = ({ kernel_size, in_channels, out_channels, groups }) => in_channels * out_channels / groups * kernel_size ** 2;

// How many pixels of the input no position of the kernel reads.
export function neverCovered(axis, { input_size }) {
  return input_size ** 2 - axis.pixels.filter((at) => !axis.missed.includes(at)).length ** 2;
}

function coverageSentence(axis, now) {
  const { input_size, transposed } = now;
  if (transposed) return axis.cut ? `The padding is larger than the kernel's reach: it cuts away ${axis.cut === 1 ? "the outermost cell" : `the ${axis.cut} outermost cells`} on every side.` : "";
  const lost = neverCovered(axis, now);
  const rest = axis.length - axis.starts.at(-1) - axis.span;
  return (rest ? `The stride leaves a rest: no position reaches the last ${rest === 1 ? "row and column" : `${rest} rows and columns`} of the padded input. ` : "") +
    (lost ? `${lost} of the ${input_size ** 2} pixels are never covered.` : `Every one of the ${input_size ** 2} pixels is covered.`);
}

function tell(frame, axis, now, { row, column, complete }) {
  const { kernel_size: k, in_channels, out_channels, groups } = now, output = axis.output;
  const answer = (value, more) => (complete ? `${value}${more}` : "?");
  frame.say([
    `Step ${row * output + column + 1}: the kernel's corner is at row ${axis.starts[row]}, column ${axis.starts[column]}; it gives the output at row ${row}, column ${column}.`,
    `Output size: ${formula(now)} = ${answer(output, `, so the output is ${output} × ${output}`)}.`,
    ...(complete ? [coverageSentence(axis, now)].filter(Boolean) : []),
    `Weights: ${out_channels}·(${in_channels}/${groups})·${k}·${k} = ${answer(weightsOf(now), ", biases not counted")}.`,
    ...(complete ? [] : ["Step on to the end, or press Show all, for the question marks."]),
  ]);
}

function render({ model, el }) {
  const now = () => Object.fromEntries([...SHAPE, ...CHANNELS].map((name) => [name, model.get(name)]));
  const output = () => axisOf(now()).output;
  const range = () => ({ min: 0, max: Math.max(0, output() ** 2 - 1), step: 1, wait: 500 });
  const index = () => clamp(model.get("step"), 0, range().max);
  const complete = () => model.get("reveal") || (output() > 0 && model.get("shown") > range().max);
  const frame = makeFrame({
    model, el, name: "Arithmetic explorer",
    plotLabel: "Picture. The arrow keys move the kernel.",
    hint: "Step with the buttons, the slider, or the arrow keys on the picture.",
  });
  frame.plot.classList.add("still");
  // A new shape starts at its first step.
  frame.follow = ({ index: asked, ...rest }) => {
    if (asked !== undefined) return { shown: Math.max(model.get("shown"), asked + 1), step: asked, ...rest };
    return SHAPE.some((name) => name in rest) ? { step: 0, shown: 1, ...rest } : rest;
  };
  const smaller = (change) => {
    const next = { ...now(), ...change };
    return { ...change, output_padding: next.transposed ? Math.min(next.output_padding, Math.max(next.stride, next.dilation) - 1) : 0 };
  };
  addSteps(frame, { label: "Step", range, index });
  addReveal(frame, { complete, show: () => ({ reveal: true }), restart: () => ({ reveal: false, step: 0, shown: 1 }) });
  for (const trait of SIZES) {
    const { min, max } = frame.limits[trait];
    const top = () => (trait === "output_padding" ? Math.min(max, Math.max(model.get("stride"), model.get("dilation")) - 1) : max);
    addNumber(frame, { trait, label: words(trait), range: () => ({ min, max: top(), step: 1 }), slider: false, change: (value) => smaller({ [trait]: value }),
      shown: trait === "output_padding" ? () => model.get("transposed") : undefined });
  }
  addCheckbox(frame, { trait: "transposed", label: "Transposed", change: (transposed) => smaller({ transposed }) });
  for (const trait of CHANNELS) addSelect(frame, { trait, label: words(trait) });
  stepByKeys(frame, { range, index, down: output });

  const fills = { kernel: uniqueName(), missed: uniqueName() };
  const patterns = () => [stripes(fills.kernel, "var(--two)"), stripes(fills.missed, "var(--wrong)", 135)];
  return keepDrawing(frame, (width) => {
    const state = now(), axis = axisOf(state);
    if (!axis.output) {
      setPicture(frame, width, 60, "Nothing to draw.", [], [title(4, 30, "The kernel does not fit.")]);
      return frame.say([`The kernel spans ${axis.span} cells, but there are only ${Math.max(0, axis.length)}: it does not fit. Add padding, or take a smaller kernel or dilation.`]);
    }
    const view = { ...places(width, axis.length, axis.output), fills, complete: complete(),
      row: Math.floor(index() / axis.output), column: index() % axis.output, shown: model.get("reveal") ? axis.output ** 2 : model.get("shown") };
    const names = legend([[pixelStyle, "pixel"], [zeroStyle, "zero"], [{ fill: `url(#${fills.kernel})`, stroke: "var(--two)" }, "kernel"], [outputStyle, "output"],
      ...(view.complete && axis.missed.length ? [[{ fill: `url(#${fills.missed})`, stroke: "var(--wrong)" }, "never covered"]] : [])], width, view.bottom + 6);
    const below = view.bottom + names.height + 40, channels = Math.max(state.in_channels, state.out_channels);
    const kind = state.transposed ? "Input, spread with zeros" : state.padding ? "Padded input" : "Input";
    setPicture(frame, width, below + 24 * channels + 30, `${kind} with the kernel over it, and the outputs so far; below, which channels are connected.`, patterns(), [
      title(4, 20, `${kind} ${axis.length} × ${axis.length}`), ...drawInput(axis, view),
      title(view.x, view.y - 10, view.complete ? `Output ${axis.output} × ${axis.output}` : "Output so far"), ...drawOutput(axis, view),
      ...names.nodes, ...drawChannels(state, below, width)]);
    tell(frame, axis, state, view);
  });
}

export default { render };
