package org.pixelforest.ui;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * The page's own files, from the jar: {@code /} and {@code /viewer/view.js} from {@code web/}, {@code /vendor/lit-html/<path>}
 * from the WebJar of lit-html. They hold nothing secret.
 */
final class PageFiles {

    /** A file as it is sent. */
    record PageFile(byte[] bytes, String type) {}

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webp", "image/webp",
            "json", "application/json");

    // The page imports lit-html alone: it has no bare imports, so no import map and no inline script is needed.
    private static final String VENDOR = "/vendor/lit-html/";
    private static final String WEB_JAR = "lit-html";

    private static final Pattern PATH =
            Pattern.compile("/(?:[A-Za-z0-9_@-][A-Za-z0-9_@.-]*/)*[A-Za-z0-9_@-][A-Za-z0-9_@.-]*");

    private PageFiles() {}

    /** The file at an absolute path of the address, or nothing. */
    static Optional<PageFile> find(String path) {
        String name = path.equals("/") ? "/index.html" : path;
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
        if (type == null || !PATH.matcher(name).matches()) {
            return Optional.empty();
        }
        String resource = name.startsWith(VENDOR)
                ? "/META-INF/resources/webjars/" + WEB_JAR + "/" + version(WEB_JAR) + "/"
                        + name.substring(VENDOR.length())
                : "/web" + name;
        return read(resource).map(bytes -> new PageFile(bytes, type));
    }

    private static String version(String webJar) {
        String file = "/META-INF/maven/org.webjars.npm/" + webJar + "/pom.properties";
        Properties properties = new Properties();
        try (InputStream in = PageFiles.class.getResourceAsStream(file)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    private static Optional<byte[]> read(String resource) {
        try (InputStream in = PageFiles.class.getResourceAsStream(resource)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
