package org.pixelforest.ui;

/** What is kept of the images of a project, however many there are: a number of open files, and bytes of tiles. */
record RecentImages(RecentSources sources, RecentTiles tiles) {

    static RecentImages ofHeap() {
        return new RecentImages(RecentSources.ofHeap(), RecentTiles.ofHeap());
    }
}
