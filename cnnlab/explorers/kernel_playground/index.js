// A matrix filters a photograph.
import { addControl, addNumber, addSelect, html, keepDrawing, makeFrame, numberField, onKeys, onTyped, refresh, show } from "../kit/frame.js";
import { clamp, fixed, plain } from "../kit/numbers.js";
import { makePicture, markPlace, paintGrey, readPhotograph } from "../kit/photo.js";

const OWN = "own", ROUNDING = 1e-9;

// --- The numbers. ---
// The place that an index outside the picture stands for; -1 stands for black.
const insideAt = (i, size, border) => {
  if (i >= 0 && i < size) return i;
  return { zeros: -1, replicate: clamp(i, 0, size - 1), reflect: i < 0 ? -i : 2 * size - 2 - i, circular: (i + size) % size }[border];
};

export function filtered({ rows, columns, values }, kernel, divisor, offset, border) {
  const reach = (kernel.length - 1) / 2;
  const places = (size) => Array.from({ length: size + 2 * reach }, (_, i) => insideAt(i - reach, size, border));
  const down = places(rows), across = places(columns);
  const result = new Float64Array(rows * columns);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++) {
      let sum = 0;
      kernel.forEach((line, i) => line.forEach((weight, j) => {
        if (weight && down[r + i] >= 0 && across[c + j] >= 0) sum += weight * values[down[r + i] * columns + across[c + j]];
      }));
      result[r * columns + c] = sum / divisor + offset;
    }
  }
  return { rows, columns, values: result };
}

export function effectOf({ values }, kernel, divisor) {
  const sum = Number(kernel.flat().reduce((total, weight) => total + weight, 0).toPrecision(12));
  return { sum, gain: sum / divisor, low: Math.min(...values), high: Math.max(...values), count: values.length,
    below: values.filter((value) => value < -ROUNDING).length, above: values.filter((value) => value > 1 + ROUNDING).length };
}

// The same weights in a larger or smaller matrix, the middle kept.
function resized(kernel, side) {
  const move = (side - kernel.length) / 2;
  return Array.from({ length: side }, (_, r) => Array.from({ length: side }, (_, c) => kernel[r - move]?.[c - move] ?? 0));
}

// --- The sentences. ---
function gainSentence({ sum, gain }, divisor, offset) {
  const plus = offset ? `, ${offset > 0 ? "plus" : "minus"} ${plain(Math.abs(offset))}` : "";
  const meaning = Math.abs(gain) < ROUNDING ? `even areas all become ${plain(offset)}, and only changes are seen`
    : Math.abs(gain - 1) < ROUNDING ? `even areas keep their brightness${plus}` : `even areas are multiplied by ${plain(gain, 3)}${plus}`;
  return `The weights sum to ${plain(sum)}; divided by ${plain(divisor)} that is ${plain(gain, 3)}: ${meaning}.`;
}
const share = (part, all) => `${part} of ${all} pixels (${fixed(100 * part / all, 1)}\u00a0%)`;
function rangeSentence({ low, high, below, above, count }) {
  const clipped = [below && `${share(below, count)} lie below 0 and are shown black`, above && `${share(above, count)} lie above 1 and are shown white`].filter(Boolean);
  return `The results lie between ${fixed(low, 3)} and ${fixed(high, 3)}. ` + (clipped.length ? `${clipped.join("; ")}.` : "No pixel is clipped.");
}

// --- The matrix. Its fields stay while its size does, so that typing never loses the focus. ---
function weightField(frame, row, column) {
  const replaced = (value) => frame.model.get("kernel").map((line, r) => line.map((old, c) => (r === row && c === column ? value : old)));
  return numberField(frame, { label: `weight row ${row} column ${column}`, class: "cnnlab-cell", limit: frame.limits.kernel, change: (value) => ({ kernel: replaced(value) }) });
}

function makeMatrix(frame, side) {
  const cells = Array.from({ length: side }, (_, r) => Array.from({ length: side }, (_, c) => weightField(frame, r, c)));
  const grid = html("div", { class: "cnnlab-cells", style: `grid-template-columns: repeat(${side}, var(--cell))` }, ...cells.flat());
  const title = html("p", { class: "heading" }, `Kernel ${side} × ${side}`), source = html("p", { class: "cnnlab-note short" });
  return { part: html("div", { class: "cnnlab-part", role: "group", "aria-label": "Weights" }, title, grid, source), grid, cells, source };
}

function fillMatrix({ grid, cells, source }, kernel, found) {
  cells.forEach((line, r) => line.forEach((field, c) => refresh(field, kernel[r][c])));
  grid.style.setProperty("--cell", kernel.length === 3 ? "60px" : "46px");
  source.textContent = found ? `Source: ${found.source}.` : "Your own numbers.";
}

function addPresets(frame, chosen) {
  const { model } = frame, table = model.get("presets");
  const field = html("select", {}, ...[OWN, ...table.map(({ name }) => name)].map((name) => html("option", {}, name)));
  onTyped(frame, field, () => {
    const { kernel, divisor, offset } = table.find(({ name }) => name === field.value) ?? { kernel: model.get("kernel"), divisor: model.get("divisor"), offset: model.get("offset") };
    return { kernel, divisor, offset };
  });
  addControl(frame, {}, () => show(field, chosen()?.name ?? OWN), html("label", {}, "Kernel", field));
}

function addSize(frame) {
  const field = html("select", {}, ...frame.limits.kernel.sizes.map((side) => html("option", { value: side }, `${side} × ${side}`)));
  onTyped(frame, field, () => ({ kernel: resized(frame.model.get("kernel"), Number(field.value)) }));
  addControl(frame, {}, () => show(field, frame.model.get("kernel").length), html("label", {}, "Size", field));
}

function moveFrame(frame, size) {
  const { model } = frame;
  onKeys(frame, (key) => {
    const [down, across] = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[key] ?? [];
    if (down === undefined) return undefined;
    return { row: clamp(model.get("row") + down, 0, size - 1), column: clamp(model.get("column") + across, 0, size - 1) };
  });
}

const goTo = (frame, { ground, canvas }, size) => ground.addEventListener("click", (event) => {
  const box = canvas.getBoundingClientRect();
  const at = (pixel, length) => clamp(Math.floor(size * pixel / length), 0, size - 1);
  frame.change({ row: at(event.clientY - box.top, box.height), column: at(event.clientX - box.left, box.width) });
});

async function render({ model, el }) {
  const photograph = await readPhotograph(model), size = photograph.rows;
  const frame = makeFrame({
    model, el, name: "KernelPlayground explorer", picture: html("div", { class: "cnnlab-grids" }),
    plotLabel: "Pictures. The arrow keys move the frame.",
    hint: `Choose a kernel, or type your own numbers. The arrow keys, or a click on a picture, move the frame. The kernel lies on the picture as it is written: cross-correlation. ${photograph.credit}`,
  });
  frame.plot.classList.add("still");
  const same = (entry) => ["kernel", "divisor", "offset"].every((name) => JSON.stringify(entry[name]) === JSON.stringify(model.get(name)));
  const chosen = () => model.get("presets").find(same);
  addPresets(frame, chosen);
  addSize(frame);
  addNumber(frame, { trait: "divisor", label: "Divisor", slider: false });
  addNumber(frame, { trait: "offset", label: "Offset" });
  addSelect(frame, { trait: "border", label: "Border" });
  moveFrame(frame, size);

  const before = makePicture("Photograph"), after = makePicture("Result");
  before.title.textContent = "Photograph";
  after.title.textContent = "Result";
  after.note.textContent = "0 and less is black, 1 and more white.";
  paintGrey(before.canvas, photograph);
  for (const picture of [before, after]) goTo(frame, picture, size);
  let matrix = null, known = "", result = null;
  return keepDrawing(frame, (width) => {
    const [kernel, divisor, offset, border, row, column] = ["kernel", "divisor", "offset", "border", "row", "column"].map((name) => model.get(name));
    if (matrix?.cells.length !== kernel.length) {
      matrix = makeMatrix(frame, kernel.length);
      frame.picture.replaceChildren(matrix.part, html("div", { class: "cnnlab-pair" }, before.part, after.part));
    }
    fillMatrix(matrix, kernel, chosen());
    const asked = JSON.stringify([kernel, divisor, offset, border]);
    if (asked !== known) result = filtered(photograph, kernel, divisor, offset, border);
    known = asked;
    paintGrey(after.canvas, result);
    const side = width > 850 ? Math.min(384, (width - 320) / 2) : Math.min(384, (width - 30) / 2);
    frame.picture.style.setProperty("--picture", `${Math.floor(side)}px`);
    markPlace(before, photograph, { row, column, reach: (kernel.length - 1) / 2 });
    markPlace(after, photograph, { row, column, reach: 0 });
    const found = effectOf(result, kernel, divisor), value = result.values[row * size + column];
    after.canvas.setAttribute("aria-label", `The photograph filtered with ${chosen()?.name ?? "your own kernel"}`);
    before.note.textContent = `Frame: row ${row}, column ${column}.`;
    frame.say([gainSentence(found, divisor, offset), rangeSentence(found),
      `Under the frame: weighted sum ${fixed((value - offset) * divisor, 3)}, divided by ${plain(divisor)}${offset ? `, plus ${plain(offset)}` : ""}: ${fixed(value, 3)}` +
        (value < -ROUNDING ? ", shown black." : value > 1 + ROUNDING ? ", shown white." : ".")]);
  });
}

export default { render };
