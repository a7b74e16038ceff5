package io.andon.bench.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the truth to the pictures: a camera that shows one anomaly against its twin, same seed and
 * times, that shows none.
 */
class TruthInPicturesTest {
  private static final long SECOND = 1_000_000;
  private static final long STEP = SECOND / 10;
  private static final long ASKED_AT = 4 * SECOND;
  private static final long OVER_BY = 20 * SECOND;
  private static final long SEED = 11;

  /** A part shows its edge this long before its middle is in the picture. */
  private static final long EDGE = 6 * STEP;

  private static SimulatedCamera camera(String name, Consumer<Injection> truth) {
    Scene scene =
        switch (name) {
          case "press" -> new PressScene(SEED);
          case "rack" -> new RackScene(SEED);
          case "assembly" -> new AssemblyScene(SEED, LineSimulation.USUAL_JITTER);
          default -> new ConveyorScene(SEED);
        };
    return new SimulatedCamera(name, scene, SEED, truth);
  }

  static Stream<Arguments> everyAnomaly() {
    // A cycle that is a little slower is seen in no single picture.
    return Stream.of("conveyor", "press", "assembly", "rack")
        .flatMap(
            name ->
                camera(name, truth -> {}).scene().anomalies().stream()
                    .filter(kind -> kind != AnomalyKind.SLOW_CYCLE)
                    .map(kind -> Arguments.of(name, kind)));
  }

  /** Difference of the two cameras' pictures at a time, with the truth known by then. */
  private record Seen(long micros, byte[] odd, byte[] usual, int truthLines) {
    boolean same() {
      return Arrays.equals(odd, usual);
    }

    /** Mean difference of a value inside the box, grey levels. */
    double differenceIn(Box box) {
      long sum = 0;
      for (int y = box.y(); y < box.y() + box.height(); y++) {
        for (int at = 3 * (y * Scene.WIDTH + box.x()), i = 0; i < 3 * box.width(); i++) {
          sum += Math.abs((odd[at + i] & 0xFF) - (usual[at + i] & 0xFF));
        }
      }
      return sum / (3.0 * box.width() * box.height());
    }
  }

  private static void watch(
      SimulatedCamera odd, List<Injection> truth, SimulatedCamera usual, Consumer<Seen> look) {
    byte[] oddRgb = new byte[Scene.WIDTH * Scene.HEIGHT * 3];
    byte[] usualRgb = new byte[oddRgb.length];
    for (long micros = 0; micros < OVER_BY; micros += STEP) {
      odd.render(micros, oddRgb);
      usual.render(micros, usualRgb);
      look.accept(new Seen(micros, oddRgb, usualRgb, truth.size()));
    }
  }

  @ParameterizedTest
  @MethodSource("everyAnomaly")
  void anAnomalyIsSeenInItsBoxFromStartToEndAndAtNoOtherTime(String name, AnomalyKind kind) {
    List<Injection> truth = new ArrayList<>();
    SimulatedCamera odd = camera(name, truth::add);
    odd.plan(new SimulatedCamera.Planned(ASKED_AT, kind, 5));
    List<Long> differs = new ArrayList<>();
    List<Double> inBox = new ArrayList<>();
    watch(
        odd,
        truth,
        camera(name, none -> {}),
        seen -> {
          if (!seen.same()) {
            differs.add(seen.micros());
          }
          if (seen.truthLines() == 1 && seen.micros() - truth.get(0).startMicros() <= SECOND) {
            inBox.add(seen.differenceIn(truth.get(0).box()));
          }
        });

    assertThat(truth).hasSize(2);
    long start = truth.get(0).startMicros();
    long end = truth.get(1).endMicros().orElseThrow();
    assertThat(differs.get(0)).isBetween(start - EDGE, start + EDGE);
    assertThat(differs.stream().filter(at -> at >= start && at < end).count())
        .isGreaterThan((end - start) / STEP - 7);
    // The picture's other pixels are the same, so this is the anomaly alone.
    assertThat(inBox.stream().mapToDouble(d -> d).max().orElseThrow()).isGreaterThan(6);
    boolean inStepAgain =
        kind != AnomalyKind.STOPPED_BELT
            && kind != AnomalyKind.OUT_OF_CYCLE
            && AnomalyKind.AT_A_GLANCE.contains(kind);
    if (inStepAgain) {
      assertThat(differs.get(differs.size() - 1)).isBetween(end - EDGE, end + EDGE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"conveyor", "press"})
  void normalLightDriftsSlowlyAndLittle(String name) {
    SimulatedCamera camera = camera(name, none -> {});
    byte[] rgb = new byte[Scene.WIDTH * Scene.HEIGHT * 3];
    List<Double> brightness = new ArrayList<>();
    for (long micros = 0; micros < 120 * SECOND; micros += SECOND / 2) {
      camera.render(micros, rgb);
      long sum = 0;
      for (byte value : rgb) {
        sum += value & 0xFF;
      }
      brightness.add(sum / (double) rgb.length);
    }
    double darkest = brightness.stream().mapToDouble(b -> b).min().orElseThrow();
    double brightest = brightness.stream().mapToDouble(b -> b).max().orElseThrow();
    assertThat(brightest / darkest).isBetween(1.01, 1.15);
  }
}
