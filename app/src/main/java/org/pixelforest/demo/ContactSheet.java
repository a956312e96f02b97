package org.pixelforest.demo;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import org.pixelforest.forest.ConfusionMatrix;
import org.pixelforest.label.LabelClass;

/** One picture of the whole cohort: a row an image; counts, strokes, probabilities, uncertainty and truth side by side. */
final class ContactSheet {

    private static final int MARGIN = 36;
    private static final int GAP = 12;
    private static final int COLUMN = 360;
    private static final int HEAD = 128;
    private static final int CAPTION = 58;
    private static final int FOOT = 96;
    private static final Color GROUND = new Color(0x101216);
    private static final Color BRIGHT = new Color(0xf2f3f5);
    private static final Color QUIET = new Color(0x9aa0aa);
    static final List<String> COLUMNS = List.of("counts", "strokes", "probabilities", "uncertainty", "truth");

    private final Graphics2D pen;
    private boolean canWrite = true;

    private ContactSheet(Graphics2D pen) {
        this.pen = pen;
    }

    static BufferedImage draw(List<Result> results, String summary) {
        List<List<Picture>> rows = results.stream().map(ContactSheet::panels).toList();
        int height = HEAD + FOOT;
        for (List<Picture> row : rows) {
            height += row.get(0).height + CAPTION;
        }
        int width = 2 * MARGIN + COLUMNS.size() * COLUMN + (COLUMNS.size() - 1) * GAP;
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = image.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        pen.setColor(GROUND);
        pen.fillRect(0, 0, width, height);
        new ContactSheet(pen).fill(image, results, rows, summary);
        pen.dispose();
        return image;
    }

    /** The pictures of a row, in the order of {@link #COLUMNS}. */
    static List<Picture> pictures(Result result) {
        return List.of(
                result.composite(), result.labels(), result.probabilities(), result.uncertainty(), result.truth());
    }

    private static List<Picture> panels(Result result) {
        return pictures(result).stream().map(p -> p.scaled(COLUMN)).toList();
    }

    private void fill(BufferedImage image, List<Result> results, List<List<Picture>> rows, String summary) {
        text("PixelForest demo", MARGIN, 54, Font.BOLD, 30, BRIGHT);
        text(summary, MARGIN, 82, Font.PLAIN, 16, QUIET);
        for (int i = 0; i < COLUMNS.size(); i++) {
            text(COLUMNS.get(i), left(i), HEAD - 10, Font.BOLD, 15, QUIET);
        }
        int y = HEAD;
        for (int r = 0; r < rows.size(); r++) {
            for (int i = 0; i < COLUMNS.size(); i++) {
                Picture panel = rows.get(r).get(i);
                image.setRGB(left(i), y, panel.width, panel.height, panel.rgb, 0, panel.width);
            }
            y += rows.get(r).get(0).height;
            text(results.get(r).name(), MARGIN, y + 22, Font.BOLD, 15, BRIGHT);
            text(strokes(results.get(r)), left(1), y + 22, Font.PLAIN, 15, QUIET);
            text(figures(results.get(r).agreement()), left(2), y + 22, Font.PLAIN, 15, QUIET);
            y += CAPTION;
        }
        legend(y + 20);
    }

    private static int left(int column) {
        return MARGIN + column * (COLUMN + GAP);
    }

    static String strokes(Result result) {
        return result.strokes() == 0
                ? "not labelled: new to the forest"
                : String.format(Locale.ROOT, "%d strokes, %,d pixels", result.strokes(), result.labelled());
    }

    /** Accuracy and F1 in words. */
    static String figures(ConfusionMatrix agreement) {
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, "accuracy %.3f", agreement.accuracy()));
        for (int k = 0; k < LabelClass.TISSUE.size(); k++) {
            text.append(String.format(
                    Locale.ROOT, "   %s F1 %.3f", LabelClass.TISSUE.get(k).name(), agreement.f1(k)));
        }
        return text.toString();
    }

    private void legend(int y) {
        int x = MARGIN;
        for (Picture.Ink ink : Picture.Ink.values()) {
            x = chip(ink.rgb, ink.marker.metal + " " + ink.marker.target, x, y);
        }
        x = left(3);
        for (int i = 0; i < 160; i++) {
            pen.setColor(new Color(Picture.uncertain(i / 159f)));
            pen.fillRect(x + i, y, 1, 14);
        }
        text("sure to unsure", x + 172, y + 12, Font.PLAIN, 14, QUIET);
        x = left(4);
        for (int k = 0; k < LabelClass.TISSUE.size(); k++) {
            x = chip(Picture.CLASSES[k], LabelClass.TISSUE.get(k).name(), x, y);
        }
    }

    private int chip(int rgb, String name, int x, int y) {
        pen.setColor(new Color(rgb));
        pen.fillRoundRect(x, y, 14, 14, 4, 4);
        text(name, x + 21, y + 12, Font.PLAIN, 14, QUIET);
        return x + 21 + (canWrite ? pen.getFontMetrics().stringWidth(name) : 0) + 18;
    }

    private void text(String text, int x, int y, int style, int size, Color colour) {
        if (!canWrite) {
            return;
        }
        try {
            pen.setFont(new Font(Font.SANS_SERIF, style, size));
            pen.setColor(colour);
            pen.drawString(text, x, y);
        } catch (RuntimeException | LinkageError | InternalError noFonts) {
            // A Java without fonts still draws the pictures; the page beside the sheet says the rest.
            canWrite = false;
        }
    }
}
