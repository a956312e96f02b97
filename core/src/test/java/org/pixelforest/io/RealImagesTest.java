package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Shared;
import org.pixelforest.image.ImageSource;

/** Every TIFF and HDF5 image of the reference data against tifffile, vigra and h5py. */
class RealImagesTest {

    @TempDir
    Path folder;

    @Test
    void equalWhatTheOriginalProgramsRead() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String place : List.of("data/imc-testdata/analysis", "data/bench")) {
            try (Stream<Path> all = Files.walk(Shared.path(place))) {
                all.filter(f -> f.toString().endsWith(".tiff") || f.toString().endsWith(".h5"))
                        .sorted()
                        .forEach(files::add);
            }
        }
        assertThat(files).hasSizeGreaterThan(70);
        Path list = Files.write(
                folder.resolve("list.txt"), files.stream().map(Path::toString).toList());
        List<String> axes = Python.run("read_all.py", list, folder).lines().toList();
        assertThat(axes).hasSameSizeAs(files);
        for (int i = 0; i < files.size(); i++) {
            try (ImageSource source = Images.open(files.get(i));
                    ImageSource expected =
                            Images.open(folder.resolve(i + ".npy").toString(), Optional.of(axes.get(i)))) {
                assertThat(source.axes()).as("%s", files.get(i)).isEqualTo(axes.get(i));
                assertThat(source.shape()).as("%s", files.get(i)).isEqualTo(expected.shape());
                assertThat(source.read(source.shape().whole(0)).samples())
                        .as("%s", files.get(i))
                        .isEqualTo(expected.read(expected.shape().whole(0)).samples());
            }
        }
    }
}
