package org.pixelforest.batch;

import java.util.Optional;
import org.pixelforest.label.Labels;

/** Finds the painted pixels of an image. */
@FunctionalInterface
public interface LabelSource {
    Optional<Labels> labels(BatchImage image);
}
