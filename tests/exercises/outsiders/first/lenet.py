"""Answers of an outsider to the exercises of lenet."""

from fractions import Fraction

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# --- lenet.accuracy: right


def accuracy_torch(logits, labels):
    return (logits.argmax(1) == labels).double().mean().item()


def accuracy_loops(logits, labels):
    right = 0
    rows = logits.tolist()
    for row, label in zip(rows, labels.tolist(), strict=False):
        if row.index(max(row)) == label:
            right += 1
    return Fraction(right, len(rows))


def accuracy_numpy(logits, labels):
    return np.mean(np.argmax(logits.numpy(), axis=1) == labels.numpy())


def accuracy_softmax(logits, labels):
    answers = logits.max(dim=-1).indices
    return answers.eq(labels).sum() / len(labels)


# --- lenet.accuracy: wrong


def accuracy_count(logits, labels):
    return (logits.argmax(1) == labels).sum().item()


def accuracy_percent(logits, labels):
    return 100 * accuracy_torch(logits, labels)


def accuracy_classes(logits, labels):
    return (logits.argmax(1) == labels).sum().item() / logits.shape[1]


def accuracy_errors(logits, labels):
    return (logits.argmax(1) != labels).double().mean().item()


def accuracy_from_one(logits, labels):
    return (logits.argmax(1) + 1 == labels).double().mean().item()


def accuracy_magnitude(logits, labels):
    return (logits.abs().argmax(1) == labels).double().mean().item()


def accuracy_whole(logits, labels):
    return (logits.argmax(1) == labels).sum().item() // len(labels)


def accuracy_balanced(logits, labels):
    right = (logits.argmax(1) == labels).double()
    return torch.stack([right[labels == c].mean() for c in labels.unique()]).mean().item()


def accuracy_probability(logits, labels):
    return logits.softmax(1)[torch.arange(len(labels)), labels.long()].mean().item()


def accuracy_positive(logits, labels):
    answers = (logits[:, 1:2] > logits[:, 0:1]).double()[:, 0]
    return (answers == labels).double().mean().item()


# --- lenet.assemble: right


def assemble_sequential():
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


class Functional(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Conv2d(1, 6, kernel_size=5)
        self.second = nn.Conv2d(6, 16, kernel_size=5)
        self.dense1 = nn.Linear(16 * 4 * 4, 120)
        self.dense2 = nn.Linear(120, 84)
        self.dense3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.first(x)), 2)
        x = F.max_pool2d(F.relu(self.second(x)), 2)
        x = x.view(x.shape[0], -1)
        return self.dense3(F.relu(self.dense2(F.relu(self.dense1(x)))))


class Parts(nn.Module):
    def __init__(self):
        super().__init__()
        self.convolutions = nn.ModuleList([nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)])
        self.dense = nn.ModuleList([nn.Linear(256, 120), nn.Linear(120, 84), nn.Linear(84, 10)])
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)

    def forward(self, x):
        for layer in self.convolutions:
            x = self.pool(self.relu(layer(x)))
        x = torch.flatten(x, start_dim=1)
        for layer in self.dense[:-1]:
            x = self.relu(layer(x))
        return self.dense[-1](x)


def assemble_nested():
    def block(inputs, outputs):
        convolution = nn.Conv2d(inputs, outputs, (5, 5))
        return nn.Sequential(convolution, nn.ReLU(inplace=True), nn.MaxPool2d((2, 2)))

    head = [nn.Flatten()]
    for inputs, outputs in ((256, 120), (120, 84)):
        head += [nn.Linear(inputs, outputs), nn.ReLU()]
    head.append(nn.Linear(84, 10))
    net = nn.Sequential()
    net.add_module("features", nn.Sequential(block(1, 6), block(6, 16)))
    net.add_module("classifier", nn.Sequential(*head))
    return net


# --- lenet.assemble: wrong


def variant(pool1=None, pool2=None, relu1=None, relu2=None, relu3=None, relu4=None, end=None):
    layers = [
        nn.Conv2d(1, 6, 5),
        relu1 or nn.ReLU(),
        pool1 or nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        relu2 or nn.ReLU(),
        pool2 or nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(256, 120),
        relu3 or nn.ReLU(),
        nn.Linear(120, 84),
        relu4 or nn.ReLU(),
        nn.Linear(84, 10),
    ]
    return nn.Sequential(*layers + ([end] if end else []))


def assemble_average():
    return variant(pool1=nn.AvgPool2d(2), pool2=nn.AvgPool2d(2))


def assemble_softmax():
    return variant(end=nn.Softmax(dim=1))


def assemble_relu_end():
    return variant(end=nn.ReLU())


def assemble_tanh():
    return variant(relu1=nn.Tanh(), relu2=nn.Tanh(), relu3=nn.Tanh(), relu4=nn.Tanh())


def assemble_dense_linear():
    return variant(relu3=nn.Identity(), relu4=nn.Identity())


def assemble_relu_forgotten():
    return variant(relu2=nn.Identity())


def assemble_padded():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(400, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


def assemble_overlapping():
    return variant(pool1=nn.MaxPool2d(3, stride=2, padding=1), pool2=nn.MaxPool2d(3, stride=2, padding=1))


class OnePicture(Functional):
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.first(x)), 2)
        x = F.max_pool2d(F.relu(self.second(x)), 2)
        x = x.flatten()[:256].view(1, -1)
        return self.dense3(F.relu(self.dense2(F.relu(self.dense1(x)))))


def assemble_class():
    return Functional


# --- lenet.confusion: right


def confusion_loops(labels, predictions, classes):
    matrix = [[0] * classes for _ in range(classes)]
    for label, answer in zip(labels.tolist(), predictions.tolist(), strict=False):
        matrix[int(label)][int(answer)] += 1
    return matrix


def confusion_bincount(labels, predictions, classes):
    pairs = labels.long() * classes + predictions.long()
    return torch.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def confusion_numpy(labels, predictions, classes):
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (labels.numpy().astype(int), predictions.numpy().astype(int)), 1)
    return matrix


def confusion_one_hot(labels, predictions, classes):
    rows = F.one_hot(labels.long(), classes).float()
    columns = F.one_hot(predictions.long(), classes).float()
    return rows.T @ columns


# --- lenet.confusion: wrong


def confusion_once(labels, predictions, classes):
    matrix = torch.zeros(classes, classes)
    matrix[labels.long(), predictions.long()] += 1
    return matrix


def confusion_transposed(labels, predictions, classes):
    return confusion_bincount(predictions, labels, classes)


def confusion_seen(labels, predictions, classes):
    size = int(max(labels.max(), predictions.max())) + 1
    return confusion_loops(labels, predictions, size)


def confusion_shares(labels, predictions, classes):
    matrix = confusion_bincount(labels, predictions, classes).double()
    return matrix / matrix.sum(1, keepdim=True).clamp(min=1)


def confusion_diagonal(labels, predictions, classes):
    right = labels == predictions
    return confusion_bincount(labels[right], predictions[right], classes)


def confusion_errors(labels, predictions, classes):
    return confusion_bincount(labels, predictions, classes).fill_diagonal_(0)


def confusion_from_one(labels, predictions, classes):
    matrix = torch.zeros(classes, classes)
    for label, answer in zip(labels.long(), predictions.long(), strict=False):
        matrix[label - 1, answer - 1] += 1
    return matrix


def confusion_symmetric(labels, predictions, classes):
    matrix = confusion_bincount(labels, predictions, classes)
    return matrix + matrix.T - torch.diag(matrix.diag())


def confusion_bins(labels, predictions, classes):
    return np.histogram2d(labels.numpy(), predictions.numpy(), bins=classes)[0]


def confusion_ten(labels, predictions, classes):
    return confusion_loops(labels, predictions, 10)


# --- lenet.momentum: right


def momentum_plain(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity + gradient
    return weight - learning_rate * v, v


def momentum_clone(weight, velocity, gradient, learning_rate, momentum):
    w, v = (torch.as_tensor(t, dtype=torch.float64).clone() for t in (weight, velocity))
    v *= momentum
    v += gradient
    w -= learning_rate * v
    return [w, v]


def momentum_numpy(weight, velocity, gradient, learning_rate, momentum):
    v = float(momentum) * np.array(velocity) + np.array(gradient)
    return np.array(weight) - float(learning_rate) * v, v


def momentum_lists(weight, velocity, gradient, learning_rate, momentum):
    lr, m = float(learning_rate), float(momentum)

    def step(w, v, g):
        if isinstance(w, list):
            pairs = [step(*three) for three in zip(w, v, g, strict=False)]
            return [a for a, _ in pairs], [b for _, b in pairs]
        new = m * v + g
        return w - lr * new, new

    return step(*(torch.as_tensor(t).tolist() for t in (weight, velocity, gradient)))


# --- lenet.momentum: wrong


def momentum_old_velocity(weight, velocity, gradient, learning_rate, momentum):
    return weight - learning_rate * velocity, momentum * velocity + gradient


def momentum_classical(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity - learning_rate * gradient
    return weight + v, v


def momentum_uphill(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity + gradient
    return weight + learning_rate * v, v


def momentum_damped(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity + (1 - momentum) * gradient
    return weight - learning_rate * v, v


def momentum_nesterov(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity + gradient
    return weight - learning_rate * (gradient + momentum * v), v


def momentum_velocity_in_place(weight, velocity, gradient, learning_rate, momentum):
    velocity *= momentum
    velocity += gradient
    return weight - learning_rate * velocity, velocity


def momentum_weight_in_place(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity + gradient
    weight -= learning_rate * v
    return weight, v


def momentum_swapped(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity + gradient
    return v, weight - learning_rate * v


def momentum_rate_twice(weight, velocity, gradient, learning_rate, momentum):
    v = momentum * velocity + learning_rate * gradient
    return weight - learning_rate * v, v


def momentum_optimizer(weight, velocity, gradient, learning_rate, momentum):
    parameter = torch.nn.Parameter(torch.as_tensor(weight).clone())
    parameter.grad = torch.as_tensor(gradient).clone()
    optimizer = torch.optim.SGD([parameter], lr=float(learning_rate), momentum=float(momentum))
    optimizer.step()
    return parameter.detach(), parameter.grad


ANSWERS = {
    "lenet.accuracy": (
        [accuracy_torch, accuracy_loops, accuracy_numpy, accuracy_softmax],
        [
            accuracy_count,  # number, not share
            accuracy_percent,  # percent
            accuracy_classes,  # divided by the number of classes
            accuracy_errors,  # share of wrong answers
            accuracy_from_one,  # counts the classes from 1
            accuracy_magnitude,  # the logit of greatest magnitude: wrong for negative logits
            accuracy_whole,  # whole division
            accuracy_balanced,  # mean over classes: wrong if the classes are not equally frequent
            accuracy_probability,  # mean probability of the right class
            accuracy_positive,  # looks at the first two classes only
        ],
    ),
    "lenet.assemble": (
        [assemble_sequential, Functional, Parts, assemble_nested],
        [
            assemble_average,  # average pooling
            assemble_softmax,  # softmax at the end
            assemble_relu_end,  # ReLU behind the logits too
            assemble_tanh,  # tanh as in 1998
            assemble_dense_linear,  # no ReLU between the dense layers
            assemble_relu_forgotten,  # no ReLU behind the second convolution
            assemble_padded,  # padding 2, 61706 parameters
            assemble_overlapping,  # windows of 3 x 3 that overlap
            OnePicture,  # gives one row for a whole batch
            assemble_class,  # returns the class, not a network
        ],
    ),
    "lenet.c3": (
        [
            (2416, 1516),
            [16 * (6 * 25 + 1), 6 * 76 + 9 * 101 + 151],
            torch.tensor([2416, 1516]),
            np.array([2416.0, 1516.0]),
        ],
        [
            (1516, 2416),  # order
            (2400, 1500),  # no biases
            (2416, 1500),  # biases of the table forgotten
            (2496, 1560),  # a bias for each pair of maps
            (2416, 1365),  # the map that sees all is forgotten
            (2416, 1441),  # six see four, nine see three
            (151, 328),  # one map of each kind
            (880, 556),  # kernels 3 x 3
            (416, 416),  # maps below not counted
            (2406, 1506),  # six biases, one for each map below
        ],
    ),
    "lenet.confusion": (
        [confusion_loops, confusion_bincount, confusion_numpy, confusion_one_hot],
        [
            confusion_once,  # pairs that occur twice count once
            confusion_transposed,  # rows are answers
            confusion_seen,  # size from the greatest class that occurs
            confusion_shares,  # shares of each row
            confusion_diagonal,  # counts right answers only
            confusion_errors,  # counts wrong answers only
            confusion_from_one,  # classes from 1
            confusion_symmetric,  # (a, b) counts as (b, a) too
            confusion_bins,  # bins only from the least class that occurs to the greatest
            confusion_ten,  # always ten classes
        ],
    ),
    "lenet.momentum": (
        [momentum_plain, momentum_clone, momentum_numpy, momentum_lists],
        [
            momentum_old_velocity,  # moves by the old velocity
            momentum_classical,  # learning rate inside the velocity
            momentum_uphill,  # uphill
            momentum_damped,  # gradient times 1 - m
            momentum_nesterov,  # Nesterov's step
            momentum_velocity_in_place,  # changes the old velocity
            momentum_weight_in_place,  # changes the old weight
            momentum_swapped,  # velocity first
            momentum_rate_twice,  # learning rate twice
            momentum_optimizer,  # a fresh optimizer: old velocity lost
        ],
    ),
}
