"""What PyTorch itself says of a network: sizes, parameters and work of a picture that runs through."""

import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode


def on_meta(make, **options):
    """A network without memory or values."""
    with torch.device("meta"):
        return make(**options)


def count(network):
    return sum(parameter.numel() for parameter in network.parameters())


def leaves(network):
    """The modules that a layer table lists, by name."""
    return {name: part for name, part in network.named_modules() if not list(part.children())}


def measured_shapes(network, input_shape):
    """(C, H, W) of what comes out of every leaf."""
    shapes = {}

    def note(name):
        def hook(module, inputs, output):
            shapes[name] = (*output.shape[1:], 1, 1)[:3]

        return hook

    handles = [leaf.register_forward_hook(note(name)) for name, leaf in leaves(network).items()]
    run(network, input_shape)
    for handle in handles:
        handle.remove()
    return shapes


def measured_multiply_adds(network, input_shape):
    with FlopCounterMode(display=False) as counter:
        run(network, input_shape)
    return counter.get_total_flops() // 2


def run(network, input_shape):
    device = next(network.parameters()).device
    network.eval()
    with torch.no_grad():
        return network(torch.zeros(1, *input_shape, device=device))


def draw(network):
    """Fill a network from ``on_meta`` with values that let a picture reach the output at its full size."""
    network.to_empty(device="cpu")
    generator = torch.Generator().manual_seed(0)
    for part in network.modules():
        if isinstance(part, (nn.Conv2d, nn.Linear)):
            nn.init.kaiming_normal_(part.weight, generator=generator)
            if part.bias is not None:
                nn.init.normal_(part.bias, std=0.1, generator=generator)
        elif isinstance(part, nn.BatchNorm2d):
            for values in (part.weight, part.running_var):
                values.data.uniform_(0.5, 1.5, generator=generator)
            for values in (part.bias, part.running_mean):
                values.data.normal_(0, 0.1, generator=generator)
            part.num_batches_tracked.zero_()
    return network
