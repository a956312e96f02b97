package org.pixelforest.ui;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.pixelforest.classify.PixelClassifier;

/**
 * How things stand with the forest at one moment, as pages are told.
 *
 * @param live whether every change is trained
 * @param asked whether a training was asked for, or runs
 * @param model number of the newest forest
 * @param target number of a forest with every change so far
 * @param failure why the last training or prediction failed, or null
 * @param hint what is missing for a training, or null
 * @param seconds of the last training
 * @param trainedAt milliseconds since 1970, UTC
 * @param done tiles of the newest forest that pages have of those that they see
 * @param total tiles that they see
 */
record TrainingState(
        boolean live,
        boolean asked,
        long model,
        long target,
        String failure,
        String hint,
        double seconds,
        long trainedAt,
        Optional<PixelClassifier> classifier,
        int done,
        int total) {

    /** Whether a newer forest is to come. */
    private boolean pending() {
        return asked || live && model < target && hint == null && failure == null;
    }

    /** One of the words of the protocol. */
    String word() {
        boolean newest = model == target;
        if (failure != null) {
            return "failed";
        }
        if (pending() || classifier.isPresent() && done < total && (live || newest)) {
            return "updating";
        }
        if (classifier.isEmpty()) {
            return "none";
        }
        if (live && newest) {
            return "current";
        }
        return newest || hint == null ? "off" : "none";
    }

    Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("live", live);
        json.put("state", word());
        json.put("asked", asked);
        json.put("reason", failure);
        json.put("hint", hint);
        json.put("model", model);
        json.put("target", classifier.isEmpty() && !pending() ? model : target);
        json.put("seconds", seconds);
        json.put("done", done);
        json.put("total", total);
        json.put("fingerprint", classifier.map(c -> c.forest().sha256()).orElse(null));
        json.put("trainedAt", trainedAt);
        return json;
    }
}
