package org.pixelforest.hdf5;

import java.nio.charset.StandardCharsets;
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

/** Writes the datatype message, in the oldest version of its encoding that knows the type. */
final class DatatypeEncoder {

    private DatatypeEncoder() {}

    static byte[] encode(Datatype type) {
        Fields out = new Fields();
        write(out, type);
        return out.copy();
    }

    /** Array types came with version 2, and what contains one needs it too. */
    private static int version(Datatype type) {
        if (type instanceof Array) {
            return 2;
        } else if (type instanceof Sequence s) {
            return version(s.base());
        } else if (type instanceof Compound c) {
            return c.members().stream().mapToInt(m -> version(m.type())).max().orElse(1);
        }
        return type instanceof Reference r && r.kind() > 1 ? 4 : 1;
    }

    private static void head(Fields out, Datatype type, int kind, int bits) {
        out.u8(version(type) << 4 | kind).unsigned(bits, 3).u32(type.size());
    }

    private static void write(Fields out, Datatype type) {
        if (type instanceof FixedPoint t) {
            head(out, t, 0, bit(t.bigEndian(), 0) | t.padding() << 1 | bit(t.signed(), 3));
            out.u16(t.offset()).u16(t.precision());
        } else if (type instanceof BitField t) {
            head(out, t, 4, bit(t.bigEndian(), 0) | t.padding() << 1);
            out.u16(t.offset()).u16(t.precision());
        } else if (type instanceof FloatingPoint t) {
            int order = t.order() & 1 | (t.order() & 2) << 5;
            head(out, t, 1, order | t.padding() << 1 | t.normalization() << 4 | t.signAt() << 8);
            out.u16(t.offset()).u16(t.precision());
            out.u8(t.exponentAt()).u8(t.exponentBits()).u8(t.mantissaAt()).u8(t.mantissaBits());
            out.u32(t.exponentBias());
        } else if (type instanceof FixedString t) {
            head(out, t, 3, text(t.padding(), t.utf8(), 0, 4));
        } else if (type instanceof Opaque t) {
            opaque(out, t);
        } else if (type instanceof Reference t) {
            head(out, t, 7, t.kind());
        } else if (type instanceof VariableString t) {
            head(out, t, 9, 1 | text(t.padding(), t.utf8(), 4, 8));
            write(out, Datatype.UINT8);
        } else if (type instanceof Sequence t) {
            head(out, t, 9, 0);
            write(out, t.base());
        } else if (type instanceof Enumeration t) {
            enumeration(out, t);
        } else if (type instanceof Compound t) {
            compound(out, t);
        } else if (type instanceof Array t) {
            head(out, t, 10, 0);
            out.u8(t.shape().size()).zeros(3);
            t.shape().forEach(out::u32);
            out.zeros(4L * t.shape().size());
            write(out, t.base());
        } else {
            ((Other) type).encoded().forEach(b -> out.u8(b));
        }
    }

    private static int bit(boolean set, int at) {
        return set ? 1 << at : 0;
    }

    private static int text(Padding padding, boolean utf8, int paddingAt, int charsetAt) {
        return padding.ordinal() << paddingAt | bit(utf8, charsetAt);
    }

    private static void opaque(Fields out, Opaque type) {
        byte[] tag = type.tag().getBytes(StandardCharsets.UTF_8);
        int length = tag.length + 7 & ~7;
        if (length > 248) {
            throw new IllegalArgumentException(
                    "an opaque type's tag must have at most 248 bytes (got " + tag.length + ")");
        }
        head(out, type, 5, length);
        out.bytes(tag).zeros(length - tag.length);
    }

    private static void enumeration(Fields out, Enumeration type) {
        head(out, type, 8, type.members().size());
        write(out, type.base());
        for (EnumerationMember member : type.members()) {
            out.paddedName(member.name());
        }
        for (EnumerationMember member : type.members()) {
            byte[] value = new byte[type.size()];
            NumberEncoder.integer(type.base(), member.value(), value, 0);
            out.bytes(value);
        }
    }

    private static void compound(Fields out, Compound type) {
        head(out, type, 6, type.members().size());
        for (Member member : type.members()) {
            out.paddedName(member.name()).u32(member.offset());
            if (version(type) == 1) {
                // No dimensions: rank, permutation and four lengths are zero.
                out.zeros(28);
            }
            write(out, member.type());
        }
    }
}
