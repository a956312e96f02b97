package org.pixelforest.project;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.pixelforest.forest.RandomForest;
import org.pixelforest.forest.VigraTree;
import org.pixelforest.hdf5.Data;
import org.pixelforest.hdf5.Datatype;
import org.pixelforest.hdf5.Hdf5Writer;

/** Writes a forest in vigra's layout, so that ilastik and vigra load it. */
final class ForestWriter {

    static final String FORESTS = "PixelClassification/ClassifierForests";
    static final String FACTORY = "PixelClassification/ClassifierFactory";

    private static final String PICKLED_TYPE =
            "clazyflow.classifiers.parallelVigraRfLazyflowClassifier\nParallelVigraRfLazyflowClassifier\np0\n.";

    private static final int ROOT = 2;
    private static final int LEAF = 0x40000000;

    private ForestWriter() {}

    /** @param featureNames a name for each column of the forest */
    static void write(Hdf5Writer file, RandomForest forest, List<String> featureNames) throws IOException {
        int[] labels = forest.labels();
        List<List<VigraTree>> forests = forest.vigraTrees();
        for (int i = 0; i < forests.size(); i++) {
            String path = FORESTS + String.format(Locale.ROOT, "/Forest%04d", i);
            write(file, path, forests.get(i), forest.features(), labels);
        }
        file.write(FORESTS + "/known_labels", Data.of(labels).as(Datatype.UINT32));
        file.write(FORESTS + "/feature_names", Data.of(featureNames));
        file.write(FORESTS + "/pickled_type", PICKLED_TYPE);
    }

    private static void write(Hdf5Writer file, String path, List<VigraTree> trees, int features, int[] labels)
            throws IOException {
        file.group(path);
        file.attribute(path, "vigra_random_forest_version", Data.of(0.1));
        double samples = samples(trees.get(0));
        for (Map.Entry<String, Double> option : options(trees.size()).entrySet()) {
            file.write(path + "/_options/" + option.getKey(), Data.of(option.getValue()));
        }
        for (Map.Entry<String, Double> parameter :
                parameters(features, labels.length, samples).entrySet()) {
            file.write(path + "/_ext_param/" + parameter.getKey(), Data.of(parameter.getValue()));
        }
        double[] weights = new double[labels.length];
        Arrays.fill(weights, 1);
        file.write(path + "/_ext_param/class_weights_", Data.of(weights));
        file.write(path + "/_ext_param/labels", Data.of(labels).as(Datatype.UINT32));
        int digits = String.valueOf(trees.size() - 1).length();
        for (int t = 0; t < trees.size(); t++) {
            String tree = path + "/Tree_" + String.format(Locale.ROOT, "%0" + digits + "d", t);
            file.write(tree + "/topology", Data.of(trees.get(t).topology()));
            file.write(tree + "/parameters", Data.of(trees.get(t).parameters()));
        }
    }

    /** As many as were drawn for a tree: the sum over its leaves. */
    private static double samples(VigraTree tree) {
        int[] topology = tree.topology();
        double[] parameters = tree.parameters();
        Deque<Integer> open = new ArrayDeque<>(List.of(ROOT));
        double sum = 0;
        while (!open.isEmpty()) {
            int n = open.pop();
            if ((topology[n] & LEAF) != 0) {
                sum += parameters[topology[n + 1]];
            } else {
                open.push(topology[n + 2]);
                open.push(topology[n + 3]);
            }
        }
        return sum;
    }

    private static Map<String, Double> options(int trees) {
        Map<String, Double> options = new TreeMap<>();
        options.put("training_set_proportion_", 1.0);
        options.put("training_set_size_", 0.0);
        options.put("mtry_", 0.0);
        options.put("tree_count_", (double) trees);
        options.put("min_split_node_size_", 1.0);
        options.put("sample_with_replacement_", 1.0);
        options.put("prepare_online_learning_", 0.0);
        options.put("predict_weighted_", 0.0);
        options.put("training_set_calc_switch_", 1.0);
        options.put("stratification_method_", 3.0);
        options.put("mtry_switch_", 6.0);
        options.put("mtry_func_", 0.0);
        options.put("training_set_func_", 0.0);
        return options;
    }

    private static Map<String, Double> parameters(int features, int classes, double samples) {
        Map<String, Double> parameters = new TreeMap<>();
        parameters.put("column_count_", (double) features);
        parameters.put("class_count_", (double) classes);
        parameters.put("row_count_", samples);
        parameters.put("actual_mtry_", Math.floor(Math.sqrt(features) + 0.5));
        parameters.put("actual_msample_", samples);
        parameters.put("problem_type_", 1.0);
        parameters.put("used_", 1.0);
        parameters.put("is_weighted_", 1.0);
        parameters.put("precision_", 0.0);
        parameters.put("response_size_", 1.0);
        return parameters;
    }

    /** The recipe by which ilastik trains: its own Python text for its standard forest, of which only numbers vary. */
    static void writeFactory(Hdf5Writer file, int trees, int forests) throws IOException {
        file.write(
                FACTORY,
                "ccopy_reg\n_reconstructor\np0\n(clazyflow.classifiers.parallelVigraRfLazyflowClassifier\n"
                        + "ParallelVigraRfLazyflowClassifierFactory\np1\nc__builtin__\nobject\np2\nNtp3\nRp4\n(dp5\n"
                        + "VVERSION\np6\nI2\nsV_num_trees\np7\nI" + trees + "\nsV_label_proportion\np8\nN"
                        + "sV_variable_importance_path\np9\nNsV_variable_importance_enabled\np10\nI00\nsV_kwargs\np11\n"
                        + "(dp12\nsV_num_forests\np13\nI" + forests + "\nsb.");
    }
}
