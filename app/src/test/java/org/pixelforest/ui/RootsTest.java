package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootsTest {

    @TempDir
    Path folder;

    private Path named;
    private final Roots roots = new Roots();

    @BeforeEach
    void twoFolders() throws IOException {
        named = Files.createDirectories(folder.resolve("named")).toRealPath();
        Files.createDirectories(folder.resolve("named2"));
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.writeString(folder.resolve("named2/other.txt"), "other");
        Files.writeString(named.resolve("image.h5"), "image");
        roots.allow(named);
    }

    @Test
    void filesBelowANamedFolderAreFound() {
        assertThat(roots.existing(named + "/image.h5")).isEqualTo(named.resolve("image.h5"));
        assertThat(roots.existing(named + "/../named/image.h5")).isEqualTo(named.resolve("image.h5"));
        assertThat(roots.target(named + "/new.ilp")).isEqualTo(named.resolve("new.ilp"));
    }

    @Test
    void resultsAreWrittenBelowNamedFoldersAlone() throws IOException {
        Files.createDirectories(folder.resolve("named2/deep"));
        Files.createSymbolicLink(named.resolve("out"), folder.resolve("named2/deep"));
        assertThat(roots.allowsNew(named.resolve("new.tiff"))).isTrue();
        assertThat(roots.allowsNew(named.resolve("not/there/yet/new.tiff"))).isTrue();
        assertThat(roots.allowsNew(named.resolve("../new.tiff"))).isFalse();
        assertThat(roots.allowsNew(named.resolve("not/../../new.tiff"))).isFalse();
        assertThat(roots.allowsNew(named.resolve("out/new.tiff"))).isFalse();
        assertThat(roots.allowsNew(named.resolve("out/../new.tiff"))).isFalse();
        assertThat(roots.allowsNew(folder.resolve("named2/new.tiff"))).isFalse();
    }

    @Test
    void everythingElseIsRefused() throws IOException {
        Files.createSymbolicLink(named.resolve("link"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(named.resolve("out"), folder.resolve("named2"));
        for (String path : new String[] {
            named + "/../secret.txt",
            named + "/link",
            named + "/out/other.txt",
            folder + "/named2/other.txt",
            folder + "/does-not-exist",
            "/",
            "secret.txt"
        }) {
            assertThatThrownBy(() -> roots.existing(path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.status()).isEqualTo(403));
        }
        for (String path : new String[] {named + "/../new.ilp", named + "/out/new.ilp", "/new.ilp"}) {
            assertThatThrownBy(() -> roots.target(path)).as(path).isInstanceOfSatisfying(Problem.class, p -> assertThat(
                            p.status())
                    .isEqualTo(403));
        }
    }

    @Test
    void aMissingFileIsMissing() {
        assertThatThrownBy(() -> roots.existing(named + "/no.h5"))
                .isInstanceOfSatisfying(
                        Problem.class, p -> assertThat(p.status()).isEqualTo(404));
        assertThatThrownBy(() -> roots.existing("a\0b")).isInstanceOf(Problem.class);
    }

    @Test
    void ofAFolderOfProjectsNothingElseIsSeen() throws IOException {
        Path study = folder.toRealPath();
        Files.writeString(study.resolve("study.ilp"), "project");
        roots.allowProjects(study);
        assertThat(roots.list()).extracting(Roots.Root::path).containsExactly(named.toString(), study.toString());
        assertThat(roots.existing(study.toString())).isEqualTo(study);
        assertThat(roots.existing(study + "/study.ilp")).isEqualTo(study.resolve("study.ilp"));
        assertThat(roots.target(study + "/other.ilp")).isEqualTo(study.resolve("other.ilp"));
        Files.createSymbolicLink(study.resolve("link.ilp"), study.resolve("secret.txt"));
        for (String path : new String[] {"/secret.txt", "/named2", "/named2/other.txt", "/link.ilp"}) {
            assertThatThrownBy(() -> roots.existing(study + path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.status()).isEqualTo(403));
        }
        assertThatThrownBy(() -> roots.target(study + "/new.tiff")).isInstanceOf(Problem.class);
        assertThat(roots.allowsNew(study.resolve("new.tiff"))).isFalse();
        assertThat(FolderListing.of(study, "", roots).entries())
                .extracting(FolderListing.Entry::name)
                .containsExactly("named", "study.ilp");
    }

    /** Who saves over a link writes what it leads to. */
    @Test
    void aLinkInThePlaceOfATargetMustStayInside() throws IOException {
        Files.createSymbolicLink(named.resolve("out.ilp"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(named.resolve("nowhere.ilp"), folder.resolve("named2/new.ilp"));
        Files.createSymbolicLink(named.resolve("in.ilp"), named.resolve("image.h5"));
        for (String path : new String[] {"/out.ilp", "/nowhere.ilp"}) {
            assertThatThrownBy(() -> roots.target(named + path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            Problem.class, p -> assertThat(p.status()).isEqualTo(403));
        }
        assertThat(roots.target(named + "/in.ilp")).isEqualTo(named.resolve("in.ilp"));
    }
}
