package io.andon.chaos.security;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretSearchTest {
  private static final String WORD = "a-canary-of-some-length";

  @TempDir private Path folder;

  @Test
  void findsAWordInEveryEncodingAndNowhereElse() throws Exception {
    SecretSearch search = new SecretSearch();
    search.add("plain", "1", ("x" + WORD + "y").getBytes(UTF_8));
    search.add("wide", "2", ("x" + WORD).getBytes(UTF_16LE));
    for (int before = 0; before < 3; before++) {
      String text = "-".repeat(before) + WORD + "---";
      search.add("base64-" + before, "3", Base64.getEncoder().encode(text.getBytes(UTF_8)));
    }
    search.add("none", "4", "a-canary-of-another-length".getBytes(UTF_8));
    Path file = Files.writeString(folder.resolve("file"), WORD);
    Path known = Files.writeString(folder.resolve("known"), WORD);
    search.addFiles("files", folder, Set.of(known));

    assertThat(search.placesOf(WORD))
        .containsExactly("base64-0", "base64-1", "base64-2", "files", "plain", "wide");
    assertThat(search.whereIs(WORD)).contains(file.toString()).doesNotContain(known.toString());
    assertThat(search.places()).contains("none");
  }
}
