package io.andon.ingest.settings;

import io.andon.config.SecretRef;

/**
 * How to log in at a camera.
 *
 * @param user user name
 * @param password where the password is found
 */
public record Credentials(String user, SecretRef password) {}
