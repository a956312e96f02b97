package org.pixelforest.hdf5;

import java.util.ArrayList;
import java.util.List;

/** One step of a filter pipeline, as a dataset's header names it. */
record Filter(int id, String name, int flags, List<Integer> parameters) {

    static final int DEFLATE = 1;
    static final int SHUFFLE = 2;
    static final int FLETCHER32 = 3;
    static final int SZIP = 4;
    static final int NBIT = 5;
    static final int SCALE_OFFSET = 6;
    static final int LZF = 32000;

    Filter {
        parameters = List.copyOf(parameters);
    }

    /** Reads the filter pipeline message (versions 1 and 2), first filter of writing first. */
    static List<Filter> read(Cursor in) throws Hdf5Exception {
        int version = in.u8();
        int count = in.u8();
        if (version != 1 && version != 2) {
            throw in.storage().unsupported("filter pipeline version " + version);
        }
        in.skip(version == 1 ? 6 : 0);
        List<Filter> filters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int id = in.u16();
            int nameLength = version == 2 && id < 256 ? 0 : in.u16();
            int flags = in.u16();
            int parameters = in.u16();
            String name = in.text(version == 1 ? nameLength + 7 & ~7 : nameLength);
            List<Integer> values = new ArrayList<>();
            for (int p = 0; p < parameters; p++) {
                values.add((int) in.u32());
            }
            in.skip(version == 1 && parameters % 2 != 0 ? 4 : 0);
            filters.add(new Filter(id, name, flags, values));
        }
        return filters;
    }

    String title() {
        return switch (id) {
            case SZIP -> "szip";
            case NBIT -> "n-bit";
            case SCALE_OFFSET -> "scale-offset";
            default -> name.isEmpty() ? "number " + id : id + " (" + name + ")";
        };
    }
}
