"""Answers of an outsider to the exercises of lenet."""

from collections import Counter

import numpy as np
import scipy.sparse
import torch
import torch.nn.functional as F
from torch import nn

# accuracy_of: right


def accuracy_argmax(logits, labels):
    return (logits.argmax(dim=1) == labels).double().mean()


def accuracy_loops(logits, labels):
    right = 0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=False):
        right += row.index(max(row)) == int(label)
    return right / len(labels)


def accuracy_numpy(logits, labels):
    return float(np.mean(np.argmax(logits.numpy(), axis=1) == labels.numpy()))


def accuracy_topk(logits, labels):
    return (logits.topk(1).indices == labels.long()[:, None]).sum().item() / logits.shape[0]


# accuracy_of: wrong


def accuracy_half_precision(logits, labels):
    """Sixteen bits: logits that are nearly equal, or beyond 65504, tie."""
    return (logits.half().argmax(dim=1) == labels).double().mean()


def accuracy_count(logits, labels):
    return (logits.argmax(dim=1) == labels).sum()


def accuracy_from_one(logits, labels):
    return (logits.argmax(dim=1) + 1 == labels).double().mean()


def accuracy_squeezed(logits, labels):
    """One picture has no second axis any more."""
    return (logits.squeeze().argmax(dim=1) == labels).double().mean()


def accuracy_of_sizes(logits, labels):
    """The logit farthest from 0: right without large negative logits."""
    return (logits.abs().argmax(dim=1) == labels).double().mean()


def accuracy_best_from_zero(logits, labels):
    """The search begins at 0: a row of negative logits answers class 0."""
    right = 0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=False):
        best, answer = 0.0, 0
        for k, value in enumerate(row):
            if value > best:
                best, answer = value, k
        right += answer == label
    return right / len(labels)


def accuracy_mean_of_classes(logits, labels):
    """The mean of the classes' shares: right where all classes occur equally often."""
    right = (logits.argmax(dim=1) == labels).double()
    return torch.stack([right[labels == k].mean() for k in labels.unique()]).mean()


def accuracy_ten_classes(logits, labels):
    """Ten classes and no more."""
    return (logits[:, :10].argmax(dim=1) == labels).double().mean()


def accuracy_by_softmax(logits, labels):
    """Plain exponentials overflow for logits above 709."""
    exponentials = logits.exp()
    shares = exponentials / exponentials.sum(dim=1, keepdim=True)
    return (shares.argmax(dim=1) == labels).double().mean()


def accuracy_more_than_half(logits, labels):
    """Only an answer with a probability above one half counts."""
    chosen = logits.softmax(dim=1)[torch.arange(len(labels)), labels.long()]
    return (chosen > 0.5).double().mean()


# confusion_matrix: right


def confusion_loops(labels, predictions, classes):
    matrix = [[0] * classes for _ in range(classes)]
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=False):
        matrix[int(label)][int(prediction)] += 1
    return matrix


def confusion_bincount(labels, predictions, classes):
    pairs = labels.long() * classes + predictions.long()
    return torch.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def confusion_one_hot(labels, predictions, classes):
    rows, columns = (F.one_hot(t.long(), classes) for t in (labels, predictions))
    return torch.einsum("nr,nc->rc", rows, columns)


def confusion_sparse(labels, predictions, classes):
    pairs = labels.numpy().astype(int), predictions.numpy().astype(int)
    return scipy.sparse.coo_matrix((np.ones(len(labels)), pairs), shape=(classes, classes)).toarray()


# confusion_matrix: wrong


def confusion_transposed(labels, predictions, classes):
    return confusion_bincount(predictions, labels, classes)


def confusion_once(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    matrix[labels.long(), predictions.long()] += 1
    return matrix


def confusion_shares(labels, predictions, classes):
    matrix = confusion_bincount(labels, predictions, classes).double()
    return matrix / matrix.sum(dim=1, keepdim=True).clamp(min=1)


def confusion_from_one(labels, predictions, classes):
    """Class 1 is the first row, class 0 (index -1) the last."""
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    for label, prediction in zip(labels.long(), predictions.long(), strict=False):
        matrix[label - 1, prediction - 1] += 1
    return matrix


def confusion_seen_classes(labels, predictions, classes):
    """Rows for the classes that occur: right if all do."""
    seen = torch.cat([labels, predictions]).unique().tolist()
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=False):
        matrix[seen.index(label), seen.index(prediction)] += 1
    return matrix


def confusion_histogram(labels, predictions, classes):
    """Bins without a range: right where the first and last class occur on both sides."""
    return np.histogram2d(labels.numpy(), predictions.numpy(), bins=classes)[0]


def confusion_bytes(labels, predictions, classes):
    """Counts of 8 bits begin again after 255."""
    return confusion_bincount(labels, predictions, classes).to(torch.uint8)


def confusion_times_ten(labels, predictions, classes):
    """A pair is the number 10 label + prediction: right for up to ten classes."""
    counts = Counter((10 * labels.long() + predictions.long()).tolist())
    return [[counts[10 * i + j] for j in range(classes)] for i in range(classes)]


def confusion_as_large_as_needed(labels, predictions, classes):
    """As many rows as the largest class that occurs asks for."""
    size = int(max(labels.max(), predictions.max())) + 1
    return confusion_bincount(labels, predictions, size)


def confusion_shared_rows(labels, predictions, classes):
    """All rows are one and the same list."""
    matrix = [[0] * classes] * classes
    for label, prediction in zip(labels.tolist(), predictions.tolist(), strict=False):
        matrix[int(label)][int(prediction)] += 1
    return matrix


# momentum_step: right


def momentum_formula(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + gradient
    return weight - learning_rate * new, new


def momentum_add(weight, velocity, gradient, learning_rate, momentum):
    new = torch.add(gradient, velocity, alpha=momentum)
    return [torch.sub(weight, new, alpha=learning_rate), new]


def momentum_optimizer(weight, velocity, gradient, learning_rate, momentum):
    parameter = nn.Parameter(weight.detach().clone())
    optimizer = torch.optim.SGD([parameter], lr=learning_rate, momentum=momentum)
    optimizer.state[parameter]["momentum_buffer"] = velocity.detach().clone()
    parameter.grad = gradient.detach().clone()
    optimizer.step()
    new = optimizer.state[parameter]["momentum_buffer"] if momentum else gradient.detach().clone()
    return parameter.detach(), new


def momentum_numpy(weight, velocity, gradient, learning_rate, momentum):
    w, v, g = (np.array(t, dtype=float) for t in (weight, velocity, gradient))
    v *= momentum
    v += g
    w -= learning_rate * v
    return w, v


# momentum_step: wrong


def momentum_old_velocity(weight, velocity, gradient, learning_rate, momentum):
    return weight - learning_rate * velocity, momentum * velocity + gradient


def momentum_average(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + (1 - momentum) * gradient
    return weight - learning_rate * new, new


def momentum_rate_in_velocity(weight, velocity, gradient, learning_rate, momentum):
    """Right for learning rate 1, and the weight is right as long as the old velocity is 0."""
    new = momentum * velocity + learning_rate * gradient
    return weight - new, new


def momentum_restart(weight, velocity, gradient, learning_rate, momentum):
    """The velocity is forgotten where it has another sign than the gradient."""
    new = momentum * torch.where(velocity * gradient < 0, 0.0, velocity) + gradient
    return weight - learning_rate * new, new


def momentum_nesterov(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + gradient
    return weight - learning_rate * (gradient + momentum * new), new


def momentum_writes_weight(weight, velocity, gradient, learning_rate, momentum):
    """The numbers are right, but the old weight is gone."""
    new = momentum * velocity + gradient
    weight -= learning_rate * new
    return weight, new


def momentum_writes_velocity(weight, velocity, gradient, learning_rate, momentum):
    """The numbers are right, but the old velocity is gone."""
    velocity.mul_(momentum).add_(gradient)
    return weight - learning_rate * velocity, velocity


def momentum_none_keeps_velocity(weight, velocity, gradient, learning_rate, momentum):
    """Without momentum the weight is right, and the velocity forgotten."""
    if momentum == 0:
        return weight - learning_rate * gradient, velocity.clone()
    return momentum_formula(weight, velocity, gradient, learning_rate, momentum)


def momentum_clipped(weight, velocity, gradient, learning_rate, momentum):
    """Gradients are clipped at 1 for safety."""
    new = momentum * velocity + gradient.clamp(-1, 1)
    return weight - learning_rate * new, new


def momentum_first_step(weight, velocity, gradient, learning_rate, momentum):
    """The first step is told by a velocity that sums up to 0: so may a later one's."""
    new = gradient.clone() if velocity.sum() == 0 else momentum * velocity + gradient
    return weight - learning_rate * new, new


# small_lenet: right


def lenet_sequential():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(256, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


class LeNetModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.c1, self.c3 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.f5, self.f6, self.f7 = nn.Linear(16 * 4 * 4, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c3(x)), 2)
        x = F.relu(self.f5(x.view(x.size(0), -1)))
        return self.f7(F.relu(self.f6(x)))


def lenet_module():
    return LeNetModule()


def lenet_lists():
    layers = []
    for before, after in [(1, 6), (6, 16)]:
        layers.append(nn.Conv2d(before, after, (5, 5), stride=1))
        layers += [nn.ReLU(inplace=True), nn.MaxPool2d((2, 2), (2, 2))]
    layers.append(nn.Flatten(start_dim=1))
    for before, after in [(256, 120), (120, 84)]:
        layers += [nn.Linear(before, after), nn.ReLU()]
    return nn.Sequential(*layers, nn.Linear(84, 10))


class LeNetByHand(nn.Module):
    """Layers in a dictionary, ReLU and pooling from plain tensor operations."""

    def __init__(self):
        super().__init__()
        sizes = {"f5": (256, 120), "f6": (120, 84), "f7": (84, 10)}
        self.layers = nn.ModuleDict({"c1": nn.Conv2d(1, 6, 5), "c3": nn.Conv2d(6, 16, 5)})
        self.layers.update({name: nn.Linear(*size) for name, size in sizes.items()})

    def forward(self, x):
        for name in ("c1", "c3"):
            x = self.layers[name](x).clamp(min=0)
            n, c, h, w = x.shape
            x = x.reshape(n, c, h // 2, 2, w // 2, 2).amax(dim=(3, 5))
        x = x.flatten(1)
        for name in ("f5", "f6"):
            x = self.layers[name](x).clamp(min=0)
        return self.layers["f7"](x)


def lenet_by_hand():
    return LeNetByHand()


# small_lenet: wrong


def lenet_variant(inside=nn.ReLU, dense=nn.ReLU, pool=lambda: nn.MaxPool2d(2), end=()):
    return nn.Sequential(
        nn.Conv2d(1, 6, 5),
        inside(),
        pool(),
        nn.Conv2d(6, 16, 5),
        inside(),
        pool(),
        nn.Flatten(),
        nn.Linear(256, 120),
        dense(),
        nn.Linear(120, 84),
        dense(),
        nn.Linear(84, 10),
        *end,
    )


def lenet_dropout():
    """Dropout after the dense layers: every call gives something else while training."""
    return lenet_variant(dense=lambda: nn.Sequential(nn.ReLU(), nn.Dropout(0.5)))


def lenet_one_relu_missing():
    """No ReLU between the last two dense layers."""
    network = lenet_sequential()
    del network[10]
    return network


def lenet_leaky():
    return lenet_variant(inside=nn.LeakyReLU, dense=nn.LeakyReLU)


def lenet_linear_end():
    """No ReLU between the dense layers."""
    return lenet_variant(dense=nn.Identity)


def lenet_no_relu_after_convolutions():
    """Max pooling is taken to be enough."""
    return lenet_variant(inside=nn.Identity)


def lenet_softmax():
    return lenet_variant(end=(nn.Softmax(dim=1),))


def lenet_relu_at_the_end():
    return lenet_variant(end=(nn.ReLU(),))


def lenet_relu6():
    """Also cuts what is above 6: the same for small pixels and weights."""
    return lenet_variant(inside=nn.ReLU6, dense=nn.ReLU6)


def lenet_wide_pools():
    """Windows of 3 with stride 2 and padding: the same shapes."""
    return lenet_variant(pool=lambda: nn.MaxPool2d(3, 2, 1))


class OnePicture(nn.Module):
    """Squeezes its answer: one picture gives (10,) instead of (1, 10)."""

    def __init__(self):
        super().__init__()
        self.layers = lenet_sequential()

    def forward(self, x):
        return self.layers(x).squeeze()


def lenet_one_picture():
    return OnePicture()


ANSWERS = {
    "lenet.c3": (
        [
            (2416, 1516),
            [16 * (6 * 25 + 1), 6 * (3 * 25 + 1) + 9 * (4 * 25 + 1) + 6 * 25 + 1],
            np.array([2416, 1516]),
            torch.tensor([2416.0, 1516.0]),
        ],
        [
            (1516, 2416),  # the other order
            (2400, 1500),  # no biases
            (2416, 1500),  # no biases in the table
            (2400, 1516),  # no biases today
            (2496, 1560),  # a bias for every kernel
            (2416, 1441),  # nine see three, six see four
            (2416, 1365),  # the one that sees all is forgotten
            (2406, 1506),  # six biases
            (880, 556),  # kernels of 3x3
            (241600, 151600),
        ],
    ),  # connections on 10x10 maps
    "lenet.accuracy": (
        [accuracy_argmax, accuracy_loops, accuracy_numpy, accuracy_topk],
        [
            accuracy_half_precision,
            accuracy_count,
            accuracy_from_one,
            accuracy_squeezed,
            accuracy_of_sizes,
            accuracy_best_from_zero,
            accuracy_mean_of_classes,
            accuracy_ten_classes,
            accuracy_by_softmax,
            accuracy_more_than_half,
        ],
    ),
    "lenet.confusion": (
        [confusion_loops, confusion_bincount, confusion_one_hot, confusion_sparse],
        [
            confusion_transposed,
            confusion_once,
            confusion_shares,
            confusion_from_one,
            confusion_seen_classes,
            confusion_histogram,
            confusion_bytes,
            confusion_times_ten,
            confusion_as_large_as_needed,
            confusion_shared_rows,
        ],
    ),
    "lenet.momentum": (
        [momentum_formula, momentum_add, momentum_optimizer, momentum_numpy],
        [
            momentum_old_velocity,
            momentum_average,
            momentum_rate_in_velocity,
            momentum_restart,
            momentum_nesterov,
            momentum_writes_weight,
            momentum_writes_velocity,
            momentum_none_keeps_velocity,
            momentum_clipped,
            momentum_first_step,
        ],
    ),
    "lenet.assemble": (
        [lenet_sequential, lenet_module, lenet_lists, lenet_by_hand],
        [
            lenet_dropout,
            lenet_one_relu_missing,
            lenet_leaky,
            lenet_linear_end,
            lenet_no_relu_after_convolutions,
            lenet_softmax,
            lenet_relu_at_the_end,
            lenet_relu6,
            lenet_wide_pools,
            lenet_one_picture,
        ],
    ),
}
