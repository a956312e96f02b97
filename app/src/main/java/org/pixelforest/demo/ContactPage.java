package org.pixelforest.demo;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.label.LabelClass;

/** The contact sheet as one HTML file that needs nothing else: pictures inside, figures as text. */
final class ContactPage {

    private static final String STYLE =
            """
            :root { color-scheme: dark; }
            body { background: #101216; color: #f2f3f5; font: 16px/1.5 system-ui, sans-serif; margin: 2.5rem auto; max-width: 1900px; padding: 0 2rem; }
            h1 { font-size: 1.9rem; margin: 0; } h2 { font-size: 1.05rem; margin: 2.2rem 0 .6rem; }
            p, th, figcaption, small { color: #9aa0aa; } p { margin: .3rem 0 1rem; max-width: 70rem; }
            .row { display: grid; grid-template-columns: repeat(5, 1fr); gap: 12px; } figure { margin: 0; }
            img { display: block; width: 100%; } figcaption { font-size: .85rem; padding-top: .3rem; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: 1rem 0; }
            th, td { padding: .25rem .9rem; text-align: right; border-bottom: 1px solid #23272f; }
            th:first-child, td:first-child { text-align: left; padding-left: 0; }
            .key { white-space: nowrap; }
            .chip { display: inline-block; width: .85em; height: .85em; border-radius: .25em; margin: 0 .4em 0 1.1em; vertical-align: -.08em; }
            @media (max-width: 900px) { .row { grid-template-columns: repeat(2, 1fr); } }
            """;

    private ContactPage() {}

    static String html(List<Result> results, ConfusionMatrix all, String summary) throws IOException {
        StringBuilder html = new StringBuilder("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                + "<meta name=\"viewport\" content=\"width=device-width\"><title>PixelForest demo</title>\n<style>\n"
                + STYLE
                + "</style></head>\n<body>\n<h1>PixelForest demo</h1>\n");
        html.append("<p>").append(summary).append(". The tissue is synthetic, so the truth is known.</p>\n");
        table(html, results, all);
        legend(html);
        for (Result result : results) {
            html.append("<h2>").append(result.name()).append(" <small>");
            html.append(ContactSheet.strokes(result)).append("</small></h2>\n<div class=\"row\">\n");
            List<Picture> pictures = ContactSheet.pictures(result);
            for (int i = 0; i < pictures.size(); i++) {
                String column = ContactSheet.COLUMNS.get(i);
                html.append("<figure><img alt=\"")
                        .append(result.name() + ", " + column)
                        .append("\" src=\"data:image/jpeg;base64,")
                        .append(jpeg(pictures.get(i).scaled(Math.min(560, pictures.get(i).width))))
                        .append("\"><figcaption>")
                        .append(column)
                        .append("</figcaption></figure>\n");
            }
            html.append("</div>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private static void table(StringBuilder html, List<Result> results, ConfusionMatrix all) {
        html.append("<table><tr><th>image</th><th>strokes</th><th>accuracy</th>");
        for (LabelClass cls : LabelClass.TISSUE) {
            html.append("<th>").append(cls.name()).append(" F1</th>");
        }
        html.append("</tr>\n");
        for (Result result : results) {
            row(html, result.name(), Integer.toString(result.strokes()), result.agreement());
        }
        row(html, "all", "", all);
        html.append("</table>\n");
    }

    private static void row(StringBuilder html, String name, String strokes, ConfusionMatrix agreement) {
        html.append("<tr><td>").append(name).append("</td><td>").append(strokes);
        html.append(String.format(Locale.ROOT, "</td><td>%.3f</td>", agreement.accuracy()));
        for (int k = 0; k < LabelClass.TISSUE.size(); k++) {
            html.append(String.format(Locale.ROOT, "<td>%.3f</td>", agreement.f1(k)));
        }
        html.append("</tr>\n");
    }

    private static void legend(StringBuilder html) {
        html.append("<p>counts:");
        for (Picture.Ink ink : Picture.Ink.values()) {
            chip(html, ink.rgb, ink.marker.metal + " " + ink.marker.target);
        }
        html.append("<br>classes:");
        for (int k = 0; k < LabelClass.TISSUE.size(); k++) {
            chip(html, Picture.CLASSES[k], LabelClass.TISSUE.get(k).name());
        }
        html.append("<br>uncertainty: one minus the distance between the two largest probabilities, from");
        chip(html, Picture.uncertain(0), "0");
        html.append(" to");
        chip(html, Picture.uncertain(1), "1");
        html.append("</p>\n");
    }

    private static void chip(StringBuilder html, int rgb, String name) {
        html.append(String.format(
                Locale.ROOT,
                "<span class=\"key\"><span class=\"chip\" style=\"background:#%06x\"></span>%s</span>",
                rgb,
                name));
    }

    private static String jpeg(Picture picture) throws IOException {
        BufferedImage image = new BufferedImage(picture.width, picture.height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, picture.width, picture.height, picture.rgb, 0, picture.width);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam quality = writer.getDefaultWriteParam();
        quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        quality.setCompressionQuality(0.9f);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.setOutput(new MemoryCacheImageOutputStream(bytes));
        writer.write(null, new IIOImage(image, null, null), quality);
        ((MemoryCacheImageOutputStream) writer.getOutput()).close();
        writer.dispose();
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }
}
