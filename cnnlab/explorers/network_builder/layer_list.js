// What follows from a list of layers: shape, parameters, activations, multiply-adds and receptive field of each.
import { filled } from "../kit/limits.js";

function misfit(layer, { shape: [, height, width], flat }, words) {
  if (layer.kind === "linear" && !flat) return words.features;
  if (!("kernel_size" in layer)) return "";
  if (flat) return words.maps;
  const [tall, wide] = [height, width].map((size) => size + 2 * layer.padding);
  return layer.kernel_size > Math.min(tall, wide) ? filled(words.span, { kernel_size: layer.kernel_size, height: tall, width: wide }) : "";
}

function after(layer, { shape, jump, field, flat }) {
  const [channels, height, width] = shape, { kind, kernel_size: kernel, stride, padding } = layer;
  const same = { shape, jump, field, flat, parameters: 0, products: 0 };
  if (kind === "batch norm") return { ...same, parameters: 2 * channels };
  if (kind === "linear") return { ...same, shape: [layer.out_features, 1, 1], parameters: (channels + 1) * layer.out_features, products: channels * layer.out_features };
  // A flatten sees all rows and all columns.
  if (kind === "flatten") {
    const sizes = [height, width];
    return { ...same, shape: [channels * height * width, 1, 1], flat: true, field: field.map((seen, i) => seen + (sizes[i] - 1) * jump[i]), jump: jump.map((step, i) => step * sizes[i]) };
  }
  if (kernel === undefined) return same;
  const [tall, wide] = [height, width].map((size) => Math.floor((size + 2 * padding - kernel) / stride) + 1);
  const moved = { ...same, field: field.map((seen, i) => seen + (kernel - 1) * jump[i]), jump: jump.map((step) => step * stride) };
  if (kind !== "conv") return { ...moved, shape: [channels, tall, wide] };
  const weights = kernel * kernel * channels * layer.out_channels;
  return { ...moved, shape: [layer.out_channels, tall, wide], parameters: weights + layer.out_channels, products: weights * tall * wide };
}

// A row for each layer that fits, and a sentence about the next one.
export function rowsOf(layers, input, words) {
  const found = [], start = { shape: input, jump: [1, 1], field: [1, 1], flat: false };
  for (const [i, layer] of layers.entries()) {
    const below = found.at(-1) ?? start, problem = misfit(layer, below, words);
    if (problem) return { found, problem: `${filled(words.misfit, { number: i + 1, kind: layer.kind, why: problem })}.` };
    found.push(after(layer, below));
  }
  return { found, problem: "" };
}

// Numbers in the output of a layer.
export const activationsOf = ({ shape }) => shape[0] * shape[1] * shape[2];

export const counted = (value) => value.toLocaleString("en-US");

// How the numbers of one layer are counted.
export function counting(layer, below, { shape, parameters, products }) {
  const [channels] = below.shape, { kind, kernel_size: k } = layer;
  if (kind === "conv") {
    return `(${k}·${k}·${channels} + 1)·${layer.out_channels} = ${counted(parameters)} parameters; ` +
      `${k}·${k}·${channels}·${layer.out_channels}·${shape[1]}·${shape[2]} = ${counted(products)} multiply-adds.`;
  }
  if (kind === "linear") return `(${channels} + 1)·${layer.out_features} = ${counted(parameters)} parameters; ${channels}·${layer.out_features} = ${counted(products)} multiply-adds.`;
  return kind === "batch norm" ? `2·${channels} = ${counted(parameters)} parameters, a scale and a shift for each channel.` : "no parameters, no multiply-adds.";
}
