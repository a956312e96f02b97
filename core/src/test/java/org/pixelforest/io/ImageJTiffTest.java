package org.pixelforest.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Python;
import org.pixelforest.image.Block;
import org.pixelforest.image.ImageSink;
import org.pixelforest.image.ImageSource;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;

class ImageJTiffTest {

    @Test
    void aStackIsReadBackByUsAndByTifffile(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("stack_ilastik.tiff");
        Shape shape = Shape.of(3, 4, 5);
        float[] samples = new float[60];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 1000f * i + 1;
        }
        try (ImageSink sink =
                Images.create(file, ImageFormat.IMAGEJ_TIFF, shape, SampleType.UINT16, "cyx", ImageMetadata.NONE)) {
            sink.write(new Block(shape.whole(0), 3, samples));
            sink.commit();
        }
        try (ImageSource source = Images.open(file)) {
            assertThat(source.shape()).isEqualTo(shape);
            assertThat(source.read(shape.whole(0)).samples()).isEqualTo(samples);
        }
        String seen = Python.run(
                List.of("tifffile"),
                """
                import sys, tifffile
                with tifffile.TiffFile(sys.argv[1]) as t:
                    a = t.asarray()
                    print(t.is_imagej, t.imagej_metadata["channels"], len(t.pages), a.shape, a.dtype, int(a[2, 3, 4]))
                """,
                file);
        assertThat(seen.strip()).isEqualTo("True 3 3 (3, 4, 5) uint16 59001");
    }
}
