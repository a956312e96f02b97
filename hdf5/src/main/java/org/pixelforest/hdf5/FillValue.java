package org.pixelforest.hdf5;

/** What elements are that were never written. */
final class FillValue {

    private FillValue() {}

    /** The value in a fill value message, or null where the message states none (all bytes 0). */
    static byte[] read(ObjectHeader header, int elementSize) throws Hdf5Exception {
        for (ObjectHeader.Message message : header.messages()) {
            if (message.type() == ObjectHeader.FILL_VALUE) {
                byte[] value = readNew(header.cursor(message, "fill value message"));
                return value.length == elementSize ? value : null;
            }
        }
        for (ObjectHeader.Message message : header.messages()) {
            if (message.type() == ObjectHeader.OLD_FILL_VALUE) {
                Cursor in = header.cursor(message, "fill value message");
                byte[] value = in.bytes(in.u32());
                return value.length == elementSize ? value : null;
            }
        }
        return null;
    }

    private static byte[] readNew(Cursor in) throws Hdf5Exception {
        int version = in.u8();
        switch (version) {
            case 1, 2:
                in.skip(2);
                boolean defined = in.u8() != 0;
                return (version == 1 || defined) && in.remaining() >= 4 ? in.bytes(in.u32()) : new byte[0];
            case 3:
                return (in.u8() & 0x20) != 0 ? in.bytes(in.u32()) : new byte[0];
            default:
                throw in.storage().unsupported("fill value version " + version);
        }
    }
}
