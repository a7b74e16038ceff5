package io.andon.quickstart.job;

import java.nio.file.Path;

/** A local folder as Flink wants it named. */
public final class FlinkFolder {
  private FlinkFolder() {}

  /**
   * The folder with its scheme. Not {@link Path#toUri}: Flink takes what stands in a path as it is,
   * and would make another folder of an escaped blank or umlaut.
   */
  public static String of(Path folder) {
    return "file://" + folder.toAbsolutePath().normalize();
  }
}
