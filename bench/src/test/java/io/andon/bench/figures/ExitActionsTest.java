package io.andon.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExitActionsTest {
  private final List<String> done = new ArrayList<>();
  private final ExitActions actions = new ExitActions();

  @Test
  void theLatestIsDoneFirstAndOneThatFailsKeepsNoneFromBeingDone() {
    actions.add(() -> done.add("delete the folder"));
    actions.add(
        () -> {
          throw new IllegalStateException("can't be stopped");
        });
    actions.add(() -> done.add("end what starts it"));
    actions.run();
    assertThat(done).containsExactly("end what starts it", "delete the folder");
  }

  @Test
  void whatWasTakenBackIsLeftToWhoTookItBack() {
    ExitActions.Registration stop = actions.add(() -> done.add("stop"));
    assertThat(stop.withdraw()).isTrue();
    actions.run();
    assertThat(done).isEmpty();
  }

  @Test
  void onceTheProcessEndsNothingIsLeftToAnybodyElse() {
    ExitActions.Registration stop = actions.add(() -> done.add("stop"));
    actions.add(() -> done.add(stop.withdraw() ? "left to others" : "told that it is done here"));
    actions.run();
    assertThat(stop.isLate()).isFalse();
    assertThat(actions.add(() -> done.add("too late")).isLate()).isTrue();
    assertThat(done).containsExactly("told that it is done here", "stop");
  }
}
