package io.andon.bench.evaluate;

import static io.andon.bench.evaluate.Passes.tested;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestPartTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final Progress progress =
      new Progress(new PrintStream(said, true, StandardCharsets.UTF_8), () -> 0);
  private final Figures figures = new Figures("yard", null);

  @Test
  void aDetectorThatNeverWarmedUpIsNoCoinToss() {
    TestPart cold = new TestPart(List.of(tested(0, false, false), tested(0, true, false)));
    assertThat(cold.auroc()).as("not 0.5").isNaN();
    assertThat(cold.tell(figures, progress)).isFalse();
    assertThat(figures.get("test_frames_in_warm_up")).isEqualTo(2);
    assertThat(figures.get("skipped")).isEqualTo("the detector did not end its warm-up");
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("yard: 2 of 2 test frames met a detector still warming up");
  }

  @Test
  void aFrameInWarmUpIsToldAndCounts() {
    TestPart part =
        new TestPart(
            List.of(tested(0, true, false), tested(1, false, true), tested(2, true, true)));
    assertThat(part.auroc()).isEqualTo(0.5);
    assertThat(part.tell(figures, progress)).isTrue();
    assertThat(figures.get("test_frames_in_warm_up")).isEqualTo(1);
    assertThat(figures.get("skipped")).isNull();
  }

  @Test
  void oneClassAloneHasNoArea() {
    TestPart normal = new TestPart(List.of(tested(0, false, true), tested(1, false, true)));
    assertThat(normal.auroc()).isNaN();
    assertThat(normal.emptiness()).contains("only one class is left");
    assertThat(normal.tell(figures, progress)).as("false alarms can be told").isTrue();
    assertThat(new TestPart(List.of()).emptiness()).contains("only one class is left");
  }

  @Test
  void aWarmDetectorIsMeasuredWithoutAWord() {
    TestPart part = new TestPart(List.of(tested(0, false, true), tested(1, true, true)));
    assertThat(part.auroc()).isEqualTo(1);
    assertThat(part.tell(figures, progress)).isTrue();
    assertThat(figures.get("test_frames_in_warm_up")).isEqualTo(0);
    assertThat(said.size()).isZero();
  }
}
