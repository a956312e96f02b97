package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.Optional;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A page that is open all day: what went from a list is gone from the document. */
class PageListsTest {

    @RegisterExtension
    private static final Chromium chromium = new Chromium();

    @TempDir
    private Path scratch;

    @Test
    void entriesThatWentLeaveNoNodesBehind() throws Exception {
        try (PageClient client = PageClient.of(scratch, Optional.empty());
                Page page = chromium.browser().newPage()) {
            page.navigate(client.address());
            Object nodes = page.evaluate("async () => {"
                    + " const { html, render, repeat } = await import('/html.js'), list = document.createElement('ul');"
                    + " const show = (first) => { render(html`${repeat([0, 1, 2], (k) => first + k,"
                    + " (k) => html`<li>${first + k}</li>`)}`, list); return list.childNodes.length; };"
                    + " show(0); const before = show(1);"
                    + " for (let first = 2; first < 50; first++) show(7 * first);"
                    + " return [before, show(1), list.textContent]; }");
            assertThat(nodes)
                    .asInstanceOf(InstanceOfAssertFactories.LIST)
                    .satisfies(found -> assertThat(found.get(1)).isEqualTo(found.get(0)))
                    .satisfies(found -> assertThat(found.get(2)).isEqualTo("123"));
        }
    }
}
