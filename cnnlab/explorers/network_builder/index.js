// A table of layers to edit, with what follows from them.
import { addButton, addControl, fill, html, keepDrawing, makeFrame, onKeys, onTyped, refresh, show } from "../kit/frame.js";
import { readNumber, refuse } from "../kit/limits.js";
import { clamp } from "../kit/numbers.js";
import { activationsOf, counted, counting, rowsOf } from "./layer_list.js";

const FIELDS = ["out", "kernel_size", "stride", "padding"];
const OUT = ["out_channels", "out_features", "p"];
const HEADS = ["layer", "kind", "out", "kernel", "stride", "padding", "output shape", "parameters", "activations", "multiply-adds", "field", "order"];
const times = (sizes) => sizes.join("×");
const sum = (rows, count) => rows.reduce((total, row) => total + count(row), 0);
// The setting that a column stands for in a layer, if there is one.
const settingOf = (layer, column) => (column === "out" ? OUT.find((name) => name in layer) : column in layer ? column : undefined);

function checked(layer, words) {
  const most = Math.floor(layer.kernel_size / 2);
  if (layer.kind.endsWith("pool") && layer.padding > most) refuse(words.half, { most, got: layer.padding });
  return layer;
}

function makeTable(frame) {
  const { model } = frame, layers = () => model.get("layers"), limits = frame.limits.layers;
  const body = html("tbody"), foot = html("tr"), table = html("table", { class: "cnnlab-layers cnnlab-network" }, html("caption", {}, "The network, from the input up"),
    html("thead", {}, html("tr", {}, ...HEADS.map((words) => html("th", { scope: "col" }, words)))), body, html("tfoot", {}, foot));
  const replaced = (row, layer) => ({ layers: layers().map((old, i) => (i === row ? checked(layer, frame.limits.words) : old)), layer: row + 1 });

  function numberCell(row, column) {
    const field = html("input", { type: "number", class: `cnnlab-${column.replace("_", "-")}` });
    onTyped(frame, field, () => {
      const layer = layers()[row], name = settingOf(layer, column);
      const value = readNumber(field.value, field.getAttribute("aria-label"), limits[name], frame.limits.words);
      return replaced(row, { ...layer, [name]: value });
    });
    return field;
  }
  function kindCell(row) {
    const field = html("select", { "aria-label": `Layer ${row + 1} kind` }, ...Object.keys(limits.defaults).map((kind) => html("option", {}, kind)));
    onTyped(frame, field, () => replaced(row, { ...limits.defaults[field.value] }));
    return field;
  }
  function moveButton(row, words, to, sign) {
    const button = html("button", { type: "button", "aria-label": `Layer ${row + 1}: ${words}` }, sign);
    button.addEventListener("click", () => {
      const rest = layers().filter((_, i) => i !== row), next = to ?? Math.min(row, rest.length - 1);
      frame.change({ layers: to === null ? rest : rest.toSpliced(to, 0, layers()[row]), layer: next + 1 });
      // The focus follows the layer; where its button is at the end, it goes to the next best.
      const { buttons } = rows[next];
      ([buttons[["earlier", "later", "remove"].indexOf(words)], ...buttons].find((node) => !node.disabled))?.focus();
    });
    return button;
  }
  function makeRow(row) {
    const kind = kindCell(row), fields = Object.fromEntries(FIELDS.map((column) => [column, numberCell(row, column)]));
    const results = HEADS.slice(6, 11).map(() => html("td", { class: "result" }));
    const buttons = [moveButton(row, "earlier", row - 1, "↑"), moveButton(row, "later", row + 1, "↓"), moveButton(row, "remove", null, "×")];
    const node = html("tr", {}, html("th", { scope: "row" }, String(row + 1)), html("td", {}, kind), ...Object.values(fields).map((field) => html("td", {}, field)),
      ...results, html("td", { class: "buttons" }, ...buttons));
    node.addEventListener("focusin", () => { if (model.get("layer") !== row + 1) frame.change({ layer: row + 1 }); });
    return { node, kind, fields, results, buttons };
  }
  function showFields({ kind, fields }, layer, row) {
    if (kind !== document.activeElement) show(kind, layer.kind);
    for (const [column, field] of Object.entries(fields)) {
      const name = settingOf(layer, column);
      field.hidden = name === undefined;
      if (field.hidden) continue;
      fill(field, { ...limits[name], "aria-label": `Layer ${row + 1} ${name.replace("_", " ")}` }, []);
      refresh(field, layer[name]);
    }
  }

  let rows = [];
  return [table, ({ found }, chosen) => {
    if (rows.length !== layers().length) {
      rows = layers().map((_, row) => makeRow(row));
      body.replaceChildren(...rows.map(({ node }) => node));
    }
    rows.forEach(({ node, results, buttons, ...cells }, row) => {
      showFields(cells, layers()[row], row);
      const level = found[row];
      const words = level && [level.flat ? String(level.shape[0]) : times(level.shape), counted(level.parameters), counted(activationsOf(level)), counted(level.products), times(level.field)];
      results.forEach((cell, i) => { cell.textContent = words ? words[i] : i || row > found.length ? "–" : "does not fit"; });
      node.classList.toggle("chosen", row + 1 === chosen);
      [row === 0, row === rows.length - 1, rows.length === 1].forEach((off, i) => { buttons[i].disabled = off; });
    });
    const totals = [(level) => level.parameters, activationsOf, (level) => level.products].map((count) => html("td", { class: "result" }, counted(sum(found, count))));
    foot.replaceChildren(html("th", { scope: "row", colspan: 7 }, "in all"), ...totals, html("td", { colspan: 2 }));
  }];
}

function budgetSentence(budget, parameters) {
  if (!budget) return "";
  const apart = Math.abs(budget - parameters);
  return ` The budget is ${counted(budget)}: ${apart ? `${counted(apart)} ${parameters > budget ? "too many" : "left"}` : "reached exactly"}.`;
}

function tell(frame, layers, { found, problem }, chosen, { input, budget }) {
  const below = found[chosen - 2] ?? { shape: input }, level = found[chosen - 1], parameters = sum(found, (row) => row.parameters);
  frame.say([
    ...(problem ? [problem] : []),
    ...(level ? [`Layer ${chosen}, ${layers[chosen - 1].kind}: ${counting(layers[chosen - 1], below, level)}`] : []),
    `${problem ? "The layers before it have" : "In all"} ${counted(parameters)} parameters.${budgetSentence(budget, parameters)}`,
  ]);
}

function addInput(frame) {
  Object.entries(frame.limits.input_size).forEach(([name, limit], i) => {
    const label = `Input ${name}`, field = html("input", { type: "number", ...limit });
    const replaced = (value) => frame.model.get("input_size").map((old, at) => (at === i ? value : old));
    onTyped(frame, field, () => ({ input_size: replaced(readNumber(field.value, label, limit, frame.limits.words)) }));
    addControl(frame, {}, () => show(field, frame.model.get("input_size")[i]), html("label", {}, label, field));
  });
}

function render({ model, el }) {
  const layers = () => model.get("layers"), chosen = () => clamp(model.get("layer"), 1, layers().length);
  const frame = makeFrame({
    model, el, name: "NetworkBuilder explorer", picture: html("div", { class: "cnnlab-table" }),
    plotLabel: "Layers. The up and down arrow keys choose a layer, Delete removes it.",
    hint: "Edit the layers in the table, move them with ↑ and ↓, remove them with ×. Up and down on the table choose the layer whose counting is written out. Field: rows and columns of the input that an output can see, padding included.",
  });
  frame.plot.classList.add("still");
  frame.follow = (settings) => ({ ...settings, ...("layer" in settings ? { layer: clamp(settings.layer, 1, (settings.layers ?? layers()).length) } : {}) });
  addInput(frame);
  addButton(frame, { label: () => `Add a layer after layer ${chosen()}`, disabled: () => layers().length >= frame.limits.layers.most,
    press: () => ({ layers: layers().toSpliced(chosen(), 0, { ...frame.limits.layers.defaults.conv }), layer: chosen() + 1 }) });
  onKeys(frame, (key) => {
    if (key === "Delete") return layers().length > 1 ? { layers: layers().filter((_, i) => i !== chosen() - 1), layer: Math.min(chosen(), layers().length - 1) } : {};
    return { ArrowUp: { layer: chosen() - 1 }, ArrowDown: { layer: chosen() + 1 }, Home: { layer: 1 }, End: { layer: layers().length } }[key];
  });
  const [table, update] = makeTable(frame);
  frame.picture.append(table);
  return keepDrawing(frame, () => {
    const rows = rowsOf(layers(), model.get("input_size"), frame.limits.words);
    update(rows, chosen());
    tell(frame, layers(), rows, chosen(), { input: model.get("input_size"), budget: model.get("budget") });
  });
}

export default { render };
