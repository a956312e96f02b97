package org.pixelforest.ui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.pixelforest.io.DatasetPlace;

/** A file of the batch list and what became of it. All fields are guarded by the {@link BatchJob} that lists it. */
final class BatchFile {

    final String id = UUID.randomUUID().toString();
    final DatasetPlace place;
    String state = "waiting";
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
    }

    String path() {
        return place.file() + place.dataset().map(d -> "/" + d).orElse("");
    }

    /** The file's record in the protocol; {@code uncertainties} are those of all files that have one. */
    Map<String, Object> json(double... uncertainties) {
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
        json.put("outlier", uncertainty != null && OutputUncertainty.isOutlier(uncertainty, uncertainties));
        json.put("output", output);
        json.put("error", error);
        return json;
    }
}
