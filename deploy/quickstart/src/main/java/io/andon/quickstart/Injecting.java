package io.andon.quickstart;

import io.andon.quickstart.process.ChildProcess;
import io.andon.quickstart.process.Supervisor;
import io.andon.quickstart.scoreboard.Board;
import io.andon.quickstart.screen.Screen;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** Tells the simulation when to inject: after warm-up, round after round until the end. */
final class Injecting {
  private final Board board;
  private final Screen screen;
  private final int cameras;
  private Optional<Schedule> schedule = Optional.empty();
  private boolean sent;

  Injecting(Board board, Screen screen, int cameras) {
    this.board = board;
    this.screen = screen;
    this.cameras = cameras;
  }

  /** Whether warm-up is over. */
  synchronized boolean hasBegun() {
    return schedule.isPresent();
  }

  /** The simulation has forgotten its schedule. */
  synchronized void simulatorRestarted() {
    sent = false;
  }

  /**
   * Called a few times a second.
   *
   * @param end when the run stops; empty if nobody said
   */
  synchronized void step(
      Supervisor supervisor, Optional<Instant> firstScore, Optional<Instant> end, Instant now) {
    if (firstScore.isEmpty() || !due(firstScore.get(), end, now)) {
      return;
    }
    if (schedule.isEmpty() && !board.warmedUp(cameras)) {
      screen.event("not every camera has warmed up; injecting nevertheless");
    }
    Schedule next = Schedule.next(now, end);
    sent = supervisor.child(Parts.SIMULATOR).filter(child -> send(child, next)).isPresent();
    schedule = sent ? Optional.of(next) : schedule;
  }

  private boolean due(Instant firstScore, Optional<Instant> end, Instant now) {
    if (schedule.isEmpty()) {
      return board.warmedUp(cameras) || now.isAfter(firstScore.plus(Schedule.MAX_WARM_UP));
    }
    boolean roundIsOver = now.isAfter(schedule.get().until());
    return end.isEmpty() ? roundIsOver || !sent : !sent && !roundIsOver;
  }

  private boolean send(ChildProcess simulator, Schedule next) {
    try {
      simulator.send(next.command());
      screen.event("injecting %d anomalies from now on".formatted(next.count()));
      return true;
    } catch (IOException ended) {
      return false; // It is being restarted; the next step tries again.
    }
  }
}
