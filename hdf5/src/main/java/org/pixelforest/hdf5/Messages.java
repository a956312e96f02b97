package org.pixelforest.hdf5;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the bodies of header messages, in the versions that every HDF5 since 1.4 reads. */
final class Messages {

    private static final int LATE = 2;
    private static final int INCREMENTAL = 3;
    private static final int EARLY = 1;
    private static final int IF_SET = 2;

    private Messages() {}

    static byte[] dataspace(Dataspace space) {
        Fields out = new Fields();
        if (space.isNull()) {
            return out.u8(2).u8(0).u8(0).u8(2).copy();
        }
        out.u8(1).u8(space.shape().length).u8(space.largest() == null ? 0 : 1).zeros(5);
        for (long length : space.shape()) {
            out.u64(length);
        }
        if (space.largest() != null) {
            for (long length : space.largest()) {
                out.u64(length);
            }
        }
        return out.copy();
    }

    /** A message that says "see the committed datatype at {@code address}". */
    static byte[] shared(long address) {
        return new Fields().u8(2).u8(2).u64(address).copy();
    }

    /** {@code value} is null for bytes that are all 0. */
    static byte[] fillValue(Layout.Kind kind, byte[] value) {
        int allocation =
                switch (kind) {
                    case COMPACT -> EARLY;
                    case CONTIGUOUS -> LATE;
                    case CHUNKED -> INCREMENTAL;
                };
        Fields out = new Fields().u8(2).u8(allocation).u8(IF_SET).u8(1);
        return value == null
                ? out.u32(0).copy()
                : out.u32(value.length).bytes(value).copy();
    }

    static byte[] compact(byte[] data) {
        return new Fields().u8(3).u8(0).u16(data.length).bytes(data).copy();
    }

    static byte[] contiguous(long address, long length) {
        return new Fields().u8(3).u8(1).u64(address).u64(length).copy();
    }

    static byte[] chunked(long treeAddress, long[] chunk, int elementSize) {
        Fields out = new Fields().u8(3).u8(2).u8(chunk.length + 1).u64(treeAddress);
        for (long length : chunk) {
            out.u32(length);
        }
        return out.u32(elementSize).copy();
    }

    static byte[] filters(List<Filter> filters) {
        Fields out = new Fields().u8(1).u8(filters.size()).zeros(6);
        for (Filter filter : filters) {
            int n = filter.parameters().size();
            Fields name = new Fields();
            if (!filter.name().isEmpty()) {
                name.paddedName(filter.name());
            }
            out.u16(filter.id()).u16(name.size()).u16(filter.flags()).u16(n).bytes(name.copy());
            filter.parameters().forEach(out::u32);
            out.zeros(n % 2 * 4L);
        }
        return out.copy();
    }

    /** {@code typeMessage} is a datatype message, or the pointer to one if {@code sharedType}. */
    static byte[] attribute(String name, byte[] typeMessage, boolean sharedType, Dataspace space, byte[] data) {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] spaceMessage = dataspace(space);
        if (Math.max(text.length + 1, typeMessage.length) > NewObject.LONGEST_MESSAGE) {
            throw new IllegalArgumentException("an attribute's name of " + text.length + " bytes and type of "
                    + typeMessage.length + " cannot be written: the format allows " + NewObject.LONGEST_MESSAGE);
        }
        Fields out = new Fields();
        boolean plain = !sharedType && text.length == name.length();
        if (plain) {
            out.u8(1).u8(0);
        } else {
            out.u8(3).u8(sharedType ? 1 : 0);
        }
        out.u16(text.length + 1).u16(typeMessage.length).u16(spaceMessage.length);
        if (plain) {
            out.paddedName(name).bytes(typeMessage).pad().bytes(spaceMessage).pad();
        } else {
            out.u8(text.length == name.length() ? 0 : 1)
                    .bytes(text)
                    .u8(0)
                    .bytes(typeMessage)
                    .bytes(spaceMessage);
        }
        return out.bytes(data).copy();
    }
}
