package org.pixelforest.project;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pixelforest.image.Shape;
import org.pixelforest.project.FoundImage.Outcome;

/** Labels find their image again, and never another one. */
class ImageSearchTest {

    @TempDir
    Path folder;

    private Path home;

    private Project project(String... images) throws IOException {
        home = Files.createDirectories(folder.resolve("home"));
        List<Lane> lanes = new ArrayList<>();
        for (String image : images) {
            Path file = home.resolve(image);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "content of " + image + " padded");
            ImageLocation location = ImageLocation.of(file, Optional.of("img"), home);
            lanes.add(Lane.of(image, location, "yxc", Shape.of(2, 40, 40), "id-" + image.replace('/', '-')));
        }
        return Project.create().withLanes(lanes);
    }

    private static List<Outcome> outcomes(List<FoundImage> found) {
        return found.stream().map(FoundImage::outcome).toList();
    }

    private void move(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.move(from, to);
    }

    @Test
    void untouchedImagesAreInPlace() throws IOException {
        Project project = project("crops/a.h5", "crops/b.h5").write(home.resolve("p.ilp"));
        List<FoundImage> found = ImageSearch.find(project, home, List.of());
        assertThat(outcomes(found)).containsOnly(Outcome.IN_PLACE);
        assertThat(ImageSearch.relocated(project, home, found)).isEqualTo(project);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there that users do not have")
    void imagesAreFoundBehindLinks() throws IOException {
        Project project = project("a.h5");
        move(home.resolve("a.h5"), folder.resolve("storage/deep/a.h5"));
        // Twice, so that the same file is reached by two ways.
        Files.createSymbolicLink(home.resolve("one"), folder.resolve("storage"));
        Files.createSymbolicLink(home.resolve("two"), folder.resolve("storage"));
        Files.createSymbolicLink(folder.resolve("storage/circle"), folder.resolve("storage"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), home);
        List<FoundImage> found = ImageSearch.find(project, link, List.of());
        assertThat(outcomes(found)).containsExactly(Outcome.MOVED);
        assertThat(found.get(0).file().orElseThrow()).isRegularFile().startsWithRaw(link);
    }

    @Test
    void aProjectThatMovedWithoutItsImagesFindsThemByTheEndOfTheirPath() throws IOException {
        Project project = project("analysis/crops/a.h5", "analysis/crops/b.h5");
        Path away = Files.createDirectories(folder.resolve("away"));
        List<FoundImage> found = ImageSearch.find(project, away, List.of(home));
        assertThat(outcomes(found)).containsOnly(Outcome.MOVED);
        Project relocated = ImageSearch.relocated(project, away, found);
        assertThat(relocated.lanes().get(1).location().file(away)).contains(home.resolve("analysis/crops/b.h5"));
        assertThat(relocated.lanes().get(1).location().dataSet()).contains("img");
    }

    @Test
    void withoutFingerprintsSeveralOfOneNameAreLeftToThePerson() throws IOException {
        Project project = project("crops/a.h5", "crops/b.h5");
        move(home.resolve("crops/a.h5"), home.resolve("one/a.h5"));
        Files.createDirectories(home.resolve("two"));
        Files.writeString(home.resolve("two/a.h5"), "another image");
        List<FoundImage> found = ImageSearch.find(project, home, List.of());
        assertThat(outcomes(found)).containsExactly(Outcome.AMBIGUOUS, Outcome.IN_PLACE);
        assertThat(found.get(0).candidates())
                .containsExactlyInAnyOrder(home.resolve("one/a.h5"), home.resolve("two/a.h5"));
    }

    @Test
    void contentDecidesWhereNamesDoNot() throws IOException {
        Project project = project("crops/a.h5", "crops/b.h5", "crops/c.h5").write(home.resolve("p.ilp"));
        move(home.resolve("crops/a.h5"), home.resolve("one/a.h5"));
        Files.createDirectories(home.resolve("two"));
        Files.writeString(home.resolve("two/a.h5"), "content of crops/X.h5 padded");
        move(home.resolve("crops/b.h5"), home.resolve("two/renamed.h5"));
        Files.delete(home.resolve("crops/c.h5"));
        List<FoundImage> found = ImageSearch.find(Project.read(home.resolve("p.ilp")), home, List.of());
        assertThat(outcomes(found)).containsExactly(Outcome.MOVED, Outcome.MOVED, Outcome.MISSING);
        assertThat(found.get(0).file()).contains(home.resolve("one/a.h5"));
        assertThat(found.get(1).file()).contains(home.resolve("two/renamed.h5"));
    }

    @Test
    void swappedImagesAreTakenForWhatTheyAre() throws IOException {
        Project project = project("crops/a.h5", "crops/b.h5").write(home.resolve("p.ilp"));
        move(home.resolve("crops/a.h5"), home.resolve("crops/t.h5"));
        move(home.resolve("crops/b.h5"), home.resolve("crops/a.h5"));
        move(home.resolve("crops/t.h5"), home.resolve("crops/b.h5"));
        List<FoundImage> found = ImageSearch.find(project, home, List.of());
        assertThat(outcomes(found)).containsExactly(Outcome.MOVED, Outcome.MOVED);
        Project relocated = ImageSearch.relocated(project, home, found);
        assertThat(relocated.lanes().get(0).location().path()).isEqualTo("crops/b.h5/img");
        assertThat(relocated.lanes().get(1).location().path()).isEqualTo("crops/a.h5/img");
    }

    @Test
    void anotherImageUnderTheOldNameIsReported() throws IOException {
        Project project = project("crops/a.h5").write(home.resolve("p.ilp"));
        Files.writeString(home.resolve("crops/a.h5"), "content of crops/Q.h5 padded");
        List<FoundImage> found = ImageSearch.find(project, home, List.of());
        assertThat(outcomes(found)).containsExactly(Outcome.CHANGED);
        Project again = project.write(home.resolve("p.ilp"));
        assertThat(outcomes(ImageSearch.find(again, home, List.of())))
                .as("saving does not make it the labelled one")
                .containsExactly(Outcome.CHANGED);
    }

    @Test
    void noFileIsTakenForTwoImages() throws IOException {
        Project project = project("one/a.h5", "two/a.h5");
        move(home.resolve("one/a.h5"), home.resolve("elsewhere/deep/a.h5"));
        Files.delete(home.resolve("two/a.h5"));
        assertThat(outcomes(ImageSearch.find(project, home, List.of())))
                .containsExactly(Outcome.AMBIGUOUS, Outcome.AMBIGUOUS);
    }

    @Test
    void largeFilesAreToldApartByPieces() throws IOException {
        Path a = folder.resolve("a.bin");
        byte[] megabyte = new byte[1 << 20];
        try (var out = Files.newOutputStream(a)) {
            for (int i = 0; i < 70; i++) {
                megabyte[12] = (byte) i;
                out.write(megabyte);
            }
        }
        Fingerprint before = Fingerprint.of(a);
        assertThat(before.size()).isEqualTo(70L << 20);
        assertThat(before.matches(a)).isTrue();
        try (var file = new java.io.RandomAccessFile(a.toFile(), "rw")) {
            file.seek((35L << 20) + 12);
            file.write(99);
        }
        Fingerprint after = Fingerprint.of(a);
        assertThat(after.size()).isEqualTo(before.size());
        assertThat(after.sha256()).hasSize(64);
    }
}
