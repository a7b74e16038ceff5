package io.andon.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.andon.contracts.HealthEvent;
import io.andon.contracts.HealthEvent.Fault;
import io.andon.ingest.camera.StopReason;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CameraFaultsTest {
  private static final Set<Fault> ALL =
      EnumSet.of(
          Fault.UNREACHABLE,
          Fault.UNAUTHORIZED,
          Fault.STALLED,
          Fault.UNDECODABLE,
          Fault.CLOCK_DISTRUSTED);

  /** What a consumer holds for open that saw a process before this one die. */
  private final Set<Fault> open = EnumSet.copyOf(ALL);

  private final CameraFaults faults = new CameraFaults("press-1");

  @Test
  void theFirstFrameEndsWhateverAProcessBeforeMayHaveLeftOpen() {
    List<HealthEvent> news = faults.up(7);

    follow(news);
    assertThat(open).isEmpty();
    assertThat(news)
        .extracting(HealthEvent::camera, HealthEvent::source, HealthEvent::atMicros)
        .containsOnly(tuple("press-1", HealthEvent.Source.INGEST, 7L));
    assertThat(faults.up(8)).as("it is told once").isEmpty();
  }

  @Test
  void aFirstFailureBeginsItsOwnFaultAndEndsAllOthers() {
    follow(faults.down(StopReason.UNAUTHORIZED, "401", 1));

    assertThat(open).containsExactly(Fault.UNAUTHORIZED);
  }

  @Test
  void aReasonThatChangesIsToldBeforeTheEndOfTheOneBefore() {
    faults.up(1);
    follow(faults.down(StopReason.STALL, "no frame for 5000 ms", 2));
    List<HealthEvent> news = faults.down(StopReason.UNAUTHORIZED, "401", 3);

    assertThat(news)
        .extracting(HealthEvent::fault, HealthEvent::active, HealthEvent::detail)
        .containsExactly(
            tuple(Fault.UNAUTHORIZED, true, "401"),
            tuple(Fault.STALLED, false, "now unauthorized"));
  }

  @Test
  void reasonsOfOneFaultAreToldOnce() {
    assertThat(faults.down(StopReason.END_OF_STREAM, "ended", 1)).isNotEmpty();
    assertThat(faults.down(StopReason.UNREACHABLE, "refused", 2)).isEmpty();
  }

  @Test
  void whateverHappensOneFaultIsOpenWhileACameraIsDownAndNoneWhileItIsUp() {
    List<StopReason> reasons = List.of(StopReason.values());
    Random random = new Random(42);
    for (int i = 0; i < 1_000; i++) {
      follow(faults.down(reasons.get(random.nextInt(reasons.size())), "", 1));
      assertThat(open).hasSize(1);
      if (random.nextInt(3) == 0) {
        follow(faults.up(1));
        assertThat(open).isEmpty();
      }
    }
    follow(faults.up(1));
    assertThat(open).isEmpty();
  }

  @Test
  void aClockThatIsNotBelievedIsToldOnceHoweverOftenTheCameraIsConnectedTo() {
    follow(faults.up(1));
    List<HealthEvent> begin = faults.clock(true, 2);
    assertThat(begin)
        .extracting(HealthEvent::fault, HealthEvent::active)
        .containsExactly(tuple(Fault.CLOCK_DISTRUSTED, true));
    follow(begin);
    follow(faults.clock(true, 3));
    follow(faults.down(StopReason.STALL, "", 4));
    assertThat(open).containsExactlyInAnyOrder(Fault.STALLED, Fault.CLOCK_DISTRUSTED);
    follow(faults.up(5));
    assertThat(open).containsExactly(Fault.CLOCK_DISTRUSTED);
    assertThat(faults.clock(true, 6)).isEmpty();

    follow(faults.clock(false, 7));
    assertThat(open).isEmpty();
    assertThat(faults.clock(false, 8)).isEmpty();
  }

  private void follow(List<HealthEvent> news) {
    for (HealthEvent event : news) {
      if (event.active()) {
        open.add(event.fault());
      } else {
        open.remove(event.fault());
      }
    }
  }
}
