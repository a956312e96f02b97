package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.Python;
import org.pixelforest.Shared;
import org.pixelforest.image.Shape;
import org.pixelforest.label.LabelClass;

/** Projects of ours, opened by vigra as ilastik opens them, predict what the original project predicts. */
class VigraJudgeTest {

    /** Predicts with the reference program and compares two projects' probabilities, vote for vote. */
    private static final String PREDICT_WITH_BOTH =
            """
            import runpy, subprocess, sys
            import numpy as np
            tool, image, out = sys.argv[1], sys.argv[2], sys.argv[3]
            results = []
            for i, project in enumerate(sys.argv[4:]):
                folder = out + "/" + str(i)
                subprocess.run([sys.executable, tool, "predict", project, image, "-d", folder], check=True, stdout=subprocess.DEVNULL)
                results.append(np.load(folder + "/img2d_prob.npy"))
            print(results[0].shape[3], results[0].size, int((results[0] != results[1]).sum()), round(float(results[1].sum())))
            """;

    @TempDir
    Path folder;

    @Test
    void predictsAsTheOriginalDoes() throws Exception {
        Path original = Shared.path("golden/synthetic/golden.ilp");
        Path image = Shared.path("golden/synthetic/img2d.h5");
        Path tool = Shared.path("tools/ilastik_reference.py");
        Project golden = Project.read(original);
        Shape shape = Shape.of(2, 97, 131);
        Lane lane = Lane.of("img2d-img", ImageLocation.of(image, Optional.of("img"), folder), "yxc", shape, "id-img2d");
        Path ours = folder.resolve("ours.ilp");
        Project.create()
                .withClasses(List.of(
                        new LabelClass("a", 0xff0000), new LabelClass("b", 0x00ff00), new LabelClass("c", 0x0000ff)))
                .withLanes(List.of(lane.withLabels(golden.lanes().get(0).labels())))
                .withFeatures(golden.features().orElseThrow())
                .withForest(golden.forest().orElseThrow())
                .write(ours);
        assertThat(new Script("check_ilp.py").run(ours, "trained")).isEmpty();
        String said = Python.run(
                List.of("vigra", "h5py", "numpy"), PREDICT_WITH_BOTH, tool, image + "/img", folder, original, ours);
        assertThat(said.strip()).isEqualTo("131 38121 0 12707");
        assertThat(Files.exists(folder.resolve("0"))).isTrue();
    }

    @Test
    void trainsOnOurLabelsAsOnTheOriginal() throws Exception {
        Path original = Shared.path("golden/synthetic/golden.ilp");
        Path tool = Shared.path("tools/ilastik_reference.py");
        Path image = Shared.path("golden/synthetic/img2d.h5");
        Project golden = Project.read(original);
        Lane lane = golden.lanes().get(0);
        Path ours = folder.resolve("relabelled.ilp");
        golden.withLanes(List.of(Lane.of(
                                "x",
                                ImageLocation.of(image, Optional.of("img"), folder),
                                "yxc",
                                Shape.of(2, 97, 131),
                                "id-x")
                        .withLabels(lane.labels())))
                .write(ours);
        String script =
                """
                import runpy, sys
                module = runpy.run_path(sys.argv[1])
                import numpy as np
                samples = []
                for project in sys.argv[2:]:
                    y, X = module["label_matrix"](module["load_project"](project))
                    samples.append(np.sort(np.concatenate([np.asarray(y, np.float64).reshape(-1, 1), X], axis=1), axis=0))
                print(samples[0].shape, bool((samples[0] == samples[1]).all()))
                """;
        Path copy = Files.copy(original, folder.resolve("golden.ilp"));
        Files.copy(image, folder.resolve("img2d.h5"));
        assertThat(Python.run(List.of("vigra", "h5py", "numpy"), script, tool, copy, ours)
                        .strip())
                .isEqualTo("(477, 81) True");
    }
}
