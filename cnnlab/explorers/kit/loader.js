// What each explorer carries itself: it fetches the files of its kind, which a notebook stores once, and joins them.

const PREFIX = "IPY_MODEL_";
const addresses = (globalThis.cnnlabAddresses ??= new Map());

// A file's address once the files that it imports have theirs; the same text has one address for the whole page.
function addressOf(name, texts) {
  const text = texts.get(name).replace(/ from "(\.[^"]*)";/g, (_, path) =>
    ` from "${addressOf(new URL(path, `file:///${name}`).pathname.slice(1), texts)}";`);
  if (!addresses.has(text)) addresses.set(text, URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
  return addresses.get(text);
}

async function render({ model, el }) {
  const scripts = await Promise.all(model.get("scripts").map((place) => model.widget_manager.get_model(place.slice(PREFIX.length))));
  const texts = new Map(scripts.map((script) => [script.get("name"), script.get("text")]));
  for (const [name, text] of texts) {
    if (name.endsWith(".css")) el.append(Object.assign(document.createElement("style"), { textContent: text }));
  }
  const { default: explorer } = await import(addressOf(model.get("entry"), texts));
  return explorer.render({ model, el });
}

export default { render };
