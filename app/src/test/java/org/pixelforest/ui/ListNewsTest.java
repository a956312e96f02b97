package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** However often records change, pages are told once, and of no others. */
class ListNewsTest {

    private static final Set<String> WHOLE = Set.of("the whole list");

    @Test
    void changesThatComeTogetherAreOneMessage() throws InterruptedException {
        BlockingQueue<Set<String>> told = new LinkedBlockingQueue<>();
        CountDownLatch changed = new CountDownLatch(1);
        try (ListNews news = new ListNews("news", new ListNews.Teller() {
            @Override
            public void whole() {
                told.add(WHOLE);
            }

            @Override
            public void changed(Set<String> ids) {
                told.add(ids);
                try {
                    changed.await(30, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        })) {
            news.changed("first");
            assertThat(told.poll(30, TimeUnit.SECONDS)).containsExactly("first");
            // While one message is on its way, others wait.
            for (int i = 0; i < 1000; i++) {
                news.changed("a");
                news.changed("b");
            }
            changed.countDown();
            assertThat(told.poll(30, TimeUnit.SECONDS)).containsExactly("a", "b");
            news.changed("c");
            news.whole();
            Set<String> next = told.poll(30, TimeUnit.SECONDS);
            if (next.equals(Set.of("c"))) {
                next = told.poll(30, TimeUnit.SECONDS);
            }
            assertThat(next).isEqualTo(WHOLE);
        }
        assertThat(told).isEmpty();
    }
}
