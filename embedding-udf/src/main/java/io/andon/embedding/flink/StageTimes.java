package io.andon.embedding.flink;

/**
 * Wall clock of the stages a frame went through, microseconds since the epoch. For latency figures
 * only: no decision depends on it.
 *
 * @param fetchedMicros read from the log
 * @param decodedMicros decoded
 * @param embeddedMicros embedded
 */
public record StageTimes(long fetchedMicros, long decodedMicros, long embeddedMicros) {}
