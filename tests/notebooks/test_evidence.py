import json
from pathlib import Path

import pytest

from cnnlab import claims
from cnnlab.notebooks import evidence, files
from tests.notebooks.build import code, save

ROOT = Path(__file__).parents[2]
NOTEBOOKS = files.find(folder=ROOT / "notebooks")
# What machine and load decide is measured by `make bench`, not by seeds.
TIMINGS = {"conv1d.crossover", "conv2d.fft_crossover"}


def band_claims(path):
    number = path.name[:2]
    return {c.id for c in claims.ledger().values() if c.kind == "band" and c.notebook == number} - TIMINGS


@pytest.mark.parametrize(
    "path", [path for path in NOTEBOOKS if band_claims(path)], ids=lambda path: path.stem
)
def test_recorded_evidence_belongs_to_the_sources_and_to_the_ledger(path):
    recorded = json.loads((ROOT / f"data/recorded/quick/{path.stem}.json").read_text())
    assert recorded["sources"] == evidence.sources_hash(path), (
        "run `make evidence`: what was measured has changed"
    )
    for id in band_claims(path):
        assert list(claims.find(id).values) == pytest.approx(recorded["claims"][id], rel=1e-3)


def test_the_hash_follows_the_code_and_what_it_imports(tmp_path, monkeypatch):
    source = "from cnnlab import convolution, figures"
    path = save(tmp_path / "a.ipynb", code(source))
    before = evidence.sources_hash(path)
    assert evidence.sources_hash(save(tmp_path / "b.ipynb", code(source))) == before
    assert evidence.sources_hash(save(tmp_path / "c.ipynb", code(source + "\nx = 1"))) != before
    names = {module.relative_to(evidence.PACKAGE).as_posix() for module in evidence._modules(source)}
    assert {"geometry/lengths.py", "_arguments.py"} < names
    assert not any(name.startswith("figures") for name in names)


def test_evidence_runs_every_seed_and_keeps_what_bands_measured(tmp_path):
    source = (
        "import cnnlab, torch\nfrom cnnlab import claims\nlab = cnnlab.start()\n"
        'claims.check("membrane.noisy_rises", 1000 + lab.seed)\n'
        'claims.check("kernel.weights_3x3x3", 27)'
    )
    found = evidence.gather(save(tmp_path / "a.ipynb", code(source, count=None)), seeds=(3, 4))
    assert found["claims"] == {"membrane.noisy_rises": [1003, 1004]}
    assert found["seeds"] == [3, 4]
