package org.pixelforest.ui;

import io.javalin.http.Context;

/** Numbers in the query of an address; anything else is answered with 400. */
final class Query {

    private Query() {}

    static int number(Context ctx, String name, int missing, int min, int max) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return missing;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below.
        }
        throw Problem.malformed("\"" + name + "\" must be a whole number from " + min + " to " + max + ".");
    }
}
