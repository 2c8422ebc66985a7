"""Small notebooks for tests."""

import nbformat
from ipywidgets.embed import embed_data


def code(source, *, id="cell", tags=(), count=1, outputs=(), **metadata):
    cell = nbformat.v4.new_code_cell(source, id=id, execution_count=count, outputs=list(outputs))
    cell.metadata.update(metadata)
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def markdown(source, *, id="text", tags=(), **metadata):
    cell = nbformat.v4.new_markdown_cell(source, id=id)
    cell.metadata.update(metadata)
    if tags:
        cell.metadata["tags"] = list(tags)
    return cell


def stream(text, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=text)


def notebook(*cells, **metadata):
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    return nbformat.v4.new_notebook(cells=list(cells), metadata={"kernelspec": kernel} | metadata)


def save(path, *cells, **metadata):
    path.write_text(nbformat.writes(notebook(*cells, **metadata)) + "\n")
    return path


def showing(*widgets):
    """Cells and metadata of a notebook that shows these widgets."""
    cells = []
    for number, widget in enumerate(widgets):
        bundle = widget._repr_mimebundle_()
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        output = nbformat.v4.new_output("display_data", data=data)
        cells.append(code(repr(widget), id=f"widget{number}", outputs=[output]))
    state = embed_data(list(widgets), drop_defaults=False)["manager_state"]
    return cells, {"widgets": {"application/vnd.jupyter.widget-state+json": state}}
