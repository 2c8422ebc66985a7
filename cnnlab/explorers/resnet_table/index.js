// Four stages of residual blocks to edit, with what each costs.
import { addButton, addControl, addSelect, html, keepDrawing, makeFrame, numberField, onKeys, onTyped, refresh, show } from "../kit/frame.js";
import { clamp, fixed } from "../kit/numbers.js";
import { stagesOf, totalsOf } from "./stages.js";

const OWN = "own", FIRST = 2;
const HEADS = ["part", "blocks", "kind", "output", "layers", "parameters", "multiply-adds"];
const counted = (value) => value.toLocaleString("en-US");
const giga = (value) => `${fixed(value / 1e9, 3)}\u00a0G`;
const percent = (part, whole) => `${fixed(100 * part / whole, 1)}\u00a0%`;
const crossed = (words) => words.replace("x", "×");
const titled = (words) => words[0].toUpperCase() + words.slice(1);

function makeTable(frame) {
  const { model } = frame, body = html("tbody"), foot = html("tr");
  const table = html("table", { class: "cnnlab-layers cnnlab-stages" }, html("caption", {}, "From the picture up; bars: share of the whole"),
    html("thead", {}, html("tr", {}, ...HEADS.map((words) => html("th", { scope: "col" }, words)))), body, html("tfoot", {}, foot));
  const replaced = (trait, place, value) => ({ [trait]: model.get(trait).map((old, i) => (i === place ? value : old)), stage: place + 1 });

  function makeRow(row) {
    const place = row - FIRST, has = place >= 0 && place < model.get("blocks").length, label = `Stage ${place + 1}`;
    const results = HEADS.slice(3).map(() => html("td", { class: "result" }));
    const shares = results.slice(2).map(() => html("span", { class: "cnnlab-share" }));
    const head = html("th", { scope: "row" });
    if (!has) return { node: html("tr", {}, head, html("td", {}, "–"), html("td", {}, "–"), ...results), head, results, shares };
    const blocks = numberField(frame, { label: `${label} blocks`, limit: frame.limits.blocks, change: (value) => replaced("blocks", place, value) });
    const kind = html("select", { "aria-label": `${label} kind` }, ...frame.limits.kinds.options.map((words) => html("option", {}, words)));
    onTyped(frame, kind, () => replaced("kinds", place, kind.value));
    const node = html("tr", {}, head, html("td", {}, blocks), html("td", {}, kind), ...results);
    node.addEventListener("focusin", () => { if (model.get("stage") !== place + 1) frame.change({ stage: place + 1 }); });
    return { node, head, blocks, kind, results, shares };
  }

  const rows = Array.from({ length: FIRST + model.get("blocks").length + 1 }, (_, row) => makeRow(row));
  body.append(...rows.map(({ node }) => node));
  return [table, (stages, totals, chosen) => {
    rows.forEach(({ node, head, blocks, kind, results, shares }, row) => {
      const stage = stages[row];
      head.textContent = crossed(stage.name);
      if (blocks) {
        refresh(blocks, stage.blocks);
        show(kind, stage.kind);
        node.classList.toggle("chosen", row - FIRST + 1 === chosen);
      }
      const words = [stage.shape.join("×"), String(stage.layers), counted(stage.parameters), giga(stage.multiply_adds)];
      results.forEach((cell, i) => { cell.replaceChildren(words[i], ...(i > 1 ? [shares[i - 2]] : [])); });
      ["parameters", "multiply_adds"].forEach((name, i) => { shares[i].style.width = percent(stage[name], totals[name]).replace("\u00a0", ""); });
    });
    const sums = [String(totals.layers), counted(totals.parameters), giga(totals.multiply_adds)];
    foot.replaceChildren(html("th", { scope: "row", colspan: 4 }, "in all"), ...sums.map((words) => html("td", { class: "result" }, words)));
  }];
}

function addPresets(frame) {
  const { model } = frame, presets = model.get("presets"), now = () => JSON.stringify([model.get("blocks"), model.get("kinds")]);
  const name = () => Object.keys(presets).find((key) => JSON.stringify([presets[key].blocks, presets[key].kinds]) === now()) ?? OWN;
  const field = html("select", {}, ...Object.keys(presets).map((words) => html("option", {}, words)), html("option", { disabled: "" }, OWN));
  onTyped(frame, field, () => presets[field.value]);
  addControl(frame, {}, () => show(field, name()), html("label", {}, "Network", field));
  return name;
}

function tell(frame, name, stages, totals, chosen, input_size) {
  const stage = stages[FIRST + chosen - 1], { blocks, kind, first, further } = stage;
  const start = !stage.projection ? `${blocks > 1 ? "Each" : "It"} has ${counted(first)} parameters; no shortcut needs weights.`
    : `The first, whose shortcut is a 1×1 convolution, has ${counted(first)} parameters${blocks > 1 ? `; each further one has ${counted(further)}` : ""}.`;
  frame.say([
    `${name === OWN ? "This network" : name}: ${totals.layers} layers with weights, ${counted(totals.parameters)} parameters, ${giga(totals.multiply_adds)} multiply-adds for a picture of ${input_size} × ${input_size}.`,
    `${titled(stage.name)}: ${blocks} ${kind} block${blocks > 1 ? "s" : ""} of ${stage.layers / blocks} layers. ${start}`,
    `It has ${percent(stage.parameters, totals.parameters)} of all parameters and takes ${percent(stage.multiply_adds, totals.multiply_adds)} of all multiply-adds.`,
  ]);
}

function render({ model, el }) {
  const frame = makeFrame({
    model, el, name: "ResnetTable explorer", picture: html("div", { class: "cnnlab-table" }),
    plotLabel: "Table. Up and down choose a stage, left and right take and add a block.",
    hint: "Choose a published network, or edit the stages. On the table, the arrow keys up and down choose the stage that is told below, left and right take a block from it and add one, as the buttons do. Layers: convolutions and dense layers on the way through; shortcuts do not count. G: thousand million.",
  });
  frame.plot.classList.add("still");
  const { min, max } = frame.limits.blocks, stage = () => model.get("stage");
  const more = (by) => ({ blocks: model.get("blocks").map((count, i) => (i === stage() - 1 ? clamp(count + by, min, max) : count)) });
  const name = addPresets(frame);
  addSelect(frame, { trait: "stride_in", label: "Stride 2 in", shown: () => model.get("kinds").includes("bottleneck") });
  addSelect(frame, { trait: "input_size", label: "Picture size" });
  for (const [words, by, end] of [["Add to", 1, max], ["Take from", -1, min]]) {
    addButton(frame, { label: () => `${words} stage ${stage()}`, press: () => more(by), disabled: () => model.get("blocks")[stage() - 1] === end });
  }
  onKeys(frame, (key) => {
    const to = { ArrowUp: stage() - 1, ArrowDown: stage() + 1, Home: 1, End: frame.limits.stage.max }[key];
    if (to !== undefined) return { stage: clamp(to, frame.limits.stage.min, frame.limits.stage.max) };
    return { ArrowLeft: more(-1), ArrowRight: more(1) }[key];
  });
  const [table, update] = makeTable(frame);
  frame.picture.append(table);
  return keepDrawing(frame, () => {
    const state = Object.fromEntries(["blocks", "kinds", "stride_in", "input_size"].map((trait) => [trait, model.get(trait)]));
    const stages = stagesOf(state), totals = totalsOf(stages);
    update(stages, totals, stage());
    tell(frame, name(), stages, totals, stage(), state.input_size);
  });
}

export default { render };
