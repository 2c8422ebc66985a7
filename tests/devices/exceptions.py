"""What the table of operations leaves out, and why."""

APART = {
    "filters.gaussian_noise": "test_draws",
    "filters.salt_and_pepper": "test_draws",
    "training.ActivationNorms": "test_training",
    "training.AdversarialBatches": "test_training",
    "training.AlternatingFlip": "test_training",
    "training.GradientNorms": "test_training",
    "training.evaluate": "test_training",
    "training.fit": "test_training",
}
"""Operations with a test of their own: random numbers differ by device, and training has its own bounds."""

REASONS = {
    "is made on the CPU of whole numbers; mosaic and demosaic take it to the device": "filters.bayer_masks",
    "makes a kernel of numbers on the CPU in float64; the filters take it to the device": """
        kernels.Kernel kernels.backward_difference kernels.box kernels.central_difference
        kernels.forward_difference kernels.gabor kernels.gaussian kernels.gaussian_derivative
        kernels.gaussian_taps kernels.laplacian kernels.laplacian_of_gaussian kernels.preset kernels.prewitt
        kernels.roberts kernels.scharr kernels.sobel""",
    "is what the augmentations have in common, and does nothing by itself": "augmentation.Augmentation",
    "holds what others have computed": """
        data.Card data.CueConflict data.Examples data.Placement data.Ranges data.Series data.ShapeBiasCounts
        data.ShapePictures data.Surface shape_bias.BeyondChance shape_bias.Decisions training.Evaluation
        training.History""",
    "reads files and leaves the tensors on the CPU": "data.photograph data.pretrained data.series",
    "has to do with files only": "data.cards data.fetch data.listing data.pretrained_file data.state",
    "is made of the same layers as its small relative, at a size that takes a CPU too long": """
        models.alexnet models.alexnet_2012 models.resnet18 models.resnet34 models.resnet50 models.resnet101
        models.resnet152 models.vgg11 models.vgg13 models.vgg16 models.vgg19""",
    "says which weights are trained, and computes nothing": "transfer.parameter_groups transfer.unfreeze",
    "is what the networks have in common": "models.Classifier",
    "is what the hooks have in common, and does nothing by itself": "training.Hook",
    "draws or sets weights": "models.draw_as_he models.start_as_identity models.start_whitened",
    "makes pictures of whole numbers on the CPU": "models.digit_bitmaps",
    "counts with whole numbers, without a tensor": "models.resnet_stages shape_bias.beyond_chance",
    "is an error": """
        data.DataError training.CheckpointError training.DivergenceError training.TrainingError""",
    "is a type for annotations": "training.Schedule",
}
"""Reasons to have no test on a device, with the names for which each holds."""
