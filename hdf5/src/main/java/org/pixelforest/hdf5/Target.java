package org.pixelforest.hdf5;

/** Takes elements as they are read, and turns them into what the caller asked for. */
interface Target {

    /** {@code n} elements, {@code step} bytes apart in {@code source} from {@code at} on; the first has index {@code to}. */
    void put(byte[] source, int at, int step, int to, int n) throws Hdf5Exception;

    /** Keeps elements as they are stored. */
    record Bytes(Datatype type, byte[] out) implements Target {
        @Override
        public void put(byte[] source, int at, int step, int to, int n) {
            int size = type.size();
            if (step == size) {
                System.arraycopy(source, at, out, to * size, n * size);
                return;
            }
            for (int i = 0; i < n; i++) {
                System.arraycopy(source, at + i * step, out, (to + i) * size, size);
            }
        }
    }

    record Floats(Datatype type, float[] out) implements Target {
        @Override
        public void put(byte[] source, int at, int step, int to, int n) {
            Numbers.toFloats(type, source, at, step, out, to, n);
        }
    }

    record Doubles(Datatype type, double[] out) implements Target {
        @Override
        public void put(byte[] source, int at, int step, int to, int n) {
            Numbers.toDoubles(type, source, at, step, out, to, n);
        }
    }

    record Ints(Values.Source origin, Datatype type, int[] out) implements Target {
        @Override
        public void put(byte[] source, int at, int step, int to, int n) throws Hdf5Exception {
            int bad = Numbers.toInts(type, source, at, step, out, to, n);
            if (bad >= 0) {
                throw origin.mismatch("holds " + Numbers.real(type, source, at + bad * step) + ", which is no int");
            }
        }
    }

    record Longs(Values.Source origin, Datatype type, long[] out) implements Target {
        @Override
        public void put(byte[] source, int at, int step, int to, int n) throws Hdf5Exception {
            int bad = Numbers.toLongs(type, source, at, step, out, to, n);
            if (bad >= 0) {
                throw origin.mismatch("holds " + Numbers.real(type, source, at + bad * step) + ", which is no long");
            }
        }
    }
}
