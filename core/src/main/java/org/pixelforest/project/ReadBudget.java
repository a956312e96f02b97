package org.pixelforest.project;

/**
 * How many bytes may be taken from a file before its claims are called impossible: 64 MiB and forty times the file's size. Sound
 * projects stay far below, for their lists and trees hardly compress; a damaged or hostile one cannot fill the memory.
 */
final class ReadBudget {

    /** Pixels of label blocks in one file, painted or not: a 20,000 x 20,000 image five times over. */
    private static final long MOST_LABELS = 1L << 31;

    private long left;
    private long labels = MOST_LABELS;

    ReadBudget(long fileSize) {
        left = (64L << 20) + 40 * Math.min(fileSize, 1L << 50);
    }

    boolean spend(long elements, int bytesEach) {
        if (elements > left / Math.max(1, bytesEach)) {
            return false;
        }
        left -= elements * Math.max(1, bytesEach);
        return true;
    }

    /** Label blocks are read piece by piece and cost no memory, but time. */
    boolean spendLabels(long pixels) {
        if (pixels > labels) {
            return false;
        }
        labels -= pixels;
        return true;
    }
}
