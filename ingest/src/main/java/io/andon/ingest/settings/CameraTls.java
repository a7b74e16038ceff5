package io.andon.ingest.settings;

import org.jspecify.annotations.Nullable;

/**
 * How a camera that speaks TLS is known.
 *
 * @param truststore path of a PEM file of trusted certificates; null for this machine's own
 * @param verifyHost whether the certificate must name the camera's host
 */
public record CameraTls(@Nullable String truststore, boolean verifyHost) {}
