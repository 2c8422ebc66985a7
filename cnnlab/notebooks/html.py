"""Notebooks as single HTML files that need no network, no kernel and no Node."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any

import jinja2
from nbconvert import HTMLExporter
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbformat import NotebookNode

from cnnlab.notebooks import files, student
from cnnlab.notebooks.mathml import to_mathml
from cnnlab.notebooks.outputs import reachable, widget_state
from cnnlab.notebooks.prose import asked

TEMPLATES = Path(__file__).parent / "templates"
VIEW = "application/vnd.jupyter.widget-view+json"
# A link to another notebook leads to its page, which stands beside this one.
NOTEBOOK_LINK = re.compile(r"^(?!\w+:)([^#?]*)\.ipynb((?:#.*)?)$")


def to_html(notebook_path: Path | str, out_path: Path | str) -> Path:
    """Write a notebook as one HTML file that works from disk, and return its path.

    Formulas become MathML, explorers stay alive, outputs of cells tagged ``hide-output`` are closed until
    opened, above a solution stands what a student starts from, a link to a claim leads to the cell that
    checks it, and one to a notebook to its page.

    Args:
        notebook_path: an executed notebook, with its widget state.
        out_path: the file to write; its folder is made if needed.

    Returns:
        ``out_path``.

    Raises:
        ValueError: there is no such notebook, a formula cannot be converted, or the page would need the
            network.
    """
    notebook_path, out_path = Path(notebook_path), Path(out_path)
    notebook = files.read(notebook_path)
    explorers = _explorers(notebook)
    claims = {claim for cell in files.code_cells(notebook) for claim in asked(cell.source)}
    _keep_readable_outputs(notebook, explorers["models"])
    page_data = {
        "title": plain_title(notebook),
        "stubs": student.stubs(notebook),
        # "<" as an escape, so that no text inside can end the script element.
        "explorers": json.dumps(explorers, sort_keys=True).replace("<", "\\u003c"),
    }
    resources = {
        "metadata": {"path": str(notebook_path.parent), "name": notebook_path.stem},
        "page": page_data,
    }
    try:
        page, _ = _Exporter(claims).from_notebook_node(notebook, resources)
    except ValueError as error:
        raise ValueError(f"{notebook_path.name}: {error}") from None
    if outside := re.search(r"<(?:img|script|iframe|source)[^>]*\ssrc=\"((?:https?:)?//[^\"]*)", page):
        raise ValueError(f"{notebook_path.name}: page must not load from the network, got {outside[1]!r}")
    return _write(out_path, page)


def write_index(paths: Sequence[Path | str], out_dir: Path | str) -> Path:
    """Write ``index.html``, a page that links to exported notebooks, and return its path.

    Args:
        paths: the notebooks, in order; each is linked as NAME.html, beside the index.
        out_dir: the folder that holds the exported files.

    Raises:
        ValueError: a path is no notebook.
    """
    found = [(Path(path).with_suffix(".html").name, plain_title(files.read(Path(path)))) for path in paths]
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES / "cnnlab"), autoescape=True)
    return _write(
        Path(out_dir) / "index.html", environment.get_template("contents.html.j2").render(found=found)
    )


def plain_title(notebook: NotebookNode) -> str:
    """Return the first heading without Markdown's marks, "untitled" where there is none."""
    return re.sub(r"[*_`$]|\[([^\]]*)\]\([^)]*\)", r"\1", files.title(notebook))


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write_whole(path, text.encode())
    return path


def _explorers(notebook: NotebookNode) -> dict[str, Any]:
    """What the page's script needs: each loader's text once, and each model's traits."""
    state = widget_state(notebook)
    outputs = [output for cell in files.code_cells(notebook) for output in cell.outputs]
    shown = [output.get("data", {}).get(VIEW, {}).get("model_id", "") for output in outputs]
    explorers = [name for name in shown if "_esm" in state.get(name, {}).get("state", {})]
    loaders = list(dict.fromkeys(state[name]["state"]["_esm"] for name in explorers))
    models = {}
    for model_id in reachable(state, explorers):
        traits = state[model_id]["state"]
        public = {name: value for name, value in traits.items() if not name.startswith("_")}
        models[model_id] = {"state": public, "buffers": state[model_id].get("buffers", [])}
        if model_id in explorers:
            models[model_id]["module"] = loaders.index(traits["_esm"])
    return {"modules": loaders, "models": models}


def _keep_readable_outputs(notebook: NotebookNode, explorers: dict[str, Any]) -> None:
    """Drop what only a kernel or a widget manager could show; its text/plain stays."""
    for cell in files.code_cells(notebook):
        for output in cell.outputs:
            data = output.get("data", {})
            data.pop("application/javascript", None)
            if "module" not in explorers.get(data.get(VIEW, {}).get("model_id"), {}):
                data.pop(VIEW, None)


class _Renderer(IPythonRenderer):
    """Markdown with MathML, headings that can be linked to, and claim links only where a cell answers."""

    def __init__(self, claims: set[str], **options: Any) -> None:
        super().__init__(**options)
        self.claims = claims

    def block_math(self, body: str) -> str:
        return to_mathml(body, block=True)

    def inline_math(self, body: str) -> str:
        return to_mathml(body)

    def latex_environment(self, name: str, body: str) -> str:
        return to_mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", block=True)

    def _html_embed_images(self, html: str) -> str:
        # The original parses each piece of HTML for itself, and so closes what a later piece closes.
        return super()._html_embed_images(html) if "<img" in html else html

    def heading(self, text: str, level: int, **attributes: Any) -> str:
        anchor = re.sub(r"\s+", "-", re.sub(r"<[^>]+>", "", text).strip())
        return f'<h{level} id="{escape(anchor)}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        if url.startswith("#claim:"):
            url = url.removesuffix("~mean")
            if url.removeprefix("#claim:") not in self.claims:
                return text
        return super().link(text, NOTEBOOK_LINK.sub(r"\1.html\2", url), title)


class _Exporter(HTMLExporter):
    """nbconvert's exporter with the course's template and Markdown."""

    def __init__(self, claims: set[str]) -> None:
        super().__init__(
            extra_template_basedirs=[str(TEMPLATES)],
            template_name="cnnlab",
            embed_images=True,
            exclude_input_prompt=True,
            exclude_output_prompt=True,
        )
        self.claims = claims
        seen: set[str] = set()
        self.register_filter("new_claims", lambda source: _unseen(asked(source), seen))
        self.register_filter("latex_output", lambda text: to_mathml(text.strip().strip("$"), block=True))

    @jinja2.pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        renderer = _Renderer(
            self.claims,
            escape=False,
            embed_images=True,
            attachments=context.get("cell", {}).get("attachments", {}),
            path=context["resources"]["metadata"]["path"],
        )
        return MarkdownWithMath(renderer=renderer).render(source)


def _unseen(names: Sequence[str], seen: set[str]) -> list[str]:
    """Those names that come for the first time: an anchor may stand only once on a page."""
    new = [name for name in dict.fromkeys(names) if name not in seen]
    seen.update(new)
    return new
