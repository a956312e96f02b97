package org.pixelforest.hdf5;

import java.util.ArrayList;
import java.util.List;
import org.pixelforest.hdf5.Datatype.Array;
import org.pixelforest.hdf5.Datatype.BitField;
import org.pixelforest.hdf5.Datatype.Compound;
import org.pixelforest.hdf5.Datatype.Enumeration;
import org.pixelforest.hdf5.Datatype.EnumerationMember;
import org.pixelforest.hdf5.Datatype.FixedPoint;
import org.pixelforest.hdf5.Datatype.FixedString;
import org.pixelforest.hdf5.Datatype.FloatingPoint;
import org.pixelforest.hdf5.Datatype.Member;
import org.pixelforest.hdf5.Datatype.Opaque;
import org.pixelforest.hdf5.Datatype.Other;
import org.pixelforest.hdf5.Datatype.Padding;
import org.pixelforest.hdf5.Datatype.Reference;
import org.pixelforest.hdf5.Datatype.Sequence;
import org.pixelforest.hdf5.Datatype.VariableString;

/** Reads the datatype message (versions 1 to 5 of its encoding). */
final class DatatypeMessage {

    private static final int DEEPEST = 32;
    private static final int LARGEST_ELEMENT = 256 << 20;

    private DatatypeMessage() {}

    static Datatype read(Cursor in) throws Hdf5Exception {
        return read(in, 0);
    }

    private static Datatype read(Cursor in, int depth) throws Hdf5Exception {
        if (depth > DEEPEST) {
            throw in.corrupt("types nested more than " + DEEPEST + " deep");
        }
        int start = in.position();
        int kind = in.u8();
        int version = kind >> 4;
        int bits = (int) in.unsigned(3);
        long bytes = in.u32();
        if (version < 1 || version > 5) {
            throw in.storage().unsupported("datatype version " + version);
        }
        if (bytes == 0 || bytes > LARGEST_ELEMENT) {
            throw in.corrupt("an element of " + bytes + " bytes");
        }
        int size = (int) bytes;
        return switch (kind & 15) {
            case 0 -> fixedPoint(in, bits, size);
            case 1 -> floatingPoint(in, bits, size);
            case 2 -> other(in, kind, bits, size, in.bytes(2));
            case 3 -> new FixedString(size, padding(in, bits & 15), (bits >> 4 & 15) == 1);
            case 4 -> new BitField(size, (bits & 1) != 0, in.u16(), in.u16(), bits >> 1 & 3);
            case 5 -> new Opaque(size, in.text((bits & 0xFF) + 7 & ~7));
            case 6 -> compound(in, version, bits & 0xFFFF, size, depth);
            case 7 -> new Reference(size, bits & 15);
            case 8 -> enumeration(in, version, bits & 0xFFFF, size, depth);
            case 9 -> variable(in, bits, size, depth);
            case 10 -> array(in, version, size, depth);
            default -> throw in.storage().unsupported("datatype class " + (kind & 15) + " at byte " + start);
        };
    }

    private static Datatype fixedPoint(Cursor in, int bits, int size) throws Hdf5Exception {
        int offset = in.u16();
        int precision = in.u16();
        if (precision < 1 || offset + precision > 8 * size) {
            throw in.corrupt("an integer of " + precision + " bits at bit " + offset + " of " + size + " bytes");
        }
        return new FixedPoint(size, (bits & 8) != 0, (bits & 1) != 0, offset, precision, bits >> 1 & 3);
    }

    private static Datatype floatingPoint(Cursor in, int bits, int size) throws Hdf5Exception {
        int order = bits & 1 | bits >> 5 & 2;
        return new FloatingPoint(
                size,
                order,
                bits >> 1 & 7,
                bits >> 4 & 3,
                bits >> 8 & 0xFF,
                in.u16(),
                in.u16(),
                in.u8(),
                in.u8(),
                in.u8(),
                in.u8(),
                in.u32());
    }

    private static Datatype other(Cursor in, int kind, int bits, int size, byte[] properties) {
        List<Byte> encoded = new ArrayList<>();
        for (long head = kind | (long) bits << 8 | (long) size << 32, i = 0; i < 8; i++) {
            encoded.add((byte) (head >> 8 * i));
        }
        for (byte b : properties) {
            encoded.add(b);
        }
        return new Other(kind & 15, size, encoded);
    }

    private static Padding padding(Cursor in, int code) throws Hdf5Exception {
        if (code >= Padding.values().length) {
            throw in.corrupt("string padding " + code);
        }
        return Padding.values()[code];
    }

    private static Datatype compound(Cursor in, int version, int count, int size, int depth) throws Hdf5Exception {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = name(in, version);
            long offset = in.unsigned(version < 3 ? 4 : minimalBytes(size));
            List<Integer> shape = new ArrayList<>();
            if (version == 1) {
                int rank = in.u8();
                if (rank > 4) {
                    throw in.corrupt("a compound's member of " + rank + " dimensions");
                }
                in.skip(11);
                for (int d = 0; d < 4; d++) {
                    long n = in.u32();
                    if (d < rank) {
                        shape.add((int) Math.min(n, Integer.MAX_VALUE));
                    }
                }
            }
            Datatype type = read(in, depth + 1);
            if (!shape.isEmpty()) {
                type = array(in, type, shape);
            }
            if (offset < 0 || offset + type.size() > size) {
                throw in.corrupt("member \"" + name + "\" reaches beyond its compound of " + size + " bytes");
            }
            members.add(new Member(name, (int) offset, type));
        }
        return new Compound(size, members);
    }

    /** Bytes that hold any number up to {@code limit}. */
    static int minimalBytes(long limit) {
        return (63 - Long.numberOfLeadingZeros(Math.max(1, limit))) / 8 + 1;
    }

    private static String name(Cursor in, int version) throws Hdf5Exception {
        int start = in.position();
        String name = in.terminated();
        if (version < 3) {
            in.align(start);
        }
        return name;
    }

    private static Datatype enumeration(Cursor in, int version, int count, int size, int depth) throws Hdf5Exception {
        Datatype values = read(in, depth + 1);
        if (values.size() != size) {
            throw in.corrupt("an enumeration of " + size + " bytes with values of " + values.size());
        }
        if (!(values instanceof FixedPoint base) || size > 8) {
            throw in.storage().unsupported("an enumeration of other values than integers of at most 8 bytes");
        }
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(name(in, version));
        }
        List<EnumerationMember> members = new ArrayList<>();
        for (String name : names) {
            byte[] value = in.bytes(size);
            members.add(new EnumerationMember(name, Numbers.integer(base, value, 0)));
        }
        return new Enumeration(base, members);
    }

    private static Datatype variable(Cursor in, int bits, int size, int depth) throws Hdf5Exception {
        if (in.storage().offsetSize() != 8) {
            throw in.storage().unsupported("variable-length data with addresses of fewer than 8 bytes");
        }
        if (size != 16) {
            throw in.corrupt("a variable-length element of " + size + " bytes instead of 16");
        }
        Datatype base = read(in, depth + 1);
        return switch (bits & 15) {
            case 0 -> new Sequence(base);
            case 1 -> new VariableString(padding(in, bits >> 4 & 15), (bits >> 8 & 15) == 1);
            default -> throw in.storage().unsupported("variable-length type " + (bits & 15));
        };
    }

    private static Datatype array(Cursor in, int version, int size, int depth) throws Hdf5Exception {
        int rank = in.u8();
        in.skip(version < 3 ? 3 : 0);
        if (rank < 1 || rank > Dataspace.HIGHEST_RANK) {
            throw in.corrupt("an array type of " + rank + " dimensions");
        }
        List<Integer> shape = new ArrayList<>();
        for (int d = 0; d < rank; d++) {
            shape.add((int) Math.min(in.u32(), Integer.MAX_VALUE));
        }
        in.skip(version < 3 ? 4L * rank : 0);
        Datatype array = array(in, read(in, depth + 1), shape);
        if (array.size() != size) {
            throw in.corrupt("an array type of " + array.size() + " bytes where " + size + " are stated");
        }
        return array;
    }

    private static Datatype array(Cursor in, Datatype base, List<Integer> shape) throws Hdf5Exception {
        long bytes = base.size();
        for (int n : shape) {
            bytes *= n;
            if (bytes < 1 || bytes > LARGEST_ELEMENT) {
                throw in.corrupt("an array type of the shape " + shape);
            }
        }
        return new Array(base, shape);
    }
}
