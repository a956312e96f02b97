package org.pixelforest.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private final Access access = new Access("0123456789abcdef", Set.of("127.0.0.1:8080", "localhost:8080"));

    @Test
    void thePageItselfIsServed() {
        assertThat(access.checkSender("127.0.0.1:8080", null)).isEmpty();
        assertThat(access.checkSender("LocalHost:8080", "http://localhost:8080"))
                .isEmpty();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "evil.example:8080", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8080.evil.example"})
    void anotherHostIsRefused(String host) {
        assertThat(access.checkSender(host, null))
                .hasValueSatisfying(r -> assertThat(r.status()).isEqualTo(421));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "", "http://evil.example", "https://127.0.0.1:8080", "http://127.0.0.1:81", "not a uri"})
    void anotherOriginIsRefused(String origin) {
        assertThat(access.checkSender("127.0.0.1:8080", origin))
                .hasValueSatisfying(r -> assertThat(r.status()).isEqualTo(403));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0123456789abcdee", "0123456789abcdef "})
    void aWrongTokenIsRefused(String token) {
        assertThat(access.checkToken(token))
                .hasValueSatisfying(r -> assertThat(r.status()).isEqualTo(401));
        assertThat(access.checkToken("0123456789abcdef")).isEmpty();
    }

    @Test
    void aRefusalShowsNoControlCharacters() {
        String reason =
                access.checkSender("a\r\nb\u001b[31m", null).orElseThrow().reason();
        assertThat(reason).doesNotContain("\n", "\r", "\u001b");
    }

    @Test
    void tokensDifferAndAreLong() {
        assertThat(Access.newToken()).hasSize(22).isNotEqualTo(Access.newToken());
        assertThatThrownBy(() -> new Access("short", Set.of())).hasMessageContaining("at least 16");
    }
}
