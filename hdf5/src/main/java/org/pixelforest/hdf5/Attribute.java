package org.pixelforest.hdf5;

import java.io.IOException;
import java.util.List;

/**
 * A small named value of a group or dataset. Values are in row-major order, last dimension fastest. All but the name may
 * give an {@link Hdf5Exception}: one attribute that is damaged or of an unknown kind does not hide the others.
 */
public final class Attribute {

    /** What can be known only if the attribute is sound and of a known kind. */
    private record Contents(Datatype type, Dataspace space, long sharedType, byte[] raw, Values.Source source) {}

    private final String name;
    private final Contents contents;
    private final Hdf5Exception problem;

    private Attribute(String name, Contents contents, Hdf5Exception problem) {
        this.name = name;
        this.contents = contents;
        this.problem = problem;
    }

    /** Reads the attribute message (versions 1 to 3). What is wrong behind the name is told when the value is asked for. */
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
        try {
            Cursor type = in.part(typeLength + unit & ~unit, "type of attribute \"" + name + "\"");
            Cursor space = in.part(spaceLength + unit & ~unit, "shape of attribute \"" + name + "\"");
            return new Attribute(name, contents(in, type, space, version > 1 ? flags : 0, file, name, owner), null);
        } catch (Hdf5Exception e) {
            return new Attribute(name, null, e);
        }
    }

    private static Contents contents(
            Cursor in, Cursor type, Cursor space, int flags, Hdf5File file, String name, String owner)
            throws IOException {
        Storage storage = in.storage();
        long sharedType = Storage.UNDEFINED;
        if ((flags & 1) != 0) {
            ObjectHeader.Message message = file.shared().resolve(storage, ObjectHeader.DATATYPE, type);
            type = new Cursor(storage, "type of attribute \"" + name + "\"", message.body());
            sharedType = message.sharedAt();
        }
        if ((flags & 2) != 0) {
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
        return new Contents(datatype, dataspace, sharedType, raw, source);
    }

    public String name() {
        return name;
    }

    private Contents contents() throws Hdf5Exception {
        if (problem != null) {
            throw problem;
        }
        return contents;
    }

    public Datatype type() throws IOException {
        return contents().type;
    }

    /** Lengths, slowest dimension first; empty for a single value. */
    public long[] shape() throws IOException {
        return contents().space.shape().clone();
    }

    /** Whether the attribute has a type but no value (null dataspace). */
    public boolean isEmpty() throws IOException {
        return contents().space.isNull();
    }

    Dataspace space() throws IOException {
        return contents().space;
    }

    /** The address of the committed datatype that this attribute uses, or {@link Storage#UNDEFINED}. */
    long sharedType() throws IOException {
        return contents().sharedType;
    }

    /** The elements as the file has them. */
    byte[] raw() throws IOException {
        return contents().raw;
    }

    public Values values() throws IOException {
        Contents known = contents();
        return new Values(known.source, known.type, known.raw, (int) known.space.elements());
    }

    /** The elements' bytes, numbers turned to little-endian. */
    public byte[] bytes() throws IOException {
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
