package io.andon.ingest.settings;

/**
 * Whether pictures that show nothing new are sent; ranges and defaults stand in {@code
 * ingest.schema.json}.
 *
 * @param profile how readily a picture is called unchanged
 * @param maxStaleMillis capture time after which a picture is sent in any case
 */
public record GateConfig(GateProfile profile, int maxStaleMillis) {}
