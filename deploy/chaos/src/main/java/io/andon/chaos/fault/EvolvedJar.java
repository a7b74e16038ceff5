package io.andon.chaos.fault;

import io.andon.bench.figures.ScratchFolder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * The job as a later release would have it: the same jar, but for a state envelope that has one
 * version more, reads the one before and writes its own.
 */
public final class EvolvedJar {
  private static final String SOURCE = "StateEnvelope.java.txt";
  private static final String CLASS = "io/andon/job/detect/StateEnvelope.class";

  private EvolvedJar() {}

  /**
   * Makes it.
   *
   * @param jar today's job
   * @param evolved where the later one is put
   */
  public static void of(Path jar, Path evolved) throws IOException {
    try (ScratchFolder work = new ScratchFolder("andon-evolved")) {
      compile(jar, work.path());
      Files.copy(jar, evolved, StandardCopyOption.REPLACE_EXISTING);
      try (FileSystem zip = FileSystems.newFileSystem(evolved)) {
        Files.copy(
            work.path().resolve(CLASS), zip.getPath(CLASS), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void compile(Path jar, Path work) throws IOException {
    Path source = work.resolve("StateEnvelope.java");
    Files.writeString(source, source());
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int status =
        compiler.run(
            null,
            null,
            null,
            List.of("--release", "17", "-cp", "" + jar, "-d", "" + work, "" + source)
                .toArray(new String[0]));
    if (status != 0) {
      throw new IOException("the later state envelope does not compile");
    }
  }

  private static String source() {
    try (InputStream in = EvolvedJar.class.getResourceAsStream(SOURCE)) {
      if (in == null) {
        throw new IllegalStateException(SOURCE + " is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
