package org.pixelforest.cli;

/** The program cannot do what it was asked; the message is one line for the user: which file, what is wrong, what to do. */
class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    RefusedException(String message) {
        super(message);
    }

    RefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
