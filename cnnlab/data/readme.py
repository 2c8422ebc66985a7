"""The cards as ``data/README.md`` shows them."""

from __future__ import annotations

from cnnlab.data.registry import Card, cards


def section(card: Card) -> str:
    """Return a card in Markdown: a heading, what the set is, and a table of the rest.

    Example:
        >>> print(section(cards()["camera"])[:30])
        ## camera
        <BLANKLINE>
        photograph of a man
    """
    facts = {
        "in code": f"`{card.code}`",
        "count": card.count,
        "shape": card.shape,
        "licence": card.licence,
        "attribution": card.attribution,
        "source": f"<{card.source}>",
        "citation": card.citation,
        "bytes": card.bytes or ("not stated" if card.files else 0),
        "hash": card.hash,
        "embedded": "yes" if card.embedded else "no",
    }
    if card.files:
        facts["in the data folder"] = f"`{card.place}`"
    rows = "\n".join(f"| {name} | {fact} |" for name, fact in facts.items())
    return f"## {card.name}\n\n{card.what}\n\n| | |\n|---|---|\n{rows}\n"


def with_cards(text: str) -> str:
    """Return what ``text`` says before its first section, followed by a section for every card.

    Args:
        text: of ``data/README.md``.
    """
    introduction = f"\n{text}".partition("\n## ")[0].strip("\n")
    return "\n".join([f"{introduction}\n", *map(section, cards().values())])
