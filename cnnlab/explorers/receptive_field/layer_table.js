// An editable table of layers: each row's settings, what follows from them, and buttons to move and remove it.
import { html, numberField, onTyped, refresh } from "../kit/frame.js";
import { refuse } from "../kit/limits.js";
import { plain } from "../kit/numbers.js";

const WINDOW = ["kernel_size", "stride", "padding", "dilation"];
const RESULTS = ["length", "jump", "field", "start"];

export function makeLayerTable(frame) {
  const layers = () => frame.model.get("layers"), limits = frame.limits.layers;
  const heads = ["layer", "kind", "kernel", "stride", "padding", "dilation", ...RESULTS, "order"];
  const body = html("tbody");
  const table = html("table", { class: "cnnlab-layers" }, html("caption", {}, "The stack, from the input up"),
    html("thead", {}, html("tr", {}, ...heads.map((words) => html("th", { scope: "col" }, words)))), body);
  const add = html("button", { type: "button" }, "Add a layer");
  add.addEventListener("click", () => frame.change({ layers: [...layers(), limits.defaults.conv] }));
  frame.plot.after(html("div", { class: "cnnlab-table" }, table, add));

  const replaced = (row, settings) => ({ layers: layers().map((layer, i) => (i === row ? { ...layer, ...settings } : layer)) });
  const checkPool = ({ kind, kernel_size, padding }) => {
    const most = Math.floor(kernel_size / 2);
    if (kind === "pool" && padding > most) refuse(frame.limits.words.half, { most, got: padding });
  };
  function numberCell(row, key) {
    const label = `Layer ${row + 1} ${key.replace("_", " ")}`;
    return numberField(frame, { label, limit: limits[key], change: (value) => {
      checkPool({ ...layers()[row], [key]: value });
      return replaced(row, { [key]: value });
    } });
  }
  function kindCell(row) {
    const field = html("select", { "aria-label": `Layer ${row + 1} kind` }, ...Object.keys(limits.defaults).map((kind) => html("option", {}, kind)));
    onTyped(frame, field, () => {
      checkPool({ ...layers()[row], kind: field.value });
      return replaced(row, { kind: field.value });
    });
    return field;
  }
  function moveButton(row, words, to, sign) {
    const button = html("button", { type: "button", "aria-label": `Layer ${row + 1}: ${words}` }, sign);
    button.addEventListener("click", () => {
      const rest = layers().filter((_, i) => i !== row);
      frame.change({ layers: to === null ? rest : rest.toSpliced(to, 0, layers()[row]) });
      // The focus follows the layer; where its button is gone or at the end, it goes to the next best.
      const next = rows[to ?? Math.min(row, rest.length - 1)];
      ([next.buttons[["earlier", "later", "remove"].indexOf(words)], ...next.buttons].find((node) => !node.disabled) ?? add).focus();
    });
    return button;
  }
  function makeRow(row) {
    const fields = Object.fromEntries([["kind", kindCell(row)], ...WINDOW.map((key) => [key, numberCell(row, key)])]);
    const results = RESULTS.map(() => html("td", { class: "result" }));
    const buttons = [moveButton(row, "earlier", row - 1, "↑"), moveButton(row, "later", row + 1, "↓"), moveButton(row, "remove", null, "×")];
    const node = html("tr", {}, html("th", { scope: "row" }, String(row + 1)), ...Object.values(fields).map((field) => html("td", {}, field)), ...results,
      html("td", { class: "buttons" }, ...buttons));
    return { node, fields, results, buttons };
  }

  let rows = [];
  const input = RESULTS.map(() => html("td", { class: "result" }));
  const inputRow = html("tr", {}, html("th", { scope: "row", colspan: 6 }, "input"), ...input, html("td"));
  // `found` holds the levels that fit, `reached` how many layers may be told.
  return (found, reached, chosen) => {
    if (rows.length !== layers().length) {
      rows = layers().map((_, row) => makeRow(row));
      body.replaceChildren(inputRow, ...rows.map(({ node }) => node));
    }
    const tell = (cells, level, known) => RESULTS.forEach((key, i) => { cells[i].textContent = !known ? "?" : level ? plain(level[key]) : "–"; });
    tell(input, found[0], true);
    rows.forEach(({ node, fields, results, buttons }, row) => {
      for (const [key, field] of Object.entries(fields)) refresh(field, layers()[row][key]);
      tell(results, found[row + 1], row < reached);
      node.classList.toggle("chosen", row + 1 === chosen);
      buttons[0].disabled = row === 0;
      buttons[1].disabled = row === rows.length - 1;
      buttons[2].disabled = rows.length === 1;
    });
    add.disabled = rows.length >= limits.most;
  };
}
