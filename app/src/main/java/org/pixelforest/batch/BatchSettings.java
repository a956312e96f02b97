package org.pixelforest.batch;

import java.util.List;
import java.util.Optional;
import org.pixelforest.export.ExportSettings;

/**
 * How a batch is done.
 *
 * @param commandLine what the user asks of the outputs
 * @param contract what holds where neither user nor project says: {@link ExportSettings#IMC} or {@link ExportSettings#ILASTIK}
 * @param axes axes of the stored arrays, where the user knows better than the files
 * @param axesOfProject axes of the project's last image, tried where an image does not fit otherwise
 * @param names names of the classifier's channels, empty to match by position
 * @param resume leave out what is up to date
 * @param threads how many threads compute
 */
public record BatchSettings(
        ExportSettings commandLine,
        ExportSettings contract,
        Optional<String> axes,
        Optional<String> axesOfProject,
        List<String> names,
        boolean resume,
        int threads) {

    public BatchSettings {
        names = List.copyOf(names);
        if (threads < 1) {
            throw new IllegalArgumentException("a batch needs at least one thread (got: " + threads + ")");
        }
    }
}
