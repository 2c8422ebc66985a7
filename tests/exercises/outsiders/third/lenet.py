"""Answers of an outsider to the exercises of lenet."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


# ---- lenet.accuracy
def accuracy_torch(logits, labels):
    return (logits.argmax(dim=1) == labels).double().mean()


def accuracy_loops(logits, labels):
    right = 0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=False):
        if row.index(max(row)) == label:
            right += 1
    return right / len(labels)


def accuracy_numpy(logits, labels):
    return np.mean(np.argmax(np.asarray(logits), axis=1) == np.asarray(labels))


def accuracy_softmax(logits, labels):
    order = logits.sort(dim=1, descending=True, stable=True).indices[:, 0]
    return float((order == labels).float().mean())


def accuracy_axis(logits, labels):
    best = logits.argmax(0)
    n = min(len(best), len(labels))
    return float((best[:n] == labels[:n]).double().mean())


def accuracy_positive(logits, labels):
    rows = torch.arange(len(labels))
    return (logits[rows, labels.long()] > 0).double().mean()


def accuracy_sure(logits, labels):
    rows = torch.arange(len(labels))
    return (logits.softmax(1)[rows, labels.long()] > 0.5).double().mean()


# ---- lenet.assemble
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


class LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)
        self.fc1, self.fc2, self.fc3 = nn.Linear(256, 120), nn.Linear(120, 84), nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.flatten(1)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x)))))


class LeNetParts(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(1, 6, kernel_size=(5, 5)),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(2, 2),
            nn.Conv2d(6, 16, kernel_size=(5, 5)),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(2, 2),
        )
        self.head = nn.Sequential(
            nn.Linear(16 * 4 * 4, 120),
            nn.ReLU(inplace=True),
            nn.Linear(120, 84),
            nn.ReLU(inplace=True),
            nn.Linear(84, 10),
        )

    def forward(self, x):
        return self.head(self.features(x).reshape(len(x), -1))


def lenet_loop():
    layers, channels = [], 1
    relu, pool = nn.ReLU(), nn.MaxPool2d(2)
    for maps in (6, 16):
        layers += [nn.Conv2d(channels, maps, 5), relu, pool]
        channels = maps
    layers.append(nn.Flatten())
    sizes = [256, 120, 84, 10]
    for a, b in itertools.pairwise(sizes):
        layers += [nn.Linear(a, b), relu]
    return nn.Sequential(*layers[:-1])


def lenet_of(act=nn.ReLU, pool=nn.MaxPool2d, dense_act=nn.ReLU, end=()):
    return nn.Sequential(
        nn.Conv2d(1, 6, 5),
        act(),
        pool(2),
        nn.Conv2d(6, 16, 5),
        act(),
        pool(2),
        nn.Flatten(),
        nn.Linear(256, 120),
        dense_act(),
        nn.Linear(120, 84),
        dense_act(),
        nn.Linear(84, 10),
        *end,
    )


def lenet_padded():
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


def lenet_no_bias():
    return nn.Sequential(
        nn.Conv2d(1, 6, 5, bias=False),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, 5, bias=False),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(256, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


class LeNetOneRelu(LeNet):
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(self.conv2(x), 2)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.flatten(1))))))


class LeNetFixedBatch(LeNet):
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return self.fc3(F.relu(self.fc2(F.relu(self.fc1(x.view(1, 256))))))


class LeNetUnused(LeNet):
    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = F.relu(self.fc1(x.flatten(1)))
        return self.fc3(x[:, :84])


# ---- lenet.confusion
def confusion_loops(labels, predictions, classes):
    matrix = [[0] * classes for _ in range(classes)]
    for t, p in zip(labels, predictions, strict=False):
        matrix[int(t)][int(p)] += 1
    return matrix


def confusion_bincount(labels, predictions, classes):
    pairs = torch.as_tensor(labels).long() * classes + torch.as_tensor(predictions).long()
    return torch.bincount(pairs, minlength=classes**2).reshape(classes, classes)


def confusion_add_at(labels, predictions, classes):
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (np.asarray(labels).astype(int), np.asarray(predictions).astype(int)), 1)
    return matrix


def confusion_compare(labels, predictions, classes):
    k = torch.arange(classes)
    true = (torch.as_tensor(labels)[:, None] == k).float()
    said = (torch.as_tensor(predictions)[:, None] == k).float()
    return true.T @ said


def confusion_once(labels, predictions, classes):
    matrix = torch.zeros(classes, classes)
    matrix[labels.long(), predictions.long()] += 1
    return matrix


def confusion_size_seen(labels, predictions, classes):
    return confusion_add_at(labels, predictions, int(max(labels.max(), predictions.max())) + 1)


def confusion_unique(labels, predictions, classes):
    seen = sorted(set(labels.tolist()) | set(predictions.tolist()))
    m = confusion_add_at(labels, predictions, classes)
    numbers = [int(k) for k in seen]
    return m[numbers][:, numbers]


def confusion_rows(labels, predictions, classes):
    m = confusion_add_at(labels, predictions, classes)
    return m / np.maximum(m.sum(1, keepdims=True), 1)


def confusion_from_one(labels, predictions, classes):
    m = np.zeros((classes, classes))
    for t, p in zip(labels.long().tolist(), predictions.long().tolist(), strict=False):
        m[t - 1, p - 1] += 1
    return m


def confusion_errors(labels, predictions, classes):
    m = confusion_add_at(labels, predictions, classes)
    np.fill_diagonal(m, 0)
    return m


def confusion_ten(labels, predictions, classes):
    return confusion_add_at(labels, predictions, 10)


def confusion_histogram(labels, predictions, classes):
    return np.histogram2d(labels.numpy(), predictions.numpy(), bins=classes)[0]


# ---- lenet.momentum
def momentum_plain(weight, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return weight - learning_rate * velocity, velocity


def momentum_numpy(weight, velocity, gradient, learning_rate, momentum):
    v = np.add(np.multiply(momentum, np.asarray(velocity)), np.asarray(gradient))
    return [np.asarray(weight) - learning_rate * v, v]


def momentum_clones(weight, velocity, gradient, learning_rate, momentum):
    w, v = torch.as_tensor(weight).clone(), torch.as_tensor(velocity).clone()
    v.mul_(momentum).add_(gradient)
    w.sub_(learning_rate * v)
    return w, v


def momentum_optimizer(weight, velocity, gradient, learning_rate, momentum):
    w = nn.Parameter(torch.as_tensor(weight).detach().clone())
    optimizer = torch.optim.SGD([w], lr=float(learning_rate), momentum=float(momentum))
    v = torch.as_tensor(velocity).detach().clone()
    if momentum == 0:  # the optimizer keeps no velocity then
        v = torch.as_tensor(gradient).clone()
    optimizer.state[w]["momentum_buffer"] = v
    w.grad = torch.as_tensor(gradient).detach().clone()
    optimizer.step()
    return w.detach(), v


def momentum_old(w, v, g, lr, m):
    return w - lr * v, m * v + g


def momentum_mean(w, v, g, lr, m):
    v = m * v + (1 - m) * g
    return w - lr * v, v


def momentum_lr_inside(w, v, g, lr, m):
    v = m * v + lr * g
    return w - v, v


def momentum_uphill(w, v, g, lr, m):
    v = m * v + g
    return w + lr * v, v


def momentum_in_place(w, v, g, lr, m):
    v *= m
    v += g
    return w - lr * v, v


def momentum_weight_in_place(w, v, g, lr, m):
    v = m * v + g
    w -= lr * v
    return w, v


def momentum_nesterov(w, v, g, lr, m):
    v = m * v + g
    return w - lr * (g + m * v), v


def momentum_negative(w, v, g, lr, m):
    v = m * v - g
    return w + lr * v, v


def momentum_swapped(w, v, g, lr, m):
    v = m * v + g
    return v, w - lr * v


def momentum_none(w, v, g, lr, m):
    v = v + g
    return w - lr * v, v


ANSWERS = {
    "lenet.accuracy": (
        [accuracy_torch, accuracy_loops, accuracy_numpy, accuracy_softmax],
        [
            lambda x, y: 100 * accuracy_loops(x, y),  # per cent
            lambda x, y: accuracy_loops(x, y) * len(y),  # number, not share
            lambda x, y: accuracy_loops(x, y - 1),  # classes counted from 1
            accuracy_axis,  # largest of each column
            lambda x, y: 1 - accuracy_loops(x, y),  # share of errors
            lambda x, y: accuracy_loops(x.abs(), y),  # size of the logits without sign
            accuracy_positive,  # right if the logit is positive
            accuracy_sure,  # right only above one half
            lambda x, y: (x.argmax(1) == y).sum() // len(y),  # whole-number division
            lambda x, y: accuracy_loops(x, y) * len(y) / x.numel(),  # divides by N K
        ],
    ),
    "lenet.assemble": (
        [lenet_sequential, LeNet, LeNetParts, lenet_loop],
        [
            lenet_padded,  # padded: 61706 parameters
            lambda: lenet_of(act=nn.Tanh, dense_act=nn.Tanh),  # tanh as in 1998
            lambda: lenet_of(pool=nn.AvgPool2d),  # average pooling
            lambda: lenet_of(dense_act=nn.Identity),  # no ReLU between the dense layers
            lambda: lenet_of(end=(nn.Softmax(1),)),  # softmax at the end
            lambda: lenet_of(end=(nn.ReLU(),)),  # ReLU at the end
            lenet_no_bias,  # convolutions without biases
            LeNetOneRelu,  # no ReLU after the second convolution
            LeNetFixedBatch,  # one picture at a time only
            LeNetUnused,  # second dense layer never used
        ],
    ),
    "lenet.c3": (
        [(2416, 1516), [2416, 1516], np.array([2416.0, 1516.0]), torch.tensor([2416, 1516])],
        [
            (1516, 2416),  # wrong order
            (2400, 1500),  # no biases
            (2416, 1500),  # no biases in the table
            (2496, 1560),  # a bias for each pair of maps
            (2406, 1506),  # six biases
            (416, 416),  # one kernel for each map
            (2416, 1216),  # three maps below for all
            (2416, 1366),  # the last map's six forgotten
            (156, 156),  # C1
            (2416, 1541),  # one pair too many
        ],
    ),
    "lenet.confusion": (
        [confusion_loops, confusion_bincount, confusion_add_at, confusion_compare],
        [
            confusion_once,  # pairs that occur twice count once
            lambda t, p, k: confusion_add_at(p, t, k),  # transposed
            confusion_size_seen,  # size from the largest class seen
            confusion_unique,  # only classes that occur
            confusion_rows,  # rows divided by their sums
            confusion_from_one,  # classes from 1
            confusion_errors,  # diagonal left out
            confusion_ten,  # always ten classes
            lambda t, p, k: confusion_add_at(t, p, k) / len(t),  # shares
            confusion_histogram,  # bins from the smallest to the largest class seen
        ],
    ),
    "lenet.momentum": (
        [momentum_plain, momentum_numpy, momentum_clones, momentum_optimizer],
        [
            momentum_old,  # moves by the old velocity
            momentum_mean,  # gradient times 1 - m
            momentum_lr_inside,  # learning rate inside the velocity
            momentum_uphill,  # uphill
            momentum_in_place,  # changes the old velocity
            momentum_weight_in_place,  # changes the old weight
            momentum_nesterov,  # Nesterov's step
            momentum_negative,  # velocity with the wrong sign
            momentum_swapped,  # velocity first
            momentum_none,  # m forgotten
        ],
    ),
}
