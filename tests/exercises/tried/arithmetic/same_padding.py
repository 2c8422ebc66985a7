"""Further answers to arithmetic.same_padding."""


def outputs(size, kernel_size, padding, dilation):
    starts = range(-padding, size + padding)
    return sum(start + dilation * (kernel_size - 1) < size + padding for start in starts)


def tried(kernel_size, dilation):
    return next(p for p in range(100) if outputs(50, kernel_size, p, dilation) == 50)


RIGHT = [tried]
WRONG = {
    "dilation forgotten": [lambda kernel_size, dilation: (kernel_size - 1) // 2],
    "both sides": [lambda kernel_size, dilation: kernel_size * dilation - dilation],
    "dilation times kernel": [
        lambda kernel_size, dilation: kernel_size * dilation // 2,
        lambda kernel_size, dilation: int((kernel_size * dilation - 1) / 2),
    ],
    "not rounded": [lambda kernel_size, dilation: kernel_size / 2 * dilation],
    "middle counted": [lambda kernel_size, dilation: (dilation * (kernel_size - 1) + 2) // 2],
    "dilation added": [lambda kernel_size, dilation: (kernel_size - 1) // 2 + dilation - 1],
    "sign": [lambda kernel_size, dilation: -(kernel_size // 2) * dilation],
    "wrong type": [lambda kernel_size, dilation: "same"],
    "wrong shape": [lambda kernel_size, dilation: [kernel_size // 2 * dilation] * 2],
    "arguments": [lambda kernel_size: kernel_size // 2],
}
