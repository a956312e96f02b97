package org.pixelforest.filter;

import java.util.ArrayList;
import java.util.List;
import org.pixelforest.image.Halo;
import org.pixelforest.image.Region;
import org.pixelforest.image.Shape;

/**
 * The six filters, in the order in which projects list them. They compute in single precision, each sum and product rounded as
 * the original's plain build rounds them, so that results in 2D are equal bit for bit. Eigenvalues in 3D come from a double
 * precision solver and are closer to the truth than the original's.
 */
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

    /** Radius of the filters' kernels in sigmas. */
    public static final double WINDOW_RATIO = 2;

    /** Sigma of the smoothing that Difference of Gaussians subtracts, in sigmas. */
    public static final double INNER_RATIO = 0.66;

    /** Sigma of the gradient inside Structure Tensor Eigenvalues, in sigmas; the full sigma smooths its products. */
    public static final double GRADIENT_RATIO = 0.5;

    /**
     * Whether the filter acts along z too. A stack too thin for the kernel is filtered slice by slice, silently.
     *
     * @param in2d what the project asks for
     */
    public static boolean in3d(double sigma, boolean in2d, Shape image) {
        return !in2d && image.z() > 1 && Math.ceil(WINDOW_RATIO * sigma) + 1 <= image.z();
    }

    /** Number of planes the filter yields for a channel: one, or an eigenvalue an axis. */
    public int planes(double sigma, boolean in2d, Shape image) {
        return !eigenvalues ? 1 : in3d(sigma, in2d, image) ? 3 : 2;
    }

    /** Pixels around a region that the filter reads. */
    public Halo halo(double sigma, boolean in2d, Shape image) {
        int r = Kernel.radius(sigma, WINDOW_RATIO);
        if (this == STRUCTURE_TENSOR_EIGENVALUES) {
            r += Kernel.radius(GRADIENT_RATIO * sigma, WINDOW_RATIO);
        }
        return new Halo(in3d(sigma, in2d, image) ? r : 0, r, r);
    }

    /**
     * Filters a region of one channel: the answer equals the crop of the whole image's.
     *
     * @param in covers {@code target} and its {@link #halo}, as far as the image reaches
     * @return a box for each of the {@link #planes}, eigenvalues in falling order
     */
    public List<Box> apply(Box in, Region target, double sigma, boolean in2d) {
        boolean in3d = in3d(sigma, in2d, in.image());
        return switch (this) {
            case GAUSSIAN_SMOOTHING -> List.of(in.smoothed(sigma, WINDOW_RATIO, !in3d, target));
            case LAPLACIAN_OF_GAUSSIAN -> List.of(new Derivatives(in, target, sigma, in3d).laplacian());
            case GAUSSIAN_GRADIENT_MAGNITUDE -> List.of(new Derivatives(in, target, sigma, in3d).magnitude());
            case DIFFERENCE_OF_GAUSSIANS ->
                List.of(difference(
                        in.smoothed(sigma, WINDOW_RATIO, !in3d, target),
                        in.smoothed(INNER_RATIO * sigma, WINDOW_RATIO, !in3d, target)));
            case HESSIAN_OF_GAUSSIAN_EIGENVALUES -> Eigenvalues.of(new Derivatives(in, target, sigma, in3d).hessian());
            case STRUCTURE_TENSOR_EIGENVALUES -> Eigenvalues.of(structureTensor(in, target, sigma, in3d));
        };
    }

    private static Box difference(Box wide, Box narrow) {
        float[] a = wide.samples();
        float[] b = narrow.samples();
        for (int i = 0; i < a.length; i++) {
            a[i] -= b[i];
        }
        return wide;
    }

    /** Inner and outer scale are meant as fastfilters means them: the gradient is the narrow one. */
    private static List<Box> structureTensor(Box in, Region target, double sigma, boolean in3d) {
        int r = Kernel.radius(sigma, WINDOW_RATIO);
        Region around = target.grow(new Halo(in3d ? r : 0, r, r), in.image());
        List<Box> gradient = new Derivatives(in, around, GRADIENT_RATIO * sigma, in3d).gradient();
        List<Box> tensor = new ArrayList<>();
        for (int i = 0; i < gradient.size(); i++) {
            for (int j = i; j < gradient.size(); j++) {
                tensor.add(product(gradient.get(i), gradient.get(j)).smoothed(sigma, WINDOW_RATIO, !in3d, target));
            }
        }
        return tensor;
    }

    private static Box product(Box left, Box right) {
        Box product = left.like(left.region());
        float[] a = left.samples();
        float[] b = right.samples();
        float[] out = product.samples();
        for (int i = 0; i < out.length; i++) {
            out[i] = a[i] * b[i];
        }
        return product;
    }
}
