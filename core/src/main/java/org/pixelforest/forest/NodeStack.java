package org.pixelforest.forest;

import java.util.Arrays;

/** Nodes that wait to be grown, last in, first out: which samples they hold, and where their address is wanted. */
final class NodeStack {

    private static final int FIELDS = 5;

    private int[] entries = new int[64 * FIELDS];
    private int top;

    // of the node taken last
    int from;
    int to;
    int otherFrom;
    int otherTo;
    int link;

    void push(int newFrom, int newTo, int newOtherFrom, int newOtherTo, int newLink) {
        if (top + FIELDS > entries.length) {
            entries = Arrays.copyOf(entries, 2 * entries.length);
        }
        entries[top] = newFrom;
        entries[top + 1] = newTo;
        entries[top + 2] = newOtherFrom;
        entries[top + 3] = newOtherTo;
        entries[top + 4] = newLink;
        top += FIELDS;
    }

    boolean pop() {
        if (top == 0) {
            return false;
        }
        top -= FIELDS;
        from = entries[top];
        to = entries[top + 1];
        otherFrom = entries[top + 2];
        otherTo = entries[top + 3];
        link = entries[top + 4];
        return true;
    }
}
