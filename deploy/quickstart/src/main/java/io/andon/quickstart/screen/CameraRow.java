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
    String camera, double framesPerSecond, double score, String state, double latencyMillis) {}
