package io.andon.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ScratchFolderTest {
  @Test
  void isGoneAtTheEndAlthoughSomebodyStillWrites() throws Exception {
    try (ScratchFolder folder = new ScratchFolder("andon-scratch-test")) {
      CountDownLatch written = new CountDownLatch(1);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(500);
      Thread writer =
          new Thread(
              () -> {
                while (System.nanoTime() < end) {
                  write(folder.path().resolve("checkpoints/chk-5"));
                  written.countDown();
                }
              });
      writer.start();
      written.await();
      folder.deleteAtExit();
      writer.join();
      assertThat(folder.path()).doesNotExist();
    }
  }

  private static void write(Path folder) {
    try {
      Files.writeString(Files.createDirectories(folder).resolve("metadata"), "state");
    } catch (IOException deletedMeanwhile) {
      // the next one is written
    }
  }
}
