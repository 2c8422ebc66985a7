"""Further answers to arithmetic.same_padding."""


def outputs(size, kernel_size, padding, dilation):
    starts = range(-padding, size + padding)
    return sum(start + dilation * (kernel_size - 1) < size + padding for start in starts)


def tried(kernel_size, dilation):
    return next(p for p in range(100) if outputs(50, kernel_size, p, dilation) == 50)


RIGHT = [tried, lambda kernel_size, dilation: len(range(kernel_size)[1::2]) * dilation]
WRONG = {
    "dilation forgotten": [
        lambda kernel_size, dilation: (kernel_size - 1) // 2,
    ],
    "both sides": [
        lambda kernel_size, dilation: kernel_size * dilation - dilation,
    ],
    "dilation times kernel": [
        lambda kernel_size, dilation: kernel_size * dilation // 2,
        lambda kernel_size, dilation: int((kernel_size * dilation - 1) / 2),
    ],
    "middle counted": [
        lambda kernel_size, dilation: (kernel_size // 2 + 1) * dilation,
    ],
    "dilation added": [
        lambda kernel_size, dilation: (kernel_size - 1) // 2 + dilation - 1,
        lambda kernel_size, dilation: (kernel_size - dilation) // 2,
    ],
    "kernel of 3": [
        lambda kernel_size, dilation: dilation,
    ],
    "at least 1": [
        lambda kernel_size, dilation: max(1, kernel_size // 2 * dilation),
    ],
    "wrong values": [
        lambda kernel_size, dilation: kernel_size / 2 * dilation,
        lambda kernel_size, dilation: (dilation * (kernel_size - 1) + 2) // 2,
        lambda kernel_size, dilation: kernel_size - 1,
        lambda kernel_size, dilation: kernel_size / 2,
        lambda kernel_size, dilation: kernel_size // 2 + dilation,
        lambda kernel_size, dilation: dilation * (kernel_size - 1) + 1,
        lambda kernel_size, dilation: (kernel_size - 1) * (dilation + 1) // 2,
        lambda kernel_size, dilation: (kernel_size - 1) / (2 * dilation),
        lambda kernel_size, dilation: (kernel_size - 1) // (2 * dilation),
        lambda kernel_size, dilation: dilation * kernel_size - 1 // 2,
        lambda kernel_size, dilation: kernel_size - 1 // 2,
        # Tame cases would accept these: dilations up to 2, kernels up to 9, kernels of 1 without dilation.
        lambda kernel_size, dilation: kernel_size // 2 * min(dilation, 2),
        lambda kernel_size, dilation: min(kernel_size // 2, 4) * dilation,
        lambda kernel_size, dilation: kernel_size // 2 * dilation or dilation - 1,
    ],
    "sign": [
        lambda kernel_size, dilation: -(kernel_size // 2) * dilation,
    ],
    "wrong type": [
        lambda kernel_size, dilation: "same",
    ],
    "wrong shape": [
        lambda kernel_size, dilation: [kernel_size // 2 * dilation] * 2,
    ],
    "arguments": [
        lambda kernel_size: kernel_size // 2,
    ],
}
