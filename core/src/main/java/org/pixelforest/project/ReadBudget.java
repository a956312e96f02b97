package org.pixelforest.project;

/**
 * How many bytes may be taken from a file before its claims are called impossible: 64 MiB and forty times the file's size. Sound
 * projects stay far below, for their lists and trees hardly compress; a damaged or hostile one cannot fill the memory.
 */
final class ReadBudget {

    private long left;

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
}
