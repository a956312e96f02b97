package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page's dialogs see: the folders that were named, and the place of the project. */
class FileRoutesTest {

    @TempDir
    private Path scratch;

    private static PageClient.Answer list(PageClient page, Path folder, String part) {
        return page.get("/api/files?path=" + URLEncoder.encode(folder.toString(), StandardCharsets.UTF_8) + "&q="
                + URLEncoder.encode(part, StandardCharsets.UTF_8));
    }

    private static List<String> names(JsonObject listing) {
        return listing.getAsJsonArray("entries").asList().stream()
                .map(JsonElement::getAsJsonObject)
                .map(e -> e.get("name").getAsString())
                .toList();
    }

    private static String json(String name, Object value) {
        return new Gson().toJson(Map.of(name, value));
    }

    @Test
    void aLargeFolderIsSearchedAndInTheOrderOfItsNumbers() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("many")).toRealPath();
        for (int i = 1; i <= 6000; i++) {
            Files.createFile(folder.resolve((i % 2 == 0 ? "img" : "IMG") + i + ".tiff"));
        }
        Files.createDirectory(folder.resolve("zebra"));
        Files.createFile(folder.resolve(".hidden_img7.tiff"));
        Roots roots = new Roots();
        roots.allow(folder);
        FolderListing all = FolderListing.of(folder, "", roots, Long.MAX_VALUE);
        assertThat(all.entries())
                .hasSize(2000)
                .extracting(FolderListing.Entry::name)
                .startsWith("zebra", "IMG1.tiff", "img2.tiff", "IMG3.tiff");
        assertThat(all.entries().get(10).name()).isEqualTo("img10.tiff");
        assertThat(all.total()).isEqualTo(6001);
        assertThat(all.left()).isEqualTo(4001);
        assertThat(all.complete()).isTrue();
        FolderListing some = FolderListing.of(folder, "mG599", roots, Long.MAX_VALUE);
        assertThat(some.entries())
                .hasSize(11)
                .extracting(FolderListing.Entry::name)
                .startsWith("IMG599.tiff", "img5990.tiff");
        assertThat(some.left()).isZero();
        assertThat(FolderListing.of(folder, "", roots, -1).complete())
                .as("no time")
                .isFalse();
    }

    @Test
    void aFolderIsSearchedByItsAddress() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("few")).toRealPath();
        for (String name : new String[] {"a10.tiff", "A2.tiff", "b.txt"}) {
            Files.createFile(folder.resolve(name));
        }
        try (PageClient page = PageClient.of(scratch, Optional.empty())) {
            JsonObject found = list(page, folder, "TIFF").object();
            assertThat(names(found)).containsExactly("A2.tiff", "a10.tiff");
            assertThat(found.get("total").getAsInt()).isEqualTo(3);
            assertThat(found.get("left").getAsInt()).isZero();
            assertThat(found.get("complete").getAsBoolean()).isTrue();
        }
    }

    @Test
    void aFolderThatMayNotBeReadSaysSo() throws IOException {
        Path folder = Files.createDirectory(scratch.resolve("closed"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("-wx------"));
        assumeThat(Files.isReadable(folder)).as("root reads everything").isFalse();
        try (PageClient page = PageClient.of(scratch, Optional.empty())) {
            PageClient.Answer answer = list(page, folder, "");
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.object().get("title").getAsString()).isEqualTo("Folder cannot be read");
        }
    }

    /** The documented command: the project lies beside the folder that was named. */
    @Test
    void thePlaceOfTheProjectIsListedAndSavedTo() throws IOException {
        for (String named : new String[] {"analysis", "analysis/crops"}) {
            Path study = Files.createDirectories(
                            scratch.resolve(named.replace('/', '-')).resolve("study"))
                    .toRealPath();
            Painted.images(study.resolve("analysis/crops"), 1);
            Files.createDirectory(study.resolve("private"));
            Files.writeString(study.resolve("letter.txt"), "private");
            try (PageClient page = PageClient.of(scratch, List.of(), Optional.of(study.resolve(named)))) {
                JsonObject project = page.state().getAsJsonObject("project");
                assertThat(project.get("folder").getAsString()).isEqualTo(study.toString());
                PageClient.Answer listed = list(page, study, "");
                assertThat(listed.status()).as(named).isEqualTo(200);
                assertThat(names(listed.object())).contains("study.ilp").doesNotContain("private", "letter.txt");
                assertThat(page.post("/api/save", json("path", study + "/other"))
                                .status())
                        .isEqualTo(200);
                assertThat(study.resolve("other.ilp")).exists();
                assertThat(page.post("/api/labels/export", json("folder", study.toString()))
                                .status())
                        .isEqualTo(200);
                assertThat(list(page, study.resolve("private"), "").status()).isEqualTo(403);
                assertThat(list(page, study.getParent(), "").status()).isEqualTo(403);
                assertThat(page.post("/api/open", json("path", study + "/letter.txt"))
                                .status())
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void aRecentProjectIsOpenedWhereverItLies() throws IOException {
        Path study = Files.createDirectory(scratch.resolve("study")).toRealPath();
        Path elsewhere = Files.createDirectory(scratch.resolve("elsewhere")).toRealPath();
        Painted.images(study, 1);
        Path project = study.resolve("study.ilp");
        try (PageClient page = PageClient.of(scratch, List.of(), Optional.of(study))) {
            assertThat(page.state().get("project").isJsonNull()).isFalse();
            Files.copy(project, study.resolve("never.ilp"));
        }
        try (PageClient page = PageClient.of(scratch, List.of(elsewhere), Optional.empty())) {
            assertThat(page.post("/api/open", json("path", study + "/never.ilp"))
                            .status())
                    .isEqualTo(403);
            assertThat(page.post("/api/open", json("path", project.toString())).status())
                    .isEqualTo(200);
            assertThat(list(page, study, "").status()).isEqualTo(200);
        }
    }

    @Test
    void linksOutOfTheNamedFoldersAreNotAddedWithTheirFolder() throws IOException {
        Path study = Files.createDirectory(scratch.resolve("study")).toRealPath();
        Path more = Files.createDirectory(study.resolve("more"));
        Painted.images(study, 1);
        Path secret =
                Painted.image(Files.createDirectory(scratch.resolve("secret")).resolve("secret.npy"), 64, 7);
        Painted.image(more.resolve("open.npy"), 64, 8);
        Files.createSymbolicLink(more.resolve("link.npy"), secret);
        try (PageClient page = PageClient.of(scratch, List.of(study), Optional.of(study))) {
            PageClient.Answer added = page.post("/api/images", json("paths", List.of(more.toString())));
            assertThat(added.object().get("added").getAsInt()).isEqualTo(1);
            assertThat(page.state().getAsJsonArray("images").toString()).doesNotContain("link.npy");
        }
    }

    @Test
    void filesThatCannotBeReadAreNamedWhenAFolderIsOpened() throws Exception {
        Path study = scratch.resolve("study");
        Painted.images(study, 2);
        Files.writeString(study.resolve("broken.tiff"), "no image");
        try (PageClient page = PageClient.of(scratch, Optional.of(study));
                PageEvents window = page.listen("window")) {
            JsonObject message = window.next("message");
            assertThat(message.get("level").getAsString()).isEqualTo("alert");
            assertThat(message.get("message").getAsString())
                    .startsWith("1 of 3 files were left out.")
                    .contains("broken.tiff");
        }
    }

    /** What was painted once must not fall on a new project that happens to get the old name. */
    @Test
    void aJournalThatIsLeftKeepsItsName() throws IOException {
        Path study = scratch.resolve("study");
        Painted.images(study, 1);
        Files.writeString(study.resolve("study.ilp.journal"), "of a project that is gone");
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            assertThat(page.state().getAsJsonObject("project").get("name").getAsString())
                    .isEqualTo("study-2.ilp");
        }
        assertThat(study.resolve("study.ilp.journal")).hasContent("of a project that is gone");
    }

    @Test
    void anImageIsReplacedByOneOfAnotherSizeUnlessItWasPaintedOn() throws IOException {
        Path study = scratch.resolve("study");
        Painted.images(study, 1);
        Path other = Painted.image(scratch.resolve("other.npy"), 48, 3);
        Path third = Painted.image(scratch.resolve("third.npy"), 32, 4);
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            String id = page.image(0);
            assertThat(page.send("PATCH", "/api/images/" + id, json("path", other.toString()))
                            .status())
                    .isEqualTo(200);
            JsonObject image = page.state().getAsJsonArray("images").get(0).getAsJsonObject();
            assertThat(image.get("width").getAsInt()).isEqualTo(48);
            assertThat(image.get("error").isJsonNull()).isTrue();
            page.paint(id, 1, 40, 40, 45, 45);
            long painted = page.painted(id);
            assertThat(painted).isPositive();
            PageClient.Answer refused = page.send("PATCH", "/api/images/" + id, json("path", third.toString()));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.object().get("message").getAsString()).contains("32 x 32 instead of 48 x 48");
            assertThat(page.painted(id)).isEqualTo(painted);
            image = page.state().getAsJsonArray("images").get(0).getAsJsonObject();
            assertThat(image.get("file").getAsString()).isEqualTo("other.npy");
        }
    }

    @Test
    void labelImagesAreReplacedOnlyWhenAskedFor() throws IOException {
        Path study = scratch.resolve("study");
        Painted.images(study, 1);
        Path out = Files.createDirectory(scratch.resolve("out"));
        Path there = Files.writeString(out.resolve("0_Labels.tiff"), "of somebody");
        try (PageClient page = PageClient.of(scratch, Optional.of(study))) {
            PageClient.Answer refused = page.post("/api/labels/export", json("folder", out.toString()));
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.object().get("message").getAsString()).contains("0_Labels.tiff");
            assertThat(there).hasContent("of somebody");
            assertThat(page.post(
                                    "/api/labels/export",
                                    new Gson().toJson(Map.of("folder", out.toString(), "replace", true)))
                            .status())
                    .isEqualTo(200);
            assertThat(Files.size(there)).isGreaterThan(100);
        }
    }

    /** The crops of a folder of raw stacks belong beside it. */
    @Test
    void preparingWritesWithinTheNamedFoldersAlone() throws IOException {
        Path study = Files.createDirectories(scratch.resolve("study/analysis/ilastik"))
                .toRealPath();
        Files.writeString(study.resolve("a_ilastik.tiff"), "raw");
        try (PageClient page = PageClient.of(scratch, List.of(), Optional.of(study))) {
            PageClient.Answer refused = page.post("/api/prepare", json("folder", study.toString()));
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.object().get("message").getAsString()).contains("crops");
        }
        try (PageClient page = PageClient.of(scratch, List.of(), Optional.of(study.getParent()))) {
            assertThat(page.post("/api/prepare", json("folder", study.toString()))
                            .status())
                    .isEqualTo(200);
        }
    }
}
