package io.andon.chaos.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The archived baselines of a run: every byte of every snapshot, as digests. */
public final class ArchiveBits {
  private ArchiveBits() {}

  /**
   * Digests by {@code camera/snapshot}.
   *
   * @param archive the job's {@code archive.directory}
   */
  public static Map<String, String> of(Path archive) throws IOException {
    Map<String, String> digests = new TreeMap<>();
    if (!Files.isDirectory(archive)) {
      return digests;
    }
    try (Stream<Path> files = Files.walk(archive)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".andt")).toList()) {
        digests.put(archive.relativize(file).toString(), digest(Files.readAllBytes(file)));
      }
    }
    return digests;
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
