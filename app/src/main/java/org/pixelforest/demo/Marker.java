package org.pixelforest.demo;

/** The demo's panel by mass: the metal that is counted and what its antibody (or the intercalator) binds. */
enum Marker {
    SMA("Pr141", "SMA"),
    VIMENTIN("Nd143", "Vimentin"),
    KERATIN("Nd148", "pan-Keratin"),
    CD45("Sm152", "CD45"),
    CADHERIN("Er167", "E-Cadherin"),
    COLLAGEN("Tm169", "Collagen I"),
    HISTONE("Yb176", "Histone H3"),
    DNA1("Ir191", "DNA1"),
    DNA2("Ir193", "DNA2"),
    MEMBRANE("Pt195", "ICSK1");

    final String metal;
    final String target;

    Marker(String metal, String target) {
        this.metal = metal;
        this.target = target;
    }
}
