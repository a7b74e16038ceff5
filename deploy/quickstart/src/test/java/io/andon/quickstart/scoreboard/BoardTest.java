package io.andon.quickstart.scoreboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.quickstart.screen.CameraRow;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final long SECOND = 1_000_000;

  @Test
  void aCameraWithoutNewFramesDoesNotGoOnAsNormal() {
    Board board = new Board();
    board.scored("press", 0.02, "normal", 80, SECOND);

    assertThat(board.rows(2 * SECOND))
        .containsExactly(new CameraRow("press", 0.2, 0.02, "normal", 80));
    assertThat(board.rows(7 * SECOND)).containsExactly(CameraRow.silent("press"));

    board.scored("press", 0.03, "normal", 90, 8 * SECOND);
    assertThat(board.rows(8 * SECOND))
        .containsExactly(new CameraRow("press", 0.2, 0.03, "normal", 90));
  }
}
