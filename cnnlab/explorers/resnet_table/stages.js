// What a residual network costs, stage by stage.
const WIDTHS = [64, 128, 256, 512], EXPANSIONS = { basic: 1, bottleneck: 4 }, CLASSES = 1000;
const halved = (size) => Math.floor((size - 1) / 2) + 1;

// A block's convolutions as [inputs, outputs, kernel, outputs per side].
function convolutions(kind, inputs, width, [before, after], stride_in) {
  if (kind === "basic") return [[inputs, width, 3, after], [width, width, 3, after]];
  return [[inputs, width, 1, stride_in === "1x1" ? after : before], [width, width, 3, after], [width, 4 * width, 1, after]];
}
const sum = (list, count) => list.reduce((total, entry) => total + count(entry), 0);
const weightsOf = ([inputs, outputs, kernel]) => inputs * outputs * kernel ** 2;
// Each convolution has weights without biases, and behind it a scale and a shift for each channel.
const parametersOf = (list) => sum(list, (layer) => weightsOf(layer) + 2 * layer[1]);
const productsOf = (list) => sum(list, (layer) => weightsOf(layer) * layer[3] ** 2);

function stageOf(number, blocks, kind, stride_in, [inputs, before]) {
  const width = WIDTHS[number], channels = width * EXPANSIONS[kind], after = number ? halved(before) : before;
  const projection = number > 0 || inputs !== channels;
  const branch = convolutions(kind, inputs, width, [before, after], stride_in), start = projection ? [...branch, [inputs, channels, 1, after]] : branch;
  const rest = convolutions(kind, channels, width, [after, after], stride_in), first = parametersOf(start), further = parametersOf(rest);
  return { name: `stage ${number + 1}`, kind, blocks, projection, shape: [channels, after, after], layers: blocks * branch.length, first, further,
    parameters: first + (blocks - 1) * further, multiply_adds: productsOf(start) + (blocks - 1) * productsOf(rest) };
}

export function stagesOf({ blocks, kinds, stride_in, input_size }) {
  const none = { kind: "", blocks: 0, projection: false, first: 0, further: 0 }, size = halved(input_size), stem = [[3, 64, 7, size]];
  const found = [
    { ...none, name: "7x7 convolution", shape: [64, size, size], layers: 1, parameters: parametersOf(stem), multiply_adds: productsOf(stem) },
    { ...none, name: "3x3 max pool", shape: [64, halved(size), halved(size)], layers: 0, parameters: 0, multiply_adds: 0 },
  ];
  blocks.forEach((count, number) => found.push(stageOf(number, count, kinds[number], stride_in, found.at(-1).shape)));
  const features = found.at(-1).shape[0];
  return [...found, { ...none, name: "average pool, dense", shape: [CLASSES, 1, 1], layers: 1, parameters: (features + 1) * CLASSES, multiply_adds: features * CLASSES }];
}

export const totalsOf = (stages) => Object.fromEntries(["layers", "parameters", "multiply_adds"].map((name) => [name, sum(stages, (stage) => stage[name])]));
