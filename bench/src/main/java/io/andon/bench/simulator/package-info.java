/**
 * Simulated production lines: rendered scenes, injected anomalies with their truth, and an RTSP
 * server to show them.
 */
@NullMarked
package io.andon.bench.simulator;

import org.jspecify.annotations.NullMarked;
