"""Answers of an outsider to the exercises of lenet."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

# accuracy


def ac_loops(logits, labels):
    right = 0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=False):
        right += row.index(max(row)) == int(label)
    return right / len(logits)


def ac_torch(logits, labels):
    return (logits.argmax(1) == labels).double().mean()


def ac_numpy(logits, labels):
    return np.mean(np.argmax(np.asarray(logits), axis=1) == np.asarray(labels))


def ac_float32(logits, labels):
    _, best = torch.softmax(logits, dim=-1).max(dim=-1)
    return (best.eq(labels).sum() / labels.numel()).float()


def ac_zero_start(logits, labels):
    right = 0
    for row, label in zip(logits.tolist(), labels.tolist(), strict=False):
        best, where = 0, 0
        for k, value in enumerate(row):
            if value > best:
                best, where = value, k
        right += where == label
    return right / len(logits)


def ac_probability(logits, labels):
    return torch.softmax(logits, 1)[torch.arange(len(labels)), labels.long()].mean()


def ac_positive(logits, labels):
    return (logits[torch.arange(len(labels)), labels.long()] > 0).double().mean()


# assemble


def as_layers(pool=lambda: nn.MaxPool2d(2), act=nn.ReLU, bias=True, dense_act=nn.ReLU):
    return [
        nn.Conv2d(1, 6, 5, bias=bias),
        act(),
        pool(),
        nn.Conv2d(6, 16, 5, bias=bias),
        act(),
        pool(),
        nn.Flatten(),
        nn.Linear(256, 120, bias=bias),
        dense_act(),
        nn.Linear(120, 84, bias=bias),
        dense_act(),
        nn.Linear(84, 10, bias=bias),
    ]


def as_sequential():
    return nn.Sequential(
        nn.Conv2d(1, 6, kernel_size=5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(6, 16, kernel_size=5),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(16 * 4 * 4, 120),
        nn.ReLU(),
        nn.Linear(120, 84),
        nn.ReLU(),
        nn.Linear(84, 10),
    )


class Functional(nn.Module):
    """The dense layers are made first, and all the rest is functional."""

    def __init__(self):
        super().__init__()
        self.out = nn.Linear(84, 10)
        self.f6 = nn.Linear(120, 84)
        self.c5 = nn.Linear(256, 120)
        self.c1 = nn.Conv2d(1, 6, (5, 5))
        self.c3 = nn.Conv2d(6, 16, (5, 5))

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.c1(x)), 2)
        x = F.max_pool2d(F.relu(self.c3(x)), 2)
        x = x.reshape(x.shape[0], -1)
        return self.out(F.relu(self.f6(F.relu(self.c5(x)))))


class TwoParts(nn.Module):
    def __init__(self):
        super().__init__()
        relu, pool = nn.ReLU(), nn.MaxPool2d(kernel_size=2, stride=2)  # used several times
        self.features = nn.Sequential(nn.Conv2d(1, 6, 5), relu, pool, nn.Conv2d(6, 16, 5), relu, pool)
        self.classifier = nn.Sequential(
            nn.Linear(256, 120), relu, nn.Linear(120, 84), relu, nn.Linear(84, 10)
        )

    def forward(self, x):
        return self.classifier(torch.flatten(self.features(x), 1))


def as_pool_first():
    """Pooling before ReLU: the same numbers, less work."""
    net = nn.Sequential()
    for a, b in ((1, 6), (6, 16)):
        net.append(nn.Conv2d(a, b, 5))
        net.append(nn.MaxPool2d(2))
        net.append(nn.ReLU(inplace=True))
    net.append(nn.Flatten())
    sizes = [256, 120, 84, 10]
    for i in range(3):
        net.append(nn.Linear(sizes[i], sizes[i + 1]))
        if i < 2:
            net.append(nn.ReLU())
    return net


class BatchOfOne(TwoParts):
    def forward(self, x):
        return self.classifier(self.features(x).reshape(1, 256))


class Squeezed(TwoParts):
    def forward(self, x):
        return super().forward(x).squeeze()


class PlainList(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = as_layers()

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


def as_padded():
    layers = as_layers()
    layers[0] = nn.Conv2d(1, 6, 5, padding=2)
    layers[7] = nn.Linear(400, 120)
    return nn.Sequential(*layers)


def as_no_relu_in_convolutions():
    return nn.Sequential(*as_layers(act=nn.Identity))


# confusion


def co_lists(labels, predictions, classes):
    matrix = [[0] * classes for _ in range(classes)]
    for a, b in zip(labels, predictions, strict=False):
        matrix[int(a)][int(b)] += 1
    return matrix


def co_bincount(labels, predictions, classes):
    index = labels.long() * classes + predictions.long()
    return torch.bincount(index, minlength=classes * classes).reshape(classes, classes)


def co_numpy(labels, predictions, classes):
    matrix = np.zeros((classes, classes))
    np.add.at(matrix, (np.asarray(labels).astype(int), np.asarray(predictions).astype(int)), 1)
    return matrix


def co_one_hot(labels, predictions, classes):
    eye = torch.eye(classes)
    return eye[labels.long()].T @ eye[predictions.long()]


def co_plus(labels, predictions, classes):
    matrix = torch.zeros(classes, classes)
    matrix[labels.long(), predictions.long()] += 1
    return matrix


def co_alias(labels, predictions, classes):
    matrix = [[0] * classes] * classes
    for a, b in zip(labels, predictions, strict=False):
        matrix[int(a)][int(b)] += 1
    return matrix


def co_seen_classes(labels, predictions, classes):
    seen = sorted({int(a) for a in labels} | {int(a) for a in predictions})
    matrix = np.zeros((len(seen), len(seen)))
    for a, b in zip(labels, predictions, strict=False):
        matrix[seen.index(int(a)), seen.index(int(b))] += 1
    return matrix


def co_highest(labels, predictions, classes):
    n = int(max(labels.max(), predictions.max())) + 1
    return co_bincount(labels, predictions, n)


def co_from_one(labels, predictions, classes):
    matrix = np.zeros((classes, classes))
    for a, b in zip(labels, predictions, strict=False):
        matrix[int(a) - 1, int(b) - 1] += 1
    return matrix


def co_rates(labels, predictions, classes):
    matrix = co_bincount(labels, predictions, classes).double()
    return matrix / matrix.sum(1, keepdim=True).clamp(min=1)


def co_wrong_only(labels, predictions, classes):
    matrix = co_bincount(labels, predictions, classes)
    return matrix - torch.diag(torch.diag(matrix))


def co_upper(labels, predictions, classes):
    matrix = co_bincount(labels, predictions, classes)
    return (matrix + matrix.T) / 2


# momentum


def mo_plain(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + gradient
    return weight - learning_rate * new, new


def mo_numpy(weight, velocity, gradient, learning_rate, momentum):
    new = float(momentum) * np.array(velocity) + np.array(gradient)
    return [np.array(weight) - float(learning_rate) * new, new]


def mo_clone(weight, velocity, gradient, learning_rate, momentum):
    weight, velocity = weight.clone(), velocity.clone()
    velocity *= momentum
    velocity += gradient
    weight -= learning_rate * velocity
    return weight, velocity


def mo_optimizer(weight, velocity, gradient, learning_rate, momentum):
    p = weight.detach().clone().requires_grad_()
    optimizer = torch.optim.SGD([p], lr=float(learning_rate), momentum=float(momentum))
    optimizer.state[p]["momentum_buffer"] = velocity.detach().clone()
    p.grad = gradient.detach().clone()
    optimizer.step()
    return p.detach(), optimizer.state[p]["momentum_buffer"]


def mo_in_place(weight, velocity, gradient, learning_rate, momentum):
    velocity *= momentum
    velocity += gradient
    return weight - learning_rate * velocity, velocity


def mo_old(weight, velocity, gradient, learning_rate, momentum):
    return weight - learning_rate * velocity, momentum * velocity + gradient


def mo_uphill(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + gradient
    return weight + learning_rate * new, new


def mo_mean(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + (1 - momentum) * gradient
    return weight - learning_rate * new, new


def mo_nesterov(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + gradient
    return weight - learning_rate * (gradient + momentum * new), new


def mo_rate_inside(weight, velocity, gradient, learning_rate, momentum):
    new = momentum * velocity + learning_rate * gradient
    return weight - new, new


def mo_negative(weight, velocity, gradient, learning_rate, momentum):
    new = -(momentum * velocity + gradient)
    return weight + learning_rate * new, new


def mo_keeps_velocity(weight, velocity, gradient, learning_rate, momentum):
    return weight - learning_rate * (momentum * velocity + gradient), velocity


def mo_swapped(*arguments):
    weight, velocity = mo_plain(*arguments)
    return velocity, weight


def mo_weight_only(*arguments):
    return mo_plain(*arguments)[0]


ANSWERS = {
    "lenet.accuracy": (
        [ac_loops, ac_torch, ac_numpy, ac_float32],
        [
            lambda x, t: (x.argmax(1) == t).sum(),  # a number, no share
            lambda x, t: 100 * ac_torch(x, t),  # percent
            lambda x, t: (x.argmax(1) == t).sum() / x.shape[1],  # divided by the classes
            lambda x, t: (x.argmax(1) + 1 == t).double().mean(),  # classes from 1
            lambda x, t: (x.argmax(1) == t).sum() // len(t),  # divided to a whole number
            lambda x, t: (x.argmax(1) != t).double().mean(),  # share of errors
            ac_probability,  # mean probability of the right class
            ac_positive,  # right when its logit is positive
            ac_zero_start,  # largest sought from 0: rows with negative logits only
            lambda x, t: round(float(ac_torch(x, t)), 2),  # rounded to percents: 1/3
        ],
    ),
    "lenet.assemble": (
        [as_sequential, Functional, lambda: TwoParts(), as_pool_first],
        [
            lambda: nn.Sequential(*as_layers(dense_act=nn.Identity)),  # no ReLU between dense layers
            lambda: nn.Sequential(*as_layers(pool=lambda: nn.AvgPool2d(2))),  # average pooling
            lambda: nn.Sequential(*as_layers(act=nn.Tanh, dense_act=nn.Tanh)),  # tanh as in 1998
            lambda: nn.Sequential(*as_layers(), nn.Softmax(1)),  # softmax at the end
            lambda: nn.Sequential(*as_layers(), nn.ReLU()),  # ReLU after the last layer
            as_padded,  # padding in the first layer
            as_no_relu_in_convolutions,  # no ReLU after the convolutions
            PlainList,  # layers in a plain list: no parameters
            BatchOfOne,  # only batches of one
            Squeezed,  # a batch of one loses its axis
        ],
    ),
    "lenet.c3": (
        [(2416, 1516), [2416.0, 1516.0], torch.tensor([2416, 1516]), np.array([16 * 151, 60 * 25 + 16])],
        [
            (1516, 2416),  # exchanged
            (2400, 1500),  # no biases
            (2401, 1501),  # one bias
            (2406, 1506),  # a bias for each map below
            (2496, 1560),  # a bias for each link
            (416, 416),  # maps below not counted
            (2416, 1441),  # six see four and nine see three
            (2416, 1365),  # the last map forgotten
            (880, 556),  # 3 x 3 kernels
            2416,  # only one number
        ],
    ),
    "lenet.confusion": (
        [co_lists, co_bincount, co_numpy, co_one_hot],
        [
            lambda a, b, n: co_bincount(b, a, n),  # transposed
            co_plus,  # pairs that occur twice count once
            co_alias,  # all rows are the same list
            co_seen_classes,  # classes that do not occur are missing
            co_highest,  # sized by the highest class that occurs
            co_from_one,  # classes from 1: 0 goes to the end
            co_rates,  # shares of each row
            co_wrong_only,  # right answers not counted
            lambda a, b, n: co_bincount(a, b, n).reshape(-1),  # not a matrix
            co_upper,  # made symmetric
        ],
    ),
    "lenet.momentum": (
        [mo_plain, mo_numpy, mo_clone],
        [
            mo_optimizer,  # hands back the old velocity where momentum is 0: PyTorch keeps none then
            mo_in_place,  # changes the old velocity
            mo_old,  # moves by the old velocity
            mo_uphill,  # uphill
            mo_mean,  # (1 - m) times the gradient
            mo_nesterov,  # Nesterov
            mo_rate_inside,  # learning rate within the velocity
            mo_negative,  # velocity with the wrong sign
            mo_keeps_velocity,  # returns the old velocity
            mo_swapped,  # velocity first
            mo_weight_only,  # returns only the weight
        ],
    ),
}
