package io.andon.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoFramesTest {
  @Test
  void aCameraThatRefusesThePasswordIsNamedWithWhereToGiveIt() {
    assertThat(because(Fault.UNAUTHORIZED, "Unauthorized (401)"))
        .startsWith(": my-camera is unauthorized; ")
        .contains("CAMERA_USER", "ANDON_CAMERA_PASSWORD");
  }

  @Test
  void aCameraThatIsNotThereIsNamedWithWhatTheConnectionMet() {
    assertThat(because(Fault.UNREACHABLE, "Connection refused"))
        .startsWith(": my-camera is unreachable, 'Connection refused'; ")
        .contains("host, port and path");
  }

  @Test
  void withoutAFaultNothingIsSaid() {
    assertThat(NoFrames.because(List.of())).isEmpty();
  }

  private static String because(Fault fault, String detail) {
    return NoFrames.because(
        List.of(
            new HealthEvent("my-camera", fault, true, HealthEvent.Source.INGEST, 1, null, detail)));
  }
}
