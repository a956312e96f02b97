package org.pixelforest.classify;

import java.util.List;
import org.pixelforest.feature.FeatureTile;
import org.pixelforest.forest.Predictor;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.VigraTree;

/**
 * Has Java compile the loops of features and forest while the program still reads its files. Uncompiled, those of the Vector API
 * run a hundred times slower; a program that classifies one image would spend most of its time so. The options that the
 * launcher gives Java make this quick; without them it costs some tenths of a second.
 */
public final class WarmUp {

    private static final long AT_MOST = 700_000_000; // ns
    private static final int AT_LEAST = 300; // calls: with the launcher's options, fewer are enough
    private static final long FAST = 50_000; // ns a call: what compiled code needs, with much to spare
    private static final int PIXELS = 64;
    private static final int FEATURES = 64;

    private static volatile List<Thread> threads = List.of();

    private WarmUp() {}

    /** Starts it in the background. The first prediction waits for its end. */
    public static synchronized void start() {
        if (threads.isEmpty()) {
            threads = List.of(start("warm-up-features", WarmUp::features), start("warm-up-forest", WarmUp::forest));
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static void await() {
        for (Thread thread : threads) {
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static void features() {
        repeat(FeatureTile.warmUp());
    }

    private static void forest() {
        Predictor predictor = toyForest().predictor();
        float[] planes = new float[FEATURES * PIXELS];
        for (int i = 0; i < PIXELS; i++) {
            planes[i] = i % 40;
        }
        float[] out = new float[3 * PIXELS];
        repeat(() -> predictor.predict(planes, PIXELS, 0, PIXELS, out, PIXELS));
    }

    private static void repeat(Runnable work) {
        long end = System.nanoTime() + AT_MOST;
        int fast = 0;
        for (int i = 0; fast < 3 && (i < AT_LEAST || System.nanoTime() < end); i++) {
            long start = System.nanoTime();
            work.run();
            fast = System.nanoTime() - start < FAST ? fast + 1 : 0;
        }
    }

    /** Trees of few and of many leaves: the two are evaluated by different loops. */
    private static RandomForest toyForest() {
        return RandomForest.of(
                FEATURES, new int[] {1, 2, 3}, List.of(List.of(tree(3), tree(5), tree(34)), List.of(tree(4))));
    }

    /** A tree whose right children are leaves: value below 1, below 2, ... */
    private static VigraTree tree(int leaves) {
        int[] topology = new int[2 + 5 * (leaves - 1) + 2 * leaves];
        double[] parameters = new double[2 * (leaves - 1) + 4 * leaves];
        topology[1] = 3;
        topology[0] = FEATURES;
        int node = 2;
        int p = 0;
        for (int leaf = 0; leaf < leaves; leaf++) {
            if (leaf < leaves - 1) {
                int[] test = {0, p, node + 7, node + 5, 0};
                System.arraycopy(test, 0, topology, node, 5);
                parameters[p] = 1;
                parameters[p + 1] = leaves - leaf;
                p += 2;
                node += 5;
            }
            topology[node] = 0x40000000;
            topology[node + 1] = p;
            parameters[p] = 1;
            parameters[p + 1 + leaf % 3] = 1;
            p += 4;
            node += 2;
        }
        return new VigraTree(topology, parameters);
    }
}
