package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.embedding.model.ModelStore;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequirementsTest {
  @Test
  void aMissingModelAndABusyPortAreToldWithWhatToDo(@TempDir Path empty) throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(
              Requirements.missing(new ModelStore(empty), "no-such-model", busy.getLocalPort(), 1))
          .anySatisfy(problem -> assertThat(problem).contains("no-such-model", "make model"))
          .anySatisfy(
              problem -> assertThat(problem).contains("port " + busy.getLocalPort(), "--port"));
    }
  }

  @Test
  void tooLittleMemoryIsTold() {
    assertThat(Requirements.memory(Requirements.FREE_MIB - 1, Requirements.HEAP_MIB - 1))
        .hasSize(2)
        .allSatisfy(problem -> assertThat(problem).contains("are needed", "To do"));
    assertThat(Requirements.memory(Requirements.FREE_MIB, Requirements.HEAP_MIB)).isEmpty();
  }

  @Test
  void aHeapTooSmallForSoManyCamerasIsTold() {
    assertThat(Requirements.heapFor(1_000, 1_024))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("1000 cameras", "HEAP="));
    assertThat(Requirements.heapFor(10, 1_024)).isEmpty();
  }

  @Test
  void tooLittleMemoryOfTheMachineForSoManyCamerasIsTold() {
    long needed = Requirements.FREE_MIB + 1_000 * Requirements.HEAP_MIB_A_CAMERA;
    assertThat(Requirements.freeFor(1_000, needed - 1))
        .singleElement()
        .satisfies(problem -> assertThat(problem).contains("1000 cameras", "--cameras"));
    assertThat(Requirements.freeFor(1_000, needed)).isEmpty();
  }
}
