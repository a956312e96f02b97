package org.pixelforest.ui;

/** What went wrong with a request, in the words that the page shows. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;
    private final String action;
    private final transient Object details;

    Problem(int status, String title, String message, String action) {
        this(status, title, message, action, null);
    }

    /** {@code details} is null or anything that has a JSON form. */
    Problem(int status, String title, String message, String action, Object details) {
        super(message, null, false, false);
        this.status = status;
        this.title = title;
        this.action = action;
        this.details = details;
    }

    static Problem malformed(String message) {
        return new Problem(400, "Request not understood", message, "Reload the page.");
    }

    static Problem missing(String message) {
        return new Problem(404, "Not there", message, "Reload the page.");
    }

    static Problem conflict(String title, String message, String action) {
        return new Problem(409, title, message, action);
    }

    int status() {
        return status;
    }

    /** The JSON of the answer. */
    Answer answer() {
        return new Answer(title, getMessage(), action, details);
    }

    record Answer(String title, String message, String action, Object details) {}
}
