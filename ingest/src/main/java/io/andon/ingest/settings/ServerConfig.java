package io.andon.ingest.settings;

import io.andon.config.SecretRef;
import org.jspecify.annotations.Nullable;

/**
 * Where health and metrics are served.
 *
 * @param address address to listen on, loopback by default
 * @param port port, 0 for any free one
 * @param tls certificate and key; null for plain HTTP
 */
public record ServerConfig(String address, int port, @Nullable Tls tls) {
  /**
   * What a server proves itself by.
   *
   * @param certificate path of a PEM file with its certificate and chain
   * @param key where its private key is, PEM
   */
  public record Tls(String certificate, SecretRef key) {}
}
