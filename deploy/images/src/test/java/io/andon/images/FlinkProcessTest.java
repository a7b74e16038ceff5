package io.andon.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the Flink image's start script hands on, without Flink. */
class FlinkProcessTest {
  @Test
  void passwordsInTheEnvironmentAreReadAsUtf8(@TempDir Path folder) throws Exception {
    Layout image = new Layout(folder);
    Path script = image.opt("andon/bin/flink-process");
    Files.createDirectories(script.getParent());
    Files.copy(Path.of("root/opt/andon/bin/flink-process"), script);
    Path flink = image.opt("flink/bin/flink");
    Files.createDirectories(flink.getParent());
    Files.writeString(flink, "#!/usr/bin/env bash\necho \"$* under $LC_ALL\"\n");
    Files.setPosixFilePermissions(flink, PosixFilePermissions.fromString("rwxr-xr-x"));

    try (Started process =
        Started.of(
            folder.resolve("log"),
            Map.of("LC_ALL", "C"),
            image.program("flink-process", "flink", "list"))) {
      assertThat(process.status()).isZero();
      assertThat(process.output()).isEqualToIgnoringNewLines("list under C.UTF-8");
    }
  }
}
