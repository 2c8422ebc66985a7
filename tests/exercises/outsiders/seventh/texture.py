"""Right and wrong answers of an outsider to the five tasks on texture bias."""

import itertools
from fractions import Fraction

import numpy as np
import torch
from torch.nn import functional as F


# --- beyond_chance: right
def beyond_chance_torch(predictions, shapes, textures, num_classes):
    predictions, shapes, textures = (torch.as_tensor(t) for t in (predictions, shapes, textures))
    by_shape = (predictions == shapes).sum().item()
    by_texture = (predictions == textures).sum().item()
    n = len(predictions)
    return (
        by_shape - (n - by_texture) / (num_classes - 1),
        by_texture - (n - by_shape) / (num_classes - 1),
    )


def beyond_chance_numpy(predictions, shapes, textures, num_classes):
    p, s, t = np.asarray(predictions), np.asarray(shapes), np.asarray(textures)
    chance = 1 / (num_classes - 1)
    shape = np.sum(p[p != t] == s[p != t]) - chance * np.sum(p != t)
    texture = np.sum(p[p != s] == t[p != s]) - chance * np.sum(p != s)
    return float(shape), float(texture)


def beyond_chance_loop(predictions, shapes, textures, num_classes):
    # each answer pays for the chance that it had
    shape = texture = 0.0
    for p, s, t in zip(predictions, shapes, textures, strict=False):
        if p != t:
            shape += int(p == s) - 1 / (num_classes - 1)
        else:
            texture += 1
        if p != s:
            texture -= 1 / (num_classes - 1)
    return shape, texture


def beyond_chance_one_hot(predictions, shapes, textures, num_classes):
    answers = [torch.as_tensor(x).long() for x in (predictions, shapes, textures)]
    p, s, t = (F.one_hot(x, num_classes).double() for x in answers)

    def excess(cue, other):
        rest = 1 - (p * other).sum(1)
        expected = rest[:, None] * (1 - other) / (num_classes - 1)
        return ((p - expected) * cue).sum()

    return excess(s, t), excess(t, s)


# --- beyond_chance: wrong
def _counts(predictions, shapes, textures):
    return (predictions == shapes).sum().item(), (predictions == textures).sum().item()


# chance is one of all classes, the shape too
def beyond_chance_all_classes(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    return s - (n - t) / num_classes, t - (n - s) / num_classes


# takes all answers, not only those that missed the other cue
def beyond_chance_all_answers(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    return s - n / (num_classes - 1), t - n / (num_classes - 1)


# texture first
def beyond_chance_order(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    return t - (n - s) / (num_classes - 1), s - (n - t) / (num_classes - 1)


# shape's chance from the answers that are not the shape, and so for the texture
def beyond_chance_own_misses(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    return s - (n - s) / (num_classes - 1), t - (n - t) / (num_classes - 1)


# only the answers that name neither are spread
def beyond_chance_neither(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    neither = len(predictions) - s - t
    return s - neither / (num_classes - 1), t - neither / (num_classes - 1)


# shares of the pictures instead of numbers of answers
def beyond_chance_shares(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    return (s - (n - t) / (num_classes - 1)) / n, (t - (n - s) / (num_classes - 1)) / n


# subtle: whole numbers only for what comes by chance
def beyond_chance_integer_division(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    return s - (n - t) // (num_classes - 1), t - (n - s) // (num_classes - 1)


# subtle: nothing below zero
def beyond_chance_clamped(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    return max(0.0, s - (n - t) / (num_classes - 1)), max(0.0, t - (n - s) / (num_classes - 1))


# subtle: counts the classes that turn up instead of num_classes
def beyond_chance_classes_seen(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    n = len(predictions)
    k = max(2, len(torch.cat([predictions, shapes, textures]).unique()))
    return s - (n - t) / (k - 1), t - (n - s) / (k - 1)


# subtle: two classes are thought to leave nothing to chance
def beyond_chance_two_classes_apart(predictions, shapes, textures, num_classes):
    s, t = _counts(predictions, shapes, textures)
    if num_classes == 2:
        return float(s), float(t)
    n = len(predictions)
    return s - (n - t) / (num_classes - 1), t - (n - s) / (num_classes - 1)


# --- bias: right
def bias_pooled(shape, texture, trials):
    shape, texture = torch.as_tensor(shape), torch.as_tensor(texture)
    return (shape.sum() / (shape.sum() + texture.sum())).item()


def bias_numpy(shape, texture, trials):
    decided = np.asarray([np.asarray(shape), np.asarray(texture)]).sum(axis=1)
    return float(decided[0] / decided.sum())


def bias_loop(shape, texture, trials):
    s = t = 0
    for k in range(len(trials)):
        s += int(shape[k])
        t += int(texture[k])
    return s / (s + t)


def bias_weighted_categories(shape, texture, trials):
    # bias of each category, weighted by its number of answers for shape or texture
    decided = torch.as_tensor(shape).double() + torch.as_tensor(texture).double()
    each = torch.as_tensor(shape).double() / decided.clamp(min=1)
    return each @ (decided / decided.sum())


# --- bias: wrong
# each category counts the same
def bias_mean_of_categories(shape, texture, trials):
    return (shape / (shape + texture)).nanmean().item()


# share among all pictures
def bias_over_trials(shape, texture, trials):
    return (shape.sum() / trials.sum()).item()


# texture bias
def bias_of_texture(shape, texture, trials):
    return (texture.sum() / (shape.sum() + texture.sum())).item()


# whatever is not the texture is taken for the shape
def bias_rest_is_shape(shape, texture, trials):
    return ((trials - texture).sum() / trials.sum()).item()


# shape over texture, not over both
def bias_odds(shape, texture, trials):
    return (shape.sum() / texture.sum()).item()


# rates of the categories first, so that few pictures count as much as many
def bias_of_rates(shape, texture, trials):
    s, t = (shape / trials).mean(), (texture / trials).mean()
    return (s / (s + t)).item()


# subtle: weighted by all pictures of a category, not by the answers that named a cue
def bias_weighted_by_trials(shape, texture, trials):
    decided = shape + texture
    ok = decided > 0
    each = shape[ok] / decided[ok]
    return ((each * trials[ok]).sum() / trials[ok].sum()).item()


# subtle: a category without an answer for either cue counts as one for the texture
def bias_at_least_one(shape, texture, trials):
    decided = (shape + texture).clamp(min=1)
    return (shape.sum() / decided.sum()).item()


# subtle: leaves out the categories in which a cue was never named
def bias_both_cues_only(shape, texture, trials):
    ok = (shape > 0) & (texture > 0)
    if not ok.any():
        ok = (shape + texture) > 0
    return (shape[ok].sum() / (shape[ok].sum() + texture[ok].sum())).item()


# subtle: where the texture was never named there is thought to be no bias
def bias_zero_without_texture(shape, texture, trials):
    if texture.sum() == 0:
        return 0.0
    return (shape.sum() / (shape.sum() + texture.sum())).item()


# --- conflict: right
def conflict_loops(masks, textures, background):
    masks, textures = torch.as_tensor(masks).bool(), torch.as_tensor(textures)
    pictures, labels = [], []
    for s in range(len(masks)):
        for t in range(len(masks)):
            if s != t:
                pictures.append(torch.where(masks[s], textures[t], background))
                labels.append([s, t])
    return torch.stack(pictures), torch.tensor(labels)


def conflict_numpy(masks, textures, background):
    masks, textures = np.asarray(masks), np.asarray(textures)
    s, t = np.nonzero(~np.eye(len(masks), dtype=bool))
    pictures = np.where(masks[s] == 1, textures[t], background)
    return pictures, np.stack([s, t], axis=1)


def conflict_broadcast(masks, textures, background):
    masks, textures = torch.as_tensor(masks), torch.as_tensor(textures)
    k = len(masks)
    every = torch.where(masks[:, None] > 0.5, textures[None], background)
    other = ~torch.eye(k, dtype=torch.bool)
    return every[other], other.nonzero()


def conflict_permutations(masks, textures, background):
    # permutations come in just this order; arithmetic instead of a choice
    masks, textures = torch.as_tensor(masks), torch.as_tensor(textures)
    labels = torch.tensor(list(itertools.permutations(range(len(masks)), 2)))
    on = masks[labels[:, 0]].to(torch.int64)
    return on * textures[labels[:, 1]] + (1 - on) * background, labels


# --- conflict: wrong
# the shape in its own texture too
def conflict_own_texture_too(masks, textures, background):
    k = len(masks)
    labels = torch.cartesian_prod(torch.arange(k), torch.arange(k))
    s, t = labels.T
    return torch.where(masks[s].bool(), textures[t], background), labels


# the texture in the outer loop
def conflict_texture_first(masks, textures, background):
    k = len(masks)
    labels = torch.tensor([[s, t] for t in range(k) for s in range(k) if s != t])
    s, t = labels.T
    return torch.where(masks[s].bool(), textures[t], background), labels


# labels: texture, then shape
def conflict_labels_exchanged(masks, textures, background):
    labels = torch.tensor(list(itertools.permutations(range(len(masks)), 2)))
    s, t = labels.T
    return torch.where(masks[s].bool(), textures[t], background), labels.flip(1)


# each pair once only
def conflict_each_pair_once(masks, textures, background):
    labels = torch.tensor(list(itertools.combinations(range(len(masks)), 2)))
    s, t = labels.T
    return torch.where(masks[s].bool(), textures[t], background), labels


# texture beside the shape, background on it
def conflict_mask_inverted(masks, textures, background):
    labels = torch.tensor(list(itertools.permutations(range(len(masks)), 2)))
    s, t = labels.T
    return torch.where(masks[s].bool(), background, textures[t]), labels


# writes the background into the textures themselves, which are eaten up
def conflict_textures_eaten(masks, textures, background):
    pictures, labels = [], []
    for s, t in itertools.permutations(range(len(masks)), 2):
        picture = textures[t]
        picture[masks[s] == 0] = background
        pictures.append(picture)
        labels.append([s, t])
    return torch.stack(pictures), torch.tensor(labels)


# subtle: the background is added everywhere, right for background 0 only
def conflict_background_added(masks, textures, background):
    labels = torch.tensor(list(itertools.permutations(range(len(masks)), 2)))
    s, t = labels.T
    return masks[s] * textures[t] + background, labels


# subtle: other textures counted on from the shape, right for two classes
def conflict_cyclic_order(masks, textures, background):
    k = len(masks)
    labels = torch.tensor([[s, (s + step) % k] for s in range(k) for step in range(1, k)])
    s, t = labels.T
    return torch.where(masks[s].bool(), textures[t], background), labels


# subtle: zeros of the texture on the shape become background
def conflict_zeros_of_texture(masks, textures, background):
    labels = torch.tensor(list(itertools.permutations(range(len(masks)), 2)))
    s, t = labels.T
    pictures = masks[s] * textures[t]
    return torch.where(pictures == 0, background, pictures), labels


# subtle: leaves out other classes whose texture looks the same
def conflict_equal_textures_skipped(masks, textures, background):
    pictures, labels = [], []
    for s in range(len(masks)):
        for t in range(len(masks)):
            if not torch.equal(textures[s], textures[t]):
                pictures.append(torch.where(masks[s].bool(), textures[t], background))
                labels.append([s, t])
    if not pictures:
        return textures[:0], torch.zeros(0, 2, dtype=torch.long)
    return torch.stack(pictures), torch.tensor(labels)


# --- guesser: right
def guesser_formula(num_classes):
    share = 1 / num_classes
    return share, share, (num_classes - 2) / num_classes, share / (share + share)


def guesser_enumerated(num_classes):
    # all answers to a picture with shape 0 and texture 1
    names = ["shape", "texture"] + ["neither"] * (num_classes - 2)
    s, t, n = (names.count(name) / len(names) for name in ("shape", "texture", "neither"))
    return s, t, n, s / (s + t)


def guesser_torch(num_classes):
    p = torch.full((num_classes,), 1 / num_classes, dtype=torch.float64)
    return torch.stack([p[0], p[1], p[2:].sum(), p[0] / p[:2].sum()])


def guesser_fractions(num_classes):
    shape = Fraction(1, num_classes)
    # missed the shape, then one of the others
    texture = (1 - shape) * Fraction(1, num_classes - 1)
    shares = [shape, texture, 1 - shape - texture, shape / (shape + texture)]
    return [float(x) for x in shares]


# --- guesser: wrong
# the texture is forgotten among the classes that are left
def guesser_neither_too_large(num_classes):
    k = num_classes
    return 1 / k, 1 / k, (k - 1) / k, 0.5


# the bias as a share of all answers
def guesser_bias_of_all(num_classes):
    k = num_classes
    return 1 / k, 1 / k, 1 - 2 / k, 1 / k


# one class too few
def guesser_one_class_less(num_classes):
    k = num_classes - 1
    return 1 / k, 1 / k, 1 - 2 / k, 0.5


# percent
def guesser_percent(num_classes):
    k = num_classes
    return 100 / k, 100 / k, 100 - 200 / k, 50.0


# neither in the first place
def guesser_order(num_classes):
    k = num_classes
    return 1 - 2 / k, 1 / k, 1 / k, 0.5


# the texture gets a share of the classes that are not the shape, without the shape's answers taken off
def guesser_texture_among_the_rest(num_classes):
    s, t = 1 / num_classes, 1 / (num_classes - 1)
    return s, t, 1 - s - t, s / (s + t)


# subtle: rounded to two places, right for 2, 4, 5, 10, ... classes
def guesser_rounded(num_classes):
    k = num_classes
    return round(1 / k, 2), round(1 / k, 2), round(1 - 2 / k, 2), 0.5


# subtle: always the sixteen classes of the lecture
def guesser_sixteen(num_classes):
    return 1 / 16, 1 / 16, 14 / 16, 0.5


# subtle: a trial instead of the average
def guesser_simulated(num_classes):
    answers = np.random.default_rng(0).integers(0, num_classes, 10_000)
    s, t = float(np.mean(answers == 0)), float(np.mean(answers == 1))
    return s, t, 1 - s - t, s / (s + t)


# subtle: thinks that there is always a class that is neither
def guesser_one_neither_at_least(num_classes):
    others = max(1, num_classes - 2)
    k = 2 + others
    return 1 / k, 1 / k, others / k, 0.5


# --- patches: right
def patches_loop(image, patches, order):
    image = torch.as_tensor(image)
    _, height, width = image.shape
    h, w = height // patches, width // patches
    out = torch.empty_like(image)
    for i in range(patches * patches):
        r, c = divmod(i, patches)
        y, x = divmod(int(order[i]), patches)
        out[:, r * h : (r + 1) * h, c * w : (c + 1) * w] = image[:, y * h : (y + 1) * h, x * w : (x + 1) * w]
    return out


def patches_reshape(image, patches, order):
    image, order = torch.as_tensor(image), torch.as_tensor(order)
    c, h, w = image.shape
    p = patches
    pieces = image.reshape(c, p, h // p, p, w // p).permute(1, 3, 0, 2, 4).reshape(p * p, c, h // p, w // p)
    pieces = pieces[order].reshape(p, p, c, h // p, w // p)
    return pieces.permute(2, 0, 3, 1, 4).reshape(c, h, w)


def patches_numpy_split(image, patches, order):
    image = np.asarray(image)
    rows = np.split(image, patches, axis=1)
    pieces = [piece for row in rows for piece in np.split(row, patches, axis=2)]
    shuffled = [pieces[int(i)] for i in order]
    rows = [np.concatenate(shuffled[r * patches : (r + 1) * patches], axis=2) for r in range(patches)]
    return torch.from_numpy(np.concatenate(rows, axis=1))


def patches_index(image, patches, order):
    # for each pixel: where does it come from?
    image, order = torch.as_tensor(image), torch.as_tensor(order).long()
    _, height, width = image.shape
    h, w = height // patches, width // patches
    y, x = torch.arange(height)[:, None], torch.arange(width)[None, :]
    source = order[(y // h) * patches + x // w]
    return image[:, (source // patches) * h + y % h, (source % patches) * w + x % w]


# --- patches: wrong
def _cut(image, patches):
    rows = image.chunk(patches, dim=1)
    return [piece for row in rows for piece in row.chunk(patches, dim=2)]


def _glue(pieces, patches):
    rows = [torch.cat(list(pieces[r * patches : (r + 1) * patches]), dim=2) for r in range(patches)]
    return torch.cat(rows, dim=1)


# counts places and rectangles column by column
def patches_column_by_column(image, patches, order):
    p = patches
    pieces = [piece for column in image.chunk(p, dim=2) for piece in column.chunk(p, dim=1)]
    pieces = [pieces[int(i)] for i in order]
    return torch.cat([torch.cat(pieces[c * p : (c + 1) * p], dim=1) for c in range(p)], dim=2)


# takes `patches` for the side of a rectangle in pixels
def patches_side_in_pixels(image, patches, order):
    out = image.clone()
    columns = image.shape[2] // patches
    for i, j in enumerate(order.tolist()):
        r, c = divmod(i, columns)
        y, x = divmod(j, columns)
        piece = image[:, y * patches : (y + 1) * patches, x * patches : (x + 1) * patches]
        out[:, r * patches : (r + 1) * patches, c * patches : (c + 1) * patches] = piece
    return out


# reshapes without a permutation: runs of pixels instead of rectangles
def patches_runs_of_pixels(image, patches, order):
    c, h, w = image.shape
    return image.reshape(c, patches * patches, -1)[:, order].reshape(c, h, w)


# forgets to turn the axes back when it glues
def patches_not_turned_back(image, patches, order):
    c, h, w = image.shape
    return torch.stack(_cut(image, patches))[order].transpose(0, 1).reshape(c, h, w)


# copies within the same picture: overwritten rectangles are copied again
def patches_overwritten(image, patches, order):
    out = image.clone()
    pieces = _cut(out, patches)
    for i, j in enumerate(order.tolist()):
        pieces[i].copy_(pieces[j].clone())
    return out


# each rectangle mirrored on its way
def patches_mirrored(image, patches, order):
    pieces = _cut(image, patches)
    return _glue([pieces[int(i)].flip(2) for i in order], patches)


# subtle: rectangle i goes to place order[i], right for orders that are their own inverse
def patches_inverse(image, patches, order):
    pieces = _cut(image, patches)
    out = [None] * len(pieces)
    for i, j in enumerate(order.tolist()):
        out[j] = pieces[i]
    return _glue(out, patches)


# subtle: the height for both sides, right for square pictures
def patches_square_only(image, patches, order):
    out = image.clone()
    side = image.shape[1] // patches
    for i, j in enumerate(order.tolist()):
        r, c = i // patches * side, i % patches * side
        y, x = j // patches * side, j % patches * side
        piece = image[:, y : y + side, x : x + side]
        place = out[:, r : r + side, c : c + side]
        h, w = min(piece.shape[1], place.shape[1]), min(piece.shape[2], place.shape[2])
        place[:, :h, :w] = piece[:, :h, :w]
    return out


# subtle: the result is right, but the image is overwritten
def patches_in_place(image, patches, order):
    old = _cut(image.clone(), patches)
    for place, j in zip(_cut(image, patches), order.tolist(), strict=False):
        place.copy_(old[j])
    return image


# subtle: shuffles the first channel only, right for pictures of one channel
def patches_first_channel(image, patches, order):
    out = image.clone()
    pieces = _cut(image[:1], patches)
    out[0] = _glue([pieces[int(i)] for i in order], patches)[0]
    return out


ANSWERS = {
    "texture.beyond_chance": (
        [beyond_chance_torch, beyond_chance_numpy, beyond_chance_loop, beyond_chance_one_hot],
        [
            beyond_chance_all_classes,
            beyond_chance_all_answers,
            beyond_chance_order,
            beyond_chance_own_misses,
            beyond_chance_neither,
            beyond_chance_shares,
            beyond_chance_integer_division,
            beyond_chance_clamped,
            beyond_chance_classes_seen,
            beyond_chance_two_classes_apart,
        ],
    ),
    "texture.bias": (
        [bias_pooled, bias_numpy, bias_loop, bias_weighted_categories],
        [
            bias_mean_of_categories,
            bias_over_trials,
            bias_of_texture,
            bias_rest_is_shape,
            bias_odds,
            bias_of_rates,
            bias_weighted_by_trials,
            bias_at_least_one,
            bias_both_cues_only,
            bias_zero_without_texture,
        ],
    ),
    "texture.conflict": (
        [conflict_loops, conflict_numpy, conflict_broadcast, conflict_permutations],
        [
            conflict_own_texture_too,
            conflict_texture_first,
            conflict_labels_exchanged,
            conflict_each_pair_once,
            conflict_mask_inverted,
            conflict_textures_eaten,
            conflict_background_added,
            conflict_cyclic_order,
            conflict_zeros_of_texture,
            conflict_equal_textures_skipped,
        ],
    ),
    "texture.guesser": (
        [guesser_formula, guesser_enumerated, guesser_torch, guesser_fractions],
        [
            guesser_neither_too_large,
            guesser_bias_of_all,
            guesser_one_class_less,
            guesser_percent,
            guesser_order,
            guesser_texture_among_the_rest,
            guesser_rounded,
            guesser_sixteen,
            guesser_simulated,
            guesser_one_neither_at_least,
        ],
    ),
    "texture.patches": (
        [patches_loop, patches_reshape, patches_numpy_split, patches_index],
        [
            patches_column_by_column,
            patches_side_in_pixels,
            patches_runs_of_pixels,
            patches_not_turned_back,
            patches_overwritten,
            patches_mirrored,
            patches_inverse,
            patches_square_only,
            patches_in_place,
            patches_first_channel,
        ],
    ),
}
