package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * Values to be written as a whole, as a dataset or an attribute: a type, a shape, and the values in row-major order.
 * Immutable. The arrays are not copied: do not change them until they are written.
 *
 * <pre>{@code
 * Data.of(1, 2, 3).as(Datatype.UINT32)          // three integers
 * Data.of(matrix).shaped(rows, columns)
 * Data.string("0.1")                            // a single text
 * Data.of(true).scalar()
 * }</pre>
 */
public final class Data {

    private final Datatype type;
    private final Dataspace space;
    private final int count;
    private final Encoder encoder;

    private interface Encoder {
        byte[] encode(Datatype type, GlobalHeapWriter heap) throws IOException;
    }

    private Data(Datatype type, Dataspace space, int count, Encoder encoder) {
        this.type = type;
        this.space = space;
        this.count = count;
        this.encoder = encoder;
    }

    private interface Supplied {
        Supply of(Datatype type);
    }

    private static Data numbers(Datatype type, int count, Supplied values) {
        return new Data(type, Dataspace.of(count), count, (stored, heap) -> {
            byte[] out = new byte[Math.multiplyExact(count, stored.size())];
            values.of(stored).put(0, count, out, 0, stored.size());
            return out;
        });
    }

    /** Integers of four bytes. */
    public static Data of(int... values) {
        return numbers(Datatype.INT32, values.length, type -> Supply.of(type, values));
    }

    /** Integers of eight bytes. */
    public static Data of(long... values) {
        return numbers(Datatype.INT64, values.length, type -> Supply.of(type, values));
    }

    public static Data of(float... values) {
        return numbers(Datatype.FLOAT32, values.length, type -> Supply.of(type, values));
    }

    public static Data of(double... values) {
        return numbers(Datatype.FLOAT64, values.length, type -> Supply.of(type, values));
    }

    /** Truth values as h5py writes them. */
    public static Data of(boolean... values) {
        int[] numbers = new int[values.length];
        for (int i = 0; i < values.length; i++) {
            numbers[i] = values[i] ? 1 : 0;
        }
        return numbers(Datatype.BOOLEAN, values.length, type -> Supply.of(type, numbers));
    }

    /** Texts of any length, UTF-8. */
    public static Data of(List<String> values) {
        List<String> copy = List.copyOf(values);
        return new Data(
                Datatype.STRING,
                Dataspace.of(copy.size()),
                copy.size(),
                (type, heap) -> DatasetWriter.text(type, copy, heap));
    }

    /** A single text of any length, UTF-8. */
    public static Data string(String value) {
        return of(List.of(value)).scalar();
    }

    /** Elements of {@code type} that are bytes already (numbers little-endian), one behind the other. */
    public static Data bytes(Datatype type, byte[] elements) {
        if (elements.length % type.size() != 0) {
            throw new IllegalArgumentException(
                    elements.length + " bytes are no whole number of elements of " + type.size() + " bytes");
        }
        int count = elements.length / type.size();
        return numbers(type, count, stored -> Supply.of(stored, elements));
    }

    /** A type without any value (null dataspace); h5py's Empty. */
    public static Data nothing(Datatype type) {
        return new Data(type, Dataspace.nothing(), 0, (stored, heap) -> new byte[0]);
    }

    /** The same values stored as {@code other}; those that do not fit are refused when they are written. */
    public Data as(Datatype other) {
        return new Data(other, space, count, encoder);
    }

    /** The same values in another shape, slowest dimension first. */
    public Data shaped(long... shape) {
        if (space.isNull() || Dataspace.product(shape) != count) {
            throw new IllegalArgumentException(count + " values do not fill the shape " + Arrays.toString(shape));
        }
        return new Data(type, Dataspace.of(shape.clone()), count, encoder);
    }

    /** The only value, without dimensions. */
    public Data scalar() {
        return shaped();
    }

    Datatype type() {
        return type;
    }

    Dataspace space() {
        return space;
    }

    /** The elements as they are stored. */
    byte[] encode(GlobalHeapWriter heap) throws IOException {
        return encoder.encode(type, heap);
    }
}
