"""Right and wrong answers of an outsider to the five tasks on transfer learning."""

import copy
import functools
import math

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F


# --- batched_accuracy: right
def batched_accuracy_torch(shares, sizes):
    shares = torch.as_tensor(shares, dtype=torch.float64)
    sizes = torch.as_tensor(sizes, dtype=torch.float64)
    return ((shares * sizes).sum() / sizes.sum()).item()


def batched_accuracy_numpy(shares, sizes):
    return float(np.average(np.asarray(shares), weights=np.asarray(sizes)))


def batched_accuracy_loop(shares, sizes):
    right = 0.0
    total = 0
    for share, size in zip(shares, sizes, strict=False):
        right += float(share) * int(size)
        total += int(size)
    return right / total


def batched_accuracy_one_by_one(shares, sizes):
    # each picture gets the share of its batch, then a plain mean
    shares = torch.as_tensor(shares).double()
    return shares.repeat_interleave(torch.as_tensor(sizes).long()).mean()


# --- batched_accuracy: wrong
# each batch counts the same
def batched_accuracy_mean_of_batches(shares, sizes):
    return shares.mean().item()


# divides by the number of batches
def batched_accuracy_over_batches(shares, sizes):
    return ((shares * sizes).sum() / len(sizes)).item()


# the number of right answers, not their share
def batched_accuracy_count(shares, sizes):
    return (shares * sizes).sum().item()


# throws the last batch away
def batched_accuracy_drop_last(shares, sizes):
    if len(sizes) == 1:
        return shares[0].item()
    return ((shares[:-1] * sizes[:-1]).sum() / sizes[:-1].sum()).item()


# weights turned round: small batches count more
def batched_accuracy_inverse_weights(shares, sizes):
    return ((shares / sizes).sum() / (1 / sizes).sum()).item()


# percent
def batched_accuracy_percent(shares, sizes):
    return 100 * ((shares * sizes).sum() / sizes.sum()).item()


# subtle: cuts the counts off, so that 28.999 right answers become 28
def batched_accuracy_truncated_counts(shares, sizes):
    right = (shares * sizes).long().sum()
    return right.item() / sizes.sum().item()


# subtle: takes all batches but the last to be as large as the first
def batched_accuracy_first_size_for_all(shares, sizes):
    full = torch.full_like(sizes, sizes[0].item())
    full[-1] = sizes[-1]
    return ((shares * full).sum() / full.sum()).item()


# subtle: batches without a right answer are left out of the total
def batched_accuracy_skips_zero_batches(shares, sizes):
    right, total = 0.0, 0
    for share, size in zip(shares.tolist(), sizes.tolist(), strict=False):
        if share:
            right += share * size
            total += size
    return right / total if total else 0.0


# subtle: leaves out batches of a single picture, though they count too
def batched_accuracy_skips_single_pictures(shares, sizes):
    ok = sizes > 1
    if not ok.any():
        return shares.mean().item()
    return ((shares[ok] * sizes[ok]).sum() / sizes[ok].sum()).item()


# --- head_only: right
def _ten_classes():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 10),
    )


def head_only_freeze_then_replace():
    net = _ten_classes()
    for p in net.parameters():
        p.requires_grad = False
    net[-1] = nn.Linear(8, 5)
    return net, sum(p.numel() for p in net.parameters() if p.requires_grad)


def head_only_replace_then_freeze_by_name():
    net = _ten_classes()
    net[5] = nn.Linear(net[5].in_features, 5)
    count = 0
    for name, p in net.named_parameters():
        p.requires_grad_(name.startswith("5."))
        if p.requires_grad:
            count += int(np.prod(p.shape))
    return net, count


def head_only_new_sequential():
    body = list(_ten_classes().requires_grad_(False).children())[:-1]
    head = nn.Linear(8, 5)
    return nn.Sequential(*body, head), 8 * 5 + 5


def head_only_pop_and_append():
    net = _ten_classes()
    net.pop(5)
    net.requires_grad_(False)
    net.append(nn.Linear(8, 5))
    trained = filter(lambda p: p.requires_grad, net.parameters())
    return net, nn.utils.parameters_to_vector(trained).numel()


# --- head_only: wrong
# all frozen, the new head too
def head_only_replace_then_freeze_all():
    net = _ten_classes()
    net[-1] = nn.Linear(8, 5)
    for p in net.parameters():
        p.requires_grad = False
    return net, sum(p.numel() for p in net[-1].parameters())


# counts the tensors, not the numbers in them
def head_only_counts_tensors():
    net = _ten_classes().requires_grad_(False)
    net[-1] = nn.Linear(8, 5)
    return net, len([p for p in net.parameters() if p.requires_grad])


# counts all parameters, the frozen ones too
def head_only_counts_all():
    net = _ten_classes().requires_grad_(False)
    net[-1] = nn.Linear(8, 5)
    return net, sum(p.numel() for p in net.parameters())


# sets an attribute of the modules, which freezes nothing
def head_only_attribute_of_module():
    net = _ten_classes()
    for layer in net[:-1]:
        layer.requires_grad = False
    net[-1] = nn.Linear(8, 5)
    return net, 45


# puts the new head behind the old one
def head_only_appended():
    net = _ten_classes().requires_grad_(False)
    net.append(nn.Linear(10, 5))
    return net, sum(p.numel() for p in net.parameters() if p.requires_grad)


# the old head for ten classes stays
def head_only_old_head():
    net = _ten_classes().requires_grad_(False)
    net[-1].requires_grad_(True)
    return net, sum(p.numel() for p in net.parameters() if p.requires_grad)


# subtle: batch norm still learns
def head_only_batch_norm_left():
    net = _ten_classes()
    net[-1] = nn.Linear(8, 5)
    net[0].weight.requires_grad = False
    return net, sum(p.numel() for p in net[-1].parameters())


# subtle: only the last parameter is spared, so that the head's weight is frozen
def head_only_head_weight_frozen():
    net = _ten_classes()
    net[-1] = nn.Linear(8, 5)
    for p in list(net.parameters())[:-1]:
        p.requires_grad = False
    return net, net[-1].weight.numel() + net[-1].bias.numel()


# subtle: the head's bias is forgotten in the count
def head_only_count_without_bias():
    net = _ten_classes().requires_grad_(False)
    net[-1] = nn.Linear(8, 5)
    return net, net[-1].weight.numel()


# subtle: freezes what is called weight, so that the bias of batch norm learns
def head_only_body_bias_left():
    net = _ten_classes()
    net[-1] = nn.Linear(8, 5)
    for name, p in net[:-1].named_parameters():
        if "weight" in name:
            p.requires_grad = False
    return net, 45


# --- nearest_mean: right
def nearest_mean_cdist(features, targets, queries):
    features = torch.as_tensor(features).double()
    targets = torch.as_tensor(targets)
    queries = torch.as_tensor(queries).double()
    means = torch.stack([features[targets == k].mean(0) for k in range(int(targets.max()) + 1)])
    return torch.cdist(queries, means, compute_mode="donot_use_mm_for_euclid_dist").argmin(1)


def nearest_mean_numpy(features, targets, queries):
    features, targets, queries = np.asarray(features), np.asarray(targets), np.asarray(queries)
    means = np.array([features[targets == k].mean(axis=0) for k in np.unique(targets)])
    distances = np.sqrt(((queries[:, None, :] - means[None, :, :]) ** 2).sum(axis=2))
    return distances.argmin(axis=1)


def nearest_mean_loops(features, targets, queries):
    sums, counts = {}, {}
    for row, k in zip(features, targets, strict=False):
        k = int(k)
        row = [float(x) for x in row]
        sums[k] = [a + b for a, b in zip(sums.get(k, [0.0] * len(row)), row, strict=False)]
        counts[k] = counts.get(k, 0) + 1
    means = {k: [x / counts[k] for x in sums[k]] for k in sums}
    out = []
    for q in queries:
        q = [float(x) for x in q]
        out.append(min(sorted(means), key=lambda k: math.dist(q, means[k])))
    return torch.tensor(out)


def nearest_mean_linear_head(features, targets, queries):
    # |q - m|^2 = |q|^2 - 2 q m + |m|^2, and |q|^2 is the same for all classes: a linear layer
    features = torch.as_tensor(features).double()
    one_hot = F.one_hot(torch.as_tensor(targets).long()).double()
    means = one_hot.T @ features / one_hot.sum(0)[:, None]
    scores = torch.as_tensor(queries).double() @ means.T - (means**2).sum(1) / 2
    return scores.argmax(1)


# --- nearest_mean: wrong
def _means(features, targets):
    return torch.stack([features[targets == k].mean(0) for k in range(int(targets.max()) + 1)])


# the class of the nearest example, not of the nearest mean
def nearest_mean_nearest_example(features, targets, queries):
    return targets[torch.cdist(queries, features).argmin(1)]


# sums instead of means
def nearest_mean_sums(features, targets, queries):
    sums = torch.zeros(int(targets.max()) + 1, features.shape[1], dtype=features.dtype)
    sums.index_add_(0, targets, features)
    return torch.cdist(queries, sums).argmin(1)


# the farthest mean
def nearest_mean_argmax(features, targets, queries):
    return torch.cdist(queries, _means(features, targets)).argmax(1)


# sum of the absolute differences
def nearest_mean_manhattan(features, targets, queries):
    return torch.cdist(queries, _means(features, targets), p=1).argmin(1)


# angle instead of distance
def nearest_mean_cosine(features, targets, queries):
    means = F.normalize(_means(features, targets), dim=1)
    return (F.normalize(queries, dim=1) @ means.T).argmax(1)


# the dot product, without the length of the mean
def nearest_mean_dot_product(features, targets, queries):
    return (queries @ _means(features, targets).T).argmax(1)


# subtle: divides each sum by N / K, right only where all classes have as many examples
def nearest_mean_balanced(features, targets, queries):
    one_hot = F.one_hot(targets).to(features.dtype)
    means = one_hot.T @ features / (len(targets) / one_hot.shape[1])
    return torch.cdist(queries, means).argmin(1)


# subtle: classes numbered in the order in which they turn up
def nearest_mean_order_of_appearance(features, targets, queries):
    seen = list(dict.fromkeys(targets.tolist()))
    means = torch.stack([features[targets == k].mean(0) for k in seen])
    return torch.cdist(queries, means).argmin(1)


# subtle: the zeros it starts from count as one more example
def nearest_mean_zero_included(features, targets, queries):
    means = torch.zeros(int(targets.max()) + 1, features.shape[1], dtype=features.dtype)
    means.index_reduce_(0, targets, features, "mean")
    return torch.cdist(queries, means).argmin(1)


# subtle: takes the last example to be of the last class
def nearest_mean_last_target(features, targets, queries):
    means = torch.stack([features[targets == k].mean(0) for k in range(int(targets[-1]) + 1)])
    return torch.cdist(queries, means).argmin(1)


# --- truly_frozen: right
def _body():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
    )


class truly_frozen_train_overridden(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = _body().requires_grad_(False)
        self.head = nn.Linear(8, 5)
        self.body.eval()

    def train(self, mode=True):
        super().train(mode)
        self.body.eval()
        return self

    def forward(self, x):
        return self.head(self.body(x))


class truly_frozen_eval_in_forward(nn.Module):
    # no gradient ever reaches the body, so the optimizer passes it over
    def __init__(self):
        super().__init__()
        self.body = _body()
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        self.body.eval()
        with torch.no_grad():
            features = self.body(x)
        return self.head(features)


def truly_frozen_deaf_body():
    # the body's own train() does nothing any more
    body = _body().eval().requires_grad_(False)
    body.train = lambda mode=True: body
    return nn.Sequential(body, nn.Linear(8, 5))


class truly_frozen_functional(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = _body()
        self.head = nn.Linear(8, 5)
        for p in self.body.parameters():
            p.requires_grad = False

    def forward(self, x):
        conv, norm = self.body[0], self.body[1]
        x = F.conv2d(x, conv.weight)
        x = F.batch_norm(
            x, norm.running_mean, norm.running_var, norm.weight, norm.bias, training=False, eps=norm.eps
        )
        return self.head(F.relu(x).mean(dim=(2, 3)))


# --- truly_frozen: wrong
# the parameters only: batch norm goes on measuring
def truly_frozen_requires_grad_only():
    return nn.Sequential(_body().requires_grad_(False), nn.Linear(8, 5))


# eval() once: the next model.train() undoes it
def truly_frozen_eval_once():
    return nn.Sequential(_body().requires_grad_(False).eval(), nn.Linear(8, 5))


# no_grad, but batch norm in train mode
class truly_frozen_no_grad_only(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = _body()
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        with torch.no_grad():
            features = self.body(x)
        return self.head(features)


# batch norm stays in eval mode, but all parameters learn
class truly_frozen_eval_only(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = _body()
        self.head = nn.Linear(8, 5)

    def train(self, mode=True):
        super().train(mode)
        self.body.eval()
        return self

    def forward(self, x):
        return self.head(self.body(x))


# the head's bias is frozen with the body
class truly_frozen_head_bias_too(truly_frozen_train_overridden):
    def __init__(self):
        super().__init__()
        self.requires_grad_(False)
        self.head.weight.requires_grad_(True)


# the body hides in a list: it is not in the state_dict
class truly_frozen_hidden_body(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = [_body().requires_grad_(False).eval()]
        self.head = nn.Linear(8, 5)

    def forward(self, x):
        return self.head(self.hidden[0](x))


# subtle: momentum 0 keeps the statistics, but train mode still divides by those of the batch
def truly_frozen_momentum_zero():
    body = _body().requires_grad_(False)
    body[1].momentum = 0.0
    return nn.Sequential(body, nn.Linear(8, 5))


# subtle: gradients set to zero, but weight decay moves the body
class truly_frozen_zero_gradients(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = _body()
        self.head = nn.Linear(8, 5)
        for p in self.body.parameters():
            p.register_hook(torch.zeros_like)

    def train(self, mode=True):
        super().train(mode)
        self.body.eval()
        return self

    def forward(self, x):
        return self.head(self.body(x))


# subtle: puts back the statistics of the day it was made, not those filled in since
class truly_frozen_old_statistics(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = _body().requires_grad_(False)
        self.head = nn.Linear(8, 5)
        self.kept = copy.deepcopy(dict(self.body[1].named_buffers()))

    def forward(self, x):
        self.body.eval()
        for name, value in self.body[1].named_buffers():
            value.copy_(self.kept[name])
        return self.head(self.body(x))


# subtle: only the first train() is caught, the second wakes batch norm
class truly_frozen_first_train_only(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = _body().requires_grad_(False)
        self.head = nn.Linear(8, 5)
        self.caught = False

    def train(self, mode=True):
        super().train(mode)
        if mode and not self.caught:
            self.body.eval()
            self.caught = True
        return self

    def forward(self, x):
        return self.head(self.body(x))


# --- two_rates: right
def _five_classes():
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, bias=False),
        nn.BatchNorm2d(8),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(8, 5),
    )


def two_rates_two_groups():
    net = _five_classes()
    groups = [
        {"params": net[:-1].parameters(), "lr": 0.01},
        {"params": net[-1].parameters(), "lr": 0.1},
    ]
    return net, torch.optim.SGD(groups, lr=0.01)


def two_rates_one_group_each():
    net = _five_classes()
    groups = []
    for name, p in net.named_parameters():
        groups.append({"params": [p], "lr": 0.1 if name.startswith("5.") else 0.01})
    return net, torch.optim.Adam(groups)


def two_rates_add_group():
    net = _five_classes()
    head = set(net[5].parameters())
    optimizer = torch.optim.SGD([p for p in net.parameters() if p not in head], lr=0.01, momentum=0.9)
    optimizer.add_param_group({"params": list(net[5].parameters()), "lr": 0.1})
    return net, optimizer


def two_rates_partial_default():
    make = functools.partial(torch.optim.AdamW, lr=1e-2)
    net = _five_classes()
    *body, weight, bias = net.parameters()
    return net, make([{"params": [weight, bias], "lr": 10 * 1e-2}, {"params": body}])


# --- two_rates: wrong
# rates exchanged
def two_rates_exchanged():
    net = _five_classes()
    groups = [{"params": net[:-1].parameters(), "lr": 0.1}, {"params": net[-1].parameters(), "lr": 0.01}]
    return net, torch.optim.SGD(groups)


# one rate for all
def two_rates_one_rate():
    net = _five_classes()
    return net, torch.optim.SGD(net.parameters(), lr=0.1)


# the body is not trained at all
def two_rates_head_alone():
    net = _five_classes()
    return net, torch.optim.SGD(net[-1].parameters(), lr=0.1)


# the head is in both groups: torch refuses
def two_rates_head_twice():
    net = _five_classes()
    groups = [{"params": net.parameters(), "lr": 0.01}, {"params": net[-1].parameters(), "lr": 0.1}]
    return net, torch.optim.SGD(groups)


# two optimizers, not one
def two_rates_two_optimizers():
    net = _five_classes()
    body = torch.optim.SGD(net[:-1].parameters(), lr=0.01)
    return net, (body, torch.optim.SGD(net[-1].parameters(), lr=0.1))


# the head is replaced after the optimizer was made, which trains the old one
def two_rates_head_replaced_later():
    net = _five_classes()
    groups = [{"params": net[:-1].parameters()}, {"params": net[-1].parameters(), "lr": 0.1}]
    optimizer = torch.optim.SGD(groups, lr=0.01)
    net[-1] = nn.Linear(8, 5)
    return net, optimizer


# subtle: batch norm is in no group
def two_rates_batch_norm_missing():
    net = _five_classes()
    groups = [{"params": net[0].parameters(), "lr": 0.01}, {"params": net[-1].parameters(), "lr": 0.1}]
    return net, torch.optim.SGD(groups)


# subtle: the head's bias learns at the body's rate
def two_rates_bias_with_body():
    net = _five_classes()
    head = net[-1].weight
    body = [p for p in net.parameters() if p is not head]
    return net, torch.optim.Adam([{"params": body}, {"params": [head], "lr": 0.1}], lr=0.01)


# subtle: the generator is used up by the count, so that the body's group is empty
def two_rates_used_up():
    net = _five_classes()
    body = net[:-1].parameters()
    assert sum(p.numel() for p in body) > 0
    groups = [{"params": list(body), "lr": 0.01}, {"params": net[-1].parameters(), "lr": 0.1}]
    return net, torch.optim.SGD(groups)


# subtle: the groups are right, but the body is frozen still
def two_rates_body_frozen():
    net = _five_classes()
    net[:-1].requires_grad_(False)
    groups = [{"params": net[:-1].parameters(), "lr": 0.01}, {"params": net[-1].parameters(), "lr": 0.1}]
    return net, torch.optim.SGD(groups)


ANSWERS = {
    "transfer.batched_accuracy": (
        [
            batched_accuracy_torch,
            batched_accuracy_numpy,
            batched_accuracy_loop,
            batched_accuracy_one_by_one,
        ],
        [
            batched_accuracy_mean_of_batches,
            batched_accuracy_over_batches,
            batched_accuracy_count,
            batched_accuracy_drop_last,
            batched_accuracy_inverse_weights,
            batched_accuracy_percent,
            batched_accuracy_truncated_counts,
            batched_accuracy_first_size_for_all,
            batched_accuracy_skips_zero_batches,
            batched_accuracy_skips_single_pictures,
        ],
    ),
    "transfer.head_only": (
        [
            head_only_freeze_then_replace,
            head_only_replace_then_freeze_by_name,
            head_only_new_sequential,
            head_only_pop_and_append,
        ],
        [
            head_only_replace_then_freeze_all,
            head_only_counts_tensors,
            head_only_counts_all,
            head_only_attribute_of_module,
            head_only_appended,
            head_only_old_head,
            head_only_batch_norm_left,
            head_only_head_weight_frozen,
            head_only_count_without_bias,
            head_only_body_bias_left,
        ],
    ),
    "transfer.nearest_mean": (
        [nearest_mean_cdist, nearest_mean_numpy, nearest_mean_loops, nearest_mean_linear_head],
        [
            nearest_mean_nearest_example,
            nearest_mean_sums,
            nearest_mean_argmax,
            nearest_mean_manhattan,
            nearest_mean_cosine,
            nearest_mean_dot_product,
            nearest_mean_balanced,
            nearest_mean_order_of_appearance,
            nearest_mean_zero_included,
            nearest_mean_last_target,
        ],
    ),
    "transfer.truly_frozen": (
        [
            truly_frozen_train_overridden,
            truly_frozen_eval_in_forward,
            truly_frozen_deaf_body,
            truly_frozen_functional,
        ],
        [
            truly_frozen_requires_grad_only,
            truly_frozen_eval_once,
            truly_frozen_no_grad_only,
            truly_frozen_eval_only,
            truly_frozen_head_bias_too,
            truly_frozen_hidden_body,
            truly_frozen_momentum_zero,
            truly_frozen_zero_gradients,
            truly_frozen_old_statistics,
            truly_frozen_first_train_only,
        ],
    ),
    "transfer.two_rates": (
        [
            two_rates_two_groups,
            two_rates_one_group_each,
            two_rates_add_group,
            two_rates_partial_default,
        ],
        [
            two_rates_exchanged,
            two_rates_one_rate,
            two_rates_head_alone,
            two_rates_head_twice,
            two_rates_two_optimizers,
            two_rates_head_replaced_later,
            two_rates_batch_norm_missing,
            two_rates_bias_with_body,
            two_rates_used_up,
            two_rates_body_frozen,
        ],
    ),
}
