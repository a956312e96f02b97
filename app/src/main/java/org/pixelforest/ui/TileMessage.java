package org.pixelforest.ui;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.pixelforest.export.Conversion;
import org.pixelforest.export.Range;
import org.pixelforest.export.Rounding;
import org.pixelforest.image.SampleType;

/** A prediction tile as it travels: section 3 of docs/page-protocol.md. */
final class TileMessage {

    private static final Conversion TO_16_BIT = new Conversion(
            SampleType.UINT16,
            java.util.Optional.of(new Conversion.Rescale(Range.UNIT, new Range(0, 65535))),
            Rounding.NEAREST);

    private TileMessage() {}

    /** Probabilities 0 .. 1 as the numbers 0 .. 65535 that the export writes; {@code samples} is changed. */
    static byte[] planes(float[] samples, int count) {
        TO_16_BIT.apply(samples, 0, count);
        ByteBuffer bytes = ByteBuffer.allocate(2 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putShort((short) (int) samples[i]);
        }
        return bytes.array();
    }

    static ByteBuffer of(ViewedPart.Tile tile, int classes, long model, byte[] planes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("image", tile.image());
        json.put("t", tile.region().t());
        json.put("z", tile.region().minZ());
        json.put("level", tile.level());
        json.put("x", tile.region().minX());
        json.put("y", tile.region().minY());
        json.put("width", tile.region().width());
        json.put("height", tile.region().height());
        json.put("classes", classes);
        json.put("model", model);
        StringBuilder head = new StringBuilder(Server.JSON.toJson(json));
        while ((4 + head.length()) % 8 != 0) {
            head.append(' ');
        }
        byte[] text = head.toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer message =
                ByteBuffer.allocate(4 + text.length + planes.length).order(ByteOrder.LITTLE_ENDIAN);
        message.putInt(text.length).put(text).put(planes).flip();
        return message;
    }
}
