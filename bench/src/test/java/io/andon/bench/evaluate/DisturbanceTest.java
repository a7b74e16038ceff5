package io.andon.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.andon.bench.evaluate.data.DataProblem;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisturbanceTest {
  @Test
  void wordsAreReadEachOnce() throws DataProblem {
    assertThat(Disturbance.of(List.of())).isEmpty();
    assertThat(Disturbance.of(List.of("middle", "shake", "shake")))
        .containsExactly(Disturbance.SHAKE, Disturbance.MIDDLE);
  }

  @Test
  void allIsEachButNone() throws DataProblem {
    assertThat(Disturbance.of(List.of("half", "all")))
        .extracting(Disturbance::word)
        .containsExactly("shake", "noise", "dim", "half", "left", "right", "middle");
  }

  @Test
  void anUnknownWordIsNamedWithWhatIsAllowed() {
    for (String word : List.of("blur", "none", "")) {
      assertThatThrownBy(() -> Disturbance.of(List.of("shake", word)))
          .isInstanceOf(DataProblem.class)
          .hasMessage(
              "--disturb is "
                  + word
                  + ", allowed: shake, noise, dim, half, left, right, middle, all");
    }
  }

  @Test
  void theTableNamesTheDisturbance() {
    Figures figures = new Figures("yard", null);
    assertThat(figures.title()).isEqualTo("yard").isEqualTo(Disturbance.NONE.titled("yard"));
    figures.put("disturbance", "shake");
    figures.put("skipped", ViewLabels.NO_MASKS);
    assertThat(figures.title()).isEqualTo(Disturbance.SHAKE.titled("yard"));
    assertThat(ReportTable.of(List.of(figures)))
        .contains("| yard shake | all   | " + ViewLabels.NO_MASKS)
        .doesNotContain("NaN");
  }
}
