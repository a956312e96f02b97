package org.pixelforest.forest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pixelforest.Python;

/** The original library, by way of {@code src/test/scripts/vigra_forests.py}, and the files that are exchanged with it. */
final class Vigra {

    private static final List<String> MODULES = List.of("h5py", "numpy", "vigra");

    private Vigra() {}

    static String run(Object... arguments) throws IOException, InterruptedException {
        Path script = Path.of(System.getProperty("pixelforest.root", ".."), "core/src/test/scripts/vigra_forests.py");
        return Python.run(MODULES, Files.readString(script), arguments);
    }

    private static ByteBuffer read(Path file) throws IOException {
        return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static int[] ints(ByteBuffer bytes, int n) {
        int[] values = new int[n];
        for (int i = 0; i < n; i++) {
            values[i] = bytes.getInt();
        }
        return values;
    }

    static RandomForest forest(Path file) throws IOException {
        ByteBuffer bytes = read(file);
        int[] head = ints(bytes, 3);
        int[] labels = ints(bytes, head[1]);
        List<List<VigraTree>> forests = new ArrayList<>();
        for (int i = 0; i < head[2]; i++) {
            List<VigraTree> forest = new ArrayList<>();
            for (int t = bytes.getInt(); t > 0; t--) {
                int[] lengths = ints(bytes, 2);
                int[] topology = ints(bytes, lengths[0]);
                double[] parameters = new double[lengths[1]];
                for (int p = 0; p < parameters.length; p++) {
                    parameters[p] = bytes.getDouble();
                }
                forest.add(new VigraTree(topology, parameters));
            }
            forests.add(forest);
        }
        return RandomForest.of(head[0], labels, forests);
    }

    static void write(RandomForest forest, Path file) throws IOException {
        int size = 4 * (3 + forest.labels().length);
        for (List<VigraTree> trees : forest.vigraTrees()) {
            size += 4;
            for (VigraTree tree : trees) {
                size += 8 + 4 * tree.topology().length + 8 * tree.parameters().length;
            }
        }
        ByteBuffer bytes = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putInt(forest.features())
                .putInt(forest.labels().length)
                .putInt(forest.vigraTrees().size());
        for (int label : forest.labels()) {
            bytes.putInt(label);
        }
        for (List<VigraTree> trees : forest.vigraTrees()) {
            bytes.putInt(trees.size());
            for (VigraTree tree : trees) {
                bytes.putInt(tree.topology().length).putInt(tree.parameters().length);
                for (int v : tree.topology()) {
                    bytes.putInt(v);
                }
                for (double v : tree.parameters()) {
                    bytes.putDouble(v);
                }
            }
        }
        Files.write(file, bytes.array());
    }

    /** Rows and classes, not checked: rows may hold NaN. */
    record Table(float[][] columns, int[] classes) {

        Samples samples() {
            return Samples.of(columns, classes);
        }

        /** Every row whose number leaves {@code rest} when divided by two. */
        Table half(int rest) {
            int n = (classes.length + 1 - rest) / 2;
            float[][] half = new float[columns.length][n];
            int[] halfClasses = new int[n];
            for (int i = 0; i < n; i++) {
                halfClasses[i] = classes[2 * i + rest];
                for (int f = 0; f < half.length; f++) {
                    half[f][i] = columns[f][2 * i + rest];
                }
            }
            return new Table(half, halfClasses);
        }

        void write(Path file) throws IOException {
            int n = classes.length;
            ByteBuffer bytes =
                    ByteBuffer.allocate(8 + 4 * n * (columns.length + 1)).order(ByteOrder.LITTLE_ENDIAN);
            bytes.putInt(n).putInt(columns.length);
            for (int i = 0; i < n; i++) {
                for (float[] column : columns) {
                    bytes.putFloat(column[i]);
                }
            }
            for (int c : classes) {
                bytes.putInt(c);
            }
            Files.write(file, bytes.array());
        }

        /** Votes of all rows, class after class. */
        float[] predict(RandomForest forest) {
            int n = classes.length;
            float[] planes = new float[columns.length * n];
            for (int f = 0; f < columns.length; f++) {
                System.arraycopy(columns[f], 0, planes, f * n, n);
            }
            float[] out = new float[n * forest.labels().length];
            forest.predictor().predict(planes, n, 0, n, out, n);
            return out;
        }

        double accuracy(RandomForest forest) {
            float[] votes = predict(forest);
            int[] labels = forest.labels();
            int right = 0;
            for (int i = 0; i < classes.length; i++) {
                int best = 0;
                for (int k = 1; k < labels.length; k++) {
                    best = votes[k * classes.length + i] > votes[best * classes.length + i] ? k : best;
                }
                right += labels[best] == classes[i] ? 1 : 0;
            }
            return right / (double) classes.length;
        }
    }

    static Table table(Path file) throws IOException {
        ByteBuffer bytes = read(file);
        int[] size = ints(bytes, 2);
        float[][] columns = new float[size[1]][size[0]];
        for (int i = 0; i < size[0]; i++) {
            for (float[] column : columns) {
                column[i] = bytes.getFloat();
            }
        }
        return new Table(columns, ints(bytes, size[0]));
    }

    /** Votes as the script writes them: row after row. */
    static float[] votes(Path file) throws IOException {
        ByteBuffer bytes = read(file);
        float[] votes = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(votes);
        return votes;
    }
}
