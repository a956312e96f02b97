package org.pixelforest.ui;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.pixelforest.io.DatasetPlace;

/** The files of the batch list in their order, each once. Guarded by the {@link BatchJob} that holds it. */
final class BatchItems {

    private final Map<String, BatchFile> files = new LinkedHashMap<>();
    private final Set<DatasetPlace> places = new HashSet<>();
    private OutputUncertainty.Usual usual;

    /** The file, unless it is in the list already. */
    Optional<BatchFile> add(BatchFile file) {
        if (!places.add(file.place)) {
            return Optional.empty();
        }
        files.put(file.id, file);
        usual = null;
        return Optional.of(file);
    }

    void clear() {
        files.clear();
        places.clear();
        usual = null;
    }

    Collection<BatchFile> all() {
        return files.values();
    }

    BatchFile get(String id) {
        BatchFile file = files.get(id);
        if (file == null) {
            throw Problem.missing("There is no such file in the list.");
        }
        return file;
    }

    Optional<BatchFile> find(String id) {
        return Optional.ofNullable(files.get(id));
    }

    List<BatchFile> of(Collection<String> ids, Set<String> states) {
        Set<String> wanted = new HashSet<>(ids);
        return files.values().stream()
                .filter(f -> wanted.contains(f.id) && states.contains(f.state))
                .toList();
    }

    Optional<BatchFile> first(Predicate<BatchFile> wanted) {
        return files.values().stream().filter(wanted).findFirst();
    }

    long count(Predicate<BatchFile> wanted) {
        return files.values().stream().filter(wanted).count();
    }

    /** Notes how unsure the classifier was of a file; empty: not known. */
    void uncertainty(BatchFile file, Optional<Double> mean) {
        file.uncertainty = mean.orElse(null);
        usual = null;
    }

    /** What is usual among all files; found anew only after a change. */
    OutputUncertainty.Usual usual() {
        if (usual == null) {
            usual = OutputUncertainty.Usual.of(files.values().stream()
                    .filter(f -> f.uncertainty != null)
                    .mapToDouble(f -> f.uncertainty)
                    .toArray());
        }
        return usual;
    }
}
