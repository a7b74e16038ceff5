package io.andon.bench.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a reel by all that its observations depend on: files, embedding space, size, rate. */
final class ReelKey {
  private final MessageDigest digest;

  ReelKey() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  ReelKey with(Object value) {
    digest.update((value + "\n").getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Adds a file by its name and size. */
  ReelKey with(String name, Path file) throws IOException {
    return with(name).with(Files.size(file));
  }

  /** 64 bits in hexadecimal; the key can't be used again. */
  String hex() {
    return HexFormat.of().formatHex(digest.digest(), 0, 8);
  }
}
