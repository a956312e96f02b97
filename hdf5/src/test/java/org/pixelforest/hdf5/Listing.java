package org.pixelforest.hdf5;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists everything in a file, as this library sees it, in the lines of {@code list_hdf5.py}. */
final class Listing {

    private final List<String> lines = new ArrayList<>();

    private Listing() {}

    static List<String> of(Path path) throws IOException {
        Listing listing = new Listing();
        try (Hdf5File file = Hdf5File.open(path)) {
            listing.attributes(file.root().attributes(), "");
            listing.walk(file.root(), "", Set.of(file.root().header().address()));
        }
        return listing.lines;
    }

    private void walk(Group group, String path, Set<Long> above) throws IOException {
        for (String name : group.names()) {
            Link link = group.links().get(name);
            String where = path + "/" + name;
            if (link instanceof Link.Soft soft) {
                lines.add("soft " + where + " " + soft.target());
                continue;
            }
            if (link instanceof Link.Foreign) {
                lines.add("foreign " + where);
                continue;
            }
            Node node = group.find(name).orElseThrow(() -> new Hdf5Exception("no " + where));
            if (node instanceof Dataset d) {
                String head = "dataset " + where + " " + describe(d.type());
                lines.add(d.isEmpty() ? head + " null" : head + shape(d.shape()) + digest(d.type(), d.values()));
            } else if (node instanceof NamedType t) {
                lines.add("type " + where + " " + describe(t.type()));
            } else {
                lines.add("group " + where);
            }
            attributes(node.attributes(), where);
            if (node instanceof Group inner && !above.contains(inner.header().address())) {
                Set<Long> deeper = new HashSet<>(above);
                deeper.add(inner.header().address());
                walk(inner, where, deeper);
            }
        }
    }

    private void attributes(Attributes attributes, String path) throws IOException {
        for (String name : attributes.names()) {
            Attribute a = attributes.find(name).orElseThrow();
            String head = "attribute " + path + " @" + name + " " + describe(a.type());
            lines.add(a.isEmpty() ? head + " null" : head + shape(a.shape()) + digest(a.type(), a.values()));
        }
    }

    private static String shape(long[] shape) {
        return " (" + Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(",")) + ") ";
    }

    static String describe(Datatype type) {
        if (type instanceof Datatype.FixedPoint t) {
            String bits = t.precision() == 8 * t.size() ? "" : ":" + t.precision() + "@" + t.offset();
            return (t.signed() ? "i" : "u") + t.size() + (t.bigEndian() ? ">" : "<") + bits;
        } else if (type instanceof Datatype.FloatingPoint t) {
            return "f" + t.size() + (t.order() == 0 ? "<" : ">");
        } else if (type instanceof Datatype.BitField t) {
            return "b" + t.size() + (t.bigEndian() ? ">" : "<");
        } else if (type instanceof Datatype.FixedString t) {
            return "s" + t.size() + text(t.padding(), t.utf8());
        } else if (type instanceof Datatype.VariableString t) {
            return "s*" + text(t.padding(), t.utf8());
        } else if (type instanceof Datatype.Opaque t) {
            return "o" + t.size() + ":" + t.tag();
        } else if (type instanceof Datatype.Enumeration t) {
            return t.members().stream()
                    .map(m -> m.name() + "=" + m.value())
                    .collect(Collectors.joining(",", "e(" + describe(t.base()) + "){", "}"));
        } else if (type instanceof Datatype.Compound t) {
            if (!isFixed(t)) {
                return t.members().stream()
                        .map(m -> m.name() + ":" + describe(m.type()))
                        .collect(Collectors.joining(",", "{", "}"));
            }
            return t.members().stream()
                    .map(m -> m.name() + "@" + m.offset() + ":" + describe(m.type()))
                    .collect(Collectors.joining(",", "{", "}" + t.size()));
        } else if (type instanceof Datatype.Array t) {
            return t.shape().stream().map(Object::toString).collect(Collectors.joining(",", "[", "]"))
                    + describe(t.base());
        } else if (type instanceof Datatype.Sequence t) {
            return "v(" + describe(t.base()) + ")";
        } else if (type instanceof Datatype.Reference t) {
            return "r" + t.kind();
        }
        return "?" + ((Datatype.Other) type).classNumber();
    }

    private static String text(Datatype.Padding padding, boolean utf8) {
        List<String> names = List.of("nullterm", "nullpad", "spacepad");
        return ":" + names.get(padding.ordinal()) + (utf8 ? ":utf8" : ":ascii");
    }

    /** Whether no text or sequence of variable length is in it. */
    private static boolean isFixed(Datatype type) {
        if (type instanceof Datatype.Compound c) {
            return c.members().stream().allMatch(m -> isFixed(m.type()));
        } else if (type instanceof Datatype.Array a) {
            return isFixed(a.base());
        }
        return !(type instanceof Datatype.Sequence || type instanceof Datatype.VariableString);
    }

    private static boolean hasValues(Datatype type) {
        if (type instanceof Datatype.FloatingPoint f) {
            return f.size() <= 8;
        } else if (type instanceof Datatype.Opaque o) {
            return o.tag().isEmpty();
        } else if (type instanceof Datatype.Array a) {
            return hasValues(a.base());
        } else if (type instanceof Datatype.Sequence s) {
            return hasValues(s.base()) && !(s.base() instanceof Datatype.FixedPoint f && f.bigEndian());
        } else if (type instanceof Datatype.Compound c) {
            return c.members().stream().allMatch(m -> hasValues(m.type()));
        }
        return !(type instanceof Datatype.Reference || type instanceof Datatype.Other);
    }

    private static String digest(Datatype type, Values values) throws IOException {
        if (!hasValues(type)) {
            return "-";
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            digest(digest, values);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static void digest(MessageDigest digest, Values values) throws IOException {
        Datatype type = values.type();
        if (type instanceof Datatype.Compound c) {
            for (Datatype.Member member : c.members()) {
                digest(digest, values.member(member.name()));
            }
        } else if (type instanceof Datatype.FixedString || type instanceof Datatype.VariableString) {
            for (String s : values.strings()) {
                byte[] bytes = s.getBytes(StandardCharsets.UTF_8);
                digest.update(length(bytes.length));
                digest.update(bytes);
            }
        } else if (type instanceof Datatype.Sequence) {
            for (Values sequence : values.sequences()) {
                digest.update(length(sequence.count()));
                digest(digest, sequence);
            }
        } else if (type instanceof Datatype.FixedPoint f && f.precision() < 8 * f.size()) {
            for (long value : values.longs()) {
                digest.update(length(value), 0, f.size());
            }
        } else {
            digest.update(values.bytes());
        }
    }

    private static byte[] length(long n) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(n).array();
    }
}
