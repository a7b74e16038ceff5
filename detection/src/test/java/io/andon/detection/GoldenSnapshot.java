package io.andon.detection;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the golden file of the snapshot codec's current version: run once when a version is made,
 * never again for that version.
 */
final class GoldenSnapshot {
  private GoldenSnapshot() {}

  /**
   * Writes the file.
   *
   * @param args the file to write
   */
  public static void main(String[] args) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(Path.of(args[0])))) {
      out.write(SnapshotTest.goldenState());
    }
  }
}
