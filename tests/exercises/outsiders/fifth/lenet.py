"""Right and wrong answers to the exercises of the topic lenet."""

import itertools
from collections import OrderedDict

import numpy as np
import torch
import torch.nn as nn


# lenet.accuracy, right
def accuracy_argmax(logits, labels):
    return (logits.argmax(dim=1) == labels).float().mean().item()


def accuracy_lists(logits, labels):
    hits = 0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=False):
        hits += row.index(max(row)) == label
    return hits / len(labels)


def accuracy_numpy(logits, labels):
    return np.mean(np.argmax(np.asarray(logits), axis=1) == np.asarray(labels))


def accuracy_own_logit_is_largest(logits, labels):
    own = logits.gather(1, labels.long()[:, None])
    return (own >= logits).all(dim=1).sum() / logits.shape[0]


# lenet.accuracy, wrong
def accuracy_percent(logits, labels):
    return 100 * (logits.argmax(dim=1) == labels).float().mean().item()


def accuracy_number(logits, labels):
    return (logits.argmax(dim=1) == labels).sum().item()


def accuracy_of_errors(logits, labels):
    return (logits.argmax(dim=1) != labels).float().mean().item()


def accuracy_over_pictures(logits, labels):
    # the largest of each class, not of each picture
    return (logits.argmax(dim=0) == labels).float().mean().item()


def accuracy_from_one(logits, labels):
    return (logits.argmax(dim=1) + 1 == labels).float().mean().item()


def accuracy_argmin(logits, labels):
    return (logits.argmin(dim=1) == labels).float().mean().item()


def accuracy_over_classes(logits, labels):
    return (logits.argmax(dim=1) == labels).sum().item() / logits.shape[1]


def accuracy_mean_probability(logits, labels):
    return logits.softmax(dim=1)[torch.arange(len(labels)), labels].mean().item()


def accuracy_floor_division(logits, labels):
    return (logits.argmax(dim=1) == labels).sum().item() // len(labels)


def accuracy_value_not_index(logits, labels):
    return (logits.max(dim=1).values == labels).float().mean().item()


# lenet.confusion, right
def confusion_loop(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    for label, prediction in zip(labels, predictions, strict=False):
        matrix[label, prediction] += 1
    return matrix


def confusion_bincount(labels, predictions, classes):
    pairs = labels * classes + predictions
    return torch.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def confusion_numpy_add_at(labels, predictions, classes):
    matrix = np.zeros((classes, classes), dtype=int)
    np.add.at(matrix, (np.asarray(labels), np.asarray(predictions)), 1)
    return matrix


def confusion_comprehension(labels, predictions, classes):
    pairs = list(zip(labels.tolist(), predictions.tolist(), strict=False))
    return [[pairs.count((true, answer)) for answer in range(classes)] for true in range(classes)]


# lenet.confusion, wrong
def confusion_transposed(labels, predictions, classes):
    return confusion_loop(predictions, labels, classes)


def confusion_pairs_once(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    matrix[labels, predictions] += 1
    return matrix


def confusion_only_classes_seen(labels, predictions, classes):
    n = int(max(labels.max(), predictions.max())) + 1
    return confusion_loop(labels, predictions, n)


def confusion_shares_of_rows(labels, predictions, classes):
    matrix = confusion_loop(labels, predictions, classes).float()
    return matrix / matrix.sum(dim=1, keepdim=True).clamp(min=1)


def confusion_from_one(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    for label, prediction in zip(labels, predictions, strict=False):
        matrix[label - 1, prediction - 1] += 1
    return matrix


def confusion_hits_only(labels, predictions, classes):
    return torch.diag(torch.bincount(labels[labels == predictions], minlength=classes))


def confusion_errors_only(labels, predictions, classes):
    return confusion_loop(labels, predictions, classes).fill_diagonal_(0)


def confusion_one_class_too_many(labels, predictions, classes):
    return confusion_loop(labels, predictions, classes + 1)


def confusion_over_number(labels, predictions, classes):
    return confusion_loop(labels, predictions, classes) / len(labels)


def confusion_symmetric(labels, predictions, classes):
    matrix = torch.zeros(classes, classes, dtype=torch.long)
    for label, prediction in zip(labels, predictions, strict=False):
        matrix[label, prediction] += 1
        if label != prediction:
            matrix[prediction, label] += 1
    return matrix


# lenet.momentum, right
def momentum_formula(weight, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return weight - learning_rate * velocity, velocity


def momentum_written_out(weight, velocity, gradient, learning_rate, momentum):
    new_weight = weight - learning_rate * momentum * velocity - learning_rate * gradient
    return [new_weight, velocity * momentum + gradient]


def momentum_numpy(weight, velocity, gradient, learning_rate=0.1, momentum=0.9):
    w, v, g = (np.array(t, dtype=float) for t in (weight, velocity, gradient))
    v *= momentum
    v += g
    w -= learning_rate * v
    return w, v


def momentum_ask_torch(weight, velocity, gradient, learning_rate, momentum):
    w = (torch.as_tensor(weight) * 1.0).requires_grad_(True)
    optimizer = torch.optim.SGD([w], lr=learning_rate, momentum=momentum)
    optimizer.state[w]["momentum_buffer"] = torch.as_tensor(velocity) * 1.0
    w.grad = torch.as_tensor(gradient) * 1.0
    optimizer.step()
    return w.detach(), optimizer.state[w]["momentum_buffer"]


# lenet.momentum, wrong
def momentum_old_velocity(weight, velocity, gradient, learning_rate, momentum):
    return weight - learning_rate * velocity, momentum * velocity + gradient


def momentum_uphill(weight, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return weight + learning_rate * velocity, velocity


def momentum_averaged(weight, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + (1 - momentum) * gradient
    return weight - learning_rate * velocity, velocity


def momentum_rate_in_velocity(weight, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + learning_rate * gradient
    return weight - velocity, velocity


def momentum_nesterov(weight, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return weight - learning_rate * (gradient + momentum * velocity), velocity


def momentum_in_place(weight, velocity, gradient, learning_rate, momentum):
    velocity *= momentum
    velocity += gradient
    weight -= learning_rate * velocity
    return weight, velocity


def momentum_velocity_in_place(weight, velocity, gradient, learning_rate, momentum):
    velocity.mul_(momentum).add_(gradient)
    return weight - learning_rate * velocity, velocity


def momentum_order_swapped(weight, velocity, gradient, learning_rate, momentum):
    velocity = momentum * velocity + gradient
    return velocity, weight - learning_rate * velocity


def momentum_forgotten(weight, velocity, gradient, learning_rate, momentum):
    velocity = velocity + gradient
    return weight - learning_rate * velocity, velocity


def momentum_subtracts_gradient(weight, velocity, gradient, learning_rate, momentum):
    # the signs of velocity: right for velocity 0 in the weight alone
    velocity = momentum * velocity - gradient
    return weight + learning_rate * velocity, velocity


# lenet.assemble, right
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


class _LeNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.relu = nn.ReLU()
        self.pool = nn.MaxPool2d(2, stride=2)
        self.dense1 = nn.Linear(16 * 4 * 4, 120)
        self.dense2 = nn.Linear(120, 84)
        self.dense3 = nn.Linear(84, 10)

    def forward(self, x):
        x = self.pool(self.relu(self.conv1(x)))
        x = self.pool(self.relu(self.conv2(x)))
        x = x.flatten(start_dim=1)
        x = self.relu(self.dense1(x))
        x = self.relu(self.dense2(x))
        return self.dense3(x)


def lenet_class():
    return _LeNet()


def lenet_loops():
    parts = []
    for ins, outs in ((1, 6), (6, 16)):
        parts += [nn.Conv2d(ins, outs, (5, 5)), nn.ReLU(), nn.MaxPool2d((2, 2))]
    parts.append(nn.Flatten())
    widths = [256, 120, 84, 10]
    for ins, outs in itertools.pairwise(widths):
        parts += [nn.Linear(ins, outs), nn.ReLU()]
    return nn.Sequential(*parts[:-1])


def lenet_two_parts():
    features = nn.Sequential(
        OrderedDict(
            [
                ("c1", nn.Conv2d(1, 6, 5)),
                ("r1", nn.ReLU(inplace=True)),
                ("s2", nn.MaxPool2d(2)),
                ("c3", nn.Conv2d(6, 16, 5)),
                ("r3", nn.ReLU(inplace=True)),
                ("s4", nn.MaxPool2d(2)),
            ]
        )
    )
    classifier = nn.Sequential(
        OrderedDict(
            [
                ("c5", nn.Linear(256, 120)),
                ("r5", nn.ReLU(inplace=True)),
                ("f6", nn.Linear(120, 84)),
                ("r6", nn.ReLU(inplace=True)),
                ("output", nn.Linear(84, 10)),
            ]
        )
    )
    return nn.Sequential(features, nn.Flatten(), classifier)


# lenet.assemble, wrong
def _parts():
    return [
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
    ]


def lenet_padded():
    parts = _parts()
    parts[0] = nn.Conv2d(1, 6, 5, padding=2)
    parts[7] = nn.Linear(400, 120)
    return nn.Sequential(*parts)


def lenet_no_relu_after_convolutions():
    parts = _parts()
    del parts[4], parts[1]
    return nn.Sequential(*parts)


def lenet_no_relu_between_dense():
    parts = _parts()
    del parts[10], parts[8]
    return nn.Sequential(*parts)


def lenet_relu_at_the_end():
    return nn.Sequential(*_parts(), nn.ReLU())


def lenet_average_pooling():
    return nn.Sequential(*[nn.AvgPool2d(2) if isinstance(p, nn.MaxPool2d) else p for p in _parts()])


def lenet_tanh():
    return nn.Sequential(*[nn.Tanh() if isinstance(p, nn.ReLU) else p for p in _parts()])


def lenet_without_bias():
    parts = _parts()
    parts[0], parts[3] = nn.Conv2d(1, 6, 5, bias=False), nn.Conv2d(6, 16, 5, bias=False)
    return nn.Sequential(*parts)


def lenet_without_flatten():
    parts = _parts()
    del parts[6]
    return nn.Sequential(*parts)


def lenet_dense_layer_missing():
    parts = _parts()
    return nn.Sequential(*parts[:9], nn.Linear(120, 10))


def lenet_softmax():
    return nn.Sequential(*_parts(), nn.Softmax(dim=1))


ANSWERS = {
    "lenet.c3": (
        [
            (2416, 1516),
            [2416, 1516],
            torch.tensor([2416, 1516]),
            (16 * (6 * 25 + 1), sum(n * (25 * maps + 1) for n, maps in ((6, 3), (9, 4), (1, 6)))),
        ],
        [
            (1516, 2416),
            (2400, 1500),
            (2401, 1501),
            (2496, 1560),
            (2416, 1365),
            (416, 416),
            (2416, 1500),
            (496, 316),
            (2406, 1506),
            (156, 2416),
        ],
    ),
    "lenet.accuracy": (
        [accuracy_argmax, accuracy_lists, accuracy_numpy, accuracy_own_logit_is_largest],
        [
            accuracy_percent,
            accuracy_number,
            accuracy_of_errors,
            accuracy_over_pictures,
            accuracy_from_one,
            accuracy_argmin,
            accuracy_over_classes,
            accuracy_mean_probability,
            accuracy_floor_division,
            accuracy_value_not_index,
        ],
    ),
    "lenet.confusion": (
        [confusion_loop, confusion_bincount, confusion_numpy_add_at, confusion_comprehension],
        [
            confusion_transposed,
            confusion_pairs_once,
            confusion_only_classes_seen,
            confusion_shares_of_rows,
            confusion_from_one,
            confusion_hits_only,
            confusion_errors_only,
            confusion_one_class_too_many,
            confusion_over_number,
            confusion_symmetric,
        ],
    ),
    "lenet.momentum": (
        [momentum_formula, momentum_written_out, momentum_numpy],
        # Without momentum PyTorch leaves the velocity as it was.
        [
            momentum_ask_torch,
            momentum_old_velocity,
            momentum_uphill,
            momentum_averaged,
            momentum_rate_in_velocity,
            momentum_nesterov,
            momentum_in_place,
            momentum_velocity_in_place,
            momentum_order_swapped,
            momentum_forgotten,
            momentum_subtracts_gradient,
        ],
    ),
    "lenet.assemble": (
        [lenet_sequential, lenet_class, lenet_loops, lenet_two_parts],
        [
            lenet_padded,
            lenet_no_relu_after_convolutions,
            lenet_no_relu_between_dense,
            lenet_relu_at_the_end,
            lenet_average_pooling,
            lenet_tanh,
            lenet_without_bias,
            lenet_without_flatten,
            lenet_dense_layer_missing,
            lenet_softmax,
        ],
    ),
}
