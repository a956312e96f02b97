package org.pixelforest.forest;

/** Evaluates a forest for rows without NaN; not thread-safe. All kernels give the same bits. */
interface ForestKernel {

    /**
     * Reads feature f of pixel i at {@code planes[f * stride + first + i]} and writes class k of pixel i, a value 0..1, to
     * {@code out[k * outStride + i]}. The arguments are checked by the caller. What is written for pixels with NaN does not matter.
     */
    void predict(float[] planes, int stride, int first, int n, float[] out, int outStride);
}
