package org.pixelforest.ui;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Keys, focus and double clicks in the dialogs of the page, in a browser. */
class PageDialogsTest {

    private static final double PATIENCE = 60_000;

    @TempDir
    private Path temp;

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @Test
    void dialogsAnswerToKeysAndTakeEveryClickForWhatItMet() throws Exception {
        Path study = Study.withCrops(temp.toRealPath(), 2);
        PageServer.Options options = PageServer.Options.local()
                .withFolders(List.of(study))
                .withRecent(temp.resolve("recent.json"))
                .opening(study);
        try (PageServer server = PageServer.start(options, "test");
                Page page = chromium.browser().newPage()) {
            page.setDefaultTimeout(PATIENCE);
            page.navigate(server.address());
            button(page, "Input Data").waitFor();
            doubleClickOnAFolderAddsNothing(page);
            theNewestFolderIsShown(page);
            alertsAreInsideTheDialog(page);
            saveAsTakesItsNameFromTheKeyboard(page, study);
            renamingWithKeys(page);
        }
    }

    private static void doubleClickOnAFolderAddsNothing(Page page) {
        List<Request> added = new ArrayList<>();
        page.onRequest(request -> {
            if (request.method().equals("POST") && request.url().endsWith("/api/images")) {
                added.add(request);
            }
        });
        button(page, "Input Data").click();
        button(page, "Add New…").click();
        assertThat(page.getByRole(AriaRole.MENUITEM, named("3D/4D Volume from Sequence…")))
                .isDisabled();
        assertThat(page.getByRole(AriaRole.MENUITEM, named("Multiscale Dataset…")))
                .isDisabled();
        page.getByRole(AriaRole.MENUITEM, named("Separate Image(s)…")).click();
        assertThat(page.getByLabel("Filter")).isFocused();
        entry(page, "analysis").dblclick();
        entry(page, "crops").waitFor();
        entry(page, "crops").dblclick();
        page.getByRole(AriaRole.LISTBOX, named("Files"))
                .getByRole(AriaRole.OPTION)
                .nth(1)
                .waitFor();
        assertThat(page.locator("dialog [aria-selected=true]")).hasCount(0);
        assertThat(added).isEmpty();
    }

    /** The folder above answers late, after the one that was asked for last. */
    private static void theNewestFolderIsShown(Page page) {
        List<Route> held = new ArrayList<>();
        page.route("**/api/files*", route -> {
            if (held.isEmpty()) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        button(page, "Up").click();
        page.waitForCondition(() -> !held.isEmpty());
        assertThat(page.locator("dialog").getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName("Close")))
                .isEnabled();
        page.locator("dialog .roots button").first().click();
        entry(page, "analysis").waitFor();
        held.get(0).resume();
        page.waitForTimeout(200);
        assertThat(entry(page, "analysis")).isVisible();
        page.unroute("**/api/files*");
        page.getByLabel("Filter").fill("nothing is called this");
        assertThat(page.getByText("Nothing here is called that.")).isVisible();
        page.keyboard().press("Escape");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
    }

    private static void alertsAreInsideTheDialog(Page page) {
        page.route(
                "**/api/images",
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(409)
                        .setBody("{\"title\": \"Panel differs\", \"message\": \"It has 9 channels.\"}")));
        button(page, "Add New…").click();
        page.getByRole(AriaRole.MENUITEM, named("Folder…")).click();
        button(page, "Add this folder").click();
        Locator alert = page.locator("dialog").getByRole(AriaRole.ALERT);
        assertThat(alert).containsText("Panel differs");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("Panel differs");
        button(page, "Close message").click();
    }

    private static void saveAsTakesItsNameFromTheKeyboard(Page page, Path study) {
        page.locator(".project-name").click();
        page.getByRole(AriaRole.MENUITEM, named("Save as…")).click();
        assertThat(page.getByLabel("File name")).isFocused();
        entry(page, "analysis").waitFor();
        page.getByLabel("File name").fill("first");
        // As a quick hand does it: the last letter and Enter within one frame.
        page.getByLabel("File name")
                .evaluate(
                        "input => {" //
                                + " input.value = 'second';"
                                + " input.dispatchEvent(new Event('input', { bubbles: true }));"
                                + " input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));"
                                + " }");
        assertThat(page.locator(".project-name")).containsText("second.ilp");
        assertThat(study.resolve("second.ilp")).exists();
    }

    private static void renamingWithKeys(Page page) {
        List<Request> renamed = new ArrayList<>();
        page.onRequest(request -> {
            if (request.method().equals("PATCH")) {
                renamed.add(request);
            }
        });
        button(page, "Training").click();
        Locator labels = page.getByRole(AriaRole.LISTBOX, named("Labels"));
        labels.getByRole(AriaRole.OPTION).nth(1).dblclick();
        page.getByLabel("Name of ").fill("not this");
        page.keyboard().press("Escape");
        assertThat(labels.getByRole(AriaRole.OPTION).nth(1)).isFocused();
        labels.getByRole(AriaRole.OPTION).nth(1).dblclick();
        page.getByLabel("Name of ").fill("membrane");
        page.keyboard().press("Enter");
        Locator membrane = labels.getByRole(
                AriaRole.OPTION,
                new Locator.GetByRoleOptions().setName("membrane").setExact(true));
        assertThat(membrane).isFocused();
        assertThat(renamed).hasSize(1);
    }

    private static Locator entry(Page page, String name) {
        return page.getByRole(AriaRole.LISTBOX, named("Files"))
                .getByRole(
                        AriaRole.OPTION,
                        new Locator.GetByRoleOptions().setName(name).setExact(true));
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, named(name));
    }

    private static Page.GetByRoleOptions named(String name) {
        return new Page.GetByRoleOptions().setName(name).setExact(true);
    }
}
