package io.andon.bench.speed;

import java.util.List;

/**
 * How much is measured. Rounds go over all contenders in turn, so that what else the machine does
 * meets all of them; a figure is the median of its rounds.
 *
 * @param rounds rounds
 * @param warmUpFrames frames of each contender before the first round, at least: it goes on until
 *     the compiler has hardly anything left to do
 * @param roundFrames frames a contender and round
 * @param limitSeconds seconds a limit and round
 * @param latencySeconds seconds of each open-loop run
 * @param loads shares of limit (b) that the job's latency is measured at
 * @param peersToo whether the peers' latency at half load is measured too
 */
record BenchPlan(
    int rounds,
    int warmUpFrames,
    int roundFrames,
    double limitSeconds,
    int latencySeconds,
    List<Double> loads,
    boolean peersToo) {
  static final BenchPlan FULL =
      new BenchPlan(10, 400, 300, 3, 20, List.of(0.25, 0.5, 0.8, 0.95), true);
  static final BenchPlan QUICK = new BenchPlan(4, 300, 200, 2, 10, List.of(0.5), false);
}
