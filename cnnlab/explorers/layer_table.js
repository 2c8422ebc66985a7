// An editable table of layers: each row's settings, what follows from them, and buttons to move and remove it.
// base.js stands in front of this text.

const LIMITS = { kernel_size: [1, 9], stride: [1, 9], padding: [0, 4], dilation: [1, 4] };
const MOST_LAYERS = 8;
const NEW_LAYER = { kind: "conv", kernel_size: 3, stride: 1, padding: 0, dilation: 1 };
const RESULTS = ["length", "jump", "field", "start"];

function makeLayerTable(frame) {
  const layers = () => frame.model.get("layers");
  const heads = ["layer", "kind", "kernel", "stride", "padding", "dilation", ...RESULTS, "order"];
  const body = html("tbody");
  const table = html("table", { class: "cnnlab-layers" }, html("caption", {}, "The stack, from the input up"),
    html("thead", {}, html("tr", {}, ...heads.map((words) => html("th", { scope: "col" }, words)))), body);
  const add = html("button", { type: "button" }, "Add a layer");
  add.addEventListener("click", () => frame.change({ layers: [...layers(), NEW_LAYER] }));
  frame.plot.after(html("div", { class: "cnnlab-table" }, table, add));

  const replaced = (row, settings) => ({ layers: layers().map((layer, i) => (i === row ? { ...layer, ...settings } : layer)) });
  const checkPool = ({ kind, kernel_size, padding }) => {
    if (kind === "pool" && padding > Math.floor(kernel_size / 2)) throw new Error(`The padding of a pool must be at most half its kernel, ${Math.floor(kernel_size / 2)}; got ${padding}.`);
  };
  function numberCell(row, key) {
    const [min, max] = LIMITS[key], label = `Layer ${row + 1} ${key.replace("_", " ")}`;
    const field = html("input", { type: "number", min, max, step: 1, "aria-label": label });
    onTyped(frame, field, () => {
      const value = field.value.trim() === "" ? NaN : Number(field.value);
      if (!(value >= min && value <= max && Number.isInteger(value))) {
        throw new Error(`${label} must be a whole number from ${min} to ${max}; ${field.value === "" ? "got no number" : `got ${field.value}`}.`);
      }
      checkPool({ ...layers()[row], [key]: value });
      return replaced(row, { [key]: value });
    });
    return field;
  }
  function kindCell(row) {
    const field = html("select", { "aria-label": `Layer ${row + 1} kind` }, html("option", {}, "conv"), html("option", {}, "pool"));
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
    const fields = Object.fromEntries([["kind", kindCell(row)], ...Object.keys(LIMITS).map((key) => [key, numberCell(row, key)])]);
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
      for (const [key, field] of Object.entries(fields)) if (field.getAttribute("aria-invalid") !== "true" || document.activeElement !== field) show(field, layers()[row][key]);
      tell(results, found[row + 1], row < reached);
      node.classList.toggle("chosen", row + 1 === chosen);
      buttons[0].disabled = row === 0;
      buttons[1].disabled = row === rows.length - 1;
      buttons[2].disabled = rows.length === 1;
    });
    add.disabled = rows.length >= MOST_LAYERS;
  };
}
