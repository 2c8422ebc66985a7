// Shared by the explorers that go step by step.
// They keep their place as an `index`, which their frame's `follow` turns into traits.
import { addButton, addNumber, addPlay, fill, onKeys, svg } from "./frame.js";

export function addSteps(frame, { label, range, index }) {
  const step = (words, by) => addButton(frame, { label: () => words, press: () => ({ index: index() + by }),
    disabled: () => index() + by < 0 || index() + by > range().max });
  step("Back", -1);
  step("Step", 1);
  addPlay(frame, { trait: "index", range, get: index });
  addNumber(frame, { trait: "index", label, range, get: index, typed: false, say: (value) => String(value + 1) });
}

// Left and right go one step, up and down a row of the output.
export function stepByKeys(frame, { range, index, down }) {
  onKeys(frame, (key) => {
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -down(), ArrowDown: down() }[key];
    const ends = { Home: 0, End: range().max };
    const next = key in ends ? ends[key] : index() + by;
    return next >= 0 && next <= range().max ? { index: next } : undefined;
  });
}

export const uniqueName = () => `fill-${Math.random().toString(36).slice(2)}`;

// Stripes, so that no meaning hangs on the colour alone.
export const stripes = (id, colour, angle = 45) => svg("pattern", { id, width: 8, height: 8, patternUnits: "userSpaceOnUse", patternTransform: `rotate(${angle})` },
  svg("rect", { width: 8, height: 8, fill: colour, "fill-opacity": 0.22 }),
  svg("line", { x1: 0, x2: 0, y1: 0, y2: 8, stroke: colour, "stroke-width": 2.5 }));

export const square = (x, y, size, style) => svg("rect", { x, y, width: size, height: size, ...style });

// Samples of fills with their names, in lines that break within the width. Returns the nodes and the height used.
export function legend(entries, width, y) {
  let x = 2, line = 0;
  const nodes = entries.flatMap(([style, words]) => {
    const needed = 34 + 9.5 * words.length;
    if (x > 2 && x + needed > width) { x = 2; line += 1; }
    const spot = [x, y + 26 * line];
    x += needed;
    return [square(spot[0], spot[1], 18, style), svg("text", { x: spot[0] + 25, y: spot[1] + 15 }, words)];
  });
  return { nodes, height: 26 * (line + 1) };
}

export function setPicture(frame, width, height, label, patterns, nodes) {
  fill(frame.picture, { viewBox: `0 0 ${width} ${height}`, height, "aria-label": label }, []);
  frame.picture.replaceChildren(svg("defs", {}, ...patterns), ...nodes);
}
