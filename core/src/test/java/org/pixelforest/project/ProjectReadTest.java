package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.pixelforest.Shared;
import org.pixelforest.export.ExportSettings;
import org.pixelforest.export.Range;
import org.pixelforest.forest.VigraTree;
import org.pixelforest.image.SampleType;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;
import org.pixelforest.label.Labels;

/** Every real project at hand is read, and read as h5py reads it. */
class ProjectReadTest {

    /** Every project of the reference data, by its path there; a new one is tested by being there. */
    static List<String> projects() throws IOException {
        Path root = Shared.path("golden").toRealPath().getParent();
        try (Stream<Path> files = Files.walk(root)) {
            List<String> found = files.filter(f -> f.getFileName().toString().endsWith(".ilp"))
                    .map(f -> root.relativize(f).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
            assertThat(found)
                    .contains(
                            "data/bench/bench6.ilp",
                            "data/imc-testdata/TestData.ilp",
                            "data/zoo/ilastik_api_notebook.ilp",
                            "data/zoo/mcmicro_exemplar_001.ilp",
                            "data/zoo/steinbock_template.ilp",
                            "golden/synthetic/golden.ilp");
            return found;
        }
    }

    /** What scripts/read_ilp.py says of a project. */
    private record Said(
            String version,
            List<SaidLane> lanes,
            List<String> classes,
            List<Integer> colours,
            List<List<Integer>> matrix,
            List<String> trees,
            Map<String, String> export) {}

    private record SaidLane(
            String nickname, String path, String axes, List<Integer> shape, long labels, String sha256) {}

    @TestFactory
    Stream<DynamicTest> readsWhatH5pyReads() throws Exception {
        List<String> names = projects();
        List<Path> files = names.stream().map(Shared::path).toList();
        Said[] said = new Gson().fromJson(new Script("read_ilp.py").run(files.toArray()), Said[].class);
        return Stream.iterate(0, i -> i < said.length, i -> i + 1)
                .map(i -> DynamicTest.dynamicTest(names.get(i), () -> compare(Project.read(files.get(i)), said[i])));
    }

    private static void compare(Project project, Said said) throws Exception {
        assertThat(project.version()).isEqualTo(said.version);
        assertThat(project.lanes()).hasSameSizeAs(said.lanes);
        for (int i = 0; i < said.lanes.size(); i++) {
            Lane lane = project.lanes().get(i);
            SaidLane expected = said.lanes.get(i);
            assertThat(lane.nickname()).isEqualTo(expected.nickname);
            assertThat(lane.location().path()).isEqualTo(expected.path);
            assertThat(lane.axes()).isEqualTo(expected.axes);
            List<Integer> s = expected.shape;
            assertThat(lane.shape()).contains(new Shape(s.get(0), s.get(1), s.get(2), s.get(3), s.get(4)));
            assertThat(lane.labels().count()).isEqualTo(expected.labels);
            assertThat(digest(lane.labels())).isEqualTo(expected.sha256);
        }
        assertThat(project.classes()).extracting(LabelClass::name).isEqualTo(said.classes);
        assertThat(project.classes()).extracting(LabelClass::rgb).isEqualTo(said.colours);
        assertThat(project.features().isPresent()).isEqualTo(!said.matrix.isEmpty());
        project.features().ifPresent(features -> assertThat(features.selected().stream()
                        .map(row -> row.stream().map(b -> b ? 1 : 0).toList())
                        .toList())
                .isEqualTo(said.matrix));
        assertThat(digests(project)).isEqualTo(said.trees);
        assertThat(project.remarks()).isEmpty();
        assertThat(project.classifier().isPresent()).isEqualTo(!said.trees.isEmpty());
        assertThat(project.export().format().orElse(null)).isEqualTo(said.export.get("OutputFormat"));
        assertThat(project.export().fileName().orElse(null)).isEqualTo(said.export.get("OutputFilenameFormat"));
        assertThat(project.export().axes().orElse(null)).isEqualTo(said.export.get("OutputAxisOrder"));
        assertThat(project.export().outputRange().map(Range::max).orElse(0.0))
                .isEqualTo(Double.parseDouble(said.export.getOrDefault("ExportMax", "0")));
    }

    /** SHA-256 of t, z, y, x, class of each label in raster order, as the script computes it. */
    static String digest(Labels labels) throws Exception {
        List<int[]> pixels = new ArrayList<>();
        labels.forEach((t, z, y, x, cls) -> pixels.add(new int[] {t, z, y, x, cls}));
        pixels.sort(Arrays::compare);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (int[] pixel : pixels) {
            ByteBuffer bytes = ByteBuffer.allocate(20);
            Arrays.stream(pixel).forEach(bytes::putInt);
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static List<String> digests(Project project) throws Exception {
        List<String> digests = new ArrayList<>();
        if (project.forest().isEmpty()) {
            return digests;
        }
        for (List<VigraTree> forest : project.forest().get().vigraTrees()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (VigraTree tree : forest) {
                ByteBuffer topology = ByteBuffer.allocate(4 * tree.topology().length);
                Arrays.stream(tree.topology()).forEach(topology::putInt);
                digest.update(topology.array());
                ByteBuffer parameters = ByteBuffer.allocate(8 * tree.parameters().length);
                Arrays.stream(tree.parameters()).forEach(parameters::putDouble);
                digest.update(parameters.array());
            }
            digests.add(HexFormat.of().formatHex(digest.digest()));
        }
        return digests;
    }

    @Test
    void missingImagesAreNoObstacle() throws Exception {
        Project project = Project.read(Shared.path("data/imc-testdata/TestData.ilp"));
        assertThat(project.lanes()).hasSize(15);
        Path folder = project.file().orElseThrow().folder();
        assertThat(project.lanes().get(0).location().file(folder).orElseThrow()).exists();
        assertThat(project.lanes().get(14).location().file(folder).orElseThrow())
                .doesNotExist();
        assertThat(project.lanes().get(0).location().dataSet())
                .contains("20210305_NE_mockData1_s0_a1_ac_ilastik_x0_y0_w120_h120");
        assertThat(project.classifier().orElseThrow().channels()).isEqualTo(4);
        assertThat(project.export().orElse(ExportSettings.ILASTIK).type()).contains(SampleType.UINT16);
    }

    @Test
    void namesTheDataSetOfAnEmbeddedImage() throws Exception {
        Lane lane = Project.read(Shared.path("data/zoo/ilastik_api_notebook.ilp"))
                .lanes()
                .get(0);
        assertThat(lane.location().kind()).isEqualTo(ImageLocation.Kind.EMBEDDED);
        assertThat(lane.location().dataSet()).contains("Input Data/local_data/3cccd446-5f3a-11eb-b5ca-00e04c00063c");
    }
}
