// Bytes that are too many for one trait travel in parts; over the wire and in an exported page they arrive as DataViews.

export function readBytes(model) {
  const views = Array.from({ length: 5 }, (_, i) => model.get(`part_${i}`)).filter((view) => view?.byteLength);
  const joined = new Uint8Array(views.reduce((sum, view) => sum + view.byteLength, 0));
  let at = 0;
  for (const view of views) {
    joined.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength), at);
    at += view.byteLength;
  }
  return joined;
}
