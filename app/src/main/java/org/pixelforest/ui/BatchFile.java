package org.pixelforest.ui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.pixelforest.batch.BatchImage;
import org.pixelforest.batch.PlannedImage;
import org.pixelforest.io.DatasetPlace;

/** A file of the batch list and what became of it. All fields are guarded by the {@link BatchJob} that lists it. */
final class BatchFile {

    final String id = UUID.randomUUID().toString();
    final DatasetPlace place;
    final BatchImage image;
    String state = "waiting";

    /** Whether the present run is to work on it. */
    boolean due;

    /** What the present run will do, once it has looked at the file. */
    PlannedImage plan;

    /** What it was done with, see {@link ImageRun#made}. */
    String made;

    int width;
    int height;
    long done;
    double seconds;
    boolean kept;
    Double uncertainty;
    String output;
    Problem.Answer error;

    BatchFile(DatasetPlace place) {
        this.place = place;
        image = BatchImage.of(place);
    }

    String path() {
        return place.file() + place.dataset().map(d -> "/" + d).orElse("");
    }

    /** To be worked on by a run, as if nothing had become of it yet. */
    void again() {
        state = "waiting";
        due = true;
        plan = null;
        error = null;
        done = 0;
        kept = false;
    }

    /** The file's record in the protocol. */
    Map<String, Object> json(OutputUncertainty.Usual usual) {
        Map<String, Object> json = new LinkedHashMap<>();
        long pixels = (long) width * height;
        json.put("id", id);
        json.put("path", path());
        json.put("name", place.file().getFileName().toString());
        json.put("state", state);
        json.put("width", width);
        json.put("height", height);
        json.put("progress", state.equals("done") ? 1.0 : pixels == 0 ? 0.0 : Math.min(1.0, (double) done / pixels));
        json.put("step", done == 0 ? "reading" : "predicting");
        json.put("seconds", seconds);
        json.put("kept", kept);
        json.put("uncertainty", uncertainty);
        json.put("outlier", uncertainty != null && usual.isOutlier(uncertainty));
        json.put("output", output);
        json.put("error", error);
        return json;
    }
}
