package io.andon.job.detect;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.contracts.ClockSource;
import io.andon.detection.DetectorSettings;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.Test;

class StateCheckTest {
  private static final DetectorSettings SETTINGS = DetectorSettings.defaults();

  private final StateCheck check = new StateCheck(SETTINGS);

  @Test
  void takesWhatThisJobWroteAndCamerasWithoutState() {
    check.look("a", stored(encoded("a")));
    check.look("b", null);

    check.requireReadable();
  }

  @Test
  void tellsOfEveryCameraWhatIsWrongAndForbidsAnotherTry() {
    byte[] later = encoded("a");
    later[0] = 9;
    check.look("a", stored(later));
    check.look("b", stored(damaged()));
    check.look("c", stored(encoded("c")));

    assertThatThrownBy(check::requireReadable)
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("camera a: state of a camera has")
        .hasMessageContaining("version 9, this job reads version 1")
        .hasMessageContaining("camera b: snapshot")
        .hasMessageNotContaining("camera c");
  }

  private static byte[] encoded(String camera) {
    return LiveCamera.create(camera, SETTINGS).changes().state();
  }

  private static StoredCamera stored(byte[] state) {
    return new StoredCamera(state, Map.of());
  }

  private static byte[] damaged() {
    byte[] nonsense = "this was never a snapshot".getBytes(StandardCharsets.UTF_8);
    return new StateEnvelope(StateEnvelope.NO_TIMER, ClockSource.SENDER, nonsense).encoded();
  }
}
