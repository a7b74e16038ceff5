package io.andon.ingest.settings;

/**
 * Where health and metrics are served.
 *
 * @param address address to listen on, loopback by default
 * @param port port, 0 for any free one
 */
public record ServerConfig(String address, int port) {}
