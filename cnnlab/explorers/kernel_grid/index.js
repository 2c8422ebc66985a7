// A kernel slides over a grid of numbers.
import { addReveal, addSelect, html, keepDrawing, makeFrame, numberField, refresh } from "../kit/frame.js";
import { refuse } from "../kit/limits.js";
import { clamp, plain } from "../kit/numbers.js";
import { addSteps, stepByKeys } from "../kit/steps.js";

// --- The numbers. ---
const turned = (kernel) => kernel.map((row) => [...row].reverse()).reverse();
const pad = (image, padding) => {
  const width = image[0].length + 2 * padding;
  const zeros = () => Array.from({ length: padding }, () => Array(width).fill(0));
  const side = Array(padding).fill(0);
  return [...zeros(), ...image.map((row) => [...side, ...row, ...side]), ...zeros()];
};
export function layOut({ image, kernel, operation, stride, padding }) {
  const slid = operation === "convolution" ? turned(kernel) : kernel;
  const padded = pad(image, padding);
  const rows = Math.floor((padded.length - kernel.length) / stride) + 1;
  const columns = Math.floor((padded[0].length - kernel[0].length) / stride) + 1;
  return { image, kernel, operation, stride, padding, slid, padded, rows, columns };
}
// The products at one position, one list for each row of the kernel.
const productsAt = ({ slid, padded, stride }, row, column) => slid.map((weights, i) =>
  weights.map((weight, j) => ({ pixel: padded[row * stride + i][column * stride + j], weight })));
const sumOf = (products) => Number(products.flat().reduce((sum, { pixel, weight }) => sum + pixel * weight, 0).toPrecision(12));
export const outputOf = (now) => Array.from({ length: now.rows }, (_, r) => Array.from({ length: now.columns }, (_, c) => sumOf(productsAt(now, r, c))));

// --- The grids. A cell keeps its element as long as the shape stays, so that typing never loses the focus. ---
function makeGrid(name, rows, columns, makeCell) {
  const cells = Array.from({ length: rows }, (_, r) => Array.from({ length: columns }, (_, c) => makeCell(r, c)));
  cells.forEach((line, r) => line.forEach((cell, c) => { cell.style.gridArea = `${r + 1} / ${c + 1}`; }));
  const title = html("p", { class: "heading" });
  const mark = html("span", { class: "cnnlab-mark" });
  const grid = html("div", { class: "cnnlab-cells", style: `grid-template-columns: repeat(${columns}, var(--wide))` }, ...cells.flat(), mark);
  return { part: html("div", { class: "cnnlab-part", role: "group", "aria-label": name }, title, grid), title, mark, cells };
}
const place = (mark, row, column, height, width) => { mark.style.gridArea = `${row + 1} / ${column + 1} / span ${height} / span ${width}`; };
const still = (kind) => () => html("span", { class: `cnnlab-cell ${kind}` });

function cellField(frame, trait, row, column) {
  const replaced = (value) => frame.model.get(trait).map((line, r) => line.map((old, c) => (r === row && c === column ? value : old)));
  return numberField(frame, { label: `${trait} row ${row} column ${column}`, class: "cnnlab-cell", limit: frame.limits[trait], change: (value) => ({ [trait]: replaced(value) }) });
}

function build(frame, now) {
  const { image, kernel, padding, padded, rows, columns } = now;
  const inside = (r, c) => r >= padding && c >= padding && r < padding + image.length && c < padding + image[0].length;
  const input = makeGrid("Input", padded.length, padded[0].length, (r, c) =>
    (inside(r, c) ? cellField(frame, "image", r - padding, c - padding) : html("span", { class: "cnnlab-cell padding" }, "0")));
  const weights = makeGrid("Kernel", kernel.length, kernel[0].length, (r, c) => cellField(frame, "kernel", r, c));
  const flipped = makeGrid("Kernel, turned", kernel.length, kernel[0].length, still("still"));
  const output = makeGrid("Output", rows, columns, still("still"));
  for (const { mark } of [weights, flipped]) mark.remove();
  // Each covered pixel carries the weight that multiplies it.
  const factors = kernel.map((line) => line.map(() => html("span", { class: "cnnlab-factor", "aria-hidden": "true" })));
  input.mark.before(...factors.flat());
  const kernels = html("div", { class: "cnnlab-stack" }, weights.part, flipped.part);
  frame.picture.replaceChildren(input.part, kernels, output.part);
  return { input: { ...input, factors }, weights, flipped, output };
}

function fillIn(grids, now, { row, column, shown, cell }) {
  const { image, kernel, slid, stride, padding, operation, rows, columns } = now;
  const { input, weights, flipped, output } = grids;
  const covers = (r, c) => r >= row * stride && c >= column * stride && r < row * stride + slid.length && c < column * stride + slid[0].length;
  image.forEach((line, r) => line.forEach((value, c) => refresh(input.cells[r + padding][c + padding], value)));
  kernel.forEach((line, r) => line.forEach((value, c) => refresh(weights.cells[r][c], value)));
  slid.forEach((line, r) => line.forEach((value, c) => { flipped.cells[r][c].textContent = plain(value); }));
  input.cells.forEach((line, r) => line.forEach((node, c) => node.classList.toggle("covered", covers(r, c))));
  const results = outputOf(now);
  output.cells.forEach((line, r) => line.forEach((node, c) => {
    const done = r * columns + c < shown, value = done ? results[r][c] : "";
    node.textContent = done ? plain(value) : "";
    node.classList.toggle("current", r === row && c === column);
    node.classList.toggle("empty", !done);
    node.dataset.value = value;
  }));
  input.factors.forEach((line, i) => line.forEach((node, j) => {
    place(node, row * stride + i, column * stride + j, 1, 1);
    node.textContent = `·${plain(slid[i][j])}`;
    node.hidden = cell < 46;
  }));
  place(input.mark, row * stride, column * stride, slid.length, slid[0].length);
  place(output.mark, row, column, 1, 1);
  flipped.part.hidden = operation !== "convolution";
  const size = (matrix) => `${matrix.length} × ${matrix[0].length}`;
  input.title.textContent = `Input ${size(image)}` + (padding ? `, zeros around` : "");
  weights.title.textContent = `Kernel ${size(kernel)}`;
  flipped.title.textContent = "turned, as it slides";
  output.title.textContent = `Output ${rows} × ${columns}`;
  for (const [{ part }, numbers] of [[input, image], [weights, kernel], [flipped, kernel], [output, results]]) {
    part.style.setProperty("--cell", `${cell}px`);
    part.style.setProperty("--wide", `${wide(numbers, cell)}px`);
  }
}

// A column takes the longest number.
const wide = (numbers, cell) => Math.max(cell, 11 * Math.max(...numbers.flat().map((value) => plain(value).length)) + 8);

// All three grids in one row where their cells are at least 40 pixels wide, else the output below.
function cellSize(width, { padded, kernel, columns }) {
  const above = padded[0].length + kernel[0].length;
  const oneRow = Math.floor((width - 150) / (above + columns));
  return clamp(oneRow >= 40 ? oneRow : Math.floor((width - 100) / Math.max(above, columns)), 30, 56);
}

const bracketed = (value) => (value < 0 ? `(${plain(value)})` : plain(value));

function tell(frame, now, { row, column, shown }) {
  const { operation, rows, columns, stride } = now;
  const products = productsAt(now, row, column);
  const lines = products.map((line) => line.map(({ pixel, weight }) => `${bracketed(pixel)}·${bracketed(weight)}`).join(" + "));
  const count = rows * columns;
  frame.say([
    `Position ${row * columns + column + 1} of ${count}, output row ${row}, column ${column}: ` +
      `the corner of the kernel${operation === "convolution" ? ", turned by half a turn," : ""} is at row ${row * stride}, column ${column * stride}.`,
    ...lines.map((line, i) => (i ? "+ " : "") + line + (i === lines.length - 1 ? ` = ${plain(sumOf(products))}` : "")),
    shown < count ? `${shown} of ${count} outputs are filled in.` : "All outputs are filled in.",
  ]);
}

function render({ model, el }) {
  const now = () => layOut(Object.fromEntries(["image", "kernel", "operation", "stride", "padding"].map((name) => [name, model.get(name)])));
  const index = () => model.get("row") * now().columns + model.get("column");
  const range = () => ({ min: 0, max: now().rows * now().columns - 1, step: 1, wait: 900 });
  const frame = makeFrame({
    model, el, name: "KernelGrid explorer", picture: html("div", { class: "cnnlab-grids" }),
    plotLabel: "Grids. The arrow keys move the kernel.",
    hint: "Step with the buttons, the slider, or the arrow keys on the grids. Type other numbers into image and kernel.",
  });
  frame.plot.classList.add("still");
  // The reader asks for a place in reading order; a new shape of the output starts at its first place.
  frame.follow = ({ index: asked, ...rest }) => {
    if (asked === undefined) return rest;
    const { columns } = now(), next = clamp(asked, 0, range().max);
    return { shown: Math.max(model.get("shown"), next + 1), row: Math.floor(next / columns), column: next % columns, ...rest };
  };
  const anew = { row: 0, column: 0, shown: 1 };
  addSteps(frame, { label: "Position", range, index });
  addReveal(frame, { complete: () => model.get("shown") > range().max, show: () => ({ shown: range().max + 1 }), restart: () => anew });
  addSelect(frame, { trait: "operation", label: "Operation", change: (operation) => ({ ...anew, operation }) });
  addSelect(frame, { trait: "stride", label: "Stride", change: (stride) => ({ ...anew, stride }) });
  addSelect(frame, { trait: "padding", label: "Padding", change: (padding) => {
    const { image, kernel } = now();
    const [height, width] = [image.length, image[0].length].map((size) => size + 2 * padding), [rows, columns] = [kernel.length, kernel[0].length];
    if (height < rows || width < columns) refuse(frame.limits.words.fit, { height, width, rows, columns });
    return { ...anew, padding };
  } });
  stepByKeys(frame, { range, index, down: () => now().columns });

  let grids = null, shape = "";
  return keepDrawing(frame, (width) => {
    const state = now();
    const found = [state.image, state.kernel].map((matrix) => [matrix.length, matrix[0].length]).concat(state.padding, state.stride).join();
    if (found !== shape) grids = build(frame, state);
    shape = found;
    const view = { row: model.get("row"), column: model.get("column"), shown: model.get("shown"), cell: cellSize(width, state) };
    if (view.row >= state.rows || view.column >= state.columns) return; // half of a change from Python
    fillIn(grids, state, view);
    tell(frame, state, view);
  });
}

export default { render };
