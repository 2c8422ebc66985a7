"""CNN Lab: what a convolutional-network course needs beside its notebooks.

Each part is a module that says where a name comes from: ``from cnnlab import convolution`` and then
``convolution.convolve1d(...)``. Importing the package itself loads no heavy library.
"""

from cnnlab._lab import Lab, start

__all__ = ["Lab", "__version__", "start"]

__version__ = "0.1.0"
