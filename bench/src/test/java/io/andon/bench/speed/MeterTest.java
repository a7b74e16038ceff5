package io.andon.bench.speed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class MeterTest {
  @Test
  void whatIsStillStartingIsNotTakenForWhatWaitingCosts() throws Exception {
    CpuLedger.now(); // loads what measuring needs
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(1_500);
    Thread starting =
        new Thread(
            () -> {
              while (System.nanoTime() < end) {
                Thread.onSpinWait();
              }
            },
            "detect");
    starting.start();
    double idleCores = new Meter().calibrate(1);
    starting.join();
    assertThat(idleCores).isLessThan(0.2);
  }
}
