package org.pixelforest.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.pixelforest.feature.Feature;
import org.pixelforest.feature.FeatureSelection;
import org.pixelforest.filter.Filter;

/**
 * Features as users write them: {@code "all sigma>=1"} (also {@code σ≥1}), {@code "all"}, {@code "default"}, or filters with their sigmas:
 * {@code "GaussianSmoothing:1,1.6;HessianOfGaussianEigenvalues:3.5"}. They act slice by slice; {@code 3D} behind a sigma, or behind one of the
 * words, lets them act along z as well: {@code "GaussianSmoothing:1,3.5 3D"}, {@code "all sigma>=1 3D"}.
 */
public final class FeatureChoice {

    private static final Pattern ALL = Pattern.compile("all(?:\\s*(?:σ|sigma|s)?\\s*(?:≥|>=)\\s*([0-9.]+))?");

    private static final Pattern IN_3D = Pattern.compile("(.*?\\S)(?:\\s+in)?\\s*3d", Pattern.CASE_INSENSITIVE);

    private FeatureChoice() {}

    /**
     * @throws IllegalArgumentException when the text cannot be understood; the message says what can
     */
    public static FeatureSelection parse(String text) {
        Matcher deep = IN_3D.matcher(text.strip());
        boolean in3d = deep.matches() && !text.contains(":");
        String words = (in3d ? deep.group(1) : text.strip()).toLowerCase(Locale.ROOT);
        if (words.equals("default")) {
            return in(FeatureSelection.from(1), !in3d);
        }
        Matcher all = ALL.matcher(words);
        if (all.matches()) {
            FeatureSelection chosen = FeatureSelection.from(all.group(1) == null ? 0 : sigma(all.group(1)));
            if (chosen.features().isEmpty()) {
                throw new IllegalArgumentException(
                        "'" + text + "' leaves no feature; the sigmas on offer are " + FeatureSelection.SIGMAS);
            }
            return in(chosen, !in3d);
        }
        Map<Filter, List<Double>> wanted = new LinkedHashMap<>();
        Map<Double, Boolean> flat = new TreeMap<>();
        for (String part : text.strip().split(";")) {
            int colon = part.indexOf(':');
            if (colon < 0) {
                throw new IllegalArgumentException(
                        "'" + part.strip() + "' is no choice of features; write \"all sigma>=1\","
                                + " \"default\", or filters with sigmas as in \"GaussianSmoothing:1,1.6;LaplacianOfGaussian:3.5\"");
            }
            List<Double> sigmas = wanted.computeIfAbsent(filter(part.substring(0, colon)), f -> new ArrayList<>());
            for (String listed : part.substring(colon + 1).split(",")) {
                Matcher marked = IN_3D.matcher(listed.strip());
                double sigma = sigma(marked.matches() ? marked.group(1).strip() : listed.strip());
                Boolean before = flat.put(sigma, !marked.matches());
                if (before != null && before == marked.matches()) {
                    throw new IllegalArgumentException("sigma " + number(sigma)
                            + " is wanted in 2D and in 3D; a project computes all filters of a sigma the same way");
                }
                sigmas.add(sigma);
            }
        }
        return table(wanted, flat);
    }

    /** The same table with all its columns in 2D, or in 3D. */
    private static FeatureSelection in(FeatureSelection selection, boolean in2d) {
        return new FeatureSelection(
                selection.filters(),
                selection.scales().stream()
                        .map(s -> new FeatureSelection.Scale(s.sigma(), in2d))
                        .toList(),
                selection.selected());
    }

    /** The table with these boxes ticked, on the usual sigmas and those that are needed besides. */
    private static FeatureSelection table(Map<Filter, List<Double>> wanted, Map<Double, Boolean> flat) {
        TreeSet<Double> sigmas = new TreeSet<>(FeatureSelection.SIGMAS);
        wanted.values().forEach(sigmas::addAll);
        List<List<Boolean>> rows = new ArrayList<>();
        for (Filter filter : Filter.values()) {
            List<Double> of = wanted.getOrDefault(filter, List.of());
            rows.add(sigmas.stream().map(of::contains).toList());
        }
        return new FeatureSelection(
                List.of(Filter.values()),
                sigmas.stream()
                        .map(s -> new FeatureSelection.Scale(s, flat.getOrDefault(s, true)))
                        .toList(),
                rows);
    }

    /** The same table with only some of its features ticked. */
    static FeatureSelection only(FeatureSelection selection, List<Feature> kept) {
        List<List<Boolean>> rows = new ArrayList<>();
        for (int row = 0; row < selection.filters().size(); row++) {
            List<Boolean> flags = new ArrayList<>();
            for (int column = 0; column < selection.scales().size(); column++) {
                FeatureSelection.Scale scale = selection.scales().get(column);
                Feature feature = new Feature(selection.filters().get(row), scale.sigma(), scale.in2d());
                flags.add(selection.selected().get(row).get(column) && kept.contains(feature));
            }
            rows.add(flags);
        }
        return new FeatureSelection(selection.filters(), selection.scales(), rows);
    }

    /** The selection in the words that {@link #parse} understands. */
    static String text(FeatureSelection selection) {
        Map<Filter, List<String>> sigmas = new LinkedHashMap<>();
        for (Feature feature : selection.features()) {
            String sigma = number(feature.sigma()) + (feature.in2d() ? "" : " 3D");
            sigmas.computeIfAbsent(feature.filter(), f -> new ArrayList<>()).add(sigma);
        }
        return sigmas.entrySet().stream()
                .map(e -> e.getKey().id() + ":" + String.join(",", e.getValue()))
                .collect(Collectors.joining(";"));
    }

    private static String number(double sigma) {
        return Double.toString(sigma).replaceFirst("\\.0$", "");
    }

    private static Filter filter(String name) {
        String wanted = name.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        return Arrays.stream(Filter.values())
                .filter(f -> f.id().toLowerCase(Locale.ROOT).equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no filter '" + name.strip() + "'; there are "
                        + Arrays.stream(Filter.values()).map(Filter::id).collect(Collectors.joining(", "))));
    }

    private static double sigma(String text) {
        if (!text.matches("\\d{1,3}(\\.\\d{1,6})?") || !(Double.parseDouble(text) > 0)) {
            throw new IllegalArgumentException("a sigma is a number above 0 such as 1.6 (got: '" + text + "')");
        }
        return Double.parseDouble(text);
    }
}
