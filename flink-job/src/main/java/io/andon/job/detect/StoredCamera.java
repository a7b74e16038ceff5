package io.andon.job.detect;

import java.util.Map;

/**
 * What Flink's state holds of a camera.
 *
 * @param state the encoded {@link StateEnvelope}, whose detector's snapshot is without its undo
 *     snapshots; with them where a job before this layout wrote it
 * @param undo undo snapshots by their numbers
 */
record StoredCamera(byte[] state, Map<Long, byte[]> undo) {}
