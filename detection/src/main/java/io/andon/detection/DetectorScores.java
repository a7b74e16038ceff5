package io.andon.detection;

/**
 * What each channel said of the last frame, for diagnosis and tuning. A channel that had nothing to
 * say (no movement can be computed across a gap; warm-up) has raw score NaN, score 0 and p 1.
 *
 * @param appearance mean appearance distance of the hottest cells
 * @param motion mean of appearance distance times movement of the hottest cells
 * @param activity how far movement is outside its usual band, by squares
 * @param scene distance of the pooled vector to the nearest normal one
 * @param cycle how far the picture is from what is normal at this phase of the machine's cycle
 * @param evidence accumulated evidence, 1 opens an incident
 */
public record DetectorScores(
    ChannelScore appearance,
    ChannelScore motion,
    ChannelScore activity,
    ChannelScore scene,
    ChannelScore cycle,
    double evidence) {

  /**
   * One channel.
   *
   * @param raw score in the channel's own unit, 0 or more; NaN if there is none
   * @param score calibrated: 0 is the median of normal block maxima, 1 the alarm level
   * @param pValue share of normal blocks expected to reach the raw score, 0..1
   */
  public record ChannelScore(double raw, double score, double pValue) {
    static final ChannelScore NONE = new ChannelScore(Double.NaN, 0, 1);
  }

  static final DetectorScores NONE =
      new DetectorScores(
          ChannelScore.NONE,
          ChannelScore.NONE,
          ChannelScore.NONE,
          ChannelScore.NONE,
          ChannelScore.NONE,
          0);
}
