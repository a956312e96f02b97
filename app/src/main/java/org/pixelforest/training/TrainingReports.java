package org.pixelforest.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pixelforest.classify.QualityReport;

/**
 * What a training gave and how good it is, for people and programs.
 *
 * @param quality if it was judged
 * @param program name and version
 * @param name of the project, as it stands in the reports
 * @param notes sentences that a reader of the figures must know
 */
public record TrainingReports(
        ProjectTraining.Result result,
        Optional<QualityReport> quality,
        String program,
        String name,
        List<String> notes) {

    public TrainingReports {
        notes = List.copyOf(notes);
    }

    /** Lines for a terminal. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>(TrainingText.of(result, quality));
        notes.forEach(note -> lines.add("mind        " + note));
        return lines;
    }

    /** JSON; the fields are described in docs/command-line.md. */
    public String json(double seconds) {
        return new TrainingDocument(result, quality, notes).json(program, name, seconds);
    }

    /** A page that needs nothing but itself. */
    public String html() {
        return TrainingPage.of(this);
    }
}
