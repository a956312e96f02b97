package org.pixelforest.ui;

import java.util.Optional;
import org.pixelforest.classify.PixelClassifier;

/** The work that pages wait for, as the work that nobody waits for sees it. */
interface Foreground {

    /** Whether nothing waits to be trained or predicted, nobody paints or drags, and the last training is {@code millis} ago. */
    boolean rested(long millis);

    /** The number of the newest forest; grows with every training. */
    long model();

    /** The number that a forest with every change so far will have. */
    long target();

    /** The newest forest of a project with what it needs; none when another project is open. */
    Optional<PixelClassifier> classifier(OpenProject project);
}
