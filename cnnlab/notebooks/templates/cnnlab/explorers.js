// Each explorer gets the model it would have in a notebook, kept in this page: no kernel and no network.
const page = JSON.parse(document.getElementById("explorers").textContent);

function makeModel({ state, buffers }) {
  for (const { path, data } of buffers) {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const owner = path.slice(0, -1).reduce((part, key) => part[key], state);
    owner[path.at(-1)] = new DataView(bytes.buffer);
  }
  const listeners = [];
  const tell = (event) => listeners.filter((entry) => entry.event === event).forEach((entry) => entry.callback());
  return {
    get: (name) => state[name],
    set(name, value) {
      if (JSON.stringify(state[name]) === JSON.stringify(value)) return;
      state[name] = value;
      tell(`change:${name}`);
      tell("change");
    },
    on: (event, callback) => { listeners.push({ event, callback }); },
    off(event, callback) {
      const stays = (entry) => (event && entry.event !== event) || (callback && entry.callback !== callback);
      listeners.splice(0, listeners.length, ...listeners.filter(stays));
    },
    save_changes() {},
    send() {},
    widget_manager: { get_model: async (id) => modelOf(id) },
  };
}

async function load(source) {
  const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  return typeof widget === "function" ? widget() : widget;
}

const widgets = await Promise.all(page.modules.map(load));
const models = new Map();
function modelOf(id) {
  if (!models.has(id)) models.set(id, makeModel(page.models[id]));
  return models.get(id);
}

for (const place of document.querySelectorAll("[data-explorer]")) {
  const id = place.dataset.explorer;
  const widget = widgets[page.models[id].module];
  const el = document.createElement("div");
  place.append(el);
  try {
    const known = models.has(id), model = modelOf(id);
    if (!known) await widget.initialize?.({ model });
    await widget.render({ model, el });
    place.querySelector("pre").remove();
  } catch (error) {
    // The explorer's text stays, and the other explorers go on.
    console.error(error);
  }
}
