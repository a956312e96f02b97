package org.pixelforest.filter;

/** The six filters, in the order in which projects list them. */
public enum Filter {
    GAUSSIAN_SMOOTHING("GaussianSmoothing", "Gaussian Smoothing", false),
    LAPLACIAN_OF_GAUSSIAN("LaplacianOfGaussian", "Laplacian of Gaussian", false),
    GAUSSIAN_GRADIENT_MAGNITUDE("GaussianGradientMagnitude", "Gaussian Gradient Magnitude", false),
    DIFFERENCE_OF_GAUSSIANS("DifferenceOfGaussians", "Difference of Gaussians", false),
    STRUCTURE_TENSOR_EIGENVALUES("StructureTensorEigenvalues", "Structure Tensor Eigenvalues", true),
    HESSIAN_OF_GAUSSIAN_EIGENVALUES("HessianOfGaussianEigenvalues", "Hessian of Gaussian Eigenvalues", true);

    private final String id;
    private final String longName;
    private final boolean eigenvalues;

    Filter(String id, String longName, boolean eigenvalues) {
        this.id = id;
        this.longName = longName;
        this.eigenvalues = eigenvalues;
    }

    /** The name in {@code FeatureIds} of a project. */
    public String id() {
        return id;
    }

    /** The name in {@code feature_names} of a project and on the screen. */
    public String longName() {
        return longName;
    }

    /** Whether the filter yields one plane an axis (largest first) instead of one plane. */
    public boolean eigenvalues() {
        return eigenvalues;
    }
}
