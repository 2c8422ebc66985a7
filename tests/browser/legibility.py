"""What a page measures of itself: contrasts, sizes, words outside the picture, names of fields."""

import itertools
import re

CONTRASTS = """(explorer) => {
    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    const luminance = (colour) => {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((byte) => byte / 255)
            .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = luminance(getComputedStyle(explorer).backgroundColor);
    const ratio = (colour) => {
        const [dark, light] = [luminance(colour), ground].sort((a, b) => a - b);
        return (light + 0.05) / (dark + 0.05);
    };
    const wordy = 'text, p, label, button, select, input, th, td, caption, span';
    const texts = [...explorer.querySelectorAll(wordy)];
    const words = texts.map((node) => getComputedStyle(node)).map((style) =>
        [ratio(style.fill === 'rgb(0, 0, 0)' ? style.color : style.fill), parseFloat(style.fontSize)]);
    const lines = [...explorer.querySelectorAll('path, circle, rect[stroke], .axis')]
        .map((node) => ratio(getComputedStyle(node).stroke));
    return { text: Math.min(...words.map((word) => word[0])), size: Math.min(...words.map((word) => word[1])),
             line: Math.min(...lines) };
}"""

OUTSIDE = """(svg) => [...svg.querySelectorAll('text')].filter((text) => {
    const box = text.getBBox();
    return box.x < 0 || box.x + box.width > svg.clientWidth
        || box.y < 0 || box.y + box.height > svg.clientHeight;
}).map((text) => text.textContent)"""

# What watches the width draws after the next frame.
DRAWN = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))))"


def assert_legible(explorer, least_size=14, widths=(700, 1000)):
    """Raise AssertionError unless all can be read on light and dark ground, with nothing beyond the page."""
    page = explorer.page
    for scheme, width in itertools.product(("light", "dark"), widths):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate(DRAWN)
        found = explorer.evaluate(CONTRASTS)
        assert found["text"] >= 4.5, (scheme, width)
        assert found["line"] >= 3, (scheme, width)
        assert found["size"] >= least_size
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert explorer.evaluate("(box) => [...box.querySelectorAll('svg')].flatMap(" + OUTSIDE + ")") == []


def assert_fields_are_named(explorer):
    """Raise AssertionError unless every field has a name and changes are told to screen readers."""
    for role in ("spinbutton", "slider", "combobox", "button", "checkbox"):
        fields = explorer.get_by_role(role)
        assert fields.count() == explorer.get_by_role(role, name=re.compile(r"\S")).count()
    assert explorer.locator("[aria-live=polite]").inner_text()
