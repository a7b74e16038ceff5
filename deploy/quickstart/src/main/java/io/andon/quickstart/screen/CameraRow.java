package io.andon.quickstart.screen;

/**
 * What the table shows of one camera.
 *
 * @param camera camera id
 * @param framesPerSecond scored frames a second, over the last seconds
 * @param score newest score; 1 is the alarm level
 * @param state newest state, as the scores name it
 * @param latencyMillis newest latency from capture to the score's record
 */
public record CameraRow(
    String camera, double framesPerSecond, double score, String state, double latencyMillis) {
  private static final String NO_FRAMES = "no frames";

  /** A camera of which nothing was scored for seconds, so that nobody knows how it is. */
  public static CameraRow silent(String camera) {
    return new CameraRow(camera, 0, Double.NaN, NO_FRAMES, Double.NaN);
  }

  /** Whether there is no score to show. */
  boolean isSilent() {
    return Double.isNaN(score);
  }
}
