package org.pixelforest.training;

import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.QualityReport;

/**
 * What a training gave and how good it is, for people and programs.
 *
 * @param quality if it was judged
 * @param program name and version
 * @param name of the project, as it stands in the reports
 */
public record TrainingReports(
        ProjectTraining.Result result, Optional<QualityReport> quality, String program, String name) {

    /** Lines for a terminal. */
    public List<String> lines() {
        return TrainingText.of(result, quality);
    }

    /** JSON; the fields are described in docs/command-line.md. */
    public String json(double seconds) {
        return new TrainingDocument(result, quality).json(program, name, seconds);
    }

    /** A page that needs nothing but itself. */
    public String html() {
        return TrainingPage.of(result, quality, program, name);
    }
}
