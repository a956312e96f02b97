package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.List;

/** A small named value of a group or dataset. Values are in row-major order, last dimension fastest. */
public final class Attribute {

    private final String name;
    private final Datatype type;
    private final Dataspace space;
    private final long sharedType;
    private final byte[] raw;
    private final Values.Source source;

    private Attribute(String name, Datatype type, Dataspace space, long sharedType, byte[] raw, Values.Source source) {
        this.name = name;
        this.type = type;
        this.space = space;
        this.sharedType = sharedType;
        this.raw = raw;
        this.source = source;
    }

    /** Reads the attribute message (versions 1 to 3). */
    static Attribute read(Cursor in, Hdf5File file, String owner) throws IOException {
        Storage storage = in.storage();
        int version = in.u8();
        if (version < 1 || version > 3) {
            throw storage.unsupported("attribute version " + version);
        }
        int flags = in.u8();
        int nameLength = in.u16();
        int typeLength = in.u16();
        int spaceLength = in.u16();
        in.skip(version == 3 ? 1 : 0);
        int unit = version == 1 ? 7 : 0;
        String name = in.text(nameLength + unit & ~unit);
        Cursor type = in.part(typeLength + unit & ~unit, "type of attribute \"" + name + "\"");
        Cursor space = in.part(spaceLength + unit & ~unit, "shape of attribute \"" + name + "\"");
        long sharedType = Storage.UNDEFINED;
        if (version > 1 && (flags & 1) != 0) {
            ObjectHeader.Message message = file.shared().resolve(storage, ObjectHeader.DATATYPE, type);
            type = new Cursor(storage, "type of attribute \"" + name + "\"", message.body());
            sharedType = message.sharedAt();
        }
        if (version > 1 && (flags & 2) != 0) {
            ObjectHeader.Message message = file.shared().resolve(storage, ObjectHeader.DATASPACE, space);
            space = new Cursor(storage, "shape of attribute \"" + name + "\"", message.body());
        }
        Datatype datatype = DatatypeMessage.read(type);
        Dataspace dataspace = Dataspace.read(space);
        long elements = dataspace.elements();
        if (elements > in.remaining() / datatype.size()) {
            throw in.corrupt("\"" + name + "\" of " + owner + " should have " + elements + " elements of "
                    + datatype.size() + " bytes, but only " + in.remaining() + " bytes are there");
        }
        byte[] raw = in.bytes(elements * datatype.size());
        Values.Source source = new Values.Source(storage, file.heap(), "attribute \"" + name + "\" of " + owner);
        return new Attribute(name, datatype, dataspace, sharedType, raw, source);
    }

    public String name() {
        return name;
    }

    public Datatype type() {
        return type;
    }

    /** Lengths, slowest dimension first; empty for a single value. */
    public long[] shape() {
        return space.shape().clone();
    }

    /** Whether the attribute has a type but no value (null dataspace). */
    public boolean isEmpty() {
        return space.isNull();
    }

    Dataspace space() {
        return space;
    }

    /** The address of the committed datatype that this attribute uses, or {@link Storage#UNDEFINED}. */
    long sharedType() {
        return sharedType;
    }

    /** The elements as the file has them. */
    byte[] raw() {
        return raw;
    }

    public Values values() {
        return new Values(source, type, raw, (int) space.elements());
    }

    /** The elements' bytes, numbers turned to little-endian. */
    public byte[] bytes() {
        return values().bytes();
    }

    public int[] ints() throws IOException {
        return values().ints();
    }

    public long[] longs() throws IOException {
        return values().longs();
    }

    public float[] floats() throws IOException {
        return values().floats();
    }

    public double[] doubles() throws IOException {
        return values().doubles();
    }

    public boolean[] booleans() throws IOException {
        return values().booleans();
    }

    public List<String> strings() throws IOException {
        return values().strings();
    }

    /** The only element's text. */
    public String string() throws IOException {
        return values().string();
    }
}
