package io.andon.job.archive;

import java.io.Serializable;

/**
 * Where and how often detectors' snapshots are archived, and how long they are kept.
 *
 * @param directory URI of a directory of one of Flink's file systems
 * @param intervalMillis detector's own time between two snapshots of a camera, milliseconds
 * @param retentionMillis how long a snapshot is kept after it was written, milliseconds
 * @param maxPerCamera snapshots of a camera that are kept at most, the newest ones, 1 or more
 */
public record ArchiveSettings(
    String directory, long intervalMillis, long retentionMillis, int maxPerCamera)
    implements Serializable {}
